/** Front-matter fields of a page: where a finding about one points, and edits that set one. */
import type { Field, FrontMatter, Range, YamlType, YamlValue } from '../../corpus/types.js';
import type { Page, PageValue } from '../../site/types.js';
import type { Edit } from '../types.js';

/** The order in which fields are written; inserted fields go after the last present one before them. */
const FIELD_ORDER = [
  'layout',
  'title',
  'parent',
  'grand_parent',
  'nav_order',
  'has_children',
  'format_version',
];

/** The field as written in the page itself. */
export function ownField(page: Page, key: string): Field | undefined {
  return Object.hasOwn(page.facts.frontMatter.fields, key) ? page.facts.frontMatter.fields[key] : undefined;
}

/** The value of a key with the page's own front matter, defaults and derived values taken together. */
export function valueOf(page: Page, key: string): PageValue | undefined {
  return page.data.get(key);
}

/** The typed value, null when the key is absent. */
export function dataOf(page: Page, key: string): YamlValue {
  return page.data.get(key)?.value ?? null;
}

/** The range of a field's value, or of its key when it has no value. */
export function valueRange(field: Field): Range {
  return field.valueRange.start.offset === field.valueRange.end.offset ? field.keyRange : field.valueRange;
}

/** Where a finding about a key points: its value, its key, or the page's first line when the page does not set it. */
export function rangeOf(page: Page, key: string): Range {
  const field = ownField(page, key);
  return field === undefined ? page.anchorRange : valueRange(field);
}

/**
 * The text that Liquid makes of a value when it compares or prints it: lists are joined without separators,
 * null is empty. Source: `Liquid::Utils.to_s` as used by the theme's `where_exp` and `group_by`.
 */
export function liquidText(value: YamlValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join('');
}

/** "an integer", "a list" …: how messages name the type that Jekyll sees. */
export function typeName(type: YamlType): string {
  const names: Record<YamlType, string> = {
    string: 'a string',
    integer: 'an integer',
    float: 'a decimal number',
    boolean: 'a boolean',
    null: 'empty',
    date: 'a date',
    list: 'a list',
    map: 'a mapping',
  };
  return names[type];
}

/** Does a plain (unquoted) YAML 1.1 scalar of this text mean this very string? Errs on the side of quoting. */
function plainSafe(text: string): boolean {
  return (
    /^[A-Za-z][\w ./()+-]*$/u.test(text) &&
    !text.endsWith(' ') &&
    !/^(?:y|n|yes|no|on|off|true|false|null|~)$/iu.test(text)
  );
}

/** A string as YAML in the quoting style of `like` (the text of another value); double quotes where that is impossible. */
export function yamlString(text: string, like = '"'): string {
  // eslint-disable-next-line no-control-regex
  if (like.startsWith("'") && !/[\u0000-\u001f]/u.test(text)) return `'${text.replaceAll("'", "''")}'`;
  if (!like.startsWith('"') && plainSafe(text)) return text;
  return JSON.stringify(text);
}

/** The edit that replaces the value of a field; one without value is `fillValue`'s. */
export function replaceValue(field: Field, text: string): Edit {
  return { start: field.valueRange.start.offset, end: field.valueRange.end.offset, text };
}

/** The edit that gives a value to a key without one, before the comment behind it; null where more stands there. */
function fillValue(field: Field, source: string, text: string): Edit | null {
  const { offset } = field.keyRange.end;
  const colon = /^[ \t]*:(?=[ \t]*(?:[\r\n]|$)|[ \t]+#)/u.exec(source.slice(offset, offset + 1000));
  if (colon === null) return null;
  const at = offset + colon[0].length;
  return { start: at, end: at, text: ` ${text}` };
}

/**
 * The blanks before the keys of a block mapping; null for `{a: b}`, to which a line cannot be added, and for keys in
 * several columns. A key that stands elsewhere than its siblings would make the YAML unreadable.
 */
export function keyIndent(fields: Record<string, Field>, source: string): string | null {
  const indents = new Set<string>();
  for (const { keyRange } of Object.values(fields)) {
    const { offset, column } = keyRange.start;
    indents.add(source.slice(offset - (column - 1), offset).replace('\uFEFF', ''));
  }
  const [indent = '', ...others] = indents;
  // `{` on a line of its own hides the braces from the keys' lines.
  const [first] = Object.values(fields);
  const flow = first !== undefined && /\{[ \t\r\n]*$/u.test(source.slice(0, first.keyRange.start.offset));
  return others.length === 0 && !flow && /^[ ]*$/u.test(indent) ? indent : null;
}

/**
 * The edit that adds a field on a line of its own, in the customary order of fields.
 *
 * @returns null when the page has no closed front matter to add to, or one in braces.
 */
export function insertField(
  frontMatter: FrontMatter,
  source: string,
  key: string,
  text: string,
): Edit | null {
  if (frontMatter.state !== 'valid' || frontMatter.range === null) return null;
  const indent = keyIndent(frontMatter.fields, source);
  if (indent === null) return null;
  const rank = FIELD_ORDER.indexOf(key);
  let after: Field | undefined;
  for (const name of FIELD_ORDER.slice(0, rank === -1 ? FIELD_ORDER.length : rank)) {
    after = Object.hasOwn(frontMatter.fields, name) ? frontMatter.fields[name] : after;
  }
  const anchor =
    after === undefined
      ? frontMatter.range.start.offset
      : Math.max(after.keyRange.end.offset, after.valueRange.end.offset);
  const lineEnd = source.indexOf('\n', anchor);
  if (lineEnd === -1) return null;
  return { start: lineEnd + 1, end: lineEnd + 1, text: `${indent}${key}: ${text}\n` };
}

/** Edits that give a field a value, whether the page has the key or not; undefined when that is impossible. */
export function setField(
  frontMatter: FrontMatter,
  source: string | undefined,
  key: string,
  text: string,
): Edit[] | undefined {
  const field = Object.hasOwn(frontMatter.fields, key) ? frontMatter.fields[key] : undefined;
  if (frontMatter.state !== 'valid') return undefined;
  if (field !== undefined && field.valueRange.start.offset < field.valueRange.end.offset)
    return [replaceValue(field, text)];
  if (source === undefined) return undefined;
  const edit =
    field === undefined ? insertField(frontMatter, source, key, text) : fillValue(field, source, text);
  return edit === null ? undefined : [edit];
}

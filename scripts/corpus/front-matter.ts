/**
 * Front matter and YAML files with a position for every key and value, read with the meaning that Ruby's Psych
 * (YAML 1.1) gives them. What counts as front matter follows Jekyll's `YAML_FRONT_MATTER_REGEXP`
 * (jekyll/lib/jekyll/document.rb): `---` at the first byte, blanks allowed after it, up to a later line that is
 * `---` or `...`.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { LineIndex } from './text.js';
import type { Field, FrontMatter, Range, YamlValue } from './types.js';
import { MAX_YAML_DEPTH, parseYaml, yamlReason } from './yaml.js';

const OPENING = /^---[ \t]*\r?\n/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*\r?$/;
/** How many nodes a file may unfold to through aliases before the rest is cut off. */
const MAX_NODES = 20_000;

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads the front matter of a page.
 *
 * @param source the whole text of the file, byte order mark included
 * @returns the front matter and the offset at which the body begins (0 without front matter)
 */
export function parseFrontMatter(source: string): FrontMatter & { bodyOffset: number } {
  const lines = new LineIndex(source);
  const opening = OPENING.exec(source.slice(0, 1024));
  if (!opening) return { ...empty(nearMiss(source)), bodyOffset: 0 };
  const yamlStart = opening[0].length;
  const closing = findClosing(source, yamlStart);
  if (!closing) {
    return {
      ...empty(null),
      state: 'unclosed',
      range: lines.range(0, yamlStart),
      bodyOffset: 0,
    };
  }
  const yaml = readFields(source.slice(yamlStart, closing.start), lines, yamlStart);
  return { ...yaml, range: lines.range(0, closing.end), bodyOffset: closing.bodyOffset };
}

/** Reads a whole YAML file (`_config.yml`, `corpus.yml`, `listing.yml`) the same way; `range` is the whole file. */
export function parseYamlFile(source: string): FrontMatter {
  const lines = new LineIndex(source);
  const start = source.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  return { ...readFields(source.slice(start), lines, start), range: lines.range(start, source.length) };
}

/** The value of a field, or undefined when the key is absent. */
export function fieldValue(frontMatter: FrontMatter, key: string): YamlValue | undefined {
  return Object.hasOwn(frontMatter.fields, key) ? frontMatter.fields[key]?.value : undefined;
}

function empty(miss: FrontMatter['nearMiss']): FrontMatter {
  return {
    state: miss ? 'displaced' : 'none',
    nearMiss: miss,
    range: null,
    fields: {},
    errors: [],
    duplicates: [],
    tags: [],
  };
}

/** Something that an author takes for front matter but Jekyll does not. */
function nearMiss(source: string): FrontMatter['nearMiss'] {
  const head = source.slice(0, 4096);
  if (head.startsWith(BYTE_ORDER_MARK) && OPENING.test(head.slice(1))) return 'byte-order-mark';
  const looksLikeYaml = (rest: string): boolean => /^(?:[\w-]+[ \t]*:|#|---|\.\.\.)/.test(rest);
  const blankLine = /^(?:[ \t]*\r?\n)+---[ \t]*\r?\n/.exec(head);
  if (blankLine && looksLikeYaml(head.slice(blankLine[0].length))) return 'leading-blank-line';
  const space = /^[ \t]+---[ \t]*\r?\n/.exec(head);
  if (space && looksLikeYaml(head.slice(space[0].length))) return 'leading-space';
  const dashes = /^-{4,}[ \t]*\r?\n/.exec(head);
  if (dashes && looksLikeYaml(head.slice(dashes[0].length))) return 'four-dashes';
  return null;
}

function findClosing(
  source: string,
  from: number,
): { start: number; end: number; bodyOffset: number } | null {
  for (let start = from; start < source.length;) {
    const newline = source.indexOf('\n', start);
    const end = newline === -1 ? source.length : newline;
    // A longer line cannot be a fence; not slicing it keeps a huge line cheap.
    if (end - start < 1024 && CLOSING.test(source.slice(start, end))) {
      const fenceEnd = source[end - 1] === '\r' ? end - 1 : end;
      return { start, end: fenceEnd, bodyOffset: Math.min(end + 1, source.length) };
    }
    if (newline === -1) return null;
    start = newline + 1;
  }
  return null;
}

/** Parses YAML that begins at offset `base` of the text which `lines` indexes. */
function readFields(yaml: string, lines: LineIndex, base: number): FrontMatter {
  const at = (start: number, end: number): Range => lines.range(base + start, base + end);
  const document = parseYaml(yaml, { version: '1.1', schema: 'yaml-1.1', uniqueKeys: false, merge: true });
  if (!document) {
    const message = 'collections are nested too deeply to read';
    return {
      ...empty(null),
      state: 'invalid',
      errors: [{ message, range: at(0, Math.min(yaml.length, 80)) }],
    };
  }
  const errors = document.errors.map((error) => ({
    message: yamlReason(error.message),
    range: at(error.pos[0], Math.max(error.pos[1], error.pos[0])),
  }));
  const result: FrontMatter = { ...empty(null), state: 'valid', errors };
  const root = document.contents;
  if (errors.length > 0) result.state = 'invalid';
  else if (root && !isMap(root) && !(isScalar(root) && root.value === null)) result.state = 'not-a-mapping';
  if (!isMap(root)) return result;

  // One budget for the whole file: a thousand harmless-looking fields must not unfold a bomb each.
  const unfolding: Unfolding = { targets: aliasTargets(document), nodes: 0 };
  const first = new Map<string, Range>();
  for (const { pair, merged } of mergedPairs(root, unfolding)) {
    const key = keyText(pair.key);
    const keyRange = nodeRange(pair.key, at) ?? at(0, 0);
    const seen = first.get(key);
    if (merged) first.delete(key);
    else if (seen) result.duplicates.push({ key, range: keyRange, first: seen });
    else first.set(key, keyRange);
    const value = pair.value;
    const valueRange = nodeRange(value, at) ?? { start: keyRange.end, end: keyRange.end };
    const field: Field = {
      key,
      ...meaning(value, unfolding),
      raw: lines.text.slice(valueRange.start.offset, valueRange.end.offset),
      keyRange,
      valueRange,
    };
    Object.defineProperty(result.fields, key, {
      value: field,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    collectTags(value, at, result.tags);
  }
  return result;

  function nodeRange(node: Node | null | undefined, map: typeof at): Range | null {
    const range = node?.range;
    if (!range) return null;
    return map(range[0], trimEnd(yaml, range[0], range[1]));
  }
}

function trimEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && /\s/.test(text[trimmed - 1] ?? '')) trimmed--;
  return trimmed;
}

function keyText(key: Node | null): string {
  if (isScalar(key)) return key.source ?? String(key.value);
  return key ? String(key) : '';
}

type Meaning = Pick<Field, 'value' | 'type'>;

interface Unfolding {
  targets: ReadonlyMap<Alias, Node>;
  /** Met so far, aliases followed. */
  nodes: number;
}

/** What every alias stands for: the node that had the anchor last. The parser's own look-up walks the document for each. */
function aliasTargets(document: Document.Parsed): Map<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/**
 * The pairs of a mapping with those of its merge keys in their place, as Psych applies them (`revive_hash` of
 * psych/visitors/to_ruby.rb): a later pair wins, whether merged or not, and of a list the first mapping.
 */
function mergedPairs(
  map: YAMLMap,
  unfolding: Unfolding,
  merged = false,
  depth = 0,
): { pair: Pair<Node, Node | null>; merged: boolean }[] {
  return (map.items as Pair<Node, Node | null>[]).flatMap((pair) => {
    if (merged && ++unfolding.nodes > MAX_NODES) return [];
    const sources = keyText(pair.key) === '<<' ? mergeSources(pair.value, unfolding.targets) : null;
    if (!sources || depth > MAX_YAML_DEPTH) return [{ pair, merged }];
    return sources.flatMap((source) => mergedPairs(source, unfolding, true, depth + 1));
  });
}

/** The mappings that a merge key names, the one that wins last; null when it names anything else. */
function mergeSources(value: Node | null, targets: Unfolding['targets']): YAMLMap[] | null {
  const target = isAlias(value) ? targets.get(value) : value;
  if (isMap(target)) return [target];
  if (!isSeq(target) || isAlias(value)) return null;
  const sources = (target.items as Node[]).map((item) => (isAlias(item) ? targets.get(item) : item));
  return sources.every((source) => isMap(source)) ? sources.reverse() : null;
}

function meaning(node: Node | null | undefined, unfolding: Unfolding, depth = 0): Meaning {
  if (!node || depth > MAX_YAML_DEPTH || ++unfolding.nodes > MAX_NODES) return { value: null, type: 'null' };
  if (isAlias(node)) return meaning(unfolding.targets.get(node), unfolding, depth + 1);
  if (isMap(node)) {
    const entries = mergedPairs(node, unfolding).map(({ pair }): [string, YamlValue] => [
      keyText(pair.key),
      meaning(pair.value, unfolding, depth + 1).value,
    ]);
    return { value: Object.fromEntries(entries), type: 'map' };
  }
  if (isCollection(node)) {
    const items = node.items as (Node | null)[];
    return { value: items.map((item) => meaning(item, unfolding, depth + 1).value), type: 'list' };
  }
  if (!isScalar(node)) return { value: null, type: 'null' };
  const isText = node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str';
  return psychScalar(node.source ?? '', isText, node.value);
}

const PSYCH_BOOLEAN = /^(?:yes|true|on|no|false|off)$/i;
const PSYCH_INTEGER =
  /^(?:[-+]?0[0-7_,]+|[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)|[-+]?0x[0-9a-fA-F_,]+|[-+]?0b[01_,]+)$/;
const PSYCH_FLOAT = /^(?:[-+]?[0-9][0-9_,]*\.[0-9]*(?:[eE][-+][0-9]+)?|[-+]?\.[0-9]+(?:[eE][-+][0-9]+)?)$/;
const PSYCH_SPECIAL_FLOAT = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const PSYCH_DATE = /^\d{4}-(?:1[012]|0?\d)-(?:[12]\d|3[01]|0?\d)$/;
const PSYCH_TIME =
  /^-?\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?))?$/;
const PSYCH_SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(?:\.[0-9_]*)?$/;

/**
 * The type that Psych's scalar scanner (psych/scalar_scanner.rb) gives to a plain scalar: `yes` is true, `010` is 8,
 * `1_000` is 1000, `2024-01-01` is a date, `1e1` stays a string.
 */
function psychScalar(source: string, quoted: boolean, fallback: unknown): Meaning {
  if (quoted) return { value: typeof fallback === 'string' ? fallback : String(fallback), type: 'string' };
  if (source === '' || /^(?:~|null)$/i.test(source)) return { value: null, type: 'null' };
  if (PSYCH_BOOLEAN.test(source)) return { value: /^(?:yes|true|on)$/i.test(source), type: 'boolean' };
  if (PSYCH_DATE.test(source)) return day(source);
  if (PSYCH_TIME.test(source)) return { value: source, type: 'date' };
  if (PSYCH_SPECIAL_FLOAT.test(source)) return { value: source.toLowerCase(), type: 'float' };
  if (PSYCH_INTEGER.test(source)) return { value: psychInteger(source), type: 'integer' };
  if (PSYCH_SEXAGESIMAL.test(source)) return sexagesimal(source);
  if (PSYCH_FLOAT.test(source)) return { value: Number(source.replace(/[,_]/g, '')), type: 'float' };
  return { value: typeof fallback === 'string' ? fallback : source, type: 'string' };
}

function psychInteger(source: string): number {
  const digits = source.replace(/[,_]/g, '').toLowerCase();
  const negative = digits.startsWith('-');
  const body = digits.replace(/^[-+]/, '');
  const magnitude = /^0[0-7]+$/.test(body) ? Number.parseInt(body, 8) : Number(body);
  return negative ? -magnitude : magnitude;
}

/** A day of the calendar is a date, in its ISO form; any other stays a text. */
function day(source: string): Meaning {
  const [year = '', month = '', date = ''] = source.split('-');
  const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const time = new Date(`${iso}T00:00:00Z`);
  const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(iso);
  return exists ? { value: iso, type: 'date' } : { value: source, type: 'string' };
}

/** `12:30` is hours and minutes in seconds, as `12:30:00` is; a minus belongs to the first part only. */
function sexagesimal(source: string): Meaning {
  const value = source
    .split(':')
    .map((part) => Number(part.replaceAll('_', '')))
    .reduce((sum, part, index) => sum + part * 60 ** Math.abs(index - 2), 0);
  return { value, type: source.includes('.') ? 'float' : 'integer' };
}

function collectTags(
  node: Node | null | undefined,
  at: (start: number, end: number) => Range,
  tags: FrontMatter['tags'],
): void {
  const open: (Node | null | undefined)[] = [node];
  while (open.length > 0) {
    const next = open.pop();
    if (!next) continue;
    const tag = 'tag' in next ? next.tag : undefined;
    if (tag && !tag.startsWith('tag:yaml.org,2002:') && tag !== '!' && next.range)
      tags.push({ tag, range: at(next.range[0], next.range[1]) });
    if (isMap(next)) for (const pair of next.items as Pair<Node, Node | null>[]) open.push(pair.value);
    else if (isCollection(next)) open.push(...(next.items as (Node | null)[]));
  }
}

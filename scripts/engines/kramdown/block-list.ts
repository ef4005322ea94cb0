/**
 * Bulleted and numbered lists (kramdown's list.rb and the GFM parser's task lists).
 */
import type { BlockParser } from './block-parser.js';
import {
  blockAttributeListAt,
  closingBrace,
  endOfBlockMark,
  horizontalRuleEnd,
  isLazyHtml,
  isListStart,
  listMarkerEnd,
  type MarkerKind,
} from './boundaries.js';
import { appendValue, element, emptyAttributeList, parseAttributeList } from './element.js';
import { Source } from './source.js';
import type { AttributeList, KramdownElement } from './types.js';

/** First line of an item, without its marker. */
export interface FirstLine {
  /** Content with its leading white space removed; empty if the line was blank. */
  content: string;
  /** Columns the lines below must be indented by. */
  indentation: number;
  ial: AttributeList | undefined;
}

/**
 * The attribute list `{: … }` that opens an item: its content and what follows it, white space removed.
 * `{:name: …}`, `{::…}` and `{:/…}` are none.
 */
export function itemAttributeList(line: string): { content: string; rest: string } | undefined {
  const source = new Source(line, 1);
  const start = source.skipSpace(0);
  if (!line.startsWith('{:', start) || /^(?:[A-Za-z0-9_][\w-]*)?:|^\//.test(line.slice(start + 2)))
    return undefined;
  const close = closingBrace(source, start + 2);
  if (close <= start + 2) return undefined;
  return { content: line.slice(start + 2, close), rest: line.slice(source.skipSpace(close + 1)) };
}

/** Replaces tabs in the indentation of an item's content by spaces, up to the next multiple of four columns. */
function expandTabs(content: string, column: number): string {
  let end = 0;
  let spaces = '';
  while (content[end] === ' ' || content[end] === '\t') {
    spaces += content[end] === ' ' ? ' ' : ' '.repeat(4 - ((spaces.length + column) % 4));
    end++;
  }
  return spaces + content.slice(end);
}

/** Reads the line after a marker of `markerLength` columns (Kramdown#parse_first_list_line). */
export function readFirstLine(markerLength: number, line: string): FirstLine {
  const list = itemAttributeList(line);
  const isEmpty = list ? list.rest === '' : !/[^ \t\r\n\f\v]/.test(line);
  let indentation = 4;
  let content = line;
  if (!isEmpty) {
    content = expandTabs(line, markerLength);
    indentation = markerLength + (/^ */.exec(content)?.[0].length ?? 0);
  }
  content = content.replace(/^[ \t\r\n\f\v]+/, '');
  const opening = itemAttributeList(content);
  if (!opening) return { content, indentation, ial: undefined };
  const ial = emptyAttributeList();
  parseAttributeList(opening.content, ial);
  return { content: opening.rest, indentation, ial };
}

/** True if the line at `at` is indented as the content of an item; a tab counts as four columns. */
function isIndentedAs(text: string, at: number, indentation: number): boolean {
  const steps = Math.floor(indentation / 4);
  let position = at;
  for (let step = 0; step < steps; step++) {
    if (text[position] === '\t') position++;
    else if (text.startsWith('    ', position)) position += 4;
    else return false;
  }
  return text[position] === '\t' || text.startsWith(' '.repeat(indentation % 4), position);
}

/** True if the line at `at`, though not indented, goes on with an item. It is not blank. */
function isLazyItemLine(source: Source, at: number, indentation: number): boolean {
  const { text } = source;
  // Any number of spaces up to the limit may stand before what ends the item, so look behind all of them.
  let first = at;
  while (first < at + Math.min(indentation, 3) && text[first] === ' ') first++;
  if (text[first] === '<') return !isLazyHtml(source, first);
  return blockAttributeListAt(source, first) === undefined;
}

/** True if the line at `at`, which is not blank, belongs to an item: indented, or going on with a paragraph. */
export function belongsToItem(source: Source, at: number, indentation: number, afterBlank: boolean): boolean {
  return (
    isIndentedAs(source.text, at, indentation) || (!afterBlank && isLazyItemLine(source, at, indentation))
  );
}

/** Indentation that still counts as a marker of the same list. */
export function markerIndent(indentation: number): number {
  return Math.min(Math.max(indentation - 1, 0), 3);
}

/** A line of an item with the item's indentation removed, and whether it had that indentation. */
export function unindent(line: string, indentation: number): { text: string; indented: boolean } {
  let tabs = 0;
  while (line[tabs] === '\t') tabs++;
  const spaced = tabs > 0 ? '    '.repeat(tabs) + line.slice(tabs) : line;
  let spaces = 0;
  while (spaces < indentation && spaced[spaces] === ' ') spaces++;
  return spaces === indentation
    ? { text: spaced.slice(spaces), indented: true }
    : { text: spaced, indented: false };
}

/** An item while its lines are collected: a new part begins where a nested list does. */
interface Item {
  element: KramdownElement;
  parts: string[][];
  /** Document line of the first part's first line. */
  line: number;
  indentation: number;
}

/** Reads the lines of a list into items. */
function collectItems(
  parser: BlockParser,
  kind: MarkerKind,
  list: KramdownElement,
): { items: Item[]; ended: boolean } {
  const { source } = parser;
  const { text } = source;
  const items: Item[] = [];
  let item: Item | undefined;
  let indent = 3;
  let nested = false;
  let afterBlank = false;
  while (!source.atEnd) {
    const { pos } = source;
    if (afterBlank && horizontalRuleEnd(text, pos) !== -1) break;
    const mark = endOfBlockMark(source, pos);
    if (mark !== -1) {
      source.pos = mark;
      return { items, ended: true };
    }
    const next = source.nextLine(pos);
    const marker = listMarkerEnd(text, pos, kind, indent);
    if (marker !== -1) {
      const line = source.lineAt(pos);
      const first = readFirstLine(marker - pos, text.slice(marker, next));
      const li = element('li', line);
      if (first.ial) li.ial = first.ial;
      // A blank first line is dropped with its line feed: what follows begins on the next line.
      item = {
        element: li,
        parts: [[first.content]],
        line: first.content === '' ? line + 1 : line,
        indentation: first.indentation,
      };
      list.children.push(li);
      items.push(item);
      indent = markerIndent(first.indentation);
      nested = isListStart(first.content, 0);
      afterBlank = false;
      source.pos = next;
      continue;
    }
    if (!item) break;
    const blank = source.blankLinesEnd(pos);
    if (blank !== -1) {
      nested = true;
      afterBlank = true;
      item.parts.at(-1)!.push(text.slice(pos, blank));
      source.pos = blank;
      continue;
    }
    if (!belongsToItem(source, pos, item.indentation, afterBlank)) break;
    const line = unindent(text.slice(pos, next), item.indentation);
    const startsList = isListStart(line.text, 0);
    let content = line.text;
    if (!nested && line.indented && startsList) {
      item.parts.push([]);
      nested = true;
    } else if (nested && !line.indented && startsList) {
      content = ' '.repeat(item.indentation + 4) + content;
    }
    item.parts.at(-1)!.push(content);
    item.element.endLine = source.lineAt(pos);
    afterBlank = false;
    source.pos = next;
  }
  return { items, ended: false };
}

/** True if any item but the last begins with a block, an empty item or a tight paragraph. */
function hasTightItem(children: readonly KramdownElement[]): boolean {
  return children.slice(0, -1).some((item) => item.children[0]?.type !== 'p' || item.children[0].transparent);
}

/** Decides whether an item's first paragraph is shown without `<p>`. */
function tighten(list: KramdownElement, index: number, ended: boolean): void {
  const children = list.children[index]!.children;
  const [first, second] = children;
  if (first?.type !== 'p') return;
  const isLast = index === list.children.length - 1;
  const followed =
    children.length < 2 || second!.type !== 'blank' || (isLast && children.length === 2 && !ended);
  if (!followed || (isLast && list.children.length > 1 && !hasTightItem(list.children))) return;
  if (second && second.type !== 'blank') appendValue(first.children[0]!, '\n');
  first.transparent = true;
}

/** Turns `[ ]` and `[x]` at the start of items into check boxes (GFM#parse_list). */
function markTasks(list: KramdownElement): void {
  let isTaskList = false;
  for (const item of list.children) {
    const paragraph = item.children[0];
    const raw = paragraph?.type === 'p' ? paragraph.children[0] : undefined;
    if (!raw) continue;
    const box = /^[ \t\r\n\f\v]*\[([ xX])\][ \t\r\n\f\v]+/.exec(raw.value ?? '');
    if (box) {
      isTaskList = true;
      const checked = box[1] === ' ' ? '' : ' checked="checked"';
      const input = `<input type="checkbox" class="task-list-item-checkbox" disabled="disabled"${checked} />`;
      raw.value = input + raw.value!.slice(box[0].length);
    }
    if (isTaskList) item.attributes.set('class', 'task-list-item');
  }
  if (isTaskList) list.attributes.set('class', 'task-list');
}

/** A list at the current position; false if no marker stands there. */
export function parseList(parser: BlockParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  let kind: MarkerKind = 'ul';
  if (listMarkerEnd(text, pos, 'ul', 3) === -1) {
    kind = 'ol';
    if (listMarkerEnd(text, pos, 'ol', 3) === -1) return false;
  }
  const list = parser.block(kind);
  const { items, ended } = collectItems(parser, kind, list);
  list.endLine = parser.lastLine(pos, source.pos);
  parser.append(list);

  let trailing: KramdownElement | undefined;
  items.forEach((item, index) => {
    let line = item.line;
    for (const part of item.parts) {
      const value = part.join('');
      const inner = new Source(value, line);
      parser.parseNested(inner, item.element);
      line = inner.lineAt(value.length);
    }
    const { children } = item.element;
    if (children.length === 0) return;
    // An attribute list right after the first paragraph ends no block here.
    if (children[0]!.type === 'p' && children[1]?.type === 'eob' && children[0]!.ial) children.splice(1, 1);
    tighten(list, index, ended);
    trailing = undefined;
    if (children.at(-1)!.type === 'blank') trailing = children.pop();
  });
  if (trailing && !ended) parser.append(trailing);
  if (parser.gfm) markTasks(list);
  return true;
}

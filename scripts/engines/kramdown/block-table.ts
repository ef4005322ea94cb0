/**
 * Tables (kramdown's table.rb): any run of lines that each have a pipe outside code, between block
 * boundaries. No delimiter row is needed.
 */
import type { BlockParser } from './block-parser.js';
import { isBlockBoundary } from './boundaries.js';
import { element } from './element.js';
import { isSpace, strip } from '../ruby.js';
import { SpanParser } from './span-parser.js';
import type { KramdownDocument, KramdownElement, TableAlignment } from './types.js';

/** True if a pipe stands at the start of `text[from, to)` or after a character that is no backslash. */
function hasPipe(text: string, from: number, to: number): boolean {
  // Not indexOf: it would look through the whole text behind a line without pipe.
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) === 124 && (at === from || text.charCodeAt(at - 1) !== 92)) return true;
  }
  return false;
}

/** True if `text[from, to)` only holds `allowed` characters, one of them `needed`. */
function consistsOf(text: string, from: number, to: number, allowed: string, needed: string): boolean {
  let found = false;
  for (let at = from; at < to; at++) {
    const character = text[at]!;
    if (!allowed.includes(character)) return false;
    if (character === needed) found = true;
  }
  return found;
}

function alignments(line: string): TableAlignment[] {
  return [...line.matchAll(/(:?)-+(:?)/g)].map(([, left, right]) => {
    if (left === '' && right === '') return 'default';
    if (right === '') return 'left';
    return left === '' ? 'right' : 'center';
  });
}

/** Longest run of backticks in a text. */
function longestBacktickRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** Splits off `<code>…</code>`: odd indices hold code. */
function splitCodeElements(row: string): string[] {
  if (!row.includes('</code>')) return [row];
  const pieces: string[] = [];
  let at = 0;
  for (;;) {
    const open = row.indexOf('<code', at);
    const inside = open === -1 ? -1 : row.indexOf('>', open);
    const close = inside === -1 ? -1 : row.indexOf('</code>', inside + 1);
    if (close === -1) break;
    pieces.push(row.slice(at, open), row.slice(open, close + 7));
    at = close + 7;
  }
  if (at < row.length) pieces.push(row.slice(at));
  return pieces;
}

/** Splits a row at the pipes outside code spans. */
function cellsOf(document: KramdownDocument, row: string): string[] {
  const cells: string[] = [];
  const extend = (text: string): void => {
    if (cells.length === 0) cells.push(text);
    else cells[cells.length - 1]! += text;
  };
  splitCodeElements(row).forEach((piece, index) => {
    if (index % 2 === 1) {
      extend(piece);
      return;
    }
    for (const child of SpanParser.parsePart(document, piece, 'codespans')) {
      const value = child.value ?? '';
      if (child.type === 'codespan') {
        const fence = '`'.repeat(longestBacktickRun(value) + 1);
        const pad = fence.length > 1 ? ' ' : '';
        extend(fence + pad + value + pad + fence);
      } else {
        const [head = '', ...others] = value.split(/(?<!\\)\|/).map((text) => text.replaceAll('\\|', '|'));
        extend(head);
        for (const cell of others) cells.push(cell);
      }
    }
  });
  return cells;
}

/** Ruby's `split("\n")`: without empty strings at the end. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines;
}

/** True if every line has a pipe that is not inside a code span or an inline element. */
function everyLineHasPipe(document: KramdownDocument, lines: string): boolean {
  let pipeOnLine = false;
  for (const child of SpanParser.parsePart(document, lines, 'codespans-and-html')) {
    const value = child.type === 'html_element' ? child.tag : child.value;
    if (value === undefined) continue;
    const parts = splitLines(value);
    if (child.type === 'codespan') {
      if (parts.length > 2 || (parts.length === 2 && !pipeOnLine)) break;
      if (parts.length === 2) pipeOnLine = false;
      continue;
    }
    const first = parts[0] ?? '';
    if (parts.length > 1 && !pipeOnLine && !hasPipe(first, 0, first.length)) break;
    const last = parts.at(-1) ?? '';
    pipeOnLine = (parts.length <= 1 && pipeOnLine) || hasPipe(last, 0, last.length);
  }
  return pipeOnLine;
}

/** Rows collected so far and the parts of the table they will belong to. */
class TableBuilder {
  rows: KramdownElement[] = [];
  hasFooter = false;
  columns = 0;

  constructor(readonly table: KramdownElement) {}

  close(type: 'thead' | 'tbody' | 'tfoot'): void {
    const part = element(type, this.rows[0]?.startLine ?? this.table.startLine);
    part.children = this.rows;
    part.endLine = this.rows.at(-1)?.endLine ?? part.startLine;
    this.rows = [];
    this.table.children.push(part);
  }

  separator(line: string): void {
    if (this.rows.length === 0) return;
    if (this.table.alignment!.length === 0 && !this.hasFooter) {
      this.close('thead');
      this.table.alignment = alignments(line);
    } else if (!this.hasFooter) {
      this.close('tbody');
    }
  }

  addRow(cells: string[], line: number): void {
    const row = element('tr', line);
    row.children = cells.map((text) => {
      const cell = element('td', line);
      cell.children.push(element('raw_text', line, strip(text)));
      return cell;
    });
    this.columns = Math.max(this.columns, cells.length);
    this.rows.push(row);
  }
}

const separatorCharacters = '+|: \t-';
const footerCharacters = '+|: \t=';

function trimBlanks(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return end;
}

/** Reads the lines of a table; the source is left after them. */
function readRows(parser: BlockParser, builder: TableBuilder): void {
  const { source, document } = parser;
  const { text } = source;
  const start = source.pos;
  const leadingPipe = text[source.skipSpace(start)] === '|';
  const firstEnd = source.nextLine(start);
  if (consistsOf(text, start, firstEnd - 1, separatorCharacters, '-')) source.pos = firstEnd;
  while (!source.atEnd) {
    const { pos } = source;
    const next = source.nextLine(pos);
    const lineEnd = next - 1;
    if (!hasPipe(text, pos, lineEnd)) break;
    if (consistsOf(text, pos, lineEnd, separatorCharacters, '-')) {
      builder.separator(text.slice(pos, lineEnd));
    } else if (consistsOf(text, pos, lineEnd, footerCharacters, '=')) {
      if (builder.rows.length > 0) builder.close('tbody');
      builder.hasFooter = true;
    } else {
      const cells = cellsOf(document, text.slice(pos, trimBlanks(text, pos, lineEnd)));
      if (leadingPipe && cells[0] !== undefined && strip(cells[0]) === '') cells.shift();
      if (cells.length > 0 && strip(cells.at(-1)!) === '') cells.pop();
      builder.addRow(cells, source.lineAt(pos));
    }
    source.pos = next;
  }
}

/** A table at the current position. */
export function parseTable(parser: BlockParser): boolean {
  const { source, document } = parser;
  const { text, pos } = source;
  const first = source.skipOptionalSpaces(pos);
  const lineEnd = source.nextLine(pos) - 1;
  if (isSpace(text.charCodeAt(first)) || !hasPipe(text, first, lineEnd) || !parser.afterBoundary())
    return false;
  // Even a table that turns out to be text uses up the attribute list that waited for a block.
  const table = parser.block('table');
  table.alignment = [];
  const builder = new TableBuilder(table);
  readRows(parser, builder);
  const end = source.pos;
  if (!isBlockBoundary(source, end) || !everyLineHasPipe(document, text.slice(pos, end - 1))) {
    source.pos = pos;
    return false;
  }
  if (builder.rows.length > 0) {
    if (builder.hasFooter) builder.close('tfoot');
    else builder.close('tbody');
  }
  if (!table.children.some((part) => part.type === 'tbody')) {
    source.pos = pos;
    return false;
  }
  for (const part of table.children) {
    for (const row of part.children) {
      for (let at = row.children.length; at < builder.columns && document.cellsLeft > 0; at++) {
        document.cellsLeft--;
        row.children.push(element('td', row.startLine));
      }
    }
  }
  table.alignment.length = Math.min(table.alignment.length, builder.columns);
  while (table.alignment.length < builder.columns) table.alignment.push('default');
  table.endLine = parser.lastLine(pos, end);
  parser.append(table);
  return true;
}

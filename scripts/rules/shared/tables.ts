/** Cells of a GFM table, with offsets, read from the source lines of the table's block. */
import type { Range } from '../../corpus/types.js';

export interface TableCell {
  /** The text between the pipes without the blanks around it. */
  text: string;
  start: number;
  end: number;
}

export interface TableRow {
  cells: TableCell[];
  start: number;
  end: number;
}

/**
 * The rows of a table: the header first, the delimiter row left out.
 *
 * Cells are split at every pipe that no backslash precedes, in code spans too (GFM specification, "Tables (extension)").
 */
export function readTable(source: string, range: Range): TableRow[] {
  const rows: TableRow[] = [];
  let start = range.start.offset;
  for (let line = 0; start < range.end.offset; line++) {
    const newline = source.indexOf('\n', start);
    const next = newline === -1 ? range.end.offset : Math.min(newline + 1, range.end.offset);
    const end = start + source.slice(start, next).trimEnd().length;
    if (line !== 1) rows.push({ start, end, cells: readCells(source, start, end) });
    start = next;
  }
  return rows;
}

function readCells(source: string, start: number, end: number): TableCell[] {
  const cells: TableCell[] = [];
  let from = start;
  while (from < end && /\s/.test(source[from] ?? '')) from++;
  if (source[from] === '|') from++;
  for (let at = from; at <= end; at++) {
    if (at < end && source[at] === '\\') at++;
    else if (at === end || source[at] === '|') {
      // What follows the closing pipe is no cell.
      if (at < end || source.slice(from, end).trim() !== '') cells.push(cell(source, from, at));
      from = at + 1;
    }
  }
  return cells;
}

function cell(source: string, from: number, to: number): TableCell {
  const raw = source.slice(from, to);
  const start = from + (raw.length - raw.trimStart().length);
  const text = raw.trim();
  return text === '' ? { text, start: from, end: to } : { text, start, end: start + text.length };
}

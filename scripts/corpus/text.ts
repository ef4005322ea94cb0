/** Offsets, lines and columns of a text, and applying edits to it. */
import type { Edit, Point, Range } from './types.js';

/** Where a finding about a file as a whole points. */
export const FILE_START: Range = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};

/** Line starts of a text, for linear-memory and logarithmic-time look-ups. Lines end with `\n`, `\r\n` or `\r`. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(readonly text: string) {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) this.starts.push(index + 1);
    }
  }

  /** Number of lines; a text that ends with a line ending has no further empty line. */
  get count(): number {
    const last = this.starts[this.starts.length - 1] ?? 0;
    return last === this.text.length && this.starts.length > 1 ? this.starts.length - 1 : this.starts.length;
  }

  /** The place of an offset; offsets beyond the text are clamped. */
  point(offset: number): Point {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: clamped - (this.starts[low] ?? 0) + 1, offset: clamped };
  }

  range(start: number, end: number): Range {
    return { start: this.point(start), end: this.point(end) };
  }

  /** Offset at which a line (from 1) begins; the text's length for lines after the last. */
  lineStart(line: number): number {
    return line < 1 ? 0 : (this.starts[line - 1] ?? this.text.length);
  }

  /** The whole line (from 1) without its line ending. */
  lineRange(line: number): Range {
    const start = this.lineStart(line);
    let end = line < this.starts.length ? this.lineStart(line + 1) : this.text.length;
    while (end > start && (this.text[end - 1] === '\n' || this.text[end - 1] === '\r')) end--;
    return this.range(start, end);
  }

  lineText(line: number): string {
    const range = this.lineRange(line);
    return this.text.slice(range.start.offset, range.end.offset);
  }
}

/** The range `[start, end)` of a text. For many ranges of one text use a `LineIndex`. */
export function rangeAt(text: string, start: number, end: number): Range {
  return new LineIndex(text).range(start, end);
}

/** The line ending that most lines of the text use; `\n` for a text without any. */
export function dominantEol(text: string): '\n' | '\r\n' {
  let crlf = 0;
  let lf = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (at > 0 && text.charCodeAt(at - 1) === 13) crlf++;
    else lf++;
  }
  return crlf > lf ? '\r\n' : '\n';
}

/**
 * Applies groups of edits to one text: a group whose edits overlap an earlier group's is left out whole.
 *
 * @returns the new text and, for each group, whether it was applied.
 */
export function applyEdits(
  text: string,
  groups: readonly (readonly Edit[])[],
): { text: string; applied: boolean[] } {
  const eol = dominantEol(text);
  const accepted: Edit[] = []; // sorted by start
  const applied = groups.map((group) => {
    const placed: Edit[] = [];
    for (const edit of group) {
      const at = place(accepted, edit, text.length);
      if (at === -1) {
        for (const done of placed) accepted.splice(accepted.indexOf(done), 1);
        return false;
      }
      accepted.splice(at, 0, edit);
      placed.push(edit);
    }
    return true;
  });
  const parts: string[] = [];
  let position = 0;
  for (const edit of accepted) {
    parts.push(text.slice(position, edit.start));
    parts.push(eol === '\n' ? edit.text : edit.text.replace(/\r?\n/g, eol));
    position = edit.end;
  }
  parts.push(text.slice(position));
  return { text: parts.join(''), applied };
}

/** Where `edit` belongs in the sorted list; -1 when it overlaps a neighbour or lies outside the text. */
function place(sorted: readonly Edit[], edit: Edit, length: number): number {
  if (edit.start < 0 || edit.end < edit.start || edit.end > length) return -1;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) < edit.start) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  const previous = sorted[low - 1];
  // Two edits that begin at one place have no defined order: the second waits for the next round.
  if (next && (next.start === edit.start || edit.end > next.start)) return -1;
  if (previous && previous.end > edit.start) return -1;
  return low;
}

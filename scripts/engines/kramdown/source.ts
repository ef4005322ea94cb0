/**
 * A text with a reading position. Searches are remembered so that asking again and again for something
 * that is far away, or not there, costs nothing: this is what keeps unclosed constructs linear.
 */
import { isSpace } from '../ruby.js';

/** A text as a regular expression that only matches this text. */
export function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Number of line feeds in `text[from, to)`. */
export function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) count++;
  return count;
}

/** Remembers, for one question, the last answer and the range of positions it holds for. */
class Finder {
  private from = -1;
  private answer = -2;

  constructor(private readonly search: (from: number) => number) {}

  /** First position at or after `from`; -1 if none. */
  next(from: number): number {
    const known = this.from >= 0 && from >= this.from && (this.answer === -1 || from <= this.answer);
    if (!known) {
      this.answer = this.search(from);
      this.from = from;
    }
    return this.answer;
  }
}

/** Where code may end: the lines that hold only fence characters, of one `base` (see `fenceParts`). */
interface FenceLines {
  starts: number[];
  tails: number[];
  ends: number[];
  /** longest[i]: greatest tail at index i or later. */
  longest: number[];
}

/**
 * A run of fence characters as what a closing line must begin with (`base`: the run with its last character
 * only once) and how often the last character stands at the end (`tail`). A line closes a run of the same
 * base whose tail is no longer than its own.
 */
export function fenceParts(run: string): { base: string; tail: number } {
  const last = run.at(-1);
  let head = run.length;
  while (head > 0 && run[head - 1] === last) head--;
  return { base: run.slice(0, head + 1), tail: run.length - head };
}

export class Source {
  pos = 0;
  // Most texts are short and never asked: the maps are made when needed.
  private finders: Map<string, Finder> | undefined;
  private fences: Map<string, FenceLines> | undefined;
  /** The line asked for last: its number, its start and its line feed. */
  private line: number;
  private lineStart = 0;
  private lineEnd: number;

  /** `firstLine`: the line of the document on which `text` begins. */
  constructor(
    readonly text: string,
    readonly firstLine: number,
  ) {
    this.line = firstLine;
    this.lineEnd = text.indexOf('\n');
    if (this.lineEnd === -1) this.lineEnd = text.length;
  }

  get atEnd(): boolean {
    return this.pos >= this.text.length;
  }

  /** Document line of a position; cheap when it is near the one asked for last. */
  lineAt(position: number): number {
    while (position > this.lineEnd && this.lineEnd < this.text.length) {
      this.line++;
      this.lineStart = this.lineEnd + 1;
      this.lineEnd = this.text.indexOf('\n', this.lineStart);
      if (this.lineEnd === -1) this.lineEnd = this.text.length;
    }
    while (position < this.lineStart) {
      this.line--;
      this.lineEnd = this.lineStart - 1;
      this.lineStart = this.lineEnd === 0 ? 0 : this.text.lastIndexOf('\n', this.lineEnd - 1) + 1;
    }
    return this.line;
  }

  /** Position after the line that `from` is on. */
  nextLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end + 1;
  }

  /** First occurrence of `needle` at or after `from`; -1 if none. Remembered. */
  find(needle: string, from: number): number {
    return this.finder('=' + needle, (start) => this.text.indexOf(needle, start)).next(from);
  }

  /** Like `find` for any question whose answer only depends on the start. `key` names the question. */
  findBy(key: string, from: number, search: (from: number) => number): number {
    return this.finder('?' + key, search).next(from);
  }

  private finder(key: string, search: (from: number) => number): Finder {
    this.finders ??= new Map();
    let finder = this.finders.get(key);
    if (!finder) {
      finder = new Finder(search);
      this.finders.set(key, finder);
    }
    return finder;
  }

  /** End of the white space that starts at `from`. */
  skipSpace(from: number): number {
    let at = from;
    while (at < this.text.length && isSpace(this.text.charCodeAt(at))) at++;
    return at;
  }

  /** End of the spaces and tabs that start at `from`. */
  skipBlanks(from: number): number {
    let at = from;
    for (let code = this.text.charCodeAt(at); code === 32 || code === 9; code = this.text.charCodeAt(at))
      at++;
    return at;
  }

  /** End of at most three spaces from `from`. */
  skipOptionalSpaces(from: number): number {
    let at = from;
    while (at < from + 3 && this.text.charCodeAt(at) === 32) at++;
    return at;
  }

  /** If only white space stands before the next line feed: the position after that line feed, else -1. */
  restIsBlank(from: number): number {
    for (let at = from; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 10) return at + 1;
      if (!isSpace(code)) return -1;
    }
    return -1;
  }

  /** If the line at `from` is blank: the position after all blank lines, else -1. */
  blankLinesEnd(from: number): number {
    let end = -1;
    for (let at = from; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 10) end = at + 1;
      else if (!isSpace(code)) break;
    }
    return end;
  }

  /** First line at or after `from` that closes a run of fence characters; undefined if there is none. */
  closingFence(base: string, tail: number, from: number): { start: number; end: number } | undefined {
    const lines = this.fenceLines(base);
    let index = lines ? lowerBound(lines.starts, from) : 0;
    if (!lines || index >= lines.starts.length || lines.longest[index]! < tail) return undefined;
    while (lines.tails[index]! < tail) index++;
    return { start: lines.starts[index]!, end: lines.ends[index]! };
  }

  /** Greatest tail of any closing line of `base` at or after `from`; 0 if there is none. */
  longestClosingFence(base: string, from: number): number {
    const lines = this.fenceLines(base);
    return lines?.longest[lowerBound(lines.starts, from)] ?? 0;
  }

  private fenceLines(base: string): FenceLines | undefined {
    this.fences ??= readFenceLines(this.text);
    return this.fences.get(base);
  }
}

/** All lines of a text that may close a fence: up to three spaces, fence characters, white space. */
function readFenceLines(text: string): Map<string, FenceLines> {
  const fences = new Map<string, FenceLines>();
  for (const match of text.matchAll(/(?<![^\n]) {0,3}([`~]{3,})[ \t\r\f\v]*\n/g)) {
    const { base, tail } = fenceParts(match[1]!);
    const lines = fences.get(base) ?? { starts: [], tails: [], ends: [], longest: [] };
    fences.set(base, lines);
    lines.starts.push(match.index);
    lines.tails.push(tail);
    lines.ends.push(match.index + match[0].length);
  }
  for (const { tails, longest } of fences.values()) {
    let greatest = 0;
    for (let index = tails.length - 1; index >= 0; index--) {
      greatest = Math.max(greatest, tails[index]!);
      longest[index] = greatest;
    }
  }
  return fences;
}

/** Index of the first value >= `wanted` in a sorted list. */
function lowerBound(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

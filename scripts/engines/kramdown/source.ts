/**
 * A text with a reading position. Searches are remembered so that asking again and again for something
 * that is far away, or not there, costs nothing: this is what keeps unclosed constructs linear.
 */

/** Ruby's `\s`: ASCII white space only. */
export function isSpaceCode(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** True for the code of a decimal digit. */
export function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Ruby's `String#rstrip`. */
export function rstrip(text: string): string {
  let end = text.length;
  while (end > 0 && (isSpaceCode(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 0)) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** Ruby's `String#lstrip`. */
export function lstrip(text: string): string {
  let start = 0;
  while (start < text.length && (isSpaceCode(text.charCodeAt(start)) || text.charCodeAt(start) === 0))
    start++;
  return start === 0 ? text : text.slice(start);
}

/** Ruby's `String#strip`. */
export function strip(text: string): string {
  return lstrip(rstrip(text));
}

/** Ruby's `String#downcase`: code point by code point, so a final sigma stays an ordinary one. */
export function downcase(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let result = '';
  for (const character of text) result += character.toLowerCase();
  return result;
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

/** Where an opening fence may end: lines that hold only a run of one fence character. */
interface FenceLines {
  starts: number[];
  lengths: number[];
  ends: number[];
  /** longest[i]: greatest length at index i or later. */
  longest: number[];
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
    while (at < this.text.length && isSpaceCode(this.text.charCodeAt(at))) at++;
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
      if (!isSpaceCode(code)) return -1;
    }
    return -1;
  }

  /** If the line at `from` is blank: the position after all blank lines, else -1. */
  blankLinesEnd(from: number): number {
    let end = -1;
    for (let at = from; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === 10) end = at + 1;
      else if (!isSpaceCode(code)) break;
    }
    return end;
  }

  /**
   * First closing line of a fence at or after `from`: up to three spaces, a run of `character` at least
   * `minimum` long, white space. With `-1` as start none exists. `longest` is the greatest run there is.
   */
  closingFence(character: string, minimum: number, from: number): { start: number; end: number } | undefined {
    const lines = this.fenceLines(character);
    let index = lowerBound(lines.starts, from);
    if (index >= lines.starts.length || lines.longest[index]! < minimum) return undefined;
    while (lines.lengths[index]! < minimum) index++;
    return { start: lines.starts[index]!, end: lines.ends[index]! };
  }

  /** Greatest run of any closing line at or after `from`; 0 if there is none. */
  longestClosingFence(character: string, from: number): number {
    const lines = this.fenceLines(character);
    return lines.longest[lowerBound(lines.starts, from)] ?? 0;
  }

  private fenceLines(character: string): FenceLines {
    this.fences ??= new Map();
    let lines = this.fences.get(character);
    if (lines) return lines;
    lines = { starts: [], lengths: [], ends: [], longest: [] };
    this.fences.set(character, lines);
    const pattern = character === '`' ? /^ {0,3}(`{3,})[ \t\r\f\v]*\n/gm : /^ {0,3}(~{3,})[ \t\r\f\v]*\n/gm;
    for (let match = pattern.exec(this.text); match; match = pattern.exec(this.text)) {
      lines.starts.push(match.index);
      lines.lengths.push(match[1]!.length);
      lines.ends.push(match.index + match[0].length);
    }
    let greatest = 0;
    for (let index = lines.lengths.length - 1; index >= 0; index--) {
      greatest = Math.max(greatest, lines.lengths[index]!);
      lines.longest[index] = greatest;
    }
    return lines;
  }
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

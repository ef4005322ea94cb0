/**
 * What a reader sees of a piece of text, character by character: the common form in which the two renderings of a page
 * are compared. White space is collapsed as a browser collapses it.
 */
import { decodeReferences } from './references.js';

/** Characters that stand for things without text; private use, so that no author's text holds them. */
export const IMAGE = '\uE000';
export const FOOTNOTE = '\uE001';
export const BREAK = '\uE002';
/** Ends a paragraph or another block where several blocks are compared as one stream. */
const BLOCK_END = '\uE003';
export const CELL_END = '\uE004';
export const ROW_END = '\uE005';

/** How a character is shown; equal objects are the same object within one comparison (see `MarkTable`). */
export interface Marks {
  em: boolean;
  strong: boolean;
  del: boolean;
  code: boolean;
  math: boolean;
  /** Normalised destination of the link around it, or the source of an image; null for none. */
  target: string | null;
}

export const NO_MARKS: Marks = {
  em: false,
  strong: false,
  del: false,
  code: false,
  math: false,
  target: null,
};

/** Keeps one object for each combination of marks, so that they compare by identity. */
export class MarkTable {
  private readonly known = new Map<string, Marks>();

  constructor() {
    this.get(NO_MARKS);
  }

  get(marks: Marks): Marks {
    const flags = (marks.em ? 1 : 0) + (marks.strong ? 2 : 0) + (marks.del ? 4 : 0) + (marks.code ? 8 : 0);
    const key = `${flags + (marks.math ? 16 : 0)} ${marks.target ?? '\0'}`;
    let kept = this.known.get(key);
    if (!kept) {
      kept = marks;
      this.known.set(key, kept);
    }
    return kept;
  }
}

/** Text with the marks of each UTF-16 code unit and the offset at which it stands in the source (-1: unknown). */
export class Stream {
  private readonly parts: string[] = [];
  private joined: string | null = null;
  readonly marks: Marks[] = [];
  readonly offsets: number[] = [];
  /** Indexes at which kramdown put a typographic symbol, with its name. */
  readonly symbols: { index: number; length: number; name: string }[] = [];
  /** Offset and length of a formatting tag that is never closed in this text; null for none. */
  unclosed: { start: number; length: number } | null = null;
  private last = '';

  get text(): string {
    this.joined ??= this.parts.join('');
    return this.joined;
  }

  get length(): number {
    return this.marks.length;
  }

  /** Adds one character; white space after white space, a break or at the start of a block is dropped. */
  push(character: string, marks: Marks, offset: number): void {
    const isSpace =
      character === ' ' ||
      character === '\n' ||
      character === '\t' ||
      character === '\r' ||
      character === '\f';
    if (isSpace) {
      if (this.last === '' || this.last === ' ' || isEdge(this.last)) return;
      this.add(' ', marks, offset);
    } else {
      if (isEdge(character)) this.trimEnd();
      this.add(character, marks, offset);
    }
  }

  /** Ends a block; two ends in a row are one. */
  endBlock(offset = -1): void {
    this.trimEnd();
    if (this.last === '' || this.last === BLOCK_END) return;
    this.add(BLOCK_END, NO_MARKS, offset);
  }

  /** Drops white space and block ends at the end. */
  finish(): this {
    this.trimEnd();
    while (this.last === BLOCK_END) this.pop();
    return this;
  }

  private trimEnd(): void {
    while (this.last === ' ') this.pop();
  }

  private add(character: string, marks: Marks, offset: number): void {
    this.parts.push(character);
    this.marks.push(marks);
    this.offsets.push(offset);
    this.last = character;
    this.joined = null;
  }

  private pop(): void {
    this.parts.pop();
    this.marks.pop();
    this.offsets.pop();
    this.last = this.parts[this.parts.length - 1] ?? '';
    this.joined = null;
  }
}

/** Characters beside which white space is not shown. */
function isEdge(character: string): boolean {
  return character >= BREAK && character <= '\uE0FF';
}

/** One form for destinations that lead to the same place: escapes decoded, entities of addresses undone. */
export function normaliseTarget(destination: string): string {
  const trimmed = decodeReferences(destination)
    .replace(/^mailto:/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (!trimmed.includes('%')) return trimmed;
  try {
    return decodeURI(trimmed);
  } catch {
    return trimmed;
  }
}

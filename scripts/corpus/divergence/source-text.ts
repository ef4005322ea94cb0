import { LineIndex } from '../text.js';
import type { Edit } from '../types.js';

/** The compared text by lines. */
export class SourceText {
  private readonly index: LineIndex;

  constructor(readonly source: string) {
    this.index = new LineIndex(source);
  }

  /** Offsets from the start of a line to the end of another, line ending left out. */
  lines(first: number, last: number): { start: number; end: number } {
    return { start: this.index.lineStart(first), end: this.index.lineRange(last).end.offset };
  }

  content(line: number): string {
    return line < 1 || line > this.index.count ? '' : this.index.lineText(line);
  }

  /** True for lines of blanks and quote markers, and outside the text. */
  isBlank(line: number): boolean {
    return /^[\s>]*$/.test(this.content(line));
  }

  /** The edit that puts an empty line before a line. */
  blankBefore(line: number): Edit {
    const start = this.index.lineStart(line);
    return { start, end: start, text: '\n' };
  }

  /** The part of its line before an offset. */
  before(offset: number): string {
    return this.source.slice(this.index.lineStart(this.index.point(offset).line), offset);
  }

  lineOf(offset: number): number {
    return this.index.point(offset).line;
  }
}

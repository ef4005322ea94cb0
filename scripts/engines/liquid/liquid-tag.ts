/** The lines of a `liquid` tag (Liquid 5, lib/liquid/block_body.rb `parse_for_liquid_tag`). */
import { skipSpace } from './patterns.js';
import { splitTag } from './tokenizer.js';
import type { LiquidEngine } from './types.js';

/** One tag of a `liquid` tag; offsets count in the markup. */
export interface LiquidLine {
  name: string;
  markup: string;
  start: number;
  end: number;
}

/**
 * Reads the markup line by line.
 *
 * @returns a tag for each line, null for a blank one; empty lines at the end are left out, as by Ruby's `split`
 */
export function* liquidTagLines(markup: string, engine: LiquidEngine): Iterable<LiquidLine | null> {
  let end = markup.length;
  while (end > 0 && markup[end - 1] === '\n') end--;
  for (let start = 0; start < end;) {
    const feed = markup.indexOf('\n', start);
    const stop = feed === -1 || feed >= end ? end : feed;
    yield readLine(markup, start, stop, engine);
    start = stop + 1;
  }
}

function readLine(markup: string, start: number, stop: number, engine: LiquidEngine): LiquidLine | null {
  const first = skipSpace(markup, start, stop);
  if (first >= stop) return null;
  const parts = splitTag(markup, first, stop, engine);
  // Within the tag a dash controls no white space: the line as it stands is then the name.
  const named = parts && markup[first] !== '-';
  return {
    name: named ? parts.name : markup.slice(start, stop),
    markup: markup.slice(named ? parts.markupStart : start, stop),
    start: first,
    end: stop,
  };
}

/** The running text of a page by sentence: without code blocks, and with the destinations of links blanked out. */
import type { PageFacts } from '../../corpus/types.js';

export interface Sentence {
  text: string;
  /** Offset of the first character in the page. */
  offset: number;
  /** The whole paragraph, heading or table row that the sentence stands in. */
  block: string;
  /** The sentence before it in the same block; empty for the first. */
  previous: string;
}

/**
 * Paragraphs, headings and table rows in sentences. A sentence ends with `.`, `!`, `?` or `:` before white space.
 * Line endings become blanks; offsets stay.
 */
export function* sentences(facts: PageFacts, source: string): Iterable<Sentence> {
  const blanks = facts.links
    .filter(({ kind }) => kind === 'link' || kind === 'image' || kind === 'autolink' || kind === 'definition')
    .map(({ destinationRange }) => destinationRange)
    .sort((a, b) => a.start.offset - b.start.offset);
  let next = 0;
  for (const { kind, range } of facts.blocks) {
    if (kind !== 'paragraph' && kind !== 'heading' && kind !== 'table') continue;
    let text = '';
    let at = range.start.offset;
    while ((blanks[next]?.end.offset ?? Infinity) <= at) next++;
    for (let index = next; index < blanks.length; index++) {
      const blank = blanks[index];
      if (!blank || blank.start.offset >= range.end.offset) break;
      if (blank.start.offset < at) continue;
      text += source.slice(at, blank.start.offset) + ' '.repeat(blank.end.offset - blank.start.offset);
      at = blank.end.offset;
    }
    text += source.slice(at, Math.max(at, range.end.offset));
    // A table's rows have nothing to do with each other; other lines go on.
    for (const row of kind === 'table' ? pieces(text, /\n/g) : [{ text, offset: 0 }]) {
      const block = row.text.replace(/[\r\n]/g, ' ');
      let previous = '';
      for (const { text, offset } of pieces(block, /[.!?:][`*_)"]{0,4}\s+/g)) {
        yield { text, offset: range.start.offset + row.offset + offset, block, previous };
        previous = text;
      }
    }
  }
}

function pieces(text: string, separator: RegExp): { text: string; offset: number }[] {
  const found: { text: string; offset: number }[] = [];
  let at = 0;
  for (const match of text.matchAll(separator)) {
    const end = match.index + match[0].length;
    found.push({ text: text.slice(at, end), offset: at });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), offset: at });
  return found;
}

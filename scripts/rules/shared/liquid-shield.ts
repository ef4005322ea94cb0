/** Repairs for literal text that Liquid would read: raw tags in comments, or entities in prose. */
import type { Block, Edit, PageFacts } from '../../corpus/types.js';

const OPEN = '<!-- {% raw %} -->';
const CLOSE = '<!-- {% endraw %} -->';

/** Stretches of a page in offsets of the file; tells by binary search whether one of them touches another stretch. */
export class Stretches {
  private readonly starts: number[];
  /** The farthest end of the stretches up to each. */
  private readonly ends: number[] = [];

  constructor(stretches: Iterable<{ start: number; end: number }>) {
    const sorted = [...stretches].sort((a, b) => a.start - b.start);
    this.starts = sorted.map(({ start }) => start);
    let farthest = -1;
    for (const { end } of sorted) this.ends.push((farthest = Math.max(farthest, end)));
  }

  touch(start: number, end: number): boolean {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return (this.ends[low - 1] ?? -1) > start;
  }
}

/** What is no plain text on a page: code spans, raw HTML, link destinations and autolinks. */
const notProse = new WeakMap<PageFacts, Stretches>();

/**
 * Edits that keep `[start, end)` from Liquid and look the same on GitHub and on the site:
 * - around a fence at the top level, comment lines that hold the raw tags;
 * - around any other block with code, the same with blank lines between;
 * - in plain prose, `&#123;` for the opening brace.
 *
 * @param purposeful where Liquid on purpose stands on the page: a repair must not switch it off
 * @returns no edits where that would also switch off Liquid that is meant, or where a raw tag already stands
 */
export function shield(
  facts: PageFacts,
  source: string,
  start: number,
  end: number,
  purposeful: Stretches,
): Edit[] {
  const index = topBlockAt(facts.blocks, start);
  const block = facts.blocks[index];
  if (!block || end > block.range.end.offset) return [];
  if (block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table') {
    if (isProse(facts, start, end)) {
      const braces = source.slice(start, start + 2) === '{{' ? 2 : 1;
      return [{ start, end: start + braces, text: '&#123;'.repeat(braces) }];
    }
  }
  const from = block.range.start.offset;
  const to = block.range.end.offset;
  if (/\{%-?\s*(?:end)?raw\s*-?%\}/.test(source.slice(from, to))) return [];
  if (purposeful.touch(from, to)) return [];
  const lineStart = source.lastIndexOf('\n', from - 1) + 1;
  const gap = block.kind === 'fence' ? '\n' : '\n\n';
  return [
    { start: lineStart, end: lineStart, text: `${OPEN}${gap}` },
    { start: to, end: to, text: `${gap}${CLOSE}` },
  ];
}

/** Index of the top-level block that holds an offset; -1 between blocks. */
function topBlockAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.range.start.offset ?? 0) <= offset) {
      found = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  while (found >= 0 && blocks[found]?.parent !== -1) found = blocks[found]?.parent ?? -1;
  const block = blocks[found];
  return block && offset < block.range.end.offset ? found : -1;
}

/** Is the stretch plain text? */
function isProse(facts: PageFacts, start: number, end: number): boolean {
  let stretches = notProse.get(facts);
  if (!stretches) {
    const ranges = [
      ...facts.codeSpans.map(({ range }) => range),
      ...facts.html.map(({ range }) => range),
      ...facts.links.map((link) => (link.kind === 'literal' ? link.range : link.destinationRange)),
    ];
    stretches = new Stretches(ranges.map((range) => ({ start: range.start.offset, end: range.end.offset })));
    notProse.set(facts, stretches);
  }
  return !stretches.touch(start, end);
}

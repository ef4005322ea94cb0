/** Repairs for literal text that Liquid would read: raw tags in comments, or entities in prose. */
import type { LiquidAnalysis } from '../../engines/liquid/index.js';
import type { Block, Edit, PageFacts } from '../../corpus/types.js';
import { meantFrontMatterEnd } from './meant-front-matter.js';

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

/** What a repair must not touch: Liquid on purpose, and the code in blocks of Liquid, which shows entities as typed. */
export interface OffLimits {
  purposeful: Stretches;
  code: Stretches;
}

/** Where Liquid on purpose stands: outputs of known names and tags of Liquid and Jekyll that are not literal text. */
export function offLimits(analysis: LiquidAnalysis, base: number): OffLimits {
  const swallowed = new Set(analysis.swallowedTags.map((tag) => tag.start));
  const meant = [
    ...analysis.outputs.filter((output) => output.onPurpose),
    ...analysis.tags.filter((tag) => tag.name !== 'raw' && !swallowed.has(tag.start)),
  ];
  const code = analysis.tags.filter(({ name }) => name === 'highlight');
  return {
    purposeful: new Stretches(meant.map(({ start, end }) => ({ start: base + start, end: base + end }))),
    code: new Stretches(
      code.map(({ start, end, blockEnd }) => ({ start: base + start, end: base + (blockEnd ?? end) })),
    ),
  };
}

/**
 * Edits that keep `[start, end)` from Liquid and look the same on GitHub and on the site:
 * - around a fence at the top level, comment lines that hold the raw tags;
 * - around any other block with code, the same with blank lines between;
 * - in plain prose, `&#123;` for the opening brace.
 *
 * @returns no edits where that would also switch off Liquid that is meant, where a raw tag already stands, or in what
 *   only looks like prose
 */
export function shield(
  facts: PageFacts,
  source: string,
  start: number,
  end: number,
  { purposeful, code }: OffLimits,
): Edit[] {
  if (code.touch(start, end) || start < meantFrontMatterEnd(facts, source)) return [];
  const index = topBlockAt(facts.blocks, start);
  const block = facts.blocks[index];
  if (!block || end > block.range.end.offset) return [];
  if (block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'table') {
    if (isProse(facts, start, end)) {
      const braces = source.slice(start, start + 2) === '{{' ? 2 : 1;
      return [{ start, end: start + braces, text: '&#123;'.repeat(braces) }];
    }
  }
  const { from, to, listAbove } = withAttributes(source, block);
  if (/\{%-?\s*(?:end)?raw\s*-?%\}/.test(source.slice(from, to))) return [];
  if (purposeful.touch(from, to)) return [];
  const gap = block.kind === 'fence' ? '\n' : '\n\n';
  return [
    // kramdown would give a list right below the comment to the comment.
    { start: from, end: from, text: `${OPEN}${listAbove ? '\n\n' : gap}` },
    { start: to, end: to, text: `${gap}${CLOSE}` },
  ];
}

const ATTRIBUTES = String.raw`[ ]{0,3}\{:[^\r\n{}]{0,500}\}[ \t]*`;
const ATTRIBUTES_BELOW = new RegExp(`^[ \\t]*(?:\\r?\\n${ATTRIBUTES}(?=\\r?\\n|$))+`, 'u');
const ATTRIBUTES_LINE = new RegExp(`^${ATTRIBUTES}\\r?\\n$`, 'u');

/**
 * The lines of a block with the attribute lists of kramdown (`{: .note }`) that are its own: a comment between the two
 * would take the list away from the block. A list right below other text is that text's.
 */
function withAttributes(source: string, { range }: Block): { from: number; to: number; listAbove: boolean } {
  const below = ATTRIBUTES_BELOW.exec(source.slice(range.end.offset, range.end.offset + 2000))?.[0] ?? '';
  const lineStart = source.lastIndexOf('\n', range.start.offset - 1) + 1;
  let from = lineStart;
  let line = '';
  while (from > 0) {
    const above = source.lastIndexOf('\n', from - 2) + 1;
    line = source.slice(above, from);
    if (!ATTRIBUTES_LINE.test(line)) break;
    from = above;
  }
  const listAbove = from < lineStart && line.trim() === '';
  return { from: listAbove ? from : lineStart, to: range.end.offset + below.trimEnd().length, listAbove };
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

/** Repairs for literal text that Liquid would read: raw tags in comments, or entities in prose. */
import type { Block, Edit, PageFacts } from '../../corpus/types.js';

const OPEN = '<!-- {% raw %} -->';
const CLOSE = '<!-- {% endraw %} -->';

/** Where Liquid on purpose stands on the page: a repair must not switch it off. Offsets in the file. */
export type Purposeful = readonly { start: number; end: number }[];

/**
 * Edits that keep `[start, end)` from Liquid and look the same on GitHub and on the site:
 * - around a fence at the top level, comment lines that hold the raw tags;
 * - around any other block with code, the same with blank lines between;
 * - in plain prose, `&#123;` for the opening brace.
 *
 * @returns no edits where that would also switch off Liquid that is meant, or where a raw tag already stands
 */
export function shield(
  facts: PageFacts,
  source: string,
  start: number,
  end: number,
  purposeful: Purposeful,
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
  if (purposeful.some((other) => other.start < to && other.end > from)) return [];
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

/** Is the stretch plain text: in no code span, raw HTML, link destination or autolink? */
function isProse(facts: PageFacts, start: number, end: number): boolean {
  const touches = ({ range }: { range: { start: { offset: number }; end: { offset: number } } }): boolean =>
    range.start.offset < end && range.end.offset > start;
  return (
    !facts.codeSpans.some(touches) &&
    !facts.html.some(touches) &&
    !facts.links.some(
      (link) => touches({ range: link.destinationRange }) || (link.kind === 'literal' && touches(link)),
    )
  );
}

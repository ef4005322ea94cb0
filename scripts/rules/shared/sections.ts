/** Parts of a page that are found by their heading, so that the Markdown needs no markers. */
import type { Block, Heading, PageFacts, Range } from '../../corpus/types.js';
import type { Edit } from '../types.js';

/** The parts of a tutorial's index in format v2 that have a heading of level 2, in their order. */
export const INDEX_SECTIONS = [
  'Why This Track Matters',
  'Current Snapshot (auto-updated)',
  'Mental Model',
  'Chapter Guide',
  'What You Will Learn',
  'Source References',
  'Related Tutorials',
  'Navigation & Backlinks',
  'Full Chapter Map',
] as const;

/** A heading of level 2 with what follows it up to the next heading of level 1 or 2. */
export interface FoundSection {
  heading: Heading;
  content: Range;
}

/** A block with its index in `facts.blocks`. */
export interface IndexedBlock {
  index: number;
  block: Block;
}

/** The first section of level 2 with this heading text; null when there is none. */
export function findSection(facts: PageFacts, title: string): FoundSection | null {
  for (const section of facts.sections) {
    const heading = facts.headings[section.heading];
    if (heading?.level === 2 && heading.text.trim() === title)
      return { heading, content: section.contentRange };
  }
  return null;
}

/** Blocks of the page itself (not of quotes or list items) that stand within a range, optionally of one kind. */
export function topBlocks(facts: PageFacts, within: Range, kind?: Block['kind']): IndexedBlock[] {
  const found: IndexedBlock[] = [];
  for (const [index, block] of facts.blocks.entries()) {
    if (block.parent !== -1 || (kind !== undefined && block.kind !== kind)) continue;
    if (block.range.start.offset >= within.start.offset && block.range.end.offset <= within.end.offset)
      found.push({ index, block });
  }
  return found;
}

/** The offset behind the last character of a section that is not a blank. */
export function sectionEnd(section: FoundSection, source: string): number {
  const from = section.heading.range.end.offset;
  return from + source.slice(from, section.content.end.offset).trimEnd().length;
}

/** The edit that adds a part to the end of a section, set off by a blank line. */
export function appendToSection(section: FoundSection, source: string, text: string): Edit {
  const end = sectionEnd(section, source);
  return { start: end, end, text: `\n\n${text}` };
}

/**
 * The edit that adds a whole section: before the first section that comes later in `order`, else at the end of the file.
 *
 * @param order heading texts of level 2 in the order in which a page has them
 */
export function insertSection(
  facts: PageFacts,
  source: string,
  title: string,
  body: string,
  order: readonly string[],
): Edit {
  const later = new Set(order.slice(order.indexOf(title) + 1));
  const next = facts.headings.find((heading) => heading.level === 2 && later.has(heading.text.trim()));
  const text = `## ${title}\n\n${body}\n`;
  if (next) return { start: next.range.start.offset, end: next.range.start.offset, text: `${text}\n` };
  const end = source.trimEnd().length;
  return { start: end, end: source.length, text: `\n\n${text}` };
}

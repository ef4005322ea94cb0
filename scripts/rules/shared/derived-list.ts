/**
 * Lists that are derived from the site: what belongs into them is known, what an author adds to them is kept.
 * The derived part of an entry is the link that it begins with; text after the link and entries of other kinds are the
 * author's.
 */
import type { Link, PageFacts, Range } from '../../corpus/types.js';
import type { Page, Tutorial } from '../../site/types.js';
import type { Edit, RuleFinding, SiteContext } from '../types.js';
import { exact } from './wording.js';
import {
  appendToSection,
  findSection,
  insertSection,
  topBlocks,
  type FoundSection,
  type IndexedBlock,
} from './sections.js';

/** An entry that the list must have. */
export interface DerivedEntry {
  /** Tells entries apart; `recognise` gives the same key for an outdated form of the entry. */
  key: string;
  /** What messages call the entry: "the previous chapter". */
  name: string;
  text: string;
  destination: string;
}

/** A section of a page that holds such a list. */
export interface DerivedSection {
  page: Page;
  /** Text of the page. */
  source: string;
  /** Heading of the section. */
  title: string;
  entries: readonly DerivedEntry[];
  ordered: boolean;
  /** The key of a link that is, or once was, a derived entry; null for an author's own. */
  recognise(link: Link): string | null;
  /** Why a recognised entry does not belong, as the end of "this entry …". */
  surplus: string;
  /** What a page without the section lacks, as the end of "expected one with …". */
  missing: string;
  /** Heading texts of level 2 in the order in which a page has them: where a missing section is put. */
  order: readonly string[];
}

/** The section as it stands on the page. */
interface DerivedList extends DerivedSection {
  file: string;
  facts: PageFacts;
  section: FoundSection;
}

interface Item {
  range: Range;
  marker: string;
  link: Link | null;
  key: string | null;
  /** Everything behind the link. */
  rest: string;
  raw: string;
}

/** A Markdown link whose text shows exactly `text`. */
export function markdownLink(text: string, destination: string): string {
  return `[${text.replace(/[\\[\]*`<|]/g, '\\$&')}](${destination})`;
}

/** The tutorials whose index can be read, with the index and its text: what the rules about indexes go through. */
export function* tutorialIndexes(
  context: SiteContext,
): Iterable<{ tutorial: Tutorial; index: Page; source: string }> {
  for (const tutorial of context.site.tutorials) {
    const { index } = tutorial;
    const source = index ? context.source(index.path) : undefined;
    if (index && source !== undefined) yield { tutorial, index, source };
  }
}

/**
 * Findings about a section whose list is derived: its absence, or what its list lacks; each with the edit that brings
 * the whole list up to date.
 *
 * @param subject what a message calls the page: `index`, `chapter`
 */
export function checkDerivedSection(derived: DerivedSection, subject: string): RuleFinding[] {
  const { page, source, title, entries, order } = derived;
  const { path: file, facts } = page;
  const section = findSection(facts, title);
  if (section) return checkDerivedList({ ...derived, file, facts, section });
  return [
    {
      file,
      range: page.anchorRange,
      message: `${subject} has no section ${exact(`## ${title}`)}: expected one with ${derived.missing}; add it`,
      ...(entries.length > 0 && {
        edits: [insertSection(facts, source, title, listText(derived), order)],
      }),
    },
  ];
}

/** The whole list as it should be, without anything of the author's. */
function listText(list: DerivedSection): string {
  return list.entries
    .map((entry, index) => `${markerOf(list, index, '-')} ${markdownLink(entry.text, entry.destination)}`)
    .join('\n');
}

function checkDerivedList(list: DerivedList): RuleFinding[] {
  const chosen = chooseList(list);
  const wanted = list.entries.map((entry) => markdownLink(entry.text, entry.destination));
  if (!chosen) {
    if (list.entries.length === 0) return [];
    return [
      {
        file: list.file,
        range: list.section.heading.range,
        message: `section ${exact(list.title)} has no list: expected ${describe(wanted)}; add it`,
        edits: [appendToSection(list.section, list.source, listText(list))],
      },
    ];
  }
  const { items, range } = chosen;
  const edits = rewrite(list, items, range, wanted);
  const findings = compare(list, items, wanted);
  return edits ? findings.map((finding) => ({ ...finding, edits })) : findings;
}

function describe(links: readonly string[]): string {
  const [first = ''] = links;
  return links.length === 1 ? exact(first) : `${links.length} entries beginning with ${exact(first)}`;
}

function markerOf(list: DerivedSection, index: number, bullet: string): string {
  return list.ordered ? `${index + 1}.` : bullet;
}

/** The section's list with most derived entries; null when no list has any. */
function chooseList(list: DerivedList): { items: Item[]; range: Range } | null {
  const linkAt = new Map<number, Link>();
  for (const link of list.facts.links) linkAt.set(link.range.start.offset, link);
  let best: { items: Item[]; range: Range; score: number } | null = null;
  for (const candidate of topBlocks(list.facts, list.section.content, 'list')) {
    const items = readItems(list, candidate, linkAt);
    const score = items.filter((item) => item.key !== null).length;
    if (score > 0 && (!best || score > best.score)) best = { items, range: candidate.block.range, score };
  }
  return best;
}

function readItems(list: DerivedList, candidate: IndexedBlock, linkAt: ReadonlyMap<number, Link>): Item[] {
  const items: Item[] = [];
  for (let index = candidate.index + 1; index < list.facts.blocks.length; index++) {
    const block = list.facts.blocks[index];
    if (!block || block.range.start.offset >= candidate.block.range.end.offset) break;
    if (block.kind !== 'item' || block.parent !== candidate.index) continue;
    const raw = list.source.slice(block.range.start.offset, block.range.end.offset);
    const marker = /^(?:[-*+]|\d{1,9}[.)])/.exec(raw)?.[0] ?? '';
    const blanks = /^[ \t]*/.exec(raw.slice(marker.length))?.[0].length ?? 0;
    const link = linkAt.get(block.range.start.offset + marker.length + blanks) ?? null;
    const rest = link ? list.source.slice(link.range.end.offset, block.range.end.offset) : '';
    items.push({ range: block.range, marker, link, key: link ? list.recognise(link) : null, rest, raw });
  }
  adoptByDestination(list, items);
  return items;
}

/** An entry whose text nobody recognises but that leads where a missing entry leads is that entry, relabelled. */
function adoptByDestination(list: DerivedList, items: Item[]): void {
  const present = new Set(items.map((item) => item.key));
  const missing = new Map<string, string>();
  for (const entry of list.entries) if (!present.has(entry.key)) missing.set(entry.destination, entry.key);
  for (const item of items) {
    if (item.key !== null || !item.link) continue;
    const key = missing.get(item.link.raw);
    if (key === undefined) continue;
    item.key = key;
    missing.delete(item.link.raw);
  }
}

function compare(list: DerivedList, items: readonly Item[], wanted: readonly string[]): RuleFinding[] {
  const findings: RuleFinding[] = [];
  const report = (range: Range, message: string): void => {
    findings.push({ file: list.file, range, message });
  };
  const order = new Map(list.entries.map((entry, index) => [entry.key, index]));
  const seen = new Set<string>();
  let previous = -1;
  let ordered = true;
  for (const item of items) {
    if (item.key === null || !item.link) continue;
    const range = { start: item.range.start, end: item.link.range.end };
    const typed = list.source.slice(item.link.range.start.offset, item.link.range.end.offset);
    const position = order.get(item.key);
    if (position === undefined) {
      report(range, `${exact(typed)} ${list.surplus}; remove the entry`);
      continue;
    }
    if (seen.has(item.key)) {
      report(
        range,
        `${exact(typed)} is listed twice: expected one entry for ${nameOf(list, position)}; remove this one`,
      );
      continue;
    }
    seen.add(item.key);
    const expected = wanted[position] ?? '';
    if (typed !== expected)
      report(
        range,
        `${exact(typed)} is out of date: expected ${exact(expected)} for ${nameOf(list, position)}; replace it`,
      );
    if (position < previous) {
      if (ordered)
        report(
          range,
          `${exact(typed)} is out of order: expected ${nameOf(list, position)} before ${nameOf(list, previous)}; move it up`,
        );
      ordered = false;
    } else {
      previous = position;
      if (
        ordered &&
        list.ordered &&
        item.marker !== markerOf(list, position, '-') &&
        seen.size === position + 1
      )
        report(
          range,
          `number ${exact(item.marker)} does not fit the entry: expected ${exact(markerOf(list, position, '-'))}; renumber the list`,
        );
    }
  }
  for (const [index, entry] of list.entries.entries())
    if (!seen.has(entry.key))
      report(
        list.section.heading.range,
        `section ${exact(list.title)} has no link to ${entry.name}: expected ${exact(wanted[index] ?? '')}; add it`,
      );
  return findings;
}

function nameOf(list: DerivedList, position: number): string {
  return list.entries[position]?.name ?? '';
}

/** The edit that replaces the list; null when that would lose text of the author. */
function rewrite(
  list: DerivedList,
  items: readonly Item[],
  range: Range,
  wanted: readonly string[],
): Edit[] | null {
  const wantedKeys = new Set(list.entries.map((entry) => entry.key));
  const rests = new Map<string, string>();
  const own: string[] = [];
  for (const item of items) {
    if (item.key === null) own.push(item.raw);
    else if (wantedKeys.has(item.key) && !rests.has(item.key)) rests.set(item.key, item.rest);
    else if (item.rest.trim() !== '') return null;
  }
  const bullet = items[0]?.marker ?? '-';
  const lines = list.entries.map(
    (entry, index) => `${markerOf(list, index, bullet)} ${wanted[index] ?? ''}${rests.get(entry.key) ?? ''}`,
  );
  const text = [...lines, ...own].join('\n').replace(/\r\n/g, '\n');
  return [{ start: range.start.offset, end: range.end.offset, text }];
}

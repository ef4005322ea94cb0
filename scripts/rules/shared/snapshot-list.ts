/** The list of a page's section "Current Snapshot", compared with the entries that the data give. */
import { LineIndex } from '../../corpus/text.js';
import type { Range } from '../../corpus/types.js';
import type { Page } from '../../site/types.js';
import type { Edit, RuleFinding } from '../types.js';
import { findSection, INDEX_SECTIONS, insertSection, topBlocks, type FoundSection } from './sections.js';
import { SNAPSHOT_LABELS } from './snapshot.js';
import { exact } from './wording.js';

/** Heading of the section. */
export const SNAPSHOT_SECTION = 'Current Snapshot (auto-updated)';

interface ShownEntry {
  /** The derived entry that it is; null for one of the author's. */
  label: string | null;
  line: string;
  /** Further lines of the entry, with the line ending before them: the author's. */
  rest: string;
  range: Range;
}

/** The label that an entry begins with, when it is one of a derived list. */
function labelOf(entry: string): string | null {
  const label = /^[^:\n]{1,40}(?=:)/.exec(entry)?.[0];
  return SNAPSHOT_LABELS.find((known) => known === label) ?? null;
}

/** Entries of the first list of the section, with the label that each begins with. */
function shownEntries(
  page: Page,
  source: string,
  section: FoundSection,
): { entries: ShownEntry[]; range: Range } | null {
  const list = topBlocks(page.facts, section.content, 'list')[0];
  if (!list) return null;
  const entries: ShownEntry[] = [];
  const lines = new LineIndex(source);
  for (const block of page.facts.blocks) {
    if (block.kind !== 'item' || block.parent !== list.index) continue;
    const raw = source.slice(block.range.start.offset, block.range.end.offset).replace(/\r\n/g, '\n');
    const newline = raw.indexOf('\n');
    const line = newline === -1 ? raw : raw.slice(0, newline);
    entries.push({
      label: labelOf(line.replace(/^[-*+][ \t]+/, '')),
      line,
      rest: raw.slice(line.length),
      range: { start: block.range.start, end: lines.point(block.range.start.offset + line.length) },
    });
  }
  return { entries, range: list.block.range };
}

/**
 * Findings about the page that shows a snapshot, each with the edit that brings its list up to date.
 *
 * @param data path of the data file, for messages
 */
export function checkSnapshotList(
  page: Page,
  source: string,
  expected: readonly string[],
  data: string,
): RuleFinding[] {
  const file = page.path;
  const section = findSection(page.facts, SNAPSHOT_SECTION);
  const list = expected.map((entry) => `- ${entry}`).join('\n');
  if (!section)
    return [
      {
        file,
        range: page.anchorRange,
        message: `page has no section ${exact(`## ${SNAPSHOT_SECTION}`)}: expected one with the facts of \`${data}\`; add it`,
        edits: [insertSection(page.facts, source, SNAPSHOT_SECTION, list, INDEX_SECTIONS)],
      },
    ];
  const shown = shownEntries(page, source, section);
  if (!shown) {
    const at = section.heading.range.end.offset;
    return [
      {
        file,
        range: section.heading.range,
        message: `section ${exact(SNAPSHOT_SECTION)} has no list: expected the ${expected.length} facts of \`${data}\`; add it`,
        edits: [{ start: at, end: at, text: `\n\n${list}` }],
      },
    ];
  }
  return compare(file, section, shown, expected, data);
}

/** Findings entry by entry; each carries the edit that rewrites the derived entries and keeps the author's own. */
function compare(
  file: string,
  section: FoundSection,
  shown: { entries: ShownEntry[]; range: Range },
  expected: readonly string[],
  data: string,
): RuleFinding[] {
  const wanted = new Map(expected.map((entry) => [labelOf(entry), `- ${entry}`]));
  const rests = new Map<string | null, string>();
  const own: string[] = [];
  let losesText = false;
  const findings: RuleFinding[] = [];
  for (const { label, line, rest, range } of shown.entries) {
    const expectedLine = wanted.get(label);
    if (label === null) own.push(line + rest);
    else if (expectedLine === undefined || rests.has(label)) {
      losesText ||= rest !== '';
      findings.push({
        file,
        range,
        message: `entry ${exact(line)} is ${rests.has(label) ? 'there twice' : `no fact of \`${data}\``}: expected only what the data say, once; remove it`,
      });
    } else {
      rests.set(label, rest);
      if (line !== expectedLine)
        findings.push({
          file,
          range,
          message: `entry ${exact(line)} is out of date: expected ${exact(expectedLine)} by \`${data}\`; replace it`,
        });
    }
  }
  for (const [label, line] of wanted)
    if (!rests.has(label))
      findings.push({
        file,
        range: section.heading.range,
        message: `section ${exact(SNAPSHOT_SECTION)} lacks an entry: expected ${exact(line)} by \`${data}\`; add it`,
      });
  const order = [...wanted.keys()].filter((label) => rests.has(label));
  if ([...rests.keys()].some((label, index) => label !== order[index]))
    findings.push({
      file,
      range: shown.range,
      message: `entries of ${exact(SNAPSHOT_SECTION)} are out of order: expected ${exact(order.join(', '))}; sort them`,
    });
  if (losesText) return findings;
  const text = [...[...wanted].map(([label, line]) => line + (rests.get(label) ?? '')), ...own].join('\n');
  const edits: Edit[] = [{ start: shown.range.start.offset, end: shown.range.end.offset, text }];
  return findings.map((finding) => ({ ...finding, edits }));
}

/** `walks.json`: which chapters were followed in an empty folder, and in what state. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ListingCatalog } from './types.js';
import { walkSteps, type ShownOutput } from './walk-steps.js';
import type { WalkPage } from './walk.js';

export interface WalkEntry {
  /** See {@link walkHashes}. */
  inputHash: string;
  /** ISO date (UTC) of the walk. */
  date: string;
}

const recordSchema = z.strictObject({
  version: z.literal(1),
  pages: z.record(
    z.string(),
    z.strictObject({
      inputHash: z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hexadecimal'),
      date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is no date such as 2026-01-31'),
    }),
  ),
});

/**
 * Reads the record's text; null text (no file) is an empty record.
 *
 * @returns the entries by the page's path, and what is wrong with the file: a record that cannot be understood covers
 *   nothing.
 */
export function parseWalks(text: string | null): { entries: Map<string, WalkEntry>; problem: string | null } {
  if (text === null) return { entries: new Map(), problem: null };
  const nothing = (problem: string): ReturnType<typeof parseWalks> => ({ entries: new Map(), problem });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return nothing(`the record of walks is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
  const parsed = recordSchema.safeParse(data);
  if (parsed.success) return { entries: new Map(Object.entries(parsed.data.pages)), problem: null };
  const issue = parsed.error.issues[0];
  const place = issue?.path.length ? `\`${issue.path.join('.')}\`` : 'the top level';
  return nothing(`the record of walks has another form at ${place}: ${issue?.message ?? ''}`);
}

/** The record's text: pages and fields in a fixed order, so that a diff shows only what changed. */
export function formatWalks(entries: ReadonlyMap<string, WalkEntry>): string {
  const pages: Record<string, WalkEntry> = {};
  for (const [page, { inputHash, date }] of [...entries].sort(([left], [right]) => (left < right ? -1 : 1))) {
    pages[page] = { inputHash, date };
  }
  return `${JSON.stringify({ version: 1, pages }, null, 2)}\n`;
}

/**
 * What decides whether a reader who follows the pages ends where the pages say: the files, commands and outputs of each
 * page, how its outputs are compared, and all of that of the pages before it, in whose folder it goes on. Prose and
 * line numbers do not count.
 *
 * @returns one SHA-256 (hex) for each page, in their order.
 */
export function walkHashes(pages: readonly WalkPage[], catalog: ListingCatalog): string[] {
  let before = '';
  return pages.map(({ facts, source }) => {
    const { steps, skipped, problems } = walkSteps(facts, source);
    const content = steps.map((step) =>
      step.kind === 'file'
        ? { file: step.path, text: step.text }
        : { script: step.script, outputs: step.outputs.map((output) => comparison(output, catalog)) },
    );
    const inputs = JSON.stringify([
      before,
      content,
      skipped.map(({ reason }) => reason),
      problems.map(({ message }) => message),
    ]);
    before = createHash('sha256').update(inputs).digest('hex');
    return before;
  });
}

function comparison({ target, region, text }: ShownOutput, catalog: ListingCatalog): unknown {
  const [language = '', name = '', run = ''] = target.split('/');
  const manifest = catalog.packages.get(`${language}/${name}`)?.manifest;
  const settings = manifest?.runs.find((candidate) => candidate.name === run);
  return [target, region, text, settings?.exit, settings?.stderr, settings?.normalise];
}

/** How many pages, from the first, have to be walked so that the record covers all of them; 0 when it does. */
export function changedPages(
  pages: readonly WalkPage[],
  catalog: ListingCatalog,
  entries: ReadonlyMap<string, WalkEntry>,
): number {
  const hashes = walkHashes(pages, catalog);
  return pages.findLastIndex(({ facts }, index) => entries.get(facts.path)?.inputHash !== hashes[index]) + 1;
}

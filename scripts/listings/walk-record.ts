/** `walks.json`: which chapters were followed in an empty folder, and in what state. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { ISO_DATE, parseRecord, recordText, SHA256 } from './record.js';
import { VerifyError } from './verify.js';
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
      inputHash: z.string().regex(SHA256, 'is no SHA-256 in hexadecimal'),
      date: z.string().regex(ISO_DATE, 'is no date such as 2026-01-31'),
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
  const record = parseRecord(recordSchema, text, 'the record of walks');
  return 'data' in record
    ? { entries: new Map(Object.entries(record.data.pages)), problem: null }
    : { entries: new Map(), problem: record.problem };
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

/** The record on disk. It is read anew before every change, so that what another walk recorded meanwhile is kept. */
export class WalkRecord {
  /**
   * @param root - absolute path of the corpus.
   * @param file - `walks.json`, relative to the root.
   * @param chapters - paths of all chapters; other pages leave the record when it is written.
   */
  constructor(
    private readonly root: string,
    private readonly file: string,
    private readonly chapters: ReadonlySet<string>,
  ) {}

  /** @throws VerifyError for a file that would be lost by writing it. */
  async read(): Promise<Map<string, WalkEntry>> {
    const { entries, problem } = parseWalks(await recordText(path.join(this.root, this.file)));
    if (problem !== null) {
      throw new VerifyError(`\`${this.file}\`: ${problem}; restore it, or delete it and walk every chapter`);
    }
    return entries;
  }

  /** An entry that would only get another date stays as it is, unless that is asked for. */
  async add(page: string, inputHash: string, refreshDate: boolean): Promise<void> {
    const entries = await this.read();
    if (entries.get(page)?.inputHash === inputHash && !refreshDate) return;
    entries.set(page, { inputHash, date: new Date().toISOString().slice(0, 10) });
    await this.write(entries);
  }

  async remove(page: string): Promise<void> {
    const entries = await this.read();
    if (entries.delete(page)) await this.write(entries);
  }

  private async write(entries: ReadonlyMap<string, WalkEntry>): Promise<void> {
    const file = path.join(this.root, this.file);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomic(
      file,
      formatWalks(new Map([...entries].filter(([page]) => this.chapters.has(page)))),
    );
  }
}

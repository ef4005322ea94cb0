import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { errorCode } from '../corpus/discover.js';
import { buildSite, loadCorpus } from '../index.js';
import {
  changedPages,
  formatWalks,
  parseWalks,
  walkHashes,
  type WalkEntry,
} from '../listings/walk-record.js';
import { walk, type WalkReport } from '../listings/walk.js';
import { count } from '../rules/shared/wording.js';
import { pathFilter, UsageError } from './shared.js';

interface Options {
  root: string;
  config: string;
  changed?: boolean;
  refreshDate?: boolean;
  keep?: boolean;
}

/**
 * Walks the tutorials up to the last page that is asked for, and records each page that passes in `walks.json` beside
 * the ledger.
 *
 * @param pages - paths or globs; none means every chapter.
 * @returns the exit code: 1 when a page failed.
 * @throws UsageError when no chapter matches, or the record cannot be understood.
 */
export async function walkChapters(pages: readonly string[], options: Options): Promise<number> {
  const corpus = await loadCorpus(options.root, { config: options.config });
  const site = buildSite(corpus);
  const catalog = site.listings;
  const everyChapter = site.tutorials.flatMap(({ chapters }) => chapters.map(({ page }) => page.path));
  const record = new WalkRecord(
    path.resolve(options.root),
    `${catalog.folder}/walks.json`,
    new Set(everyChapter),
  );
  const known = await record.read();
  const filter = pathFilter(pages, options.root);
  const reports: WalkReport[] = [];
  let found = false;
  for (const { chapters } of site.tutorials) {
    const all = chapters.map(({ page: { facts } }) => {
      return { facts, source: corpus.sources.get(facts.path) ?? '' };
    });
    const last = all.findLastIndex(({ facts }) => filter?.(facts.path) ?? true);
    if (last === -1) continue;
    found = true;
    const walked = all.slice(0, options.changed ? changedPages(all, catalog, known) : last + 1);
    for (const { facts } of all.slice(walked.length, last + 1)) say(`unchanged: ${facts.path}`);
    const hashes = new Map(
      walkHashes(walked, catalog).map((hash, index) => [walked[index]?.facts.path, hash]),
    );
    const done = async ({ path: page, failures }: WalkReport): Promise<void> => {
      const inputHash = hashes.get(page);
      if (failures.length > 0) await record.remove(page);
      else if (inputHash !== undefined) await record.add(page, inputHash, options.refreshDate ?? false);
    };
    if (walked.length > 0) {
      reports.push(...(await walk({ pages: walked, catalog, keep: options.keep ?? false, say, done })));
    }
  }
  if (!found) {
    const names = pages.map((name) => `\`${name}\``).join(', ');
    throw new UsageError(`there is no chapter${names === '' ? ' in this corpus' : ` that matches ${names}`}`);
  }
  for (const report of reports) say(outcome(report));
  return reports.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function outcome({
  path: page,
  files,
  commands,
  outputs,
  unattached,
  skipped,
  failures,
}: WalkReport): string {
  const counts = [
    count(files, 'file'),
    count(commands, 'command'),
    `${count(outputs, 'output')} compared`,
    `${count(unattached, 'output')} without a command`,
    `${count(skipped, 'command')} left out`,
  ].join(', ');
  return `${failures.length > 0 ? 'failed' : 'passed'}: ${page}: ${counts}`;
}

/** The file on disk; pages that are no chapters any more leave it. It is read anew before every change, so that what another walk recorded meanwhile is kept. */
class WalkRecord {
  constructor(
    private readonly root: string,
    private readonly file: string,
    private readonly chapters: ReadonlySet<string>,
  ) {}

  async read(): Promise<Map<string, WalkEntry>> {
    const text = await readFile(path.join(this.root, this.file), 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    });
    const { entries, problem } = parseWalks(text);
    if (problem !== null) {
      throw new UsageError(`\`${this.file}\`: ${problem}; restore it, or delete it and walk every chapter`);
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

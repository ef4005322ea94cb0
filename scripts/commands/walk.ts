import path from 'node:path';
import { buildSite, loadCorpus, requireSource } from '../index.js';
import { changedPages, walkHashes, WalkRecord } from '../listings/walk-record.js';
import { walk, type WalkReport } from '../listings/walk.js';
import { count } from '../rules/shared/wording.js';
import { pathFilter, requireConfig, UsageError } from './shared.js';

interface Options {
  root: string;
  config: string;
  changed?: boolean;
  refreshDate?: boolean;
  record: boolean;
  keep?: boolean;
}

/**
 * Walks the tutorials up to the last page that is asked for, and records each page that passes in `walks.json` beside
 * the ledger, unless `record` is false.
 *
 * @param pages - paths or globs; none means every chapter.
 * @returns the exit code: 1 when a page failed.
 * @throws UsageError when no chapter matches, VerifyError when the record cannot be understood.
 */
export async function walkChapters(pages: readonly string[], options: Options): Promise<number> {
  const corpus = await loadCorpus(options.root, { config: options.config });
  requireSource(corpus);
  requireConfig(corpus.configProblems);
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
      if (!options.record) return;
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

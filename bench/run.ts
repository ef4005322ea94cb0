/**
 * `npm run bench`: seconds, seconds of processor time and peak memory of `corpus check` on made-up corpora and on pages
 * made to be slow. Prints the machine and its load; compare ratios, not seconds. `npm run bench -- 100 400` chooses the
 * numbers of pages. README.md beside this file keeps figures.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { writeBenchCorpus } from './corpus.js';

const sizes = process.argv.slice(2).map(Number).filter(Number.isFinite);
const rounds = 3;

/** Pages whose naive checking takes time that grows with the square of their size. */
const monsters: Record<string, (size: number) => string> = {
  prose: (size) => 'word '.repeat(size / 5),
  'block quotes': (size) => '> > > > quoted\n'.repeat(size / 15),
  pipes: (size) => '| a | b | c |\n'.repeat(size / 14),
  braces: (size) => '{{ '.repeat(size / 3),
  backticks: (size) => '` `` ``` '.repeat(size / 9),
  headings: (size) => '## Same\n\n'.repeat(size / 9),
};

interface Measurement {
  seconds: number;
  /** Processor time of all threads: the steadier figure on a machine that others use. */
  processor: number;
  megabytes: number;
}

/** The median run by processor time. */
function measure(root: string): Measurement {
  const script = `
    const { checkCorpus } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    const used = () => process.cpuUsage().user + process.cpuUsage().system;
    const [before, usedBefore] = [performance.now(), used()];
    await checkCorpus({ root: ${JSON.stringify(root)} });
    console.log(JSON.stringify({
      seconds: (performance.now() - before) / 1000,
      processor: (used() - usedBefore) / 1e6,
      megabytes: process.resourceUsage().maxRSS / 1024,
    }));`;
  const runs = Array.from({ length: rounds }, () => {
    const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    if (result.status !== 0) throw new Error(result.stderr);
    return JSON.parse(result.stdout) as Measurement;
  }).sort((a, b) => a.processor - b.processor);
  const median = runs[Math.floor(rounds / 2)];
  if (!median) throw new Error('nothing was measured');
  return median;
}

function row(name: string, root: string): void {
  const { seconds, processor, megabytes } = measure(root);
  const columns = [`${seconds.toFixed(2)} s`, `${processor.toFixed(2)} s`, `${megabytes.toFixed(0)} MB`];
  console.log(name.padEnd(28) + columns.map((column) => column.padStart(11)).join(''));
}

const folder = await mkdtemp(path.join(tmpdir(), 'corpus-bench-'));
try {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  console.log(
    `${processor}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`,
  );
  console.log(
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} (1, 5 and 15 minutes)`,
  );
  console.log(`median of ${rounds} runs of checkCorpus, Node's start left out\n`);
  console.log(`${' '.repeat(28)}       wall  processor     memory`);
  for (const pages of sizes.length > 0 ? sizes : [200, 400, 800]) {
    const root = path.join(folder, `pages-${pages}`);
    await writeBenchCorpus(root, pages);
    row(`${pages} pages`, root);
  }
  for (const [name, make] of Object.entries(monsters)) {
    for (const megabytes of [1, 2]) {
      const root = await mkdtemp(path.join(folder, 'monster-'));
      await writeFile(path.join(root, '_config.yml'), '');
      await writeFile(path.join(root, 'index.md'), `---\ntitle: Home\n---\n\n${make(megabytes * 2 ** 20)}\n`);
      row(`${megabytes} MiB of ${name}`, root);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

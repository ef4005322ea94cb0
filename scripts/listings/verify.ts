/** Builds, tests and runs the programs that pages show, and records the result in the ledger. */
import { mkdir, realpath } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { coverageProblem } from './coverage.js';
import { describeDifference } from './difference.js';
import { formatLedger, outputHash, parseLedger } from './ledger.js';
import { loadListings } from './load.js';
import { didYouMean, nearest } from '../corpus/nearest.js';
import { normalise, type Surroundings } from './normalise.js';
import { captureEnvironment, runProcess, type ProcessResult } from './process.js';
import { recordText } from './record.js';
import { toolchains as knownToolchains } from './toolchains/index.js';
import type { Toolchain } from './toolchains/types.js';
import type { LedgerEntry, ListingCatalog, ListingPackage, ListingRun } from './types.js';

export interface VerifyOptions {
  /** Folder of the corpus. */
  root: string;
  /** Listings folder, relative to the root. */
  folder?: string;
  /** `rust/lantern-hello`, or `lantern-hello` where only one language has it; empty: see `all`. */
  packages?: readonly string[];
  /** Every package; without it, and without names, those that the ledger does not cover. */
  all?: boolean;
  /** Write what the runs print in place of comparing it. */
  update?: boolean;
  /** Record today's date even where nothing else changed. */
  refreshDate?: boolean;
  /** Write the ledger (the default). */
  record?: boolean;
  /** Today (UTC) as an ISO date. */
  today?: string;
  env?: NodeJS.ProcessEnv;
  toolchains?: ReadonlyMap<string, Toolchain>;
  /** Gets one line about everything that is run, and about every result. */
  say?: (line: string) => void;
}

export interface PackageReport {
  name: string;
  result: 'passed' | 'failed';
  tests: number;
  /** Why it failed: several lines each. */
  failures: string[];
  /** Runs whose captured output was written because it changed. */
  updated: string[];
}

export interface VerifyReport {
  packages: PackageReport[];
  /** Packages that were asked for but could not be tried; their ledger entries are as they were. */
  notVerified: { name: string; reason: string }[];
  /** Packages that the ledger covers as they are and that nobody asked for by name. */
  unchanged: string[];
}

/** The work cannot begin: an unknown package, or a ledger that would be lost by writing it. */
export class VerifyError extends Error {}

const STEP_SECONDS = 1800;
/** Lines of a failed step that are shown: compilers say most at the end. */
const SHOWN_LINES = 40;

/**
 * Verifies packages.
 *
 * @returns what passed, failed and was not tried. The ledger is written after every package, unless `record` is false.
 * @throws VerifyError when a named package does not exist or the ledger cannot be read.
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const root = await realpath(options.root);
  const folder = options.folder ?? 'listings';
  const catalog = await loadListings(root, folder, []);
  if (catalog.ledgerProblem !== null) {
    throw new VerifyError(
      `\`${catalog.ledgerPath}\`: ${catalog.ledgerProblem}; restore it, or delete it and verify every package with --all`,
    );
  }
  const selected = select(catalog, options);
  const report: VerifyReport = { packages: [], notVerified: [], unchanged: [] };
  const chosen = new Set(selected.map((item) => item.name));
  report.unchanged = [...catalog.packages.keys()].filter((name) => !chosen.has(name));

  const session = new Session(root, folder, options);
  for (const item of selected) {
    const toolchain = await session.toolchain(item.language);
    if ('reason' in toolchain) {
      report.notVerified.push({ name: item.name, reason: toolchain.reason });
      continue;
    }
    session.say(`${item.name} (${toolchain.version})`);
    const done = await session.verifyPackage(item, toolchain.toolchain);
    report.packages.push(done);
    if (options.record !== false) await session.record(item.name, done, toolchain.version);
    const count = `${done.tests} ${done.tests === 1 ? 'test' : 'tests'}, ${item.manifest.runs.length} ${item.manifest.runs.length === 1 ? 'run' : 'runs'}`;
    session.say(`  ${done.result}: ${count}`);
    for (const failure of done.failures) session.say(indent(failure));
  }
  if (options.record !== false) await session.dropRemoved();
  return report;
}

function select(catalog: ListingCatalog, options: VerifyOptions): ListingPackage[] {
  const all = [...catalog.packages.values()];
  if (options.packages && options.packages.length > 0) {
    const found = options.packages.flatMap((name) => {
      const matches = all.filter((item) => item.name === name || path.posix.basename(item.name) === name);
      if (matches.length === 1) return matches;
      if (matches.length > 1) {
        const names = matches.map((item) => `\`${item.name}\``).join(' and ');
        throw new VerifyError(`\`${name}\` may be ${names}; name the language too`);
      }
      const candidates = all.flatMap((item) => [item.name, path.posix.basename(item.name)]);
      throw new VerifyError(
        `there is no package \`${name}\` below \`${catalog.folder}\`.${didYouMean(nearest(name, candidates))}`,
      );
    });
    return all.filter((item) => found.includes(item));
  }
  return options.all ? all : all.filter((item) => coverageProblem(catalog, item) !== null);
}

type Found = { toolchain: Toolchain; version: string } | { reason: string };

/** What the packages of one call share. */
class Session {
  private readonly found = new Map<string, Promise<Found>>();
  private readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;

  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly options: VerifyOptions,
  ) {
    this.env = captureEnvironment(options.env ?? process.env);
    this.say = options.say ?? ((): void => undefined);
  }

  toolchain(language: string): Promise<Found> {
    const known = this.found.get(language) ?? this.probe(language);
    this.found.set(language, known);
    return known;
  }

  private async probe(language: string): Promise<Found> {
    const toolchain = (this.options.toolchains ?? knownToolchains).get(language);
    if (!toolchain)
      return { reason: `programs in \`${language}\` cannot be verified: there is no adapter for them` };
    const cwd = path.join(this.root, this.folder, language);
    let output = '';
    for (const command of [...toolchain.requires, toolchain.versionCommand]) {
      const result = await runProcess({ command, cwd, env: this.env, seconds: 60 });
      const name = command[0] ?? '';
      if (result.missing) return { reason: `\`${name}\` is not installed` };
      if (result.exit !== 0) return { reason: `\`${command.join(' ')}\` fails: ${explain(result)}` };
      output = result.stdout;
    }
    const version = toolchain.versionOf(output.trim());
    if (version === null) {
      const line = output.trim().split('\n')[0] ?? '';
      return {
        reason: `\`${toolchain.versionCommand.join(' ')}\` prints \`${line}\`, which names no version`,
      };
    }
    return { toolchain, version };
  }

  async verifyPackage(item: ListingPackage, toolchain: Toolchain): Promise<PackageReport> {
    const report: PackageReport = { name: item.name, result: 'failed', tests: 0, failures: [], updated: [] };
    for (const problem of item.manifest.problems) {
      report.failures.push(`${item.manifest.path}:${problem.range.start.line}: ${problem.message}`);
    }
    if (report.failures.length > 0) return report;
    const cwd = path.join(this.root, this.folder, item.language);
    for (const step of toolchain.steps(path.posix.basename(item.name))) {
      this.say(`  ${step.name}: ${step.command.join(' ')}`);
      const result = await runProcess({ command: step.command, cwd, env: this.env, seconds: STEP_SECONDS });
      if (result.exit !== 0) {
        report.failures.push(`\`${step.command.join(' ')}\` failed: ${explain(result)}`);
        return report;
      }
      if (step.name === 'test') report.tests = toolchain.countTests(result.stdout);
    }
    for (const run of item.manifest.runs) await this.capture(item, run, cwd, report);
    const after = await loadListings(this.root, this.folder, []);
    if (after.packages.get(item.name)?.inputHash !== item.inputHash) {
      report.failures.push(
        'files of the package changed while it was verified; let runs and tests write below the target folder or a temporary one',
      );
    }
    report.result = report.failures.length === 0 ? 'passed' : 'failed';
    return report;
  }

  private async capture(
    item: ListingPackage,
    run: ListingRun,
    cwd: string,
    report: PackageReport,
  ): Promise<void> {
    this.say(`  run ${run.name}: ${run.command}`);
    const result = await runProcess({
      command: ['bash', '-c', run.command],
      cwd,
      env: this.env,
      seconds: run.seconds,
      merge: run.stderr,
    });
    if (result.exit !== run.exit) {
      const got =
        result.exit === null ? '' : `it ended with exit code ${result.exit}, expected ${run.exit}; `;
      report.failures.push(`run \`${run.name}\`: ${got}${explain(result)}`);
      return;
    }
    const surroundings = this.surroundings(cwd);
    const text = `$ ${run.command}\n${normalise(result.stdout, run.normalise, surroundings)}`;
    const before = item.outputs.get(run.name) ?? null;
    if (text === before) return;
    const file = `${item.folder}/output/${run.name}.txt`;
    if (this.options.update) {
      await mkdir(path.join(this.root, item.folder, 'output'), { recursive: true });
      await writeFileAtomic(path.join(this.root, file), text);
      report.updated.push(run.name);
      this.say(`  wrote ${file}`);
      return;
    }
    report.failures.push(
      before === null
        ? `run \`${run.name}\` was never captured; capture it with --update`
        : `run \`${run.name}\` prints something other than ${file} (-); capture it anew with --update if that is right:\n${describeDifference(before, text)}`,
    );
  }

  private surroundings(folder: string): Surroundings {
    return { root: this.root, folder, home: homedir(), temporary: tmpdir() };
  }

  /** Writes the entry of one package; an entry that would only get another date stays as it is. */
  async record(name: string, report: PackageReport, toolchain: string): Promise<void> {
    const catalog = await loadListings(this.root, this.folder, []);
    const item = catalog.packages.get(name);
    if (!item) return;
    const entry: LedgerEntry = {
      inputHash: item.inputHash,
      outputHash: outputHash(item.outputs),
      sdk: item.sdk,
      toolchain,
      date: this.options.today ?? new Date().toISOString().slice(0, 10),
      result: report.result,
      tests: report.tests,
    };
    await this.writeLedger(catalog, (entries) => {
      const before = entries.get(name);
      const same =
        before !== undefined &&
        formatLedger(new Map([[name, { ...before, date: entry.date }]])) ===
          formatLedger(new Map([[name, entry]]));
      if (!same || this.options.refreshDate) entries.set(name, entry);
    });
  }

  async dropRemoved(): Promise<void> {
    const catalog = await loadListings(this.root, this.folder, []);
    if ([...catalog.ledger.keys()].every((name) => catalog.packages.has(name))) return;
    await this.writeLedger(catalog, () => undefined);
  }

  /** Reads the ledger anew, so that the entries of another process that verifies at the same time are kept. */
  private async writeLedger(
    catalog: ListingCatalog,
    change: (entries: Map<string, LedgerEntry>) => void,
  ): Promise<void> {
    const file = path.join(this.root, catalog.ledgerPath);
    const text = await recordText(file);
    const { entries, problem } = parseLedger(text);
    if (problem !== null) throw new VerifyError(`\`${catalog.ledgerPath}\`: ${problem}; restore it`);
    change(entries);
    for (const name of entries.keys()) if (!catalog.packages.has(name)) entries.delete(name);
    const after = formatLedger(entries);
    if (after !== text) await writeFileAtomic(file, after);
  }
}

/** Why a program failed, with the end of what it printed. */
function explain(result: ProcessResult): string {
  const reason = result.failure ?? `exit code ${result.exit ?? 0}`;
  const lines = [result.stdout, result.stderr]
    .join('\n')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const shown = lines.slice(-SHOWN_LINES).join('\n');
  return shown === '' ? `${reason}; it printed nothing` : `${reason}; it printed at the end:\n${shown}`;
}

/** The text, each line four columns further to the right. */
export function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

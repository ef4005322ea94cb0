/** Follows the chapters of a tutorial as a reader does: in an empty folder, with nothing but what the pages show. */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode } from '../corpus/discover.js';
import type { PageFacts } from '../corpus/types.js';
import { describeDifference } from './difference.js';
import { normalise } from './normalise.js';
import { captureEnvironment, runProcess, SIGNALS, type ProcessResult } from './process.js';
import { recordText } from './record.js';
import { readOutput } from './regions.js';
import type { ListingCatalog, ListingRun } from './types.js';
import { walkSteps, type PageWalk, type ShownOutput, type WalkStep } from './walk-steps.js';

export interface WalkPage {
  facts: PageFacts;
  source: string;
}

export interface WalkOptions {
  /** The chapters of one tutorial, in order, up to the last that is asked for. */
  pages: readonly WalkPage[];
  catalog: ListingCatalog;
  env?: NodeJS.ProcessEnv;
  /** Keep the folder, and say where it is. */
  keep?: boolean;
  say?: (line: string) => void;
  /** Is called after every page, before the next one is begun. */
  done?: (report: WalkReport) => Promise<void>;
}

export interface WalkReport {
  path: string;
  files: number;
  commands: number;
  /** Outputs that were compared. */
  outputs: number;
  /** Outputs that no command precedes. */
  unattached: number;
  skipped: number;
  /** `line: message`; the walk ends at the first command that fails. */
  failures: string[];
}

const STEP_SECONDS = 1800;

/**
 * Walks through pages one after another in one new folder, because a chapter goes on where the one before it ended.
 *
 * @returns one report for each page that was reached; a page with a failure is the last one.
 */
export async function walk(options: WalkOptions): Promise<WalkReport[]> {
  const say = options.say ?? ((): void => undefined);
  const base = await realpath(await mkdtemp(path.join(tmpdir(), 'corpus-walk-')));
  const reports: WalkReport[] = [];
  const forget = options.keep ? (): void => undefined : removeOnSignal(base);
  try {
    const reader = new Reader(base, options, say);
    for (const { facts, source } of options.pages) {
      say(facts.path);
      const report = await reader.follow(facts.path, walkSteps(facts, source));
      reports.push(report);
      for (const failure of report.failures) say(`  ${failure.replace(/\n/g, '\n    ')}`);
      await options.done?.(report);
      if (report.failures.length > 0) break;
    }
  } finally {
    forget();
    if (options.keep) say(`kept ${base}`);
    else await rm(base, { recursive: true, force: true });
  }
  return reports;
}

/**
 * Removes a folder when a signal ends this process: what is built in it can fill a disk.
 *
 * @returns takes it back
 */
function removeOnSignal(folder: string): () => void {
  let isRemoved = false;
  const forget = (): void => {
    for (const signal of SIGNALS) process.removeListener(signal, remove);
  };
  const remove = (signal: NodeJS.Signals): void => {
    if (isRemoved) return;
    isRemoved = true;
    // What runs in the folder is killed first, by the other listener.
    setImmediate(() => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      forget();
      process.kill(process.pid, signal);
    });
  };
  for (const signal of SIGNALS) process.on(signal, remove);
  return forget;
}

class Reader {
  private readonly env: NodeJS.ProcessEnv;
  /** Where the reader is: `cd` of one step holds for the next ones. */
  private folder: string;
  private readonly home: string;

  constructor(
    private readonly base: string,
    private readonly options: WalkOptions,
    private readonly say: (line: string) => void,
  ) {
    this.env = captureEnvironment(options.env ?? process.env);
    this.home = path.join(base, 'reader');
    this.folder = this.home;
  }

  async follow(page: string, { steps, unattached, skipped, problems }: PageWalk): Promise<WalkReport> {
    const report: WalkReport = {
      path: page,
      files: 0,
      commands: 0,
      outputs: 0,
      unattached: unattached.length,
      skipped: skipped.length,
      failures: problems.map(({ line, message }) => `line ${line}: ${message}`),
    };
    for (const { line, reason } of skipped) this.say(`  line ${line}: left out: ${reason}`);
    await mkdir(this.folder, { recursive: true });
    for (const step of steps) {
      if (step.kind === 'file') {
        const file = path.join(this.folder, step.path);
        try {
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(file, step.text);
        } catch (error) {
          report.failures.push(
            `line ${step.line}: \`${step.path}\` cannot be written (${errorCode(error)}); see what an earlier step left there`,
          );
          break;
        }
        report.files++;
      } else {
        report.commands++;
        const failures = await this.command(step, report);
        report.failures.push(...failures.map((message) => `line ${step.line}: ${message}`));
        // Later steps build on this one.
        if (failures.length > 0) break;
      }
    }
    return report;
  }

  private async command(step: Extract<WalkStep, { kind: 'command' }>, report: WalkReport): Promise<string[]> {
    this.say(`  ${step.script.replace(/\n/g, '\n  ')}`);
    const run = this.runOf(step.outputs[0]);
    if (step.outputs.length > 0 && !run) {
      return [`\`${step.outputs[0]?.target ?? ''}\` is no run of a package; correct the output marker`];
    }
    const place = path.join(this.base, 'folder');
    // What an earlier step left says nothing about this one.
    await rm(place, { force: true });
    const script = `trap 'pwd -P > "$CORPUS_WALK_FOLDER"' EXIT\n${step.script}\n`;
    const result = await runProcess({
      command: ['bash', '-e', '-c', script],
      cwd: this.folder,
      env: { ...this.env, CORPUS_WALK_FOLDER: place },
      seconds: STEP_SECONDS,
      merge: run?.stderr ?? false,
    });
    const expected = run?.exit ?? 0;
    if (result.exit !== expected) return [explain(result, expected)];
    const before = this.folder;
    const reached = await recordText(place);
    if (reached === null)
      return [
        'the step replaces its shell (`exec`) or the trap on its end, so that nobody knows where the reader is afterwards; write it without',
      ];
    this.folder = reached.replace(/\n$/, '');
    if (this.folder !== this.home && !this.folder.startsWith(`${this.home}${path.sep}`)) {
      return [
        `the command leaves the reader's folder for \`${this.folder}\`; files are only created below it`,
      ];
    }
    const failures: string[] = [];
    for (const output of step.outputs) {
      report.outputs++;
      const difference = run && this.compare(output, run, result.stdout, before);
      if (difference) failures.push(difference);
    }
    return failures;
  }

  private runOf(output: ShownOutput | undefined): ListingRun | undefined {
    const [language = '', name = '', run = ''] = output?.target.split('/') ?? [];
    return this.options.catalog.packages
      .get(`${language}/${name}`)
      ?.manifest.runs.find((candidate) => candidate.name === run);
  }

  /** What the page shows against what was printed, both without the command's line; null when they agree. */
  private compare(output: ShownOutput, run: ListingRun, stdout: string, folder: string): string | null {
    const surroundings = { root: this.home, folder, home: homedir(), temporary: tmpdir() };
    const command = `$ ${run.command}`;
    const printed = readOutput(
      `${command}\n${normalise(stdout, run.normalise, surroundings)}`,
      output.region,
    );
    if ('problem' in printed)
      return `the output in line ${output.line} cannot be compared: ${printed.problem}`;
    const shown = withoutCommand(output.text);
    const real = withoutCommand(printed.text);
    if (shown === real) return null;
    return `the command prints something other than what line ${output.line} shows (-):\n${describeDifference(shown, real)}`;
  }
}

/** A page may show the captured command in another form than the one that its reader types. */
function withoutCommand(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return first.startsWith('$ ') ? rest.join('\n') : text;
}

function explain(result: ProcessResult, expected: number): string {
  const reason = result.failure ?? `it ended with exit code ${result.exit ?? 0}, expected ${expected}`;
  const printed = `${result.stdout}\n${result.stderr}`
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-40)
    .join('\n');
  return `the command failed: ${reason}${printed === '' ? '' : `; it printed at the end:\n${printed}`}`;
}

/** What the commands that run rules share: which rules and files, in which format, with which progress. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isatty } from 'node:tty';
import { Option, type Command } from 'commander';
import { didYouMean, nearest } from '../corpus/nearest.js';
import type { CheckOptions, CheckResult } from '../index.js';
import { formats, report, type Format } from '../reporters/index.js';
import { ruleById, rules } from '../rules/index.js';
import type { Rule, Severity } from '../rules/types.js';
import { loadOptions, pathFilter, UsageError, withCommon, type CommonOptions } from './shared.js';

/** What `withFindings` reads. */
export interface FindingsOptions extends CommonOptions {
  rule?: string[];
  only?: string[];
  format?: Format;
}

/** `--rule id=severity` and `--only id` (repeatable), `--format`, and the options that all commands share. */
export function withFindings(command: Command): Command {
  const collect = (value: string, list: string[] = []): string[] => [...list, value];
  const format = new Option(
    '--format <format>',
    'report format (default: github in GitHub Actions, else pretty)',
  ).choices(formats);
  return withCommon(
    command
      .option('--rule <id=severity>', 'set a rule to off, info, warning or error (repeatable)', collect)
      .option('--only <id>', 'run this rule only (repeatable)', collect)
      .addOption(format),
  );
}

/**
 * The options of a run, with a progress line on a terminal.
 *
 * @param paths named on the command line
 * @throws UsageError for an unknown rule or severity, or a path outside the root
 */
export function runOptions(paths: readonly string[], options: FindingsOptions): CheckOptions {
  const filter = pathFilter(paths, options.root);
  return {
    ...loadOptions(options),
    ...selectedRules(options),
    ...(filter ? { filter } : {}),
    onProgress: progress(),
  };
}

/** @throws UsageError when no file is one of those that the command line names */
export function requireMatch(
  paths: readonly string[],
  { filter }: CheckOptions,
  { corpus }: CheckResult,
): void {
  if (filter && ![...corpus.files.keys()].some(filter))
    throw new UsageError(`no file of the corpus matches ${paths.map((name) => `\`${name}\``).join(', ')}`);
}

/** The rule with an id. @throws UsageError when there is none */
export function knownRule(id: string): Rule {
  const rule = ruleById(id);
  if (rule) return rule;
  const meant = nearest(
    id,
    rules.map((known) => known.id),
  );
  throw new UsageError(`unknown rule \`${id}\`; \`corpus explain\` lists the rules.${didYouMean(meant)}`);
}

function selectedRules({
  rule: settings = [],
  only,
}: FindingsOptions): Pick<CheckOptions, 'severities' | 'only'> {
  const severities = new Map<string, Severity | 'off'>();
  for (const setting of settings) {
    const [id = '', severity = ''] = setting.split('=', 2);
    if (!['off', 'info', 'warning', 'error'].includes(severity))
      throw new UsageError(
        `\`--rule ${setting}\`: write it as \`--rule ${id || 'id'}=off\` (or info, warning, error)`,
      );
    severities.set(knownRule(id).id, severity as Severity | 'off');
  }
  return {
    ...(severities.size > 0 ? { severities } : {}),
    ...(only ? { only: new Set(only.map((id) => knownRule(id).id)) } : {}),
  };
}

/** The format to use: the one that is asked for, else that of the surroundings. */
export function formatOf({ format }: FindingsOptions): Format {
  return format ?? (process.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'pretty');
}

/** Prints the report to standard output. */
export function printReport(result: CheckResult, options: FindingsOptions): void {
  const prefix = rootPrefix(options.root);
  process.stdout.write(report(formatOf(options), result, { color: colored(), prefix }));
}

/** Says on standard error what makes a report worth little: the wrong folder, no page in it, a rule that is off. */
export function hint(
  { root, config, only = [], rule = [] }: FindingsOptions,
  { summary, corpus }: CheckResult,
): void {
  const say = (text: string): boolean => process.stderr.write(`corpus: ${text}\n`);
  if (summary.files === 0)
    say(
      `no page lies below \`${root}\`; name the folder of the site with --root, or \`source\` in corpus.yml`,
    );
  for (const id of only) {
    const setting = corpus.config.rules[id];
    const severity = typeof setting === 'string' ? setting : setting?.severity;
    if (severity === 'off' && !rule.some((item) => item.startsWith(`${id}=`)))
      say(`\`${id}\` is off in ${config ?? 'corpus.yml'}; \`--rule ${id}=error\` switches it on`);
  }
  // Somebody who names a root means it.
  if (root !== '.' || existsSync(config ?? 'corpus.yml') || existsSync('.git')) return;
  const cwd = process.cwd();
  for (
    let folder = path.dirname(cwd), last = cwd;
    folder !== last;
    last = folder, folder = path.dirname(last)
  ) {
    if (!existsSync(path.join(folder, 'corpus.yml')) && !existsSync(path.join(folder, '.git'))) continue;
    const up = path.relative(cwd, folder).split(path.sep).join('/');
    say(
      `this folder was taken for the whole repository, which begins at \`${up}\`; for all of it use \`--root ${up}\``,
    );
    return;
  }
}

/**
 * Coloured on a terminal only, so that what a program reads is plain text wherever it runs; `FORCE_COLOR`
 * (force-color.org), then `NO_COLOR` (no-color.org) say otherwise.
 */
function colored(): boolean {
  if (process.env['FORCE_COLOR']) return process.env['FORCE_COLOR'] !== '0';
  if (process.env['NO_COLOR']) return false;
  return isatty(process.stdout.fd);
}

/** From the current folder to the root, for paths that a person opens; empty when they are the same. */
export function rootPrefix(root: string): string {
  const relative = path.relative(process.cwd(), path.resolve(root)).split(path.sep).join('/');
  return relative === '' ? '' : `${relative}/`;
}

/** A progress line on a terminal, for work that takes more than a second; nothing elsewhere. */
function progress(): (done: number, total: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  const started = Date.now();
  let shown = 0;
  return (done, total) => {
    const now = Date.now();
    if (now - started < 1000) return;
    if (done < total && now - shown < 100) return;
    shown = now;
    process.stderr.write(done < total ? `\r${done}/${total} files\u001B[K` : '\r\u001B[K');
  };
}

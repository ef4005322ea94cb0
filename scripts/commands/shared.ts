/** Options and output that the commands share. */
import path from 'node:path';
import { Option, type Command } from 'commander';
import picomatch from 'picomatch';
import { engineSchema, type Engine } from '../corpus/config.js';
import { rules } from '../rules/index.js';
import type { Severity } from '../rules/types.js';
import { formats, type Format } from '../reporters/index.js';

/** A mistake of the user that ends the command with exit code 2. */
export class UsageError extends Error {}

export interface CommonOptions {
  root: string;
  engine?: Engine;
  config?: string;
}

export interface RuleOptions {
  rule?: string[];
  only?: string[];
}

/** `--root`, `--engine`, `--config`. */
export function withCommon(command: Command): Command {
  return command
    .option('--root <folder>', 'folder of the corpus', '.')
    .addOption(new Option('--engine <engine>', 'who builds the site').choices(engineSchema.options))
    .option('--config <file>', 'configuration, relative to the root', 'corpus.yml');
}

/** `--rule id=severity` (repeatable) and `--only id` (repeatable). */
export function withRules(command: Command): Command {
  const collect = (value: string, list: string[] = []): string[] => [...list, value];
  return command
    .option('--rule <id=severity>', 'set a rule to off, info, warning or error (repeatable)', collect)
    .option('--only <id>', 'run this rule only (repeatable)', collect);
}

export function withFormat(command: Command): Command {
  return command.addOption(
    new Option('--format <format>', 'report format (default: github in GitHub Actions, else pretty)').choices(
      formats,
    ),
  );
}

/** The format to use when none is asked for. */
export function defaultFormat(): Format {
  return process.env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'pretty';
}

/** @throws UsageError for an unknown rule or severity */
export function parseRules(options: RuleOptions): {
  severities?: Map<string, Severity | 'off'>;
  only?: Set<string>;
} {
  const known = new Set(rules.map((rule) => rule.id));
  const checkId = (id: string): string => {
    if (!known.has(id)) throw new UsageError(`unknown rule \`${id}\`; \`corpus explain\` lists the rules`);
    return id;
  };
  const severities = new Map<string, Severity | 'off'>();
  for (const setting of options.rule ?? []) {
    const [id = '', severity = ''] = setting.split('=', 2);
    if (!['off', 'info', 'warning', 'error'].includes(severity))
      throw new UsageError(
        `\`--rule ${setting}\`: write it as \`--rule ${id || 'id'}=off\` (or info, warning, error)`,
      );
    severities.set(checkId(id), severity as Severity | 'off');
  }
  return {
    ...(severities.size > 0 ? { severities } : {}),
    ...(options.only ? { only: new Set(options.only.map(checkId)) } : {}),
  };
}

/**
 * A filter for the paths named on the command line (files, folders or globs, relative to the current folder).
 *
 * @throws UsageError for a path outside the root
 */
export function pathFilter(paths: readonly string[], root: string): ((file: string) => boolean) | undefined {
  if (paths.length === 0) return undefined;
  const absoluteRoot = path.resolve(root);
  const matchers = paths.map((name) => {
    const relative = path.relative(absoluteRoot, path.resolve(name)).split(path.sep).join('/');
    if (relative.startsWith('..'))
      throw new UsageError(`\`${name}\` is outside the root \`${root}\`; name paths below it or set --root`);
    if (relative === '') return () => true;
    const glob = picomatch(relative, { dot: true });
    return (file: string): boolean => file === relative || file.startsWith(`${relative}/`) || glob(file);
  });
  return (file) => matchers.some((matches) => matches(file));
}

/** From the current folder to the root, for paths that a person opens; empty when they are the same. */
export function rootPrefix(root: string): string {
  const relative = path.relative(process.cwd(), path.resolve(root)).split(path.sep).join('/');
  return relative === '' ? '' : `${relative}/`;
}

/** The options that only matter when they are set. */
export function loadOptions(options: CommonOptions): { root: string; engine?: Engine; config?: string } {
  return {
    root: options.root,
    ...(options.engine ? { engine: options.engine } : {}),
    ...(options.config ? { config: options.config } : {}),
  };
}

/** A progress line on a terminal, for work that takes more than a second; nothing elsewhere. */
export function progress(): (done: number, total: number) => void {
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

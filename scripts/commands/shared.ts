/** Options that all commands about a corpus share. */
import path from 'node:path';
import { Option, type Command } from 'commander';
import picomatch from 'picomatch';
import { engineSchema, type Engine } from '../corpus/config.js';
import type { ConfigProblem } from '../corpus/config-file.js';
import { pathBelow } from '../corpus/paths.js';

/** A mistake of the user that ends the command with exit code 2. */
export class UsageError extends Error {}

export interface CommonOptions {
  root: string;
  engine?: Engine;
  config?: string;
}

/** `--root`, `--engine`, `--config`. */
export function withCommon(command: Command): Command {
  return command
    .option('--root <folder>', 'folder of the corpus', '.')
    .addOption(new Option('--engine <engine>', 'who builds the site').choices(engineSchema.options))
    .option('--config <file>', 'configuration, relative to the root', 'corpus.yml');
}

/** What `withCommon` read, as `loadCorpus` takes it. */
export function loadOptions({ root, engine, config }: CommonOptions): CommonOptions {
  return { root, ...(engine ? { engine } : {}), ...(config ? { config } : {}) };
}

/** The mistakes of a configuration, a line each, for commands that report no findings; empty without any. */
export function configMistakes(problems: readonly ConfigProblem[]): string {
  return problems
    .map(({ file, range: { start }, message }) => `${file}:${start.line}:${start.column}: ${message}`)
    .join('\n');
}

/** Says on standard error which mistakes of the configuration make a result another one than its author means. */
export function sayConfigMistakes({ configProblems }: { configProblems: readonly ConfigProblem[] }): void {
  if (configProblems.length > 0) process.stderr.write(`${configMistakes(configProblems)}\n`);
}

/**
 * For commands that execute programs: what the author excluded or placed elsewhere must not be guessed.
 *
 * @throws UsageError when the configuration has mistakes
 */
export function requireConfig(problems: readonly ConfigProblem[]): void {
  if (problems.length > 0)
    throw new UsageError(
      `${configMistakes(problems)}\nnothing was executed; correct the configuration first`,
    );
}

/**
 * A filter for the paths named on the command line (files, folders or globs, relative to the current folder).
 *
 * @returns undefined when no path is named: everything counts
 * @throws UsageError for a path outside the root
 */
export function pathFilter(paths: readonly string[], root: string): ((file: string) => boolean) | undefined {
  if (paths.length === 0) return undefined;
  const absoluteRoot = path.resolve(root);
  const matchers = paths.map((name) => {
    const relative = pathBelow(absoluteRoot, path.resolve(name));
    if (relative === null)
      throw new UsageError(`\`${name}\` is outside the root \`${root}\`; name paths below it or set --root`);
    if (relative === '') return () => true;
    const glob = picomatch(relative, { dot: true });
    return (file: string): boolean => file === relative || file.startsWith(`${relative}/`) || glob(file);
  });
  return (file) => matchers.some((matches) => matches(file));
}

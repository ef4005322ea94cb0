import type { Command } from 'commander';
import { checkCorpus } from '../index.js';
import { report, type Format } from '../reporters/index.js';
import {
  defaultFormat,
  loadOptions,
  parseRules,
  pathFilter,
  progress,
  rootPrefix,
  UsageError,
  withCommon,
  withFormat,
  withRules,
  type CommonOptions,
  type RuleOptions,
} from './shared.js';

interface Options extends CommonOptions, RuleOptions {
  format?: Format;
  maxWarnings: string;
  color?: boolean;
}

/** `corpus check [paths…]`: reports findings; exit code 1 when there are errors, or more warnings than allowed. */
export function registerCheck(program: Command): void {
  const command = program
    .command('check')
    .description('report everything that would go wrong before Jekyll renders (executes nothing)')
    .argument('[paths...]', 'files, folders or globs to report on; the whole corpus is read anyway')
    .option('--max-warnings <count>', 'exit with 0 up to this many warnings', '0');
  withCommon(withFormat(withRules(command))).action(async (paths: string[], options: Options) => {
    const maxWarnings = Number(options.maxWarnings);
    if (!Number.isInteger(maxWarnings) || maxWarnings < 0)
      throw new UsageError(`\`--max-warnings ${options.maxWarnings}\` is not a whole number from 0`);
    const filter = pathFilter(paths, options.root);
    const result = await checkCorpus({
      ...loadOptions(options),
      ...parseRules(options),
      ...(filter ? { filter } : {}),
      onProgress: progress(),
    });
    if (filter && ![...result.corpus.files.keys()].some(filter))
      throw new UsageError(`no file of the corpus matches ${paths.map((name) => `\`${name}\``).join(', ')}`);
    const format = options.format ?? defaultFormat();
    process.stdout.write(
      report(format, result, { color: process.stdout.isTTY, prefix: rootPrefix(options.root) }),
    );
    const { errors, warnings } = result.summary;
    process.exitCode = errors > 0 || warnings > maxWarnings ? 1 : 0;
  });
}

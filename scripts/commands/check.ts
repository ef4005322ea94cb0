import type { Command } from 'commander';
import { checkCorpus } from '../index.js';
import {
  hint,
  printReport,
  requireMatch,
  runOptions,
  withFindings,
  type FindingsOptions,
} from './findings.js';
import { UsageError } from './shared.js';

interface Options extends FindingsOptions {
  maxWarnings: string;
}

/** `corpus check [paths…]`: reports findings; exit code 1 when there are errors, or more warnings than allowed. */
export function registerCheck(program: Command): void {
  const command = program
    .command('check')
    .description('report everything that would go wrong before Jekyll renders (executes nothing)')
    .argument('[paths...]', 'files, folders or globs to report on; the whole corpus is read anyway')
    .option('--max-warnings <count>', 'exit with 0 up to this many warnings', '0');
  withFindings(command).action(async (paths: string[], options: Options) => {
    const maxWarnings = /^\d+$/.test(options.maxWarnings) ? Number(options.maxWarnings) : null;
    if (maxWarnings === null)
      throw new UsageError(`\`--max-warnings ${options.maxWarnings}\` is not a whole number from 0`);
    const run = runOptions(paths, options);
    const result = await checkCorpus(run);
    requireMatch(paths, run, result);
    printReport(result, options);
    hint(options, result);
    const { errors, warnings } = result.summary;
    process.exitCode = errors > 0 || warnings > maxWarnings ? 1 : 0;
  });
}

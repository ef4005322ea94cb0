import type { Command } from 'commander';
import { fixCorpus } from '../index.js';
import { report, type Format } from '../reporters/index.js';
import {
  defaultFormat,
  loadOptions,
  parseRules,
  pathFilter,
  rootPrefix,
  withCommon,
  withFormat,
  withRules,
  type CommonOptions,
  type RuleOptions,
} from './shared.js';

interface Options extends CommonOptions, RuleOptions {
  format?: Format;
  dryRun?: boolean;
}

/** `corpus fix [paths…]`: applies every fix, says which files it wrote, then reports what is left like `check`. */
export function registerFix(program: Command): void {
  const command = program
    .command('fix')
    .description('repair what can be derived; writes only the files it names')
    .argument('[paths...]', 'files, folders or globs that may be changed')
    .option('--dry-run', 'say what would be written, write nothing');
  withCommon(withFormat(withRules(command))).action(async (paths: string[], options: Options) => {
    const filter = pathFilter(paths, options.root);
    const result = await fixCorpus({
      ...loadOptions(options),
      ...parseRules(options),
      ...(filter ? { filter } : {}),
      dryRun: options.dryRun ?? false,
    });
    const prefix = rootPrefix(options.root);
    const format = options.format ?? defaultFormat();
    // Machines read stdout: with a machine's format the list of files goes to stderr.
    const said = format === 'pretty' ? process.stdout : process.stderr;
    for (const file of result.changed.keys()) {
      if (result.skipped.includes(file))
        said.write(
          `not written: ${prefix}${file} changed on disk in the meantime; run \`corpus fix\` again\n`,
        );
      else said.write(`${options.dryRun ? 'would fix' : 'fixed'}: ${prefix}${file}\n`);
    }
    process.stdout.write(report(format, result, { color: process.stdout.isTTY, prefix }));
    const { errors, warnings } = result.summary;
    process.exitCode = errors + warnings > 0 || result.skipped.length > 0 ? 1 : 0;
  });
}

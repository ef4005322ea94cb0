import { stripVTControlCharacters } from 'node:util';
import type { Command } from 'commander';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { fixCorpus } from '../index.js';
import {
  formatOf,
  printReport,
  rootPrefix,
  runOptions,
  withFindings,
  type FindingsOptions,
} from './findings.js';

interface Options extends FindingsOptions {
  dryRun?: boolean;
}

/** `corpus fix [paths…]`: applies every fix, says which files it wrote, then reports what is left like `check`. */
export function registerFix(program: Command): void {
  const command = program
    .command('fix')
    .description('repair what can be derived; writes only the files it names')
    .argument('[paths...]', 'files, folders or globs that may be changed')
    .option('--dry-run', 'show what would be written as a patch, write nothing');
  withFindings(command).action(async (paths: string[], options: Options) => {
    const { dryRun = false } = options;
    const result = await fixCorpus({ ...runOptions(paths, options), dryRun });
    const prefix = rootPrefix(options.root);
    // Machines read stdout: with a machine's format the list of files goes to stderr.
    const said = formatOf(options) === 'pretty' ? process.stdout : process.stderr;
    for (const [file, text] of result.changed) {
      const reason = result.skipped.get(file);
      if (reason !== undefined) said.write(`not written: ${prefix}${file} ${reason}\n`);
      else said.write(`${dryRun ? 'would fix' : 'fixed'}: ${prefix}${file}\n`);
      if (dryRun) said.write(patch(prefix + file, result.original.get(file) ?? '', text));
    }
    printReport(result, options);
    const { errors, warnings } = result.summary;
    process.exitCode = errors + warnings > 0 || result.skipped.size > 0 ? 1 : 0;
  });
}

/** What would change, in the unified format that `git apply` and `patch` read. */
function patch(file: string, before: string, after: string): string {
  const text = createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
  // A page's control characters must reach a patch, and must not reach a terminal.
  return process.stdout.isTTY ? stripVTControlCharacters(text) : text;
}

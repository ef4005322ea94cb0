import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Command } from 'commander';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { fixCorpus } from '../index.js';
import {
  formatOf,
  hint,
  printReport,
  requireMatch,
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
    .option(
      '--dry-run',
      'show what would be written as a patch (on stderr with --format compact, json or github), write nothing',
    );
  withFindings(command).action(async (paths: string[], given: Options) => {
    const { dryRun = false } = given;
    // A patch is for standard output, also in GitHub Actions, unless a machine's format is asked for.
    const options: Options = dryRun ? { format: 'pretty', ...given } : given;
    const run = runOptions(paths, options);
    const result = await fixCorpus({ ...run, dryRun });
    requireMatch(paths, run, result);
    const prefix = rootPrefix(options.root);
    const patchPrefix = leadsUp(prefix) ? '' : prefix;
    // Machines read stdout: with a machine's format the list of files goes to stderr.
    const said = formatOf(options) === 'pretty' ? process.stdout : process.stderr;
    if (dryRun && patchPrefix !== prefix && result.changed.size > 0)
      said.write(`the patch is relative to the root: \`git -C ${prefix.slice(0, -1)} apply\`\n`);
    for (const [file, text] of result.changed) {
      const reason = result.skipped.get(file);
      if (reason !== undefined) said.write(`not written: ${prefix}${file} ${reason}\n`);
      else said.write(`${dryRun ? 'would fix' : 'fixed'}: ${prefix}${file}\n`);
      if (dryRun) said.write(patch(patchPrefix + file, result.original.get(file) ?? '', text));
    }
    printReport(result, options);
    hint(options, result);
    const { errors, warnings } = result.summary;
    process.exitCode = errors + warnings > 0 || result.skipped.size > 0 ? 1 : 0;
  });
}

/** Does the way to the root leave the current folder? `git apply` and `patch` refuse such paths. */
function leadsUp(prefix: string): boolean {
  return prefix.startsWith('../') || path.isAbsolute(prefix);
}

/** Changed lines up to which a patch shows what stayed between them; looking for that takes their square. */
const MAX_COMPARED = 4000;

/** What would change, in the unified format that `git apply` and `patch` read. */
function patch(file: string, before: string, after: string): string {
  const names = [`a/${file}`, `b/${file}`] as const;
  const compared = createTwoFilesPatch(...names, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
    maxEditLength: MAX_COMPARED,
  });
  // Undefined: the changes are too many.
  const text = compared ?? replacement(...names, before, after);
  // A page's control characters must reach a patch, and must not reach a terminal.
  return process.stdout.isTTY ? stripVTControlCharacters(text) : text;
}

/** A patch that takes all lines out and puts all new ones in. */
function replacement(from: string, to: string, before: string, after: string): string {
  const whole = (sign: string, text: string): string[] => {
    const lines = text.split('\n');
    const last = lines.pop();
    const marked = lines.map((line) => sign + line);
    return last ? [...marked, sign + last, '\\ No newline at end of file'] : marked;
  };
  const [oldLines, newLines] = [whole('-', before), whole('+', after)];
  const size = (lines: string[]): number => lines.filter((line) => !line.startsWith('\\')).length;
  const place = (lines: string[]): string => (lines.length === 0 ? '0,0' : `1,${size(lines)}`);
  const hunk = `@@ -${place(oldLines)} +${place(newLines)} @@`;
  return [`--- ${from}`, `+++ ${to}`, hunk, ...oldLines, ...newLines, ''].join('\n');
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { errorCode } from '../corpus/discover.js';
import { readConfig } from '../corpus/config-file.js';
import { indent, verify, type VerifyReport } from '../listings/verify.js';
import { requireConfig, UsageError } from './shared.js';
import { walkChapters } from './walk.js';

const DEFAULT_CONFIG = 'corpus.yml';

interface Options {
  root: string;
  config: string;
  all?: boolean;
  changed?: boolean;
  update?: boolean;
  strict?: boolean;
  refreshDate?: boolean;
  record: boolean;
  walk?: boolean;
  keep?: boolean;
}

/**
 * `corpus verify [package…]`: exit code 1 when a package failed (with `--strict` also when one could not be tried),
 * 2 when the work could not begin.
 */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('build, test and run the programs that pages show (executes them), and record the result')
    .argument('[packages...]', 'packages, as lantern-hello or rust/lantern-hello; with --walk chapter pages')
    .option('--root <folder>', 'folder of the corpus', '.')
    .option('--config <file>', 'configuration, relative to the root', DEFAULT_CONFIG)
    .option('--all', 'every package')
    .option(
      '--changed',
      'packages that the ledger does not cover as they are (the default); with --walk chapters',
    )
    .option('--update', 'write what the runs print in place of comparing it')
    .option('--strict', 'fail when a package cannot be tried because a toolchain is missing')
    .option('--refresh-date', "record today's date even where nothing else changed")
    .option('--no-record', 'write neither the ledger nor the record of walks')
    .option('--walk', 'follow the chapters as a reader does, in an empty folder, and compare what they show')
    .option('--keep', 'with --walk: keep the folder')
    .action(async (packages: string[], options: Options) => {
      const chosen = [
        packages.length > 0 && 'packages',
        options.all && '--all',
        options.changed && '--changed',
      ];
      const named = chosen.filter((item): item is string => Boolean(item));
      if (named.length > 1) {
        throw new UsageError(`${named.join(' and ')} name different packages; use one of them`);
      }
      if (options.refreshDate && !options.record) {
        throw new UsageError('--refresh-date has nothing to write with --no-record; use one of them');
      }
      const ignored = options.walk
        ? [options.update && '--update', options.strict && '--strict']
        : [options.keep && '--keep'];
      const [idle] = ignored.filter((item): item is string => typeof item === 'string');
      if (idle !== undefined)
        throw new UsageError(
          `${idle} means nothing ${options.walk ? 'with' : 'without'} --walk; leave it out`,
        );
      if (options.walk) {
        process.exitCode = await walkChapters(packages, options);
        return;
      }
      const report = await verify({
        root: options.root,
        folder: await listingsFolder(options),
        packages,
        all: options.all ?? false,
        update: options.update ?? false,
        refreshDate: options.refreshDate ?? false,
        record: options.record,
        say: (line) => process.stdout.write(`${line}\n`),
      });
      process.stdout.write(summary(report));
      const failed = report.packages.some((item) => item.result === 'failed');
      process.exitCode = failed || (options.strict && report.notVerified.length > 0) ? 1 : 0;
    });
}

async function listingsFolder({ root, config }: Options): Promise<string> {
  const text = await readFile(path.resolve(root, config), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' && config === DEFAULT_CONFIG) return null;
    throw new UsageError(
      `\`--config ${config}\`: the file cannot be read (${errorCode(error)}); name a file below \`${root}\``,
    );
  });
  const { config: settings, problems } = readConfig(config, text);
  requireConfig(problems);
  return settings.listings;
}

/** The last lines: what was verified, what was not and why. */
function summary({ packages, notVerified, unchanged }: VerifyReport): string {
  const lines: string[] = [];
  for (const { name, reason } of notVerified) lines.push(`not verified: ${name}: ${reason}`);
  const failed = packages.filter((item) => item.result === 'failed');
  // Said when it happened too, but other packages may have followed.
  for (const { name, failures } of packages.length > 1 ? failed : [])
    lines.push(`${name}:`, ...failures.map(indent));
  if (failed.length > 0) lines.push(`failed: ${failed.map((item) => item.name).join(', ')}`);
  const updated = packages.filter((item) => item.updated.length > 0);
  if (updated.length > 0) {
    lines.push(
      `captured anew: ${updated.map((item) => item.name).join(', ')}; \`corpus fix\` copies it into the pages`,
    );
  }
  const counts = [
    `${packages.length - failed.length} passed`,
    `${failed.length} failed`,
    `${notVerified.length} not verified`,
    `${unchanged.length} not asked for or unchanged`,
  ];
  return `${[...lines, counts.join(', ')].join('\n')}\n`;
}

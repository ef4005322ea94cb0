import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { errorCode } from '../corpus/discover.js';
import { buildSite, loadCorpus, requireSource } from '../index.js';
import { jekyllBuild, JekyllMissing, jekyllServe, type JekyllJob } from '../jekyll/run.js';
import type { Site } from '../site/types.js';
import { loadOptions, sayConfigMistakes, UsageError, withCommon, type CommonOptions } from './shared.js';

interface Options extends CommonOptions {
  destination: string;
  baseurl?: string;
  port?: string;
}

/** `corpus site build` and `corpus site serve`: the commands (besides `verify`) that run a program, and say which. */
export function registerSite(program: Command): void {
  const site = program
    .command('site')
    .description('build or serve the site with the Jekyll that is installed');
  const withSite = (command: Command): Command =>
    withCommon(command)
      .option(
        '--destination <folder>',
        'where the site is written, relative to the root; emptied first',
        '_site',
      )
      .option('--baseurl <path>', "overrides _config.yml's baseurl");

  withSite(site.command('build').description('build the site')).action(async (options: Options) => {
    const job = await jobOf(options);
    const { exit, output } = await explained(jekyllBuild(job));
    process.stdout.write(output);
    if (exit !== 0)
      process.stderr.write('corpus: Jekyll stopped; `corpus check` names every place at once\n');
    process.exitCode = exit === 0 ? 0 : 1;
  });
  withSite(site.command('serve').description('build, watch and serve the site on 127.0.0.1'))
    .option('--port <port>', 'port', '4000')
    .action(async (options: Options) => {
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 1 || port > 65535)
        throw new UsageError(`\`--port ${options.port ?? ''}\` is not a port number from 1 to 65535`);
      process.exitCode = (await explained(jekyllServe(await jobOf(options), port))) === 0 ? 0 : 1;
    });
}

async function jobOf(options: Options): Promise<JekyllJob> {
  const corpus = await loadCorpus(options.root, loadOptions(options));
  requireSource(corpus);
  sayConfigMistakes(corpus);
  const destination = path.resolve(corpus.root, options.destination);
  const source = path.join(corpus.root, corpus.source);
  if (source === destination || source.startsWith(destination + path.sep))
    throw new UsageError(
      `\`--destination ${options.destination}\` would overwrite the source; name another folder`,
    );
  if (path.basename(destination) !== '_site' && !(await mayBeEmptied(destination, buildSite(corpus))))
    throw new UsageError(
      `\`--destination ${options.destination}\` holds files that no build of this site made, and Jekyll would delete them; name a new or empty folder`,
    );
  await mkdir(destination, { recursive: true });
  return {
    source,
    destination,
    config: corpus.jekyllConfig?.text ?? null,
    ...(options.baseurl === undefined ? {} : { baseurl: options.baseurl }),
    say: (line) => process.stdout.write(`${line}\n`),
  };
}

/** Jekyll deletes whatever it did not write itself. So a folder must be new, empty, or hold most pages of the site. */
async function mayBeEmptied(folder: string, { pages }: Site): Promise<boolean> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  // Jekyll keeps `.git`, so that a branch with the built site can be its destination.
  if (entries.every((name) => name === '.git')) return true;
  const built = pages.filter(({ output }) => existsSync(path.join(folder, output)));
  return built.length > 0 && built.length * 2 >= pages.length;
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof JekyllMissing ? new UsageError(error.message) : error;
  }
}

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { loadCorpus } from '../corpus/load.js';
import { jekyllBuild, JekyllMissing, jekyllServe, type JekyllJob } from '../jekyll/run.js';
import { loadOptions, UsageError, withCommon, type CommonOptions } from './shared.js';

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
      .option('--destination <folder>', 'where the site is written, relative to the root', '_site')
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
  const destination = path.resolve(corpus.root, options.destination);
  const source = path.join(corpus.root, corpus.source);
  if (source === destination || source.startsWith(destination + path.sep))
    throw new UsageError(
      `\`--destination ${options.destination}\` would overwrite the source; name another folder`,
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

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof JekyllMissing ? new UsageError(error.message) : error;
  }
}

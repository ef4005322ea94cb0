/** Runs the Jekyll that is installed: the corpus' own bundle, else the system's with a stand-in for a missing theme. */
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { parseYamlFile } from '../corpus/front-matter.js';
import { pathBelow } from '../corpus/paths.js';
import type { YamlValue } from '../corpus/types.js';
import { SIGNALS } from '../listings/process.js';
import { builtInLayout } from './layout.js';

export interface JekyllJob {
  /** Absolute path of the Jekyll source folder. */
  source: string;
  /** Absolute path of the output folder. */
  destination: string;
  /** Text of `_config.yml`; null when there is none. */
  config: string | null;
  baseurl?: string;
  /** Told what is run and what stands in for what. */
  say: (line: string) => void;
}

/** No Jekyll could be found; the message says what to install. */
export class JekyllMissing extends Error {}

interface Prepared {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  cleanUp: () => Promise<void>;
}

/**
 * Builds the site.
 *
 * @returns Jekyll's exit code and its output
 * @throws JekyllMissing
 */
export async function jekyllBuild(job: JekyllJob): Promise<{ exit: number; output: string }> {
  const prepared = await prepare(job, ['build']);
  try {
    job.say(`$ ${[prepared.command, ...prepared.args].join(' ')}`);
    return await run(prepared, false);
  } finally {
    await prepared.cleanUp();
  }
}

/** Builds, watches and serves the site on the loopback interface until it is interrupted. */
export async function jekyllServe(job: JekyllJob, port: number): Promise<number> {
  const prepared = await prepare(job, ['serve', '--host', '127.0.0.1', '--port', String(port)]);
  try {
    job.say(`$ ${[prepared.command, ...prepared.args].join(' ')}`);
    return (await run(prepared, true)).exit;
  } finally {
    await prepared.cleanUp();
  }
}

function works(command: string, args: string[], cwd: string): string | null {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 60_000 });
  return result.status === 0 ? result.stdout.trim() : null;
}

/** Is the gem installed? The name is handed over as an argument: a configuration must not become Ruby code. */
function hasGem(name: string, cwd: string): boolean {
  return works('ruby', ['-e', 'gem ARGV[0]', '--', name], cwd) !== null;
}

async function prepare(job: JekyllJob, command: string[]): Promise<Prepared> {
  const common = [
    '--destination',
    job.destination,
    ...(job.baseurl === undefined ? [] : ['--baseurl', job.baseurl]),
  ];
  const bundled = works('bundle', ['exec', 'jekyll', '--version'], job.source);
  if (bundled) {
    job.say(`using ${bundled} of the bundle in ${path.basename(job.source)}/`);
    return {
      command: 'bundle',
      args: ['exec', 'jekyll', ...command, '--source', job.source, ...common],
      cwd: job.source,
      env: inUtf8(process.env),
      cleanUp: () => Promise.resolve(),
    };
  }
  const version = works('jekyll', ['--version'], tmpdir());
  if (!version)
    throw new JekyllMissing(
      'no Jekyll was found; run `bundle install` in the source folder, or install the system packages `jekyll` and `ruby-jekyll-*` that README.md lists',
    );
  job.say(`using the system's ${version}`);
  return await standIn(job, command, common);
}

/**
 * The system's Jekyll does not have the theme (and perhaps not every plugin). The source is mirrored by symbolic links
 * into a temporary folder where a minimal layout and a second configuration file are added; the source itself is
 * never written to.
 */
async function standIn(job: JekyllJob, command: string[], common: string[]): Promise<Prepared> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corpus-site-'));
  const mirror = path.join(folder, 'source');
  await mkdir(mirror);
  const skip = new Set(['_site', '.jekyll-cache', '.git', 'node_modules', '_layouts', '_config.yml']);
  for (const entry of await readdir(job.source))
    if (!skip.has(entry) && path.join(job.source, entry) !== job.destination)
      await symlink(path.join(job.source, entry), path.join(mirror, entry));
  const layouts = path.join(mirror, '_layouts');
  await cp(path.join(job.source, '_layouts'), layouts, { recursive: true }).catch(() => undefined);
  await mkdir(layouts, { recursive: true });

  const data = job.config === null ? {} : plain(job.config);
  const theme = [data['theme'], data['remote_theme']].find((name) => typeof name === 'string');
  const layoutFile = path.join(layouts, 'default.html');
  const hasTheme = typeof data['theme'] === 'string' && hasGem(data['theme'], folder);
  if (!hasTheme) {
    delete data['theme'];
    delete data['remote_theme'];
    await writeFile(layoutFile, builtInLayout, { flag: 'wx' }).catch(() => undefined);
    if (theme !== undefined)
      job.say(`the theme ${theme} is not installed: a minimal built-in layout stands in for it`);
  }
  const wanted = Array.isArray(data['plugins']) ? data['plugins'].map(String) : [];
  const missing = wanted.filter((plugin) => !hasGem(plugin, folder));
  if (missing.length > 0) job.say(`plugins that are not installed are left out: ${missing.join(', ')}`);
  data['plugins'] = wanted.filter((plugin) => !missing.includes(plugin));
  // An earlier build in a folder of the mirror must not become a part of this one: there Jekyll takes it for a source.
  const inside = pathBelow(job.source, job.destination);
  if (inside?.includes('/'))
    data['exclude'] = [...(Array.isArray(data['exclude']) ? data['exclude'] : []), inside];
  // Ruby reads YAML 1.1, where a bare `no` or `1_000` is no text.
  await writeFile(path.join(mirror, '_config.yml'), stringify(data, { version: '1.1' }));
  return {
    command: 'jekyll',
    args: [...command, '--source', mirror, ...common, '--disable-disk-cache'],
    cwd: mirror,
    // A Gemfile beside the source would make the system's Jekyll ask Bundler for gems that are not there.
    env: { ...inUtf8(process.env), JEKYLL_NO_BUNDLER_REQUIRE: 'true' },
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The environment in which Ruby reads files and their names as UTF-8, as where sites are published, whatever the locale. */
export function inUtf8(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, RUBYOPT: `${env['RUBYOPT'] ?? ''} -EUTF-8`.trim() };
}

function plain(config: string): Record<string, YamlValue> {
  const parsed = parseYamlFile(config);
  return Object.fromEntries(Object.entries(parsed.fields).map(([key, field]) => [key, field.value]));
}

async function run(
  { command, args, cwd, env }: Prepared,
  show: boolean,
): Promise<{ exit: number; output: string }> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    // Jekyll ends, then this process, which has to clean up.
    const forward = (signal: NodeJS.Signals): void => {
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    child.on('close', () => {
      for (const signal of SIGNALS) process.removeListener(signal, forward);
    });
    const output: Buffer[] = [];
    const keep = (chunk: Buffer): void => {
      output.push(chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      // Joined first: a character may be cut in two between chunks.
      resolve({ exit: code ?? 1, output: Buffer.concat(output).toString('utf8') });
    });
  });
}

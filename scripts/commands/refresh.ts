import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument, type Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { parseYamlFile } from '../corpus/front-matter.js';
import { runProcess } from '../listings/process.js';
import { loadCorpus } from '../index.js';
import { readSnapshot, type Snapshot } from '../rules/shared/snapshot.js';
import {
  parseData,
  specificationSchema,
  symbolTablePath,
  symbolTableSchema,
} from '../rules/shared/symbol-table.js';
import { lockedPackages, METADATA_COMMAND, sdkPackages, type CargoPackage } from '../snapshots/cargo.js';
import { crateFacts, updateSnapshot } from '../snapshots/crate-facts.js';
import { crateSymbols } from '../snapshots/rust-crate.js';
import { specificationNames } from '../snapshots/specification.js';
import { requireConfig, UsageError } from './shared.js';

interface Options {
  root: string;
  config: string;
  from?: string;
  check?: boolean;
}

/** A data file as it should be. */
interface Refreshed {
  /** Relative to the root. */
  file: string;
  before: string | null;
  after: string;
}

/**
 * `corpus refresh [what]`: exit code 1 when `--check` finds something out of date, 2 when the sources cannot be read.
 */
export function registerRefresh(program: Command): void {
  program
    .command('refresh')
    .description(
      'rebuild the data that rules compare pages with: facts and symbol table of the locked SDK (runs cargo)',
    )
    .addArgument(new Argument('[what]', 'what to rebuild').choices(['sdk', 'specification']).default('sdk'))
    .option('--root <folder>', 'folder of the corpus', '.')
    .option('--config <file>', 'configuration, relative to the root', 'corpus.yml')
    .option('--from <folder>', 'with `specification`: a checkout of its repository')
    .option('--check', 'write nothing, fail when something is out of date')
    .action(async (what: string, options: Options) => {
      const corpus = await loadCorpus(options.root, { config: options.config });
      requireConfig(corpus.configProblems);
      const folder = path.posix.join(corpus.source, '_data');
      const context: Context = {
        root: corpus.root,
        data: folder,
        listings: corpus.config.listings,
        today: new Date().toISOString().slice(0, 10),
        say: (line) => process.stdout.write(`${line}\n`),
      };
      const snapshots = await readSnapshots(context);
      const files =
        what === 'sdk'
          ? await refreshSdks(context, snapshots)
          : [await refreshSpecification(context, snapshots, options.from)];
      const changed = files.filter(({ before, after }) => before !== after);
      for (const { file, after } of changed) {
        if (!options.check) {
          await mkdir(path.dirname(path.join(context.root, file)), { recursive: true });
          await writeFileAtomic(path.join(context.root, file), after);
        }
        context.say(`${options.check ? 'out of date' : 'written'}: ${file}`);
      }
      if (changed.length === 0) context.say('everything is up to date');
      process.exitCode = options.check && changed.length > 0 ? 1 : 0;
    });
}

interface Context {
  /** Absolute. */
  root: string;
  /** Data folder relative to the root. */
  data: string;
  listings: string;
  today: string;
  say: (line: string) => void;
}

interface NamedSnapshot {
  file: string;
  text: string;
  snapshot: Snapshot;
}

async function readSnapshots({ root, data }: Context): Promise<NamedSnapshot[]> {
  const folder = path.posix.join(data, 'snapshots');
  const names = await readdir(path.join(root, folder)).catch(() => []);
  const found: NamedSnapshot[] = [];
  for (const name of names.filter((item) => /\.ya?ml$/.test(item)).sort()) {
    const file = path.posix.join(folder, name);
    const text = await readFile(path.join(root, file), 'utf8');
    const read = readSnapshot(parseYamlFile(text));
    if ('problems' in read)
      throw new UsageError(
        `\`${file}\` cannot be used: ${read.problems[0]?.message ?? ''} (\`corpus check\` says more)`,
      );
    found.push({ file, text, snapshot: read.snapshot });
  }
  if (found.length === 0)
    throw new UsageError(`there is no snapshot below \`${folder}\`, so no SDK is known; add one`);
  return found;
}

/** Snapshot and symbol table of every SDK that is a crate. */
async function refreshSdks(context: Context, snapshots: readonly NamedSnapshot[]): Promise<Refreshed[]> {
  const files: Refreshed[] = [];
  const crates = snapshots.filter(({ snapshot }) => snapshot.crate !== undefined);
  if (crates.length === 0)
    throw new UsageError('no snapshot names a `crate`; only Rust SDKs can be read so far');
  const workspace = path.join(context.root, context.listings, 'rust');
  context.say(`running \`${METADATA_COMMAND.join(' ')}\` in ${path.posix.join(context.listings, 'rust')}`);
  const packages = await wrapped(() => lockedPackages(workspace, process.env));
  for (const { file, text, snapshot } of crates) {
    const sdk = await wrapped(() => Promise.resolve(sdkPackages(packages, snapshot.crate ?? '')));
    const [main] = sdk;
    if (!main) continue;
    context.say(`reading ${sdk.map(({ name, version }) => `${name} ${version}`).join(' and ')}`);
    const { text: after, changed } = updateSnapshot(text, await crateFacts(main), context.today);
    if (changed.length > 0) context.say(`${file}: ${changed.join(', ')}`);
    files.push({ file, before: text, after }, await symbolTable(context, file, sdk));
  }
  return files;
}

async function symbolTable(
  context: Context,
  snapshotFile: string,
  sdk: readonly CargoPackage[],
): Promise<Refreshed> {
  const file = symbolTablePath(snapshotFile);
  const before = await readFile(path.join(context.root, file), 'utf8').catch(() => null);
  const old = before === null ? null : parseData(symbolTableSchema, before);
  const content = await crateSymbols(sdk);
  return { file, before, after: dated(old, content, context.today) };
}

async function refreshSpecification(
  context: Context,
  snapshots: readonly NamedSnapshot[],
  from: string | undefined,
): Promise<Refreshed> {
  if (from === undefined)
    throw new UsageError(
      'the specification is read from a checkout of its repository; name its folder with --from',
    );
  const revisions = [...new Set(snapshots.flatMap(({ snapshot }) => snapshot.protocol?.known ?? []))];
  const file = path.posix.join(context.data, 'symbols', 'specification.json');
  const before = await readFile(path.join(context.root, file), 'utf8').catch(() => null);
  const old = before === null ? null : parseData(specificationSchema, before);
  const content = await wrapped(async () => specificationNames(from, await commitOf(from), revisions));
  return { file, before, after: dated(old, content, context.today) };
}

async function commitOf(folder: string): Promise<string> {
  const run = await runProcess({
    command: ['git', 'rev-parse', 'HEAD'],
    cwd: folder,
    env: process.env,
    seconds: 60,
  });
  if (run.exit !== 0)
    throw new Error(`\`${folder}\` is no git checkout: ${run.failure ?? run.stderr.trim()}`);
  return run.stdout.trim();
}

/** JSON text of the content with the day on which it last changed. */
function dated<T extends object>(old: (T & { checked: string }) | null, content: T, today: string): string {
  const render = (checked: string): string => {
    const [first, second, third, ...rest] = Object.entries(content);
    const head = [first, second, third].filter((entry) => entry !== undefined);
    return `${JSON.stringify(Object.fromEntries([...head, ['checked', checked], ...rest]), null, 1)}\n`;
  };
  if (old) {
    const same = render(old.checked);
    if (same === `${JSON.stringify(old, null, 1)}\n`) return same;
  }
  return render(today);
}

/** What goes wrong outside of this program is reported without a stack. */
async function wrapped<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Files to facts: the only place where `check`, `fix` and `model` read the corpus. Nothing is executed. */
import { access, constants, open, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import { diskIo } from '../listings/io.js';
import { loadListings } from '../listings/load.js';
import type { SiteInput } from '../site/types.js';
import { CorpusError, readConfig, type ConfigProblem } from './config-file.js';
import type { CorpusConfig } from './config.js';
import { discover, errorCode, leavesRoot } from './discover.js';
import { detectEngine, tellsEngine } from './engine.js';
import { contentHash, extractFacts } from './extract.js';
import { fieldValue, parseYamlFile } from './front-matter.js';
import { pathBelow } from './paths.js';
import { kramdownOptions } from './rendered.js';
import { FILE_START, LineIndex } from './text.js';
import type { FileEntry, FileProblem, PageFacts } from './types.js';

const MARKDOWN = /\.(?:markdown|mkdown|mkdn|mkd|md)$/i;
/** Data, bundle, the parts that pages are put together from, and the plugins that name their tags. */
const AROUND_PAGES =
  /(?:^|\/)(?:_data\/.*\.(?:ya?ml|json)|_(?:includes|layouts)\/.*(?<!\.(?:png|jpe?g|gif|webp|ico|pdf|woff2?|mp4))|_plugins\/.*\.rb|Gemfile)$/;
const DEFAULT_CONFIG = 'corpus.yml';
/** Larger files are not read: no page is that long, and a mistaken name should not fill the memory. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface Corpus extends SiteInput {
  /** Absolute path. */
  root: string;
  /** Text by root-relative path: pages, `_config.yml`, `corpus.yml`, data files. */
  sources: Map<string, string>;
  /** Files that were decoded without loss and may be written by `fix`. */
  writable: ReadonlySet<string>;
  configProblems: ConfigProblem[];
  /** Why the engine was taken, to follow "because"; null where the configuration or an option names it. */
  engineReason: string | null;
}

export interface LoadOptions {
  /** Overrides of `corpus.yml`. */
  engine?: CorpusConfig['engine'];
  /** Path of the configuration, relative to the root (default: `corpus.yml`, which may be absent). */
  config?: string;
  /** Texts that stand in for the saved files (an editor's open buffers), by root-relative path. */
  overlay?: ReadonlyMap<string, string>;
  /** Facts by path, engine and content hash, kept between loads of one process. */
  cache?: Map<string, PageFacts>;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Reads a corpus.
 *
 * @param root its folder
 * @throws CorpusError when the root is not a readable folder or the configuration that `options` names is not in it;
 *   everything else becomes a finding
 */
export async function loadCorpus(root: string, options: LoadOptions = {}): Promise<Corpus> {
  const absolute = await readableFolder(root);
  const { files, unreadable } = await discover(absolute);
  const sources = new Map<string, string>();
  const unread = new Map<string, FileProblem>();
  const text = async (relative: string): Promise<string | null> => {
    const entry = files.get(relative);
    // A link may lead outside the root, or to a pipe that blocks whoever reads it.
    const read =
      entry && entry.kind !== 'file' && entry.targetKind !== 'file'
        ? { text: null, problem: await entryProblem(absolute, entry) }
        : await readText(absolute, relative, options.overlay);
    if (read.text !== null) sources.set(relative, read.text);
    if (read.problem) unread.set(relative, read.problem);
    return read.text;
  };
  const configPath = configFile(absolute, options.config, files);
  const configText = files.has(configPath) ? await text(configPath) : null;
  const telling = new Map<string, string>();
  for (const { path: file, kind } of files.values())
    if (kind === 'file' && tellsEngine(file)) {
      const { text: content } = await readText(absolute, file, options.overlay);
      if (content !== null) telling.set(file, content);
    }
  const detected = detectEngine(telling);
  const {
    config,
    problems: configProblems,
    detectedEngine,
  } = readConfig(configPath, configText, options.engine, detected.engine);
  const unreadConfig = unread.get(configPath);
  if (unreadConfig) {
    unread.delete(configPath);
    configProblems.push({
      file: configPath,
      message: `${unreadConfig.message}; the defaults are used until it is`,
      range: unreadConfig.range,
    });
  }
  const source = config.source === undefined ? defaultSource(files) : withoutDetours(config.source);
  const jekyllPath = ['_config.yml', '_config.yaml', '_config.toml']
    .map((name) => (source === '.' ? name : `${source}/${name}`))
    .find((candidate) => files.has(candidate));
  const jekyllText = jekyllPath ? await text(jekyllPath) : null;

  const kramdown = kramdownOptions(
    jekyllText === null ? undefined : fieldValue(parseYamlFile(jekyllText), 'kramdown'),
  );

  const facts = new Map<string, PageFacts>();
  const writable = new Set<string>();
  const ignored = picomatch(config.ignore, { dot: true });
  if (jekyllPath && jekyllText !== null && files.get(jekyllPath)?.kind === 'file') writable.add(jekyllPath);
  const candidates = [...files.values()].filter(
    (entry) => inSource(entry.path, source) && !ignored(entry.path) && mayBePage(entry),
  );
  let done = 0;
  for (const entry of candidates) {
    options.onProgress?.(++done, candidates.length);
    const markdown = MARKDOWN.test(entry.path);
    if (entry.kind !== 'file' && !(entry.kind === 'symlink' && entry.targetKind === 'file')) {
      if (markdown) facts.set(entry.path, await problemFacts(absolute, entry, config));
      continue;
    }
    if (!markdown && !(await hasFrontMatterFence(absolute, entry.path, options.overlay))) continue;
    const read = await readText(absolute, entry.path, options.overlay);
    if (!markdown && read.problem) continue;
    const key = [entry.path, config.engine, JSON.stringify(kramdown), contentHash(read.text ?? '')].join(
      '\0',
    );
    const page =
      (read.problem ? undefined : options.cache?.get(key)) ??
      (await extractFacts(entry.path, read.text ?? '', {
        engine: config.engine,
        kramdown,
        markdown,
        problems: read.problem ? [read.problem] : [],
      }));
    if (!read.problem) options.cache?.set(key, page);
    if (read.text !== null) sources.set(entry.path, read.text);
    if (!read.problem && entry.kind === 'file') writable.add(entry.path);
    facts.set(entry.path, page);
  }
  for (const entry of files.values())
    if (
      (entry.kind === 'file' || entry.targetKind === 'file') &&
      inSource(entry.path, source) &&
      !sources.has(entry.path) &&
      AROUND_PAGES.test(entry.path)
    )
      await text(entry.path);

  for (const folder of unreadable) {
    const message = `the folder cannot be listed (${folder.reason}): nothing in it is checked; make it readable or remove it`;
    unread.set(folder.path, { code: 'unreadable', message, range: FILE_START });
  }
  for (const [file, problem] of unread) {
    if (facts.has(file)) continue;
    const options = { engine: config.engine, markdown: false, problems: [problem] };
    facts.set(file, await extractFacts(file, '', options));
  }
  const listings = await loadListings(
    absolute,
    config.listings,
    [...facts.values()].flatMap((page) => page.listings),
    diskIo(absolute),
  );
  return {
    root: absolute,
    files,
    facts,
    config,
    jekyllConfig: jekyllPath && jekyllText !== null ? { path: jekyllPath, text: jekyllText } : null,
    source,
    listings,
    sources,
    writable,
    configProblems,
    engineReason: detectedEngine ? detected.reason : null,
  };
}

/** The absolute path of a folder that can be listed, symbolic links resolved. */
async function readableFolder(folder: string): Promise<string> {
  try {
    const absolute = await realpath(path.resolve(folder));
    if (!(await stat(absolute)).isDirectory())
      throw new CorpusError(`\`${folder}\` is no folder; name the folder of the corpus with --root`);
    await access(absolute, constants.R_OK | constants.X_OK);
    return absolute;
  } catch (error) {
    if (error instanceof CorpusError) throw error;
    throw new CorpusError(
      `\`${folder}\` cannot be read (${errorCode(error)}); name an existing folder with --root`,
    );
  }
}

/** The configuration's path as `files` has it; a file that is asked for by another name than the default must exist. */
function configFile(root: string, named: string | undefined, files: ReadonlyMap<string, FileEntry>): string {
  const file = named === undefined ? DEFAULT_CONFIG : pathBelow(root, path.resolve(root, named));
  if (file !== null && (file === DEFAULT_CONFIG || files.has(file))) return file;
  throw new CorpusError(
    `the configuration \`${named ?? ''}\` is no file below the root; name one, relative to the root`,
  );
}

/** `docs` of `./docs/`: as `files` names it. */
function withoutDetours(folder: string): string {
  const normal = path.posix.normalize(folder);
  return normal === '/' ? normal : normal.replace(/\/$/, '');
}

/** Where `_config.yml` is, else `docs/`, else the root. */
function defaultSource(files: ReadonlyMap<string, FileEntry>): string {
  if (files.has('_config.yml')) return '.';
  if (files.has('docs/_config.yml')) return 'docs';
  const nested = [...files.keys()].find((name) => /^[^/]+\/_config\.yml$/.test(name));
  if (nested) return path.posix.dirname(nested);
  return files.get('docs')?.kind === 'directory' ? 'docs' : '.';
}

function inSource(file: string, source: string): boolean {
  return source === '.' || file.startsWith(`${source}/`);
}

/** Files that Jekyll could read as a page; media and archives are not worth opening. */
function mayBePage(entry: FileEntry): boolean {
  if (MARKDOWN.test(entry.path)) return true;
  return (
    entry.kind === 'file' &&
    !/\.(?:png|jpe?g|gif|webp|ico|svgz|pdf|zip|gz|tgz|mp4|webm|woff2?|ttf)$/i.test(entry.path)
  );
}

async function hasFrontMatterFence(
  root: string,
  relative: string,
  overlay: ReadonlyMap<string, string> | undefined,
): Promise<boolean> {
  const buffered = overlay?.get(relative);
  if (buffered !== undefined) return buffered.startsWith('---');
  try {
    const handle = await open(path.join(root, relative));
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(6), 0, 6, 0);
      return /^(?:\uFEFF)?---/.test(buffer.subarray(0, bytesRead).toString('utf8'));
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}

async function readText(
  root: string,
  relative: string,
  overlay: ReadonlyMap<string, string> | undefined,
): Promise<{ text: string | null; problem: FileProblem | null }> {
  const buffered = overlay?.get(relative);
  if (buffered !== undefined) return { text: buffered, problem: null };
  const absolute = path.join(root, relative);
  const unreadable = (message: string): { text: null; problem: FileProblem } => ({
    text: null,
    problem: { code: 'unreadable', message, range: FILE_START },
  });
  try {
    const { size } = await stat(absolute);
    if (size > MAX_BYTES)
      return unreadable(`the file has ${size} bytes, more than ${MAX_BYTES}: it is not checked; split it`);
    return decode(await readFile(absolute));
  } catch (error) {
    return unreadable(
      `the file cannot be read (${errorCode(error)}): it is not checked; make it readable or remove it`,
    );
  }
}

function decode(bytes: Buffer): { text: string | null; problem: FileProblem | null } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const nul = text.indexOf('\0');
    if (nul === -1) return { text, problem: null };
    const message =
      'the file contains a NUL byte, so it is not text (or was saved as UTF-16): it is not checked; save it as UTF-8 or give it another extension';
    return {
      text: null,
      problem: { code: 'nul-bytes', message, range: new LineIndex(text).range(nul, nul + 1) },
    };
  } catch {
    const text = bytes.toString('utf8');
    const bad = Math.max(0, text.indexOf('\uFFFD'));
    const message =
      'the file is not valid UTF-8 from here on, and Jekyll stops at it: it is not checked; save it as UTF-8';
    return {
      text: null,
      problem: { code: 'not-utf8', message, range: new LineIndex(text).range(bad, bad + 1) },
    };
  }
}

async function problemFacts(root: string, entry: FileEntry, config: CorpusConfig): Promise<PageFacts> {
  return await extractFacts(entry.path, '', {
    engine: config.engine,
    markdown: true,
    problems: [await entryProblem(root, entry)],
  });
}

async function entryProblem(root: string, entry: FileEntry): Promise<FileProblem> {
  if (entry.kind === 'directory' || entry.targetKind === 'directory')
    return {
      code: 'directory',
      message: MARKDOWN.test(entry.path)
        ? `\`${entry.path}\` is a folder although its name ends like a Markdown file: Jekyll makes no page of it; rename it`
        : `\`${entry.path}\` is a folder where a file is expected: nothing is read; rename it`,
      range: FILE_START,
    };
  if (await leavesRoot(root, entry.path))
    return {
      code: 'symlink-outside',
      message:
        'the symbolic link leads outside the repository: it is not followed, and GitHub Pages skips it; copy the file instead',
      range: FILE_START,
    };
  return {
    code: 'symlink-loop',
    message:
      'the symbolic link leads nowhere or in a circle: it is not followed; point it to a file or remove it',
    range: FILE_START,
  };
}

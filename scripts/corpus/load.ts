/** Files to facts: the only place where `check`, `fix` and `model` read the corpus. Nothing is executed. */
import { open, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import { diskIo } from '../listings/io.js';
import { loadListings } from '../listings/load.js';
import type { SiteInput } from '../site/types.js';
import { readConfig, type ConfigProblem } from './config-file.js';
import type { CorpusConfig } from './config.js';
import { discover, errorCode, leavesRoot } from './discover.js';
import { contentHash, extractFacts } from './extract.js';
import { fieldValue, parseYamlFile } from './front-matter.js';
import { kramdownOptions } from './rendered.js';
import type { FileEntry, FileProblem, PageFacts, Range } from './types.js';

const MARKDOWN = /\.(?:markdown|mkdown|mkdn|mkd|md)$/i;
const START: Range = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};
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
}

export interface LoadOptions {
  /** Overrides of `corpus.yml`. */
  engine?: CorpusConfig['engine'];
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
 * @throws when the root is not a readable folder; everything else becomes a finding
 */
export async function loadCorpus(root: string, options: LoadOptions = {}): Promise<Corpus> {
  const absolute = await realpath(path.resolve(root));
  const { files, unreadable } = await discover(absolute);
  const sources = new Map<string, string>();
  const text = async (relative: string): Promise<string | null> => {
    const read = await readText(absolute, relative, options.overlay);
    if (read.text !== null) sources.set(relative, read.text);
    return read.text;
  };
  const configPath = options.config ?? 'corpus.yml';
  const { config, problems: configProblems } = readConfig(
    configPath,
    files.has(configPath) ? await text(configPath) : null,
    options.engine,
  );
  const source = config.source ?? defaultSource(files);
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
    if (inSource(entry.path, source) && /(?:^|\/)(?:_data\/.*\.(?:ya?ml|json)|Gemfile)$/.test(entry.path))
      await text(entry.path);

  for (const folder of unreadable) {
    const message = `the folder cannot be listed (${folder.reason}): nothing in it is checked; make it readable or remove it`;
    const problems: FileProblem[] = [{ code: 'unreadable', message, range: START }];
    facts.set(
      folder.path,
      await extractFacts(folder.path, '', { engine: config.engine, markdown: false, problems }),
    );
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
  };
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
  const open_ = overlay?.get(relative);
  if (open_ !== undefined) return open_.startsWith('---');
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
  let bytes: Buffer;
  try {
    bytes = await readFile(path.join(root, relative));
  } catch (error) {
    const message = `the file cannot be read (${errorCode(error)}): it is not checked; make it readable or remove it`;
    return { text: null, problem: { code: 'unreadable', message, range: START } };
  }
  if (bytes.length > MAX_BYTES) {
    const message = `the file has ${bytes.length} bytes, more than ${MAX_BYTES}: it is not checked; split it`;
    return { text: null, problem: { code: 'unreadable', message, range: START } };
  }
  return decode(bytes);
}

function decode(bytes: Buffer): { text: string | null; problem: FileProblem | null } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const nul = text.indexOf('\0');
    if (nul === -1) return { text, problem: null };
    const message =
      'the file contains a NUL byte, so it is not text (or was saved as UTF-16): it is not checked; save it as UTF-8 or give it another extension';
    return { text: null, problem: { code: 'nul-bytes', message, range: pointRange(text, nul) } };
  } catch {
    const text = bytes.toString('utf8');
    const bad = text.indexOf('\uFFFD');
    const message =
      'the file is not valid UTF-8 from here on, and Jekyll stops at it: it is not checked; save it as UTF-8';
    return { text: null, problem: { code: 'not-utf8', message, range: pointRange(text, Math.max(bad, 0)) } };
  }
}

function pointRange(text: string, offset: number): Range {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  const point = { line, column, offset };
  return { start: point, end: { ...point, column: column + 1, offset: offset + 1 } };
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
      message: `\`${entry.path}\` is a folder although its name ends like a Markdown file: Jekyll makes no page of it; rename it`,
      range: START,
    };
  if (await leavesRoot(root, entry.path))
    return {
      code: 'symlink-outside',
      message:
        'the symbolic link leads outside the repository: it is not followed, and GitHub Pages skips it; copy the file instead',
      range: START,
    };
  return {
    code: 'symlink-loop',
    message:
      'the symbolic link leads nowhere or in a circle: it is not followed; point it to a file or remove it',
    range: START,
  };
}

/** Reads the programs of a corpus: manifests, captured outputs, input hashes, the ledger and the files that pages show. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { didYouMean, Nearest, nearest } from '../corpus/nearest.js';
import { FILE_START } from '../corpus/text.js';
import type { ListingReference } from '../corpus/types.js';
import { diskIo, readText, refusalMessage, type ListingsIo } from './io.js';
import { languages } from './languages/index.js';
import type { Language, PackageInputs, Workspace } from './languages/types.js';
import { parseLedger } from './ledger.js';
import { parseManifest } from './manifest.js';
import { emptyCatalog, type ListingCatalog, type ListingManifest, type ListingPackage } from './types.js';

/** Folders of a package that are made by tools and say nothing about its source. */
const DERIVED = new Set(['output', 'target', 'node_modules', '.git', '.build', 'build', 'dist']);
const IGNORED_FILES = new Set(['.DS_Store', 'Thumbs.db']);

/**
 * Reads everything about the programs of a corpus. Nothing is executed and nothing outside the root is read.
 *
 * @param root - absolute path of the corpus.
 * @param folder - the listings folder, relative to the root.
 * @param references - the markers of all pages; the files that they name are read.
 * @param io - the disk below `root` unless a test brings its own.
 * @returns the catalog; what cannot be read is a `problem` in it, never an exception. Without the folder it is empty.
 */
export async function loadListings(
  root: string,
  folder: string,
  references: Iterable<Pick<ListingReference, 'kind' | 'target'>>,
  io: ListingsIo = diskIo(root),
): Promise<ListingCatalog> {
  const base = path.posix.normalize(folder).replace(/\/$/, '');
  const packages = new Map<string, ListingPackage>();
  const names: string[] = [];
  for (const language of await folders(io, base)) {
    const reader = new LanguageFolder(io, `${base}/${language}`, languages.get(language));
    for (const found of await reader.packages()) packages.set(found.name, found);
    names.push(...reader.fileNames());
  }
  const files = new Map<string, { text: string } | { problem: string }>();
  const known = new Nearest(names);
  for (const { kind, target } of references) {
    if (kind !== 'listing' || files.has(target)) continue;
    files.set(target, await referencedFile(io, base, target, known));
  }
  const catalog = emptyCatalog(base);
  const ledger = await readText(io, catalog.ledgerPath);
  const { entries, problem } =
    'problem' in ledger && !ledger.missing
      ? { entries: new Map<string, never>(), problem: ledger.problem }
      : parseLedger('text' in ledger ? ledger.text : null);
  return { ...catalog, packages, files, ledger: entries, ledgerProblem: problem };
}

async function referencedFile(
  io: ListingsIo,
  base: string,
  target: string,
  known: Nearest,
): Promise<{ text: string } | { problem: string }> {
  if (path.posix.isAbsolute(target) || target.includes('\\') || target.split('/').includes('..')) {
    return { problem: `\`${target}\` leaves \`${base}\`; write a path below it, without \`..\`` };
  }
  const result = await readText(io, `${base}/${target}`);
  if ('text' in result) return result;
  if (!result.missing) return { problem: result.problem };
  // Names of other packages are long alike; the closest one with the same package or the same file is meant.
  return { problem: `${result.problem}.${didYouMean(known.find(target))}`.replace(/\.$/, '') };
}

async function folders(io: ListingsIo, folder: string): Promise<string[]> {
  const entries = (await io.list(folder)) ?? [];
  return entries
    .filter(({ name, kind }) => kind === 'directory' && !name.startsWith('.') && !DERIVED.has(name))
    .map(({ name }) => name)
    .sort();
}

interface FolderContent {
  hash: string;
  files: string[];
  tests: string[];
  problems: string[];
}

/** One language's folder; the content of a package that others depend on is hashed once. */
class LanguageFolder {
  private readonly contents = new Map<string, Promise<FolderContent>>();
  private readonly inputs = new Map<string, Promise<PackageInputs>>();
  private readonly seenFiles: string[] = [];
  private workspace: Workspace | undefined;

  constructor(
    private readonly io: ListingsIo,
    private readonly folder: string,
    private readonly language: Language | undefined,
  ) {}

  /** Paths below the listings folder of all files that were hashed. */
  fileNames(): string[] {
    return this.seenFiles;
  }

  async packages(): Promise<ListingPackage[]> {
    this.workspace = await this.language?.open(this.io, this.folder);
    const names: string[] = [];
    for (const name of await folders(this.io, this.folder)) {
      const entries = (await this.io.list(`${this.folder}/${name}`)) ?? [];
      const isPackage = entries.some(
        (entry) => entry.name === 'listing.yml' || (this.language && entry.name === this.language.manifest),
      );
      if (isPackage) names.push(name);
    }
    const packages: ListingPackage[] = [];
    for (const name of names) packages.push(await this.package(name, names));
    return packages;
  }

  private async package(name: string, siblings: readonly string[]): Promise<ListingPackage> {
    const language = path.posix.basename(this.folder);
    const folder = `${this.folder}/${name}`;
    const manifest = await this.manifest(name, siblings);
    const { hash, sdk, problems } = await this.inputHash(name, this.needed(manifest, name, siblings));
    for (const message of problems) manifest.problems.push({ message, range: FILE_START });
    const outputs = new Map<string, string | null>();
    for (const run of manifest.runs) {
      const text = await readText(this.io, `${folder}/output/${run.name}.txt`);
      outputs.set(run.name, 'text' in text ? text.text : null);
    }
    for (const { name: file } of (await this.io.list(`${folder}/output`)) ?? []) {
      const run = file.replace(/\.txt$/, '');
      if (!outputs.has(run) && manifest.problems.length === 0) {
        const message = `\`output/${file}\` belongs to no run; delete it or add a run \`${run}\``;
        manifest.problems.push({ message, range: FILE_START });
      }
    }
    const { tests } = await this.content(name);
    return { name: `${language}/${name}`, language, folder, manifest, inputHash: hash, sdk, tests, outputs };
  }

  private async manifest(name: string, siblings: readonly string[]): Promise<ListingManifest> {
    const file = `${this.folder}/${name}/listing.yml`;
    const text = await readText(this.io, file);
    if ('text' in text) {
      const manifest = parseManifest(file, text.text);
      for (const need of manifest.needs) {
        if (siblings.includes(need)) continue;
        const message = `\`needs\` names \`${need}\`, but there is no such package.${didYouMean(nearest(need, siblings))}`;
        manifest.problems.push({ message, range: FILE_START });
      }
      return manifest;
    }
    const message = text.missing
      ? 'the package has no `listing.yml`; add one that says what it shows (`summary`) and what is captured (`runs`)'
      : text.problem;
    const manifestPath = `${this.folder}/${name}/${this.language?.manifest ?? 'listing.yml'}`;
    const problems = [{ message, range: FILE_START }];
    return { path: manifestPath, summary: '', needs: [], runs: [], problems };
  }

  /** Packages that a run names, as `-p lantern-hello` or `lantern-hello/session.jsonl`, besides those of `needs`. */
  private needed(manifest: ListingManifest, name: string, siblings: readonly string[]): string[] {
    const needed = new Set(manifest.needs.filter((need) => siblings.includes(need)));
    for (const run of manifest.runs) {
      for (const word of run.command.split(/[^\w./-]+/)) {
        const folder = word.split('/').find((part) => part !== '.') ?? '';
        if (siblings.includes(folder)) needed.add(folder);
      }
    }
    needed.delete(name);
    return [...needed].sort();
  }

  private async inputHash(
    name: string,
    needed: readonly string[],
  ): Promise<{ hash: string; sdk: PackageInputs['sdk']; problems: string[] }> {
    const queue = [name, ...needed].reverse();
    const visited = new Set<string>();
    const parts: string[] = [];
    const problems: string[] = [];
    let sdk: PackageInputs['sdk'] = null;
    for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
      if (visited.has(folder)) continue;
      visited.add(folder);
      const content = await this.content(folder);
      const inputs = await this.described(folder);
      parts.push(`${folder}\n${content.hash}\n${inputs.shared}`);
      if (folder === name) sdk = inputs.sdk;
      // What is wrong with another package is reported there.
      if (folder === name) problems.push(...content.problems, ...inputs.problems);
      for (const dependency of inputs.dependencies) {
        const place = path.posix.join(this.folder, dependency);
        if (!place.startsWith('../')) queue.push(dependency);
        else if (folder === name) problems.push(refusalMessage(place, 'outside'));
      }
    }
    const hash = createHash('sha256');
    for (const part of parts.sort()) hash.update(`${Buffer.byteLength(part)}\n${part}`);
    return { hash: hash.digest('hex'), sdk, problems };
  }

  private described(name: string): Promise<PackageInputs> {
    const none: PackageInputs = { dependencies: [], shared: '', sdk: null, problems: [] };
    const known = this.inputs.get(name) ?? this.workspace?.describe(name) ?? Promise.resolve(none);
    this.inputs.set(name, known);
    return known;
  }

  private content(name: string): Promise<FolderContent> {
    const known = this.contents.get(name) ?? this.readContent(name);
    this.contents.set(name, known);
    return known;
  }

  private async readContent(name: string): Promise<FolderContent> {
    const base = path.posix.join(this.folder, name);
    const files: string[] = [];
    const problems: string[] = [];
    const waiting = [''];
    for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
      const entries = await this.io.list(path.posix.join(base, below));
      if (!entries) problems.push(refusalMessage(path.posix.join(base, below), 'unreadable'));
      for (const entry of entries ?? []) {
        const relative = path.posix.join(below, entry.name);
        if (entry.kind === 'directory') {
          if (!(below === '' && DERIVED.has(entry.name))) waiting.push(relative);
        } else if (!IGNORED_FILES.has(entry.name)) files.push(relative);
      }
    }
    const tests: string[] = [];
    const hash = createHash('sha256');
    for (const relative of files.sort()) {
      const result = await this.io.read(`${base}/${relative}`);
      const bytes = 'bytes' in result ? result.bytes : Buffer.from(result.refused);
      if ('refused' in result) problems.push(refusalMessage(`${base}/${relative}`, result.refused));
      hash.update(`${Buffer.byteLength(relative)} ${bytes.byteLength}\n${relative}`).update(bytes);
      if (this.language && relative.endsWith(this.language.extension)) {
        tests.push(...this.language.testNames(new TextDecoder().decode(bytes)));
      }
      this.seenFiles.push(`${path.posix.basename(this.folder)}/${path.posix.join(name, relative)}`);
    }
    return { hash: hash.digest('hex'), files, tests, problems };
  }
}

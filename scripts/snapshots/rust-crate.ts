/** The symbol table of a Rust SDK, from the packages that cargo has unpacked. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import type { SymbolTable } from '../rules/shared/symbol-table.js';
import type { CargoPackage } from './cargo.js';
import { readRust, type MacroTable, type RustItem } from './rust-items.js';

/** Files that cargo adds to an unpacked package. */
const ADDED = new Set(['.cargo-ok', '.cargo_vcs_info.json']);
const MEDIA_TYPE = /^(?:application|audio|font|image|message|model|multipart|text|video)\//;

/** One package on disk. */
interface UnpackedCrate {
  package: CargoPackage;
  root: string;
  /** Folder in the repository, from the commit that cargo notes when it packs. */
  folder: string;
  exclude: string[];
  dependencies: string[];
  /** Paths below `root`, sorted. */
  paths: string[];
}

/**
 * Makes the table.
 *
 * @param packages the SDK's packages, the one that users depend on first
 * @returns everything but the date
 * @throws when a package is not unpacked where cargo says
 */
export async function crateSymbols(packages: readonly CargoPackage[]): Promise<Omit<SymbolTable, 'checked'>> {
  const [main] = packages;
  if (!main) throw new Error('there is no package to read');
  const crates = await Promise.all(packages.map(unpacked));
  const files: SymbolTable['files'] = {};
  const strings = new Set<string>();
  for (const crate of crates) {
    for (const file of crate.paths) {
      const text = await readFile(path.join(crate.root, file), 'utf8');
      files[`${crate.folder}/${file}`] = { lines: countLines(text) };
    }
    for (const [file, symbols] of await crateFiles(crate, strings)) {
      const entry = files[`${crate.folder}/${file}`];
      if (entry) entry.symbols = symbols;
    }
  }
  const words = [...strings];
  const features = packages.flatMap(({ features }) => Object.keys(features));
  return {
    sdk: main.name,
    version: main.version,
    source: `published packages ${packages.map(({ name, version }) => `${name} ${version}`).join(' and ')}`,
    packages: crates.map(({ package: { name, version }, folder, exclude }) => ({
      name,
      version,
      folder,
      exclude,
    })),
    features: sorted(features.filter((name) => !name.startsWith('__'))),
    methods: sorted(words.filter((word) => /^[a-z]+(?:\/[A-Za-z_]+)+$/.test(word) && !MEDIA_TYPE.test(word))),
    headers: sorted(
      words.filter((word) => /^(?:[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+-?|mcp(?:-[a-z]+)+)$/.test(word)),
    ),
    words: sorted(words.filter((word) => /^[A-Za-z_$][\w$]*$/.test(word) && /_|[a-z][A-Z]/.test(word))),
    templates: sorted(
      words
        .filter((word) => /^[A-Za-z_]*\{\w*\}\w*$/.test(word) && /[a-z]{3}/.test(word.replace(/\{\w*\}/, '')))
        .map((word) => word.replace(/\{\w*\}/, '{}')),
    ),
    dependencies: sorted(crates.flatMap(({ dependencies }) => dependencies)),
    files: Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

async function unpacked(item: CargoPackage): Promise<UnpackedCrate> {
  const root = path.dirname(item.manifest_path);
  const commit = z
    .object({ path_in_vcs: z.string().default('') })
    .parse(JSON.parse(await readFile(path.join(root, '.cargo_vcs_info.json'), 'utf8').catch(() => '{}')));
  const manifest = z
    .object({
      package: z.object({ exclude: z.array(z.string()).default([]) }),
      dependencies: z
        .record(z.string(), z.union([z.string(), z.object({ features: z.array(z.string()).default([]) })]))
        .default({}),
    })
    .parse(parseToml(await readFile(item.manifest_path, 'utf8')));
  const paths: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || ADDED.has(entry.name)) continue;
    paths.push(path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  }
  return {
    package: item,
    root,
    folder: commit.path_in_vcs === '' ? item.name : commit.path_in_vcs,
    exclude: manifest.package.exclude,
    dependencies: Object.entries(manifest.dependencies).flatMap(([name, value]) => [
      name,
      ...(typeof value === 'string' ? [] : value.features),
    ]),
    paths: paths.sort(),
  };
}

/** Symbols by file, following `mod` from `src/lib.rs`; tests are not reached. */
async function crateFiles(
  crate: UnpackedCrate,
  strings: Set<string>,
): Promise<Map<string, Record<string, Record<string, string>>>> {
  const result = new Map<string, Record<string, Record<string, string>>>();
  const macros: MacroTable = new Map();
  const open = ['src/lib.rs'];
  for (let file = open.shift(); file !== undefined; file = open.shift()) {
    if (result.has(file)) continue;
    const read = readRust(file, await readFile(path.join(crate.root, file), 'utf8'), macros);
    result.set(file, byKind(read.items));
    for (const text of read.strings) strings.add(text);
    for (const module of read.modules) {
      const found = await moduleFile(crate.root, file, module);
      if (found !== null) open.push(found);
    }
  }
  return result;
}

/** Where `mod name;` leads to: the Rust Reference, "Module source filenames". */
async function moduleFile(
  root: string,
  file: string,
  module: { name: string; within: string[]; path: string | null },
): Promise<string | null> {
  const stem = path.posix.basename(file, '.rs');
  const own = stem === 'lib' || stem === 'mod' || stem === 'main' ? [] : [stem];
  const folder = path.posix.join(path.posix.dirname(file), ...own, ...module.within);
  const candidates =
    module.path === null
      ? [`${folder}/${module.name}.rs`, `${folder}/${module.name}/mod.rs`]
      : [path.posix.join(module.within.length > 0 ? folder : path.posix.dirname(file), module.path)];
  for (const candidate of candidates)
    if (
      await stat(path.join(root, candidate)).then(
        (entry) => entry.isFile(),
        () => false,
      )
    )
      return candidate;
  return null;
}

function byKind(items: readonly RustItem[]): Record<string, Record<string, string>> {
  const kinds = new Map<string, Map<string, Set<string>>>();
  for (const { kind, name, owner, from, to } of items) {
    const group = kinds.get(kind) ?? new Map<string, Set<string>>();
    kinds.set(kind, group);
    const full = owner === null ? name : `${owner}::${name}`;
    const places = group.get(full) ?? new Set<string>();
    group.set(full, places.add(`${from}-${to}`));
  }
  const entries = [...kinds].sort(byName).map(([kind, group]) => {
    const members = [...group].sort(byName).map(([name, places]) => [name, [...places].join(', ')] as const);
    return [kind, Object.fromEntries(members)] as const;
  });
  return Object.fromEntries(entries);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

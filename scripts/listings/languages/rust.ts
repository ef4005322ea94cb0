/** Cargo packages: path dependencies, what they inherit from the workspace, and their locked dependencies. */
import path from 'node:path';
import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import { readText, type ListingsIo } from '../io.js';
import type { Language, PackageInputs, Workspace } from './types.js';

export const rust: Language = {
  name: 'rust',
  manifest: 'Cargo.toml',
  sdk: 'rmcp',
  extension: '.rs',
  testNames,
  open(io, folder) {
    return Promise.resolve(new CargoWorkspace(io, folder));
  },
};

/**
 * Functions below an attribute whose last segment is `test` (`#[test]`, `#[tokio::test(start_paused = true)]`); other
 * attributes and comments may stand between.
 */
function testNames(source: string): string[] {
  const names: string[] = [];
  let isTest = false;
  for (const line of source.split('\n')) {
    if (/^\s*#\[(?:\w+::){0,4}test\b/.test(line)) isTest = true;
    const [, name] = /^\s*(?:pub )?(?:async )?fn (\w+)/.exec(line) ?? [];
    if (name === undefined) continue;
    if (isTest) names.push(name);
    isTest = false;
  }
  return names;
}

/** Settings of the workspace manifest that say nothing about a single package, or are taken apart below. */
const NOT_INHERITED = new Set(['members', 'exclude', 'default-members', 'dependencies', 'metadata']);

interface Locked {
  name: string;
  version: string;
  source: string;
  checksum: string;
  dependencies: string[];
}
type Lock = Map<string, Locked[]>;

class CargoWorkspace implements Workspace {
  private readonly locks = new Map<string, Promise<Lock | string>>();
  private readonly manifests = new Map<string, Promise<TomlTable | string>>();

  constructor(
    private readonly io: ListingsIo,
    private readonly folder: string,
  ) {}

  /**
   * Source: The Cargo Book, "Specifying Dependencies" (path dependencies, inheritance), "Workspaces" and "Profiles";
   * the lock file's form is cargo's `core/resolver/encode.rs`.
   */
  async describe(name: string): Promise<PackageInputs> {
    const problems: string[] = [];
    const manifest = await this.manifest(name);
    if (typeof manifest === 'string')
      return { dependencies: [], shared: '', sdk: null, problems: [manifest] };
    // A package with a `[workspace]` table of its own shares nothing with its neighbours.
    const home = isTable(manifest.workspace) ? name : '.';
    const root = home === '.' ? await this.manifest('.') : manifest;
    if (typeof root === 'string') problems.push(root);
    const workspace = typeof root !== 'string' && isTable(root.workspace) ? root.workspace : {};

    const inheritable = isTable(workspace.dependencies) ? workspace.dependencies : {};
    const inherited: TomlTable = {};
    const dependencies = new Set<string>();
    for (const [key, value] of dependencyEntries(manifest)) {
      let at = name;
      let settings: TomlValue | undefined = value;
      if (isTable(value) && value.workspace === true) {
        settings = inheritable[key];
        at = home;
        if (settings !== undefined) inherited[key] = settings;
        else
          problems.push(
            `dependency \`${key}\` is not in the \`[workspace.dependencies]\` that it inherits from`,
          );
      }
      if (isTable(settings) && typeof settings.path === 'string') {
        dependencies.add(path.posix.normalize(path.posix.join(at, settings.path)));
      }
    }

    const shared: string[] = [];
    if (home === '.' && typeof root !== 'string') {
      const kept = Object.entries(workspace).filter(([key]) => !NOT_INHERITED.has(key));
      const { profile = null, patch = null } = root;
      shared.push(
        canonical({ workspace: Object.fromEntries(kept), dependencies: inherited, profile, patch }),
      );
    }
    for (const file of ['.cargo/config.toml', 'rust-toolchain.toml', 'rust-toolchain']) {
      const text = await readText(this.io, path.posix.join(this.folder, file));
      if ('text' in text) shared.push(`${file}\n${text.text}`);
    }

    const packageTable = isTable(manifest.package) ? manifest.package : {};
    const crate = typeof packageTable.name === 'string' ? packageTable.name : name;
    const lock = await this.lock(home);
    let sdk: PackageInputs['sdk'] = null;
    if (typeof lock === 'string') problems.push(lock);
    else {
      const closure = lockedClosure(lock, crate);
      if (closure.length === 0)
        problems.push(`\`Cargo.lock\` has no package \`${crate}\`; run \`cargo update --workspace\``);
      shared.push(closure.map((item) => `${item.name} ${item.version} ${item.checksum}`).join('\n'));
      const found = closure.find((item) => item.name === rust.sdk);
      if (found) sdk = { name: found.name, version: found.version };
    }
    return { dependencies: [...dependencies].sort(), shared: shared.join('\n\n'), sdk, problems };
  }

  private manifest(name: string): Promise<TomlTable | string> {
    return remember(this.manifests, name, () => this.toml(path.posix.join(this.folder, name, 'Cargo.toml')));
  }

  private lock(name: string): Promise<Lock | string> {
    return remember(this.locks, name, async () => {
      const table = await this.toml(path.posix.join(this.folder, name, 'Cargo.lock'));
      return typeof table === 'string' ? table : readLock(table);
    });
  }

  /** The parsed file, or a sentence about why there is none. */
  private async toml(file: string): Promise<TomlTable | string> {
    const text = await readText(this.io, file);
    if ('problem' in text) return text.problem;
    try {
      return parse(text.text);
    } catch (error) {
      return `\`${file}\` is not TOML: ${((error as Error).message.split('\n')[0] ?? '').trim()}`;
    }
  }
}

function readLock(table: TomlTable): Lock {
  const lock: Lock = new Map();
  for (const item of Array.isArray(table.package) ? table.package : []) {
    if (!isTable(item) || typeof item.name !== 'string' || typeof item.version !== 'string') continue;
    const locked: Locked = {
      name: item.name,
      version: item.version,
      source: typeof item.source === 'string' ? item.source : '',
      checksum: typeof item.checksum === 'string' ? item.checksum : '',
      dependencies: Array.isArray(item.dependencies)
        ? item.dependencies.filter((entry) => typeof entry === 'string')
        : [],
    };
    lock.set(locked.name, [...(lock.get(locked.name) ?? []), locked]);
  }
  return lock;
}

/**
 * Everything that the lock file says a package needs, itself included, sorted. The rest of the lock is left out, so
 * that another package's update does not make this one unverified.
 */
function lockedClosure(lock: Lock, crate: string): Locked[] {
  const start = lock.get(crate)?.find((item) => item.source === '');
  const found = new Set<Locked>();
  const queue = start ? [start] : [];
  for (let item = queue.pop(); item; item = queue.pop()) {
    if (found.has(item)) continue;
    found.add(item);
    for (const dependency of item.dependencies) {
      // `name`, `name version` or `name version (source)`: as much as is needed to tell it from others.
      const [name = '', version, source] = dependency.split(' ');
      for (const candidate of lock.get(name) ?? []) {
        if (version !== undefined && candidate.version !== version) continue;
        if (source !== undefined && candidate.source !== source.slice(1, -1)) continue;
        queue.push(candidate);
      }
    }
  }
  return [...found].sort((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}

function sortKey(item: Locked): string {
  return `${item.name} ${item.version} ${item.source}`;
}

/** Every entry of every dependency table, those of `[target.…]` included. */
function* dependencyEntries(manifest: TomlTable): Iterable<[string, TomlValue]> {
  const holders: TomlTable[] = [manifest];
  if (isTable(manifest.target)) holders.push(...Object.values(manifest.target).filter(isTable));
  for (const holder of holders) {
    for (const kind of ['dependencies', 'dev-dependencies', 'build-dependencies']) {
      const table = holder[kind];
      if (isTable(table)) yield* Object.entries(table);
    }
  }
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}

/** JSON with sorted keys, so that the order and the comments of a manifest do not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'bigint') return item.toString();
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}

function remember<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key) ?? make();
  cache.set(key, known);
  return known;
}

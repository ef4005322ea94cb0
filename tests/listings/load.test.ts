import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskIo, type ListingsIo } from '../../scripts/listings/io.js';
import { loadListings } from '../../scripts/listings/load.js';
import { writeCorpus } from '../support/corpus.js';

const LOCK = `version = 4

[[package]]
name = "core"
version = "0.1.0"

[[package]]
name = "desk"
version = "0.1.0"
dependencies = ["core", "leaf 1.0.0", "rmcp"]

[[package]]
name = "leaf"
version = "1.0.0"
source = "registry+https://example.com/index"

[[package]]
name = "leaf"
version = "2.0.0"
source = "registry+https://example.com/index"

[[package]]
name = "other"
version = "0.1.0"
dependencies = ["leaf 2.0.0"]

[[package]]
name = "rmcp"
version = "3.1.4"
source = "registry+https://example.com/index"
`;

const FILES: Record<string, string> = {
  'listings/rust/Cargo.toml':
    '[workspace]\nmembers = ["core", "desk", "other"]\n[workspace.package]\nedition = "2024"\n[workspace.dependencies]\nleaf = "1"\nunused = "1"\ncore = { path = "core" }\n',
  'listings/rust/Cargo.lock': LOCK,
  'listings/rust/core/Cargo.toml': '[package]\nname = "core"\n',
  'listings/rust/core/listing.yml': 'summary: The domain.\n',
  'listings/rust/core/src/lib.rs': 'pub fn a() {}\n',
  'listings/rust/desk/Cargo.toml':
    '[package]\nname = "desk"\n[dependencies]\nrmcp = "3"\n[target.\'cfg(unix)\'.dev-dependencies]\ncore.workspace = true\nleaf.workspace = true\n',
  'listings/rust/desk/listing.yml':
    'summary: The desk.\nruns:\n  - name: open\n    command: cargo run -p desk\n',
  'listings/rust/desk/src/main.rs': 'fn main() {}\n',
  'listings/rust/desk/output/open.txt': '$ cargo run -p desk\n',
  'listings/rust/other/Cargo.toml': '[package]\nname = "other"\n[dependencies]\nleaf = "2"\n',
  'listings/rust/other/listing.yml':
    'summary: Another.\nruns:\n  - name: feed\n    command: cargo run -p other < other/in.txt\n',
  'listings/rust/other/src/main.rs': 'fn main() {}\n',
};

async function hashes(changes: Record<string, string | null> = {}): Promise<Record<string, string>> {
  const files = Object.entries({ ...FILES, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const catalog = await loadListings(await writeCorpus(Object.fromEntries(files)), 'listings', []);
  return Object.fromEntries([...catalog.packages].map(([name, item]) => [name, item.inputHash]));
}

/** Names of the packages whose input hash a change of files changes. */
async function changedBy(changes: Record<string, string | null>): Promise<string[]> {
  const before = await hashes();
  const after = await hashes(changes);
  return Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .sort();
}

describe('the input hash', () => {
  it('is the same for the same content, wherever it lies and whatever its output is', async () => {
    expect(await changedBy({})).toEqual([]);
    expect(
      await changedBy({
        'listings/rust/desk/output/open.txt': 'else',
        'listings/rust/desk/target/debug/desk': 'binary',
        'listings/rust/desk/.DS_Store': 'x',
      }),
    ).toEqual([]);
  });

  it.each<[string, Record<string, string | null>, string[]]>([
    ['a file of the package', { 'listings/rust/desk/src/main.rs': 'fn main() { }\n' }, ['rust/desk']],
    ['a new file', { 'listings/rust/desk/tests/a.rs': '' }, ['rust/desk']],
    ['a package that others depend on', { 'listings/rust/core/src/lib.rs': '' }, ['rust/core', 'rust/desk']],
    [
      'a locked version',
      { 'listings/rust/Cargo.lock': LOCK.replaceAll('"3.1.4"', '"3.1.5"') },
      ['rust/desk'],
    ],
    [
      'one of two locked versions of a crate',
      { 'listings/rust/Cargo.lock': LOCK.replaceAll('2.0.0', '2.0.1') },
      ['rust/other'],
    ],
    [
      'an inherited requirement',
      {
        'listings/rust/Cargo.toml': FILES['listings/rust/Cargo.toml']!.replace('leaf = "1"', 'leaf = "1.0"'),
      },
      ['rust/desk'],
    ],
    [
      'a requirement that nothing inherits, members and comments',
      {
        'listings/rust/Cargo.toml': FILES['listings/rust/Cargo.toml']!.replace(
          'unused = "1"',
          'unused = "2" # why',
        ).replace('"core", ', ''),
      },
      [],
    ],
    [
      'a setting of the whole workspace',
      { 'listings/rust/Cargo.toml': FILES['listings/rust/Cargo.toml']!.replace('2024', '2021') },
      ['rust/core', 'rust/desk', 'rust/other'],
    ],
    [
      'the toolchain file',
      { 'listings/rust/rust-toolchain.toml': '[toolchain]\nchannel = "1.95"\n' },
      ['rust/core', 'rust/desk', 'rust/other'],
    ],
  ])('changes with %s', async (_name, changes, expected) => {
    expect(await changedBy(changes)).toEqual(expected);
  });

  it('covers packages that a run names or that the manifest needs', async () => {
    const uses = (text: string): Record<string, string> => ({ 'listings/rust/other/listing.yml': text });
    const run = uses('summary: A.\nruns:\n  - {name: feed, command: cargo run -p other < ./core/in.txt}\n');
    const needs = uses('summary: A.\nneeds: [core]\n');
    for (const manifest of [run, needs]) {
      const before = await hashes(manifest);
      const after = await hashes({ ...manifest, 'listings/rust/core/src/lib.rs': '' });
      expect(after['rust/other']).not.toBe(before['rust/other']);
    }
  });
});

describe('loadListings', () => {
  it('reads packages, runs, outputs and the SDK', async () => {
    const catalog = await loadListings(await writeCorpus(FILES), 'listings/', []);
    expect([...catalog.packages.keys()]).toEqual(['rust/core', 'rust/desk', 'rust/other']);
    const desk = catalog.packages.get('rust/desk');
    expect(desk?.sdk).toEqual({ name: 'rmcp', version: '3.1.4' });
    expect([...(desk?.outputs ?? [])]).toEqual([['open', '$ cargo run -p desk\n']]);
    expect([...(catalog.packages.get('rust/other')?.outputs ?? [])]).toEqual([['feed', null]]);
    expect([...catalog.packages.values()].flatMap((item) => item.manifest.problems)).toEqual([]);
    expect(catalog.packages.get('rust/core')?.sdk).toBeNull();
  });

  it('is empty without the folder', async () => {
    const catalog = await loadListings(await writeCorpus({}), 'listings', [
      { kind: 'listing', target: 'rust/a/b.rs' },
    ]);
    expect(catalog.packages.size).toBe(0);
    expect(catalog.ledgerProblem).toBeNull();
    expect(catalog.files.get('rust/a/b.rs')).toEqual({ problem: '`listings/rust/a/b.rs` does not exist' });
  });

  it('reads nothing outside the root, by path or by symbolic link', async () => {
    const outside = await writeCorpus({ 'secret.rs': 'secret' });
    const root = await writeCorpus(FILES);
    await symlink(path.join(outside, 'secret.rs'), path.join(root, 'listings/rust/desk/src/linked.rs'));
    await symlink(outside, path.join(root, 'listings/rust/desk/away'));
    await symlink('loop', path.join(root, 'listings/rust/desk/loop'));
    const disk = diskIo(root);
    const read: string[] = [];
    const watched: ListingsIo = {
      list: (folder) => disk.list(folder),
      async read(file) {
        const result = await disk.read(file);
        if ('bytes' in result) read.push(Buffer.from(result.bytes).toString());
        return result;
      },
    };
    const targets = [
      'rust/desk/src/linked.rs',
      'rust/desk/away/secret.rs',
      '../secret.rs',
      'rust/../../x',
      '/etc/hostname',
      'rust\\x',
    ];
    const references = targets.map((target) => ({ kind: 'listing' as const, target }));
    const catalog = await loadListings(root, 'listings', references, watched);
    for (const target of targets) expect(catalog.files.get(target)).toHaveProperty('problem');
    expect(read.some((text) => text.includes('secret'))).toBe(false);
    expect(catalog.packages.get('rust/desk')?.manifest.problems.map((problem) => problem.message)).toEqual([
      '`listings/rust/desk/away` leads out of the repository; nothing outside it is read',
      '`listings/rust/desk/loop` cannot be read',
      '`listings/rust/desk/src/linked.rs` leads out of the repository; nothing outside it is read',
    ]);
  });

  it('reports bytes that are no text, folders and broken TOML on the package alone', async () => {
    const root = await writeCorpus({
      ...FILES,
      'listings/rust/desk/src/blob.rs': new Uint8Array([0xff, 0xfe, 0]),
      'listings/rust/other/Cargo.toml': '[package\n',
    });
    const references = ['rust/desk/src/blob.rs', 'rust/desk/src'].map((target) => ({
      kind: 'listing' as const,
      target,
    }));
    const catalog = await loadListings(root, 'listings', references);
    expect(catalog.files.get('rust/desk/src/blob.rs')).toEqual({
      problem: '`listings/rust/desk/src/blob.rs` is not UTF-8 text',
    });
    expect(catalog.files.get('rust/desk/src')).toEqual({
      problem: '`listings/rust/desk/src` is no regular file of at most 16 MiB',
    });
    const messages = (name: string): string[] =>
      catalog.packages.get(name)?.manifest.problems.map((problem) => problem.message) ?? [];
    expect(messages('rust/desk')).toEqual([]);
    expect(messages('rust/other')).toHaveLength(1);
    expect(messages('rust/other')[0]).toMatch(/^`listings\/rust\/other\/Cargo\.toml` is not TOML: /);
  });

  it('does not follow a package through its own name or a cycle of paths', async () => {
    const root = await writeCorpus({
      ...FILES,
      'listings/rust/core/Cargo.toml':
        '[package]\nname = "core"\n[dependencies]\ndesk = { path = "../desk" }\nfar = { path = "../../../../far" }\n',
    });
    const catalog = await loadListings(root, 'listings', []);
    expect(catalog.packages.get('rust/core')?.manifest.problems.map((problem) => problem.message)).toEqual([
      '`../far` leads out of the repository; nothing outside it is read',
    ]);
  });

  it('gives a package with a workspace of its own its own lock file', async () => {
    const root = await writeCorpus({
      ...FILES,
      'listings/rust/old/Cargo.toml': '[workspace]\n[package]\nname = "old"\n',
      'listings/rust/old/Cargo.lock':
        'version = 4\n[[package]]\nname = "old"\nversion = "0.1.0"\ndependencies = ["rmcp"]\n[[package]]\nname = "rmcp"\nversion = "0.15.0"\n',
      'listings/rust/old/listing.yml': 'summary: Before.\n',
    });
    const catalog = await loadListings(root, 'listings', []);
    expect(catalog.packages.get('rust/old')?.sdk).toEqual({ name: 'rmcp', version: '0.15.0' });
    expect(catalog.packages.get('rust/old')?.manifest.problems).toEqual([]);
  });

  it('hashes programs of languages that it does not know by their files', async () => {
    const files = { 'listings/zig/a/listing.yml': 'summary: A.\n', 'listings/zig/a/main.zig': 'x' };
    const root = await writeCorpus(files);
    const before = (await loadListings(root, 'listings', [])).packages.get('zig/a');
    await mkdir(path.join(root, 'listings/zig/a/src'));
    await rename(path.join(root, 'listings/zig/a/main.zig'), path.join(root, 'listings/zig/a/src/main.zig'));
    const moved = (await loadListings(root, 'listings', [])).packages.get('zig/a');
    await writeFile(path.join(root, 'listings/zig/a/src/main.zig'), 'y');
    const edited = (await loadListings(root, 'listings', [])).packages.get('zig/a');
    expect(new Set([before?.inputHash, moved?.inputHash, edited?.inputHash]).size).toBe(3);
  });

  it('says what is wrong with the ledger', async () => {
    const root = await writeCorpus({ ...FILES, 'listings/ledger.json': '{' });
    const catalog = await loadListings(root, 'listings', []);
    expect(catalog.ledgerProblem).toMatch(/^the ledger is not JSON: /);
    expect(catalog.ledger.size).toBe(0);
  });

  it('says that a folder of a package cannot be listed', async () => {
    const root = await writeCorpus(FILES);
    const disk = diskIo(root);
    const locked: ListingsIo = {
      read: (file) => disk.read(file),
      list: async (folder) => (folder === 'listings/rust/desk/src' ? null : await disk.list(folder)),
    };
    const catalog = await loadListings(root, 'listings', [], locked);
    expect(catalog.packages.get('rust/desk')?.manifest.problems.map(({ message }) => message)).toEqual([
      '`listings/rust/desk/src` cannot be read',
    ]);
  });
});

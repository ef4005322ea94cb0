import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerRefresh } from '../../scripts/commands/refresh.js';
import { parseData, symbolTableSchema } from '../../scripts/rules/shared/symbol-table.js';
import { writeCorpus } from '../support/corpus.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function corpusRefresh(root: string, ...words: string[]): Promise<{ exit: unknown; output: string }> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  const program = new Command().exitOverride();
  registerRefresh(program);
  await program.parseAsync(['refresh', '--root', root, ...words], { from: 'user' });
  return { exit: process.exitCode, output };
}

const SNAPSHOT = `page: index.md
repository: lamp/lamp
version: 1.1.0
tag: v1.1.0
released: 2026-01-02
checked: 2026-02-03
crate: lamp
`;

/** A corpus with an unpacked crate, and a `cargo` that answers as cargo does. */
async function lampCorpus(): Promise<string> {
  const root = await writeCorpus({
    '_config.yml': '',
    'index.md': '# Lamp\n',
    '_data/snapshots/lamp.yml': SNAPSHOT,
    'listings/rust/Cargo.toml': '[workspace]\n',
    'unpacked/lamp/Cargo.toml': '[package]\nname = "lamp"\n',
    'unpacked/lamp/src/lib.rs': 'pub struct Lamp;\n',
  });
  const metadata = {
    packages: [
      {
        name: 'lamp',
        version: '1.2.0',
        manifest_path: path.join(root, 'unpacked/lamp/Cargo.toml'),
        source: 'registry',
        repository: null,
        license: null,
        edition: '2024',
        rust_version: null,
        features: { switch: [] },
      },
    ],
  };
  const bin = path.join(root, 'bin');
  await mkdir(bin);
  await writeFile(path.join(root, 'metadata.json'), JSON.stringify(metadata));
  await writeFile(
    path.join(bin, 'cargo'),
    `#!/bin/sh\n[ "$*" = "metadata --locked --format-version 1" ] || exit 7\ncat "${root}/metadata.json"\n`,
  );
  await chmod(path.join(bin, 'cargo'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH'] ?? ''}`);
  return root;
}

describe('corpus refresh', () => {
  it('writes snapshot and symbol table once, and says what it runs', async () => {
    const root = await lampCorpus();
    const begin =
      'running `cargo metadata --locked --format-version 1` in listings/rust\nreading lamp 1.2.0\n';
    const changed = '_data/snapshots/lamp.yml: version, edition, tag\n';
    expect(await corpusRefresh(root, '--check')).toEqual({
      exit: 1,
      output: `${begin}${changed}out of date: _data/snapshots/lamp.yml\nout of date: _data/symbols/lamp.json\n`,
    });
    expect(await readFile(path.join(root, '_data/snapshots/lamp.yml'), 'utf8')).toBe(SNAPSHOT);
    expect(await corpusRefresh(root)).toEqual({
      exit: 0,
      output: `${begin}${changed}written: _data/snapshots/lamp.yml\nwritten: _data/symbols/lamp.json\n`,
    });
    const table = parseData(
      symbolTableSchema,
      await readFile(path.join(root, '_data/symbols/lamp.json'), 'utf8'),
    );
    expect(table?.version).toBe('1.2.0');
    expect(table?.files['lamp/src/lib.rs']).toEqual({ lines: 1, symbols: { struct: { Lamp: '1-1' } } });
    expect(await corpusRefresh(root, '--check')).toEqual({
      exit: 0,
      output: `${begin}everything is up to date\n`,
    });
  });

  it('reports what it cannot read', async () => {
    await expect(corpusRefresh(await writeCorpus({ '_config.yml': '' }))).rejects.toThrow(
      'there is no snapshot below `_data/snapshots`, so no SDK is known; add one',
    );
    const root = await lampCorpus();
    await expect(corpusRefresh(root, 'specification')).rejects.toThrow('name its folder with --from');
    await writeFile(path.join(root, 'metadata.json'), '{"packages":[]}');
    await expect(corpusRefresh(root)).rejects.toThrow('no package of the workspace depends on `lamp`');
  });
});

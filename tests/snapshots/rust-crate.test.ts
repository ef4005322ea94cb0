import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sdkPackages, type CargoPackage } from '../../scripts/snapshots/cargo.js';
import {
  crateFacts,
  protocolRevisions,
  releaseDate,
  updateSnapshot,
} from '../../scripts/snapshots/crate-facts.js';
import { crateSymbols } from '../../scripts/snapshots/rust-crate.js';
import { specificationNames } from '../../scripts/snapshots/specification.js';
import { writeCorpus } from '../support/corpus.js';

function cargoPackage(root: string, changes: Partial<CargoPackage> = {}): CargoPackage {
  return {
    name: 'lamp',
    version: '1.2.0',
    manifest_path: path.join(root, 'Cargo.toml'),
    source: 'registry',
    repository: 'https://example.com/lamp',
    license: 'MIT',
    edition: '2024',
    rust_version: '1.88.0',
    features: { default: [], 'transport-io': [], __private: [] },
    ...changes,
  };
}

const FILES = {
  'Cargo.toml':
    '[package]\nname = "lamp"\nexclude = ["tests/slow.rs"]\n[dependencies.tokio]\nversion = "1"\nfeatures = ["sync"]\n',
  '.cargo_vcs_info.json': '{"git":{"sha1":"0"},"path_in_vcs":"crates/lamp"}',
  'CHANGELOG.md':
    '# Changelog\n\n## [Unreleased]\n\n## [1.2.0](https://example.com) - 2026-01-02\n\n## [1.1.0] - 2025-12-01\n',
  'src/lib.rs':
    'pub mod wire;\nmacro_rules! method { ($name:ident = $value:literal) => { pub struct $name; }; }\nmethod!(ListMethod = "lamps/list");\npub const HEADER: &str = "Mcp-Lamp";\nfn f() -> String { format!("{}_lamp_attr", "lampId") + "text/html" }\n',
  'src/wire.rs': 'mod deep;\npub enum Wire { Copper }\n',
  'src/wire/deep.rs': 'pub fn dig() {}\n',
  'src/unreached.rs': 'pub fn never() {}\n',
  'src/model.rs':
    'impl ProtocolVersion {\n    pub const V_B: Self = Self(Cow::Borrowed("2026-01-01"));\n    pub const V_A: Self = Self(Cow::Borrowed("2025-01-01"));\n    pub const LATEST: Self = Self::V_B;\n    pub const LATEST_WITH_INITIALIZE: Self = Self::V_A;\n}\n',
};

describe('crateSymbols', () => {
  it('follows modules and writes paths of the repository', async () => {
    const table = await crateSymbols([cargoPackage(await writeCorpus(FILES))]);
    expect(table).toMatchObject({
      sdk: 'lamp',
      version: '1.2.0',
      packages: [{ name: 'lamp', version: '1.2.0', folder: 'crates/lamp', exclude: ['tests/slow.rs'] }],
      features: ['default', 'transport-io'],
      methods: ['lamps/list'],
      headers: ['Mcp-Lamp'],
      words: ['lampId'],
      templates: ['{}_lamp_attr'],
      dependencies: ['sync', 'tokio'],
    });
    expect(table.files['crates/lamp/src/lib.rs']).toEqual({
      lines: 5,
      symbols: {
        constant: { HEADER: '4-4' },
        function: { f: '5-5' },
        macro: { method: '2-2' },
        module: { wire: '1-1' },
        struct: { ListMethod: '3-3' },
      },
    });
    expect(table.files['crates/lamp/src/wire/deep.rs']?.symbols).toEqual({ function: { dig: '1-1' } });
    expect(table.files['crates/lamp/src/unreached.rs']).toEqual({ lines: 1 });
    expect(Object.keys(table.files)).not.toContain('crates/lamp/.cargo_vcs_info.json');
  });
});

describe('sdkPackages', () => {
  it('gives the named package and those of its repository', () => {
    const [lamp, macros, own, other] = [
      cargoPackage('/a'),
      cargoPackage('/b', { name: 'lamp-macros' }),
      cargoPackage('/c', { name: 'program', source: null }),
      cargoPackage('/d', { name: 'other', repository: 'https://example.com/other' }),
    ];
    expect(sdkPackages([other, own, macros, lamp], 'lamp')).toEqual([lamp, macros]);
    expect(() => sdkPackages([other], 'lamp')).toThrow('no package of the workspace depends on `lamp`');
    expect(() => sdkPackages([lamp, cargoPackage('/e', { version: '0.9.0' })], 'lamp')).toThrow('2 versions');
  });
});

describe('crateFacts and updateSnapshot', () => {
  it('reads version, dates and revisions', async () => {
    expect(await crateFacts(cargoPackage(await writeCorpus(FILES)))).toEqual({
      version: '1.2.0',
      released: '2026-01-02',
      edition: '2024',
      msrv: '1.88',
      licence: 'MIT',
      protocol: {
        known: ['2025-01-01', '2026-01-01'],
        default: '2026-01-01',
        newest_with_initialize: '2025-01-01',
      },
    });
  });
  it('finds nothing in other texts', () => {
    expect(releaseDate('## [1.2.0] - soon', '1.2.0')).toBeNull();
    expect(protocolRevisions('pub const LATEST: Self = Self::V_B;')).toBeNull();
  });
  it('replaces what changed, keeps comments, and dates the change', () => {
    const text = "# kept\nversion: 1.1.0\ntag: lamp-v1.1.0\nedition: '2024' # why\nchecked: 2026-01-01\n";
    const facts = { version: '1.2.0', edition: '2024' };
    const updated = updateSnapshot(text, facts, '2026-02-03');
    expect(updated).toEqual({
      text: "# kept\nversion: 1.2.0\ntag: lamp-v1.2.0\nedition: '2024' # why\nchecked: 2026-02-03\n",
      changed: ['version', 'tag'],
    });
    expect(updateSnapshot(updated.text, facts, '2026-09-09')).toEqual({ text: updated.text, changed: [] });
  });
  it('changes nothing else: line endings, byte order mark, long lines, lists, aliases', () => {
    const text = (version: string, checked: string): string =>
      `\uFEFF# note\r\nversion: ${version}\r\nedition: '2024'\r\nnote: ${'word '.repeat(40)}end\r\nlist: ['a', 'b']\r\nbase: &b x\r\nother: *b\r\nchecked: ${checked}\r\n`;
    expect(
      updateSnapshot(text('1.1.0', '2026-01-01'), { version: '1.2.0', edition: '2024' }, '2026-02-03').text,
    ).toBe(text('1.2.0', '2026-02-03'));
  });
});

describe('specificationNames', () => {
  it('takes names of types, fields, methods, values and headers', async () => {
    const root = await writeCorpus({
      'schema/2025-01-01/schema.json': JSON.stringify({
        $defs: {
          ListRequest: { properties: { method: { const: 'lamps/list' }, nextCursor: { type: 'string' } } },
          State: { enum: ['on_fire', 'not a name'] },
        },
      }),
      'docs/specification/2025-01-01/wire.mdx': 'Send `Mcp-Lamp: 1` and not `Content`.\n',
    });
    expect(await specificationNames(root, 'abc', ['2026-01-01', '2025-01-01'])).toMatchObject({
      revisions: ['2025-01-01'],
      methods: ['lamps/list'],
      headers: ['Mcp-Lamp'],
      types: ['ListRequest', 'State'],
      fields: ['method', 'nextCursor'],
      values: ['on_fire'],
    });
    await expect(specificationNames(root, 'abc', ['1999'])).rejects.toThrow(
      'has no `schema/REVISION/schema.json`',
    );
  });
  it('names the schema that is not JSON', async () => {
    const root = await writeCorpus({ 'schema/2025-01-01/schema.json': '{' });
    await expect(specificationNames(root, 'abc', ['2025-01-01'])).rejects.toThrow(
      /schema\/2025-01-01\/schema\.json` is not JSON: .*; check the repository out anew$/,
    );
  });
});

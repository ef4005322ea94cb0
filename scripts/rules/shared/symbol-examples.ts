/** A tutorial of an SDK with its data, as the examples of the freshness rules vary it. */
import { chapterPage, FIRST_NAVIGATION, FIRST_PATH, INDEX_PATH, lampTutorial } from './example-tutorial.js';
import type { Specification, SymbolTable } from './symbol-table.js';

export const SNAPSHOT_PATH = '_data/snapshots/lamp.yml';
export const TABLE_PATH = '_data/symbols/lamp.json';
/** Line of a chapter's text. */
export const TEXT_LINE = 10;

const SNAPSHOT = `page: ${INDEX_PATH}
repository: lamp/lamp
version: 1.2.0
tag: lamp-v1.2.0
released: 2026-01-02
checked: 2026-02-03
crate: lamp
msrv: '1.88'
protocol:
  known: ['2025-11-25']
  default: '2025-11-25'
`;

const TABLE: SymbolTable = {
  sdk: 'lamp',
  version: '1.2.0',
  source: 'published packages lamp 1.2.0',
  checked: '2026-02-03',
  packages: [{ name: 'lamp', version: '1.2.0', folder: 'crates/lamp', exclude: ['tests/slow.rs'] }],
  features: ['transport-io', 'transport-wire'],
  methods: ['lamps/list'],
  headers: ['Mcp-Lamp'],
  words: ['lampId'],
  templates: ['{}_lamp_attr'],
  dependencies: ['tokio'],
  files: {
    'crates/lamp/Cargo.toml': { lines: 9 },
    'crates/lamp/Cargo.toml.orig': { lines: 30 },
    'crates/lamp/src/lib.rs': {
      lines: 80,
      symbols: {
        attribute: { lamp: '5-7' },
        struct: { LampPeer: '10-20' },
        method: { 'LampPeer::list_all_lamps': '31-40', 'LampPeer::switch_on': '42-48' },
        module: { wires: '3-3' },
      },
    },
  },
};

const SPECIFICATION: Specification = {
  specification: 'Lamp Protocol',
  revisions: ['2025-11-25'],
  source: 'its schema',
  checked: '2026-02-03',
  methods: ['lamps/list'],
  headers: [],
  types: ['LampList'],
  fields: ['nextCursor'],
  values: [],
};

/** The tutorial with this text in its first chapter; undefined leaves a file out. */
export function sdkTutorial(
  text: string,
  files: Record<string, string | undefined> = {},
): Record<string, string> {
  const all: Record<string, string | undefined> = {
    ...lampTutorial(),
    [FIRST_PATH]: sdkChapter(text),
    [SNAPSHOT_PATH]: SNAPSHOT,
    [TABLE_PATH]: JSON.stringify(TABLE),
    '_data/symbols/specification.json': JSON.stringify(SPECIFICATION),
    ...files,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The first chapter with this text. */
export function sdkChapter(text: string): string {
  return chapterPage(1, 'Switch', FIRST_NAVIGATION).replace('Text of the chapter.', text);
}

/** The table with some of its parts replaced. */
export function sdkTable(changes: Partial<SymbolTable>): string {
  return JSON.stringify({ ...TABLE, ...changes });
}

/** How many wrong names the rule finds: names of the real table are renamed, as a release might. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KnownNames } from '../../../scripts/rules/shared/symbol-names.js';
import { claimsOf } from '../../../scripts/rules/shared/symbol-spans.js';
import {
  parseData,
  specificationSchema,
  symbolTableSchema,
} from '../../../scripts/rules/shared/symbol-table.js';

const read = (name: string): string =>
  readFileSync(new URL(`../../../docs/_data/symbols/${name}.json`, import.meta.url), 'utf8');
const table = parseData(symbolTableSchema, read('rmcp'));
const specification = parseData(specificationSchema, read('specification'));
if (!table || !specification) throw new Error('the tables of docs/_data/symbols cannot be read');
const known = new KnownNames(table, specification, new Set());
const NO_PROGRAM: ReadonlySet<string> = new Set();

const isFlagged = (span: string): boolean =>
  claimsOf(span).some((claim) => known.check(claim, NO_PROGRAM) !== null);

function names(...kinds: string[]): string[] {
  return Object.values(table?.files ?? {}).flatMap(({ symbols = {} }) =>
    kinds.flatMap((kind) => Object.keys(symbols[kind] ?? {})),
  );
}

/** Renames the last word of a path, as `a_b` to `a_b_anew` and `Ab` to `AbAnew`. */
function renamed(name: string): string {
  return /[A-Z]/.test(name.split('::').at(-1)?.[0] ?? '') ? `${name}Anew` : `${name}_anew`;
}

describe('the names of the release', () => {
  it('are known as spans of every form', () => {
    const spans = [
      ...names('struct', 'enum', 'trait', 'type'),
      ...names('function', 'method').map((name) => `${name}()`),
      ...names('variant', 'constant'),
      ...names('attribute').map((name) => `#[${name}]`),
      ...table.features,
      ...table.methods,
      ...specification.methods,
      ...specification.headers,
      ...specification.types,
      ...specification.fields,
    ];
    expect(spans.length).toBeGreaterThan(3000);
    expect(spans.filter(isFlagged)).toEqual([]);
  });
  it('are findings after they were renamed', () => {
    const spans = [
      ...names('struct', 'enum', 'trait').map(renamed),
      ...names('function', 'method').map((name) => `${renamed(name)}()`),
      ...names('attribute').map((name) => `#[${renamed(name)}]`),
      ...table.methods.filter((name) => !name.startsWith('inode/')).map((name) => `${name}Anew`),
      ...specification.fields.filter((name) => /^[a-z]+[A-Z]\w+$/.test(name)).map((name) => `${name}Anew`),
      ...table.features.filter((name) => name.startsWith('transport-')).map((name) => `${name}-anew`),
    ];
    const missed = spans.filter((span) => !isFlagged(span));
    // Members of generic parameters and of types behind `Deref` have no list of their own.
    expect(missed).toEqual([]);
    expect(spans.length).toBeGreaterThan(2000);
  });
  it('are findings when a member is asked of the wrong type', () => {
    for (const span of [
      'ProtocolVersion::list_all_tools',
      'ServerCapabilities::list_all_tools()',
      'ContentBlock::Latest',
    ])
      expect(isFlagged(span), span).toBe(true);
  });
});

describe('claimsOf', () => {
  it.each([
    ['cargo build -p name', []],
    ['Cargo.toml', []],
    ['src/tools/read.rs', []],
    ['"protocolVersion":"2025-11-25"', []],
    ['error sending request for url', []],
    ['invalid URL, scheme is not http', []],
    ['--locked', []],
    ['.await', []],
    ['resolver = "3"', []],
    ['serve', []],
    ['tools/list', ['method tools/list']],
    ['Mcp-Name: count', ['header Mcp-Name']],
    ['transport-io', ['feature transport-io']],
    ['isError: false', ['field isError']],
    ['list_all_tools', ['name list_all_tools']],
    ['Json<ErrorSummary>', ['word Json', 'type ErrorSummary']],
    ['impl ServerHandler for Hello', ['type ServerHandler', 'word Hello']],
    ['ErrorData::invalid_params("there is none", None)', ['path ErrorData::invalid_params', 'word None']],
    ['#[tool_router(router = read_tools, vis = "pub(crate)")]', ['attribute tool_router']],
    ['println!("ready");', ['macro println']],
    ['Parameters<serde_json::Value>', ['word Parameters', 'path serde_json::Value']],
  ])('%s', (span, claims) => {
    expect(claimsOf(span).map(({ kind, text }) => `${kind} ${text}`)).toEqual(claims);
  });
});

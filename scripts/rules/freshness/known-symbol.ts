import { z } from 'zod';
import type { PageFacts } from '../../corpus/types.js';
import { EXAMPLES } from './examples/known-symbol.js';
import { Nearest } from '../../corpus/nearest.js';
import { addIdentifiers, KnownNames, type UnknownName } from '../shared/symbol-names.js';
import { claimsOf } from '../shared/symbol-spans.js';
import { pagesOf, sdkName, sdks, specification, tutorialOf, type Sdk } from '../shared/symbol-sources.js';
import { code, fileStart } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';

const optionsSchema = z
  .strictObject({
    /** Names that exist elsewhere: in other SDKs, in tools, in older releases. */
    allow: z.array(z.string()).default([]),
  })
  .prefault({});

type Options = z.infer<typeof optionsSchema>;

/** Words of everything that the tutorial's markers show, whole files included, and of the names of its programs. */
function programWords(context: SiteContext<Options>, pages: readonly PageFacts[]): Set<string> {
  const words = new Set<string>();
  const { listings } = context.site;
  const shown = new Set<string>();
  for (const facts of pages)
    for (const { kind, target, codeBlock } of facts.listings) {
      const block = facts.codeBlocks[codeBlock];
      if (block) addIdentifiers(words, block.value);
      if (kind === 'listing') shown.add(target);
    }
  for (const target of shown) {
    const file = listings.files.get(target);
    if (file && 'text' in file) addIdentifiers(words, file.text);
    for (const part of target.split('/')) words.add(part);
  }
  for (const item of listings.packages.values()) {
    words.add(item.name);
    for (const run of item.outputs.keys()) words.add(run);
  }
  return words;
}

/** Does the text before a code span say that it names a test? */
function namesTest(source: string, offset: number): boolean {
  return /\btests?\s+(?:`\w+`(?:,\s+(?:and\s+)?|\s+and\s+)){0,8}$/.test(
    source.slice(Math.max(0, offset - 400), offset),
  );
}

/** The tests of all programs, which pages cite and need not show. */
class Tests {
  private readonly names: ReadonlySet<string>;
  private readonly nearest: Nearest;

  constructor({ site, options }: SiteContext<Options>) {
    const defined = [...site.listings.packages.values()].flatMap(({ tests }) => tests);
    this.names = new Set(defined.length === 0 ? [] : [...defined, ...options.allow]);
    this.nearest = new Nearest(this.names);
  }

  /** What is wrong with citing `name` as a test; null when nothing is, or when it is no name of a function. */
  problem(name: string): string | null {
    if (this.names.size === 0 || this.names.has(name) || !/^[a-z]\w*_\w*$/.test(name)) return null;
    const nearest = this.nearest.find(name);
    const wanted = nearest === null ? 'the name of one that exists' : code(nearest);
    return `no program has a test ${code(name)}: expected ${wanted}; correct it`;
  }
}

/** Findings about the table itself; true when it can be used. */
function* tableFindings(sdk: Sdk): Generator<RuleFinding, boolean> {
  const { snapshot, table, tablePath, file, versionRange } = sdk;
  if (table === null) {
    if (snapshot.crate !== undefined)
      yield {
        file,
        range: versionRange,
        message: `there is no symbol table for ${code(sdkName(snapshot))}: expected ${code(tablePath)}; run \`corpus refresh sdk\``,
      };
    return false;
  }
  if (table === 'unreadable') {
    yield {
      file: tablePath,
      range: fileStart,
      message: `the file is no symbol table: expected what \`corpus refresh sdk\` writes; run it`,
    };
    return false;
  }
  if (table.version === snapshot.version) return true;
  yield {
    file: tablePath,
    range: fileStart,
    message: `the symbol table is of ${code(`${table.sdk} ${table.version}`)}: expected ${code(sdkName(snapshot))} as the snapshot says; run \`corpus refresh sdk\``,
  };
  return false;
}

function message({ name, thing, nearest }: UnknownName, sdk: Sdk): string {
  const where = `${code(sdkName(sdk.snapshot))}, the protocol or the programs of this tutorial`;
  const wanted = nearest === null ? 'a name that exists' : code(nearest);
  return `${thing} ${code(name)} is not known in ${where}: expected ${wanted}; correct it`;
}

export const knownSymbol = siteRule<Options>({
  id: 'known-symbol',
  theme: 'freshness',
  severity: 'error',
  preset: 'tutorial',
  summary: 'API names in prose exist in the release that the programs were verified with.',
  documentation: `
A code span in the prose of a tutorial that looks like an API item must exist. Looked at are type names (\`CamelCase\`),
calls (\`name()\`, \`.name\`), names with underscores, paths (\`a::b\`, with the member checked against its type), macros
(\`name!\`), attributes (\`#[name]\`), names of features (\`transport-io\`), JSON-RPC methods (\`tools/list\`), fields
(\`camelCase\`) and headers (\`Mcp-Name\`). Plain lower-case words, commands, file names, messages
are not. A name that the text calls a test ("the test \`name\`") must be one of the programs' tests.

A name exists when it stands in the symbol table of the SDK, in the schema of the specification, in a program or output
that a page of the tutorial shows, or in a small list of names from the standard library and common crates. The tables are
\`_data/symbols/NAME.json\`, beside the snapshot \`_data/snapshots/NAME.yml\` whose \`page\` is the tutorial's index, and
\`_data/symbols/specification.json\`. \`corpus refresh\` makes them from the published packages and the schema. The rule
also reports a table that is missing, unreadable, or of another release than the snapshot.

Programs are compiled, prose is not. A name that the SDK dropped two releases ago sends a reader searching for something
that is not there, and nobody who wrote the page will notice.

Correct the name. For names of other tools, and for old names that a page speaks about on purpose, set the option \`allow\`
(a list of names) or suppress the finding where it stands.
`,
  fixable: false,
  options: optionsSchema,
  *check(context) {
    const { site, options } = context;
    const protocol = specification(context);
    for (const sdk of sdks(context)) {
      const tutorial = tutorialOf(site, sdk);
      const usable = yield* tableFindings(sdk);
      if (!tutorial || !usable || sdk.table === null || sdk.table === 'unreadable') continue;
      const known = new KnownNames(sdk.table, protocol, new Set([...options.allow, sdk.snapshot.repository]));
      const pages = pagesOf(tutorial);
      const tests = new Tests(context);
      const words = programWords(
        context,
        pages.map(({ facts }) => facts),
      );
      for (const { facts } of pages) {
        const source = context.source(facts.path) ?? '';
        for (const { value, range } of facts.codeSpans) {
          if (namesTest(source, range.start.offset)) {
            const unknown = tests.problem(value);
            if (unknown !== null) yield { file: facts.path, range, message: unknown };
            continue;
          }
          for (const claim of claimsOf(value)) {
            const unknown = known.check(claim, words);
            if (unknown) yield { file: facts.path, range, message: message(unknown, sdk) };
          }
        }
      }
    }
  },
  examples: EXAMPLES,
});

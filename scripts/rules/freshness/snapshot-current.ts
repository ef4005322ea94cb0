import { parseYamlFile } from '../../corpus/front-matter.js';
import type { FrontMatter } from '../../corpus/types.js';
import { formatLedger } from '../../listings/ledger.js';
import type { Site } from '../../site/types.js';
import { INDEX_PATH, indexPage, lampTutorial, lineOf, SNAPSHOT } from '../shared/example-tutorial.js';
import { findSection } from '../shared/sections.js';
import { checkSnapshotList, SNAPSHOT_SECTION } from '../shared/snapshot-list.js';
import { readSnapshot, snapshotEntries, type Snapshot } from '../shared/snapshot.js';
import { sdkName, SNAPSHOT_FOLDER, snapshotFiles } from '../shared/symbol-sources.js';
import { fromSource } from '../shared/tutorial-links.js';
import { count, exact, fileStart } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';

/** Programs of the corpus that were verified with another release of the same SDK. */
function* checkLedger(
  site: Site,
  path: string,
  yaml: FrontMatter,
  snapshot: Snapshot,
): Iterable<RuleFinding> {
  const others = new Map<string, number>();
  for (const { sdk } of site.listings.ledger.values())
    if (sdk && sdk.name === snapshot.crate && sdk.version !== snapshot.version)
      others.set(sdk.version, (others.get(sdk.version) ?? 0) + 1);
  for (const [version, programs] of others)
    yield {
      file: path,
      range: yaml.fields.version?.valueRange ?? fileStart,
      message: `snapshot is of ${exact(sdkName(snapshot))}, and ${count(programs, 'program')} of the listings ${programs === 1 ? 'was' : 'were'} verified with ${exact(version)}: expected one release on all pages; verify the programs with it, or take the snapshot of the other`,
    };
}

/** Findings about one data file, and the page that it feeds. */
function* checkFile(context: SiteContext, path: string, fed: Set<string>): Iterable<RuleFinding> {
  const { site } = context;
  const text = context.source(path);
  if (text === undefined) return;
  const yaml = parseYamlFile(text);
  const read = readSnapshot(yaml);
  if ('problems' in read) {
    for (const problem of read.problems) yield { file: path, ...problem };
    // The page is not without data, its data cannot be read.
    const named = yaml.fields.page?.value;
    if (typeof named === 'string') fed.add(fromSource(site, named));
    return;
  }
  yield* checkLedger(site, path, yaml, read.snapshot);
  const target = fromSource(site, read.snapshot.page);
  const page = site.byPath.get(target);
  const source = page ? context.source(target) : undefined;
  if (!page || source === undefined) {
    yield {
      file: path,
      range: yaml.fields.page?.valueRange ?? fileStart,
      message: `snapshot is for \`${read.snapshot.page}\`, which is no page of the site: expected the path of one, relative to the source folder; correct it`,
    };
    return;
  }
  fed.add(target);
  yield* checkSnapshotList(page, source, snapshotEntries(read.snapshot), path);
}

const DATA = '_data/snapshots/lamp.yml';
const LAMP = `page: ${INDEX_PATH}
repository: lamp/lamp
version: 1.2.0
tag: v1.2.0
released: 2026-01-02
checked: 2026-02-03
`;
const CRATE = `${LAMP}crate: lamp
edition: '2024'
msrv: '1.88'
runtime: tokio
protocol:
  known: ['1', '2']
  default: '2'
  newest_with_initialize: '1'
licence: MIT
licence_note: see the file
read_in:
  released: CHANGELOG.md
  msrv: Cargo.toml
  protocol: src/model.rs
`;
const CRATE_SNAPSHOT = `- repository: [\`lamp/lamp\`](https://github.com/lamp/lamp)
- latest release: [\`v1.2.0\`](https://github.com/lamp/lamp/releases/tag/v1.2.0) (**January 2, 2026**, read in [\`CHANGELOG.md\`](https://docs.rs/crate/lamp/1.2.0/source/CHANGELOG.md))
- crate: [\`lamp\` 1.2.0](https://docs.rs/lamp/1.2.0/lamp/), Rust edition **2024**, minimum supported Rust version **1.88** (read in [\`Cargo.toml\`](https://docs.rs/crate/lamp/1.2.0/source/Cargo.toml))
- runtime posture: tokio
- protocol revisions: \`1\`, \`2\`; the default is **2**, the newest with an \`initialize\` handshake is **1** (read in [\`src/model.rs\`](https://docs.rs/crate/lamp/1.2.0/source/src/model.rs))
- licence: MIT; see the file
- checked: **February 3, 2026**`;
const OWN_ENTRY = '- The handbook is newer than the release.';
const TITLE_LINE = lineOf(indexPage(), `## ${SNAPSHOT_SECTION}`);

export const snapshotCurrent = siteRule({
  id: 'snapshot-current',
  theme: 'freshness',
  severity: 'error',
  preset: 'tutorial',
  summary: 'The snapshot that an index shows is the one of its data file.',
  documentation: `
The list under \`## Current Snapshot (auto-updated)\` is derived from a file \`_data/snapshots/NAME.yml\`, whose \`page\` names
the index that shows it. The file holds the facts of one SDK release: repository, version, tag, dates, language version,
protocol revisions, licence, and under \`read_in\` the file of the published package in which each fact was read. The rule
reports entries that differ from the data, data that cannot be used, an index whose snapshot has no data, and programs
that were verified with another release than the snapshot's.

A date or a version typed by hand is wrong after the next release, and nobody sees it. One file with the source of each
fact can be checked and replaced.

Change the data file and run \`corpus fix\`. Entries with a label of your own, and text around the list, stay.
`,
  fixable: true,
  *check(context) {
    const fed = new Set<string>();
    for (const path of snapshotFiles(context.site)) yield* checkFile(context, path, fed);
    for (const { index } of context.site.tutorials) {
      const section = index ? findSection(index.facts, SNAPSHOT_SECTION) : null;
      if (!index || fed.has(index.path)) continue;
      yield {
        file: index.path,
        range: section?.heading.range ?? index.anchorRange,
        message: `no file of \`${fromSource(context.site, SNAPSHOT_FOLDER)}\` has the facts for ${exact(SNAPSHOT_SECTION)}: expected one whose \`page\` is this page; add it`,
      };
    }
  },
  examples: [
    { name: 'page and data agree', files: lampTutorial({ [DATA]: LAMP }), findings: [] },
    {
      name: 'the data of a crate are shown with their sources, and the author adds an entry',
      files: lampTutorial({
        [DATA]: CRATE,
        [INDEX_PATH]: indexPage().replace(SNAPSHOT, `${CRATE_SNAPSHOT}\n${OWN_ENTRY}`),
      }),
      findings: [],
    },
    {
      name: 'a release is newer than the page',
      files: lampTutorial({
        [DATA]: LAMP,
        [INDEX_PATH]: indexPage().replace(SNAPSHOT, `${SNAPSHOT.replaceAll('1.2.0', '1.1.0')}\n${OWN_ENTRY}`),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: TITLE_LINE + 3,
          message:
            'entry `` - latest release: [`v1.1.0`](https://github.com/lamp/lamp/releases/tag/v1.1.0) (**January 2, 2026**) `` is out of date: expected `` - latest release: [`v1.2.0`](https://github.com/lamp/lamp/releases/tag/v1.2.0) (**January 2, 2026**) `` by `_data/snapshots/lamp.yml`; replace it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage().replace(SNAPSHOT, `${SNAPSHOT}\n${OWN_ENTRY}`) },
    },
    {
      name: 'an entry is missing, another is doubled, a third is no fact of the data',
      files: lampTutorial({
        [DATA]: LAMP,
        [INDEX_PATH]: indexPage().replace(
          '- checked: **February 3, 2026**',
          '  Ask the shop.\n- repository: elsewhere\n- licence: MIT',
        ),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: TITLE_LINE,
          message:
            'section `Current Snapshot (auto-updated)` lacks an entry: expected `- checked: **February 3, 2026**` by `_data/snapshots/lamp.yml`; add it',
        },
        {
          file: INDEX_PATH,
          line: TITLE_LINE + 5,
          message:
            'entry `- repository: elsewhere` is there twice: expected only what the data say, once; remove it',
        },
        {
          file: INDEX_PATH,
          line: TITLE_LINE + 6,
          message:
            'entry `- licence: MIT` is no fact of `_data/snapshots/lamp.yml`: expected only what the data say, once; remove it',
        },
      ],
      fixed: {
        [INDEX_PATH]: indexPage().replace('- checked:', '  Ask the shop.\n- checked:'),
      },
    },
    {
      name: 'the entries are in another order',
      files: lampTutorial({
        [DATA]: LAMP,
        [INDEX_PATH]: indexPage().replace(SNAPSHOT, SNAPSHOT.split('\n').reverse().join('\n')),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: TITLE_LINE + 2,
          message:
            'entries of `Current Snapshot (auto-updated)` are out of order: expected `repository, latest release, checked`; sort them',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'the section has no list',
      files: lampTutorial({ [DATA]: LAMP, [INDEX_PATH]: indexPage().replace(SNAPSHOT, 'Ask the shop.') }),
      findings: [
        {
          file: INDEX_PATH,
          line: TITLE_LINE,
          message:
            'section `Current Snapshot (auto-updated)` has no list: expected the 3 facts of `_data/snapshots/lamp.yml`; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage().replace(SNAPSHOT, `${SNAPSHOT}\n\nAsk the shop.`) },
    },
    {
      name: 'the section is missing',
      files: lampTutorial({
        [DATA]: LAMP,
        [INDEX_PATH]: indexPage().replace(`## ${SNAPSHOT_SECTION}\n\n${SNAPSHOT}\n\n`, ''),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: 1,
          message:
            'page has no section `## Current Snapshot (auto-updated)`: expected one with the facts of `_data/snapshots/lamp.yml`; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'no data file names the page',
      files: lampTutorial(),
      findings: [
        {
          file: INDEX_PATH,
          line: TITLE_LINE,
          message:
            'no file of `_data/snapshots` has the facts for `Current Snapshot (auto-updated)`: expected one whose `page` is this page; add it',
        },
      ],
    },
    {
      name: 'the data cannot be used',
      files: lampTutorial({
        [DATA]:
          LAMP.replace('released: 2026-01-02', 'released: soon').replace('tag: v1.2.0\n', '') + 'stars: 3\n',
      }),
      findings: [
        {
          file: DATA,
          line: 1,
          message: 'snapshot has no `tag`: expected it beside `repository` and `version`; add it',
        },
        {
          file: DATA,
          line: 4,
          message:
            '`released` of the snapshot cannot be used: expected a date such as `2026-01-31`; correct it',
        },
        {
          file: DATA,
          line: 6,
          message:
            'key `stars` is not one of a snapshot: expected `page`, `repository`, `version`, `tag`, `released`, `checked`, `crate`, `edition`, `msrv`, `runtime`, `protocol`, `licence`, `licence_note`, `read_in`; correct or remove it',
        },
      ],
    },
    {
      name: 'the programs were verified with an older release',
      files: lampTutorial({
        [DATA]: CRATE,
        [INDEX_PATH]: indexPage().replace(SNAPSHOT, CRATE_SNAPSHOT),
        'listings/ledger.json': formatLedger(
          new Map(
            ['1.1.0', '1.2.0'].map((version) => [
              `rust/${version}`,
              {
                inputHash: '0'.repeat(64),
                outputHash: '0'.repeat(64),
                sdk: { name: 'lamp', version },
                toolchain: 'rustc 1.88.0',
                date: '2026-02-03',
                result: 'passed',
                tests: 1,
              },
            ]),
          ),
        ),
      }),
      findings: [
        {
          file: DATA,
          line: 3,
          message:
            'snapshot is of `lamp 1.2.0`, and 1 program of the listings was verified with `1.1.0`: expected one release on all pages; verify the programs with it, or take the snapshot of the other',
        },
      ],
    },
    {
      name: 'the data name a page that does not exist',
      files: { [DATA]: LAMP },
      findings: [
        {
          file: DATA,
          line: 1,
          message:
            'snapshot is for `tutorials/lamp-tutorial/README.md`, which is no page of the site: expected the path of one, relative to the source folder; correct it',
        },
      ],
    },
  ],
});

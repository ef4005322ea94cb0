import { lampLedger, lampProgram } from '../shared/listing-examples.js';
import { code, fileStart } from '../shared/wording.js';
import { siteRule } from '../types.js';

const MANIFEST = 'listings/rust/lamp/listing.yml';

export const listingManifest = siteRule({
  id: 'listing-manifest',
  theme: 'listings',
  severity: 'error',
  preset: 'tutorial',
  fixable: false,
  summary: 'Every package of listings says in listing.yml what is run, and the ledger can be read.',
  documentation: `
A package is a folder \`<listings>/<language>/<name>/\` with a \`listing.yml\` or with its language's own manifest
(\`Cargo.toml\`). \`listing.yml\` has a \`summary\` in one sentence and \`runs\`: each with a \`name\`, a bash \`command\` on one
line (its current folder is that of the language), and, when they differ from the defaults, \`exit\` (0), \`stderr\`
(false), \`normalise\` (names of normalisers) and \`seconds\` (60). The rule reports what of it cannot be read or is not known,
an output that belongs to no run, a package that is missing from \`Cargo.lock\`, a file that leads out of the repository, and a
ledger that cannot be read or that speaks of packages which no longer exist.

\`corpus verify\` runs what the manifest says. A misspelt key would leave out a run, and the page would show an output
that nobody compares any more.

Correct the file at the place that is named. The ledger is written by \`corpus verify\` alone: restore it from version
control when it is damaged.
`,
  *check({ site }) {
    const { packages, ledger, ledgerPath, ledgerProblem } = site.listings;
    for (const { manifest } of packages.values()) {
      for (const { message, range } of manifest.problems) yield { file: manifest.path, range, message };
    }
    if (ledgerProblem !== null) {
      yield {
        file: ledgerPath,
        range: fileStart,
        message: `${ledgerProblem}; restore the file, or delete it and run \`corpus verify --all\``,
      };
    }
    for (const name of ledger.keys()) {
      if (packages.has(name)) continue;
      yield {
        file: ledgerPath,
        range: fileStart,
        message: `the ledger speaks of ${code(name)}, which does not exist; run \`corpus verify\`, which drops the entry`,
      };
    }
  },
  examples: [
    { name: 'a package with a manifest', files: lampProgram('A lamp.'), findings: [] },
    {
      name: 'settings that are unknown, missing or of the wrong kind',
      files: lampProgram('A lamp.', {
        [MANIFEST]:
          'sumary: A lamp.\nruns:\n  - name: toggle\n    comand: cargo run\n  - name: Off\n    command: cargo run\n    exit: none\n    normalise: [duration]\n',
      }),
      findings: [
        { file: MANIFEST, line: 1, message: '`summary` is missing; expected text' },
        { file: MANIFEST, line: 1, message: 'there is no setting `sumary`. Did you mean `summary`?' },
        { file: MANIFEST, line: 3, message: '`runs[0].command` is missing; expected text' },
        { file: MANIFEST, line: 4, message: 'there is no setting `runs[0].comand`. Did you mean `command`?' },
        {
          file: MANIFEST,
          line: 5,
          message: '`runs[1].name`: write lower-case letters, digits and single hyphens',
        },
        { file: MANIFEST, line: 7, message: '`runs[1].exit` must be a number' },
        {
          file: MANIFEST,
          line: 8,
          message:
            '`runs[1].normalise[0]` is `duration`; expected one of `durations`, `ports`, `process-ids`, `uuids`, `paths`, `cargo-noise`. Did you mean `durations`?',
        },
      ],
    },
    {
      name: 'YAML that cannot be read',
      files: lampProgram('A lamp.', { [MANIFEST]: 'summary: "A lamp\n' }),
      findings: [{ file: MANIFEST, line: 2, message: 'the YAML cannot be read: Missing closing "quote' }],
    },
    {
      name: 'two runs of one name, and an output without run',
      files: lampProgram('A lamp.', {
        [MANIFEST]:
          'summary: A lamp.\nruns:\n  - name: toggle\n    command: cargo run\n  - name: toggle\n    command: cargo test\n',
      }),
      findings: [
        {
          file: MANIFEST,
          line: 5,
          message: 'two runs are named `toggle`; give each its own name, which is that of its output file',
        },
      ],
    },
    {
      name: 'an output that belongs to no run',
      files: lampProgram('A lamp.', { [MANIFEST]: 'summary: A lamp.\n' }),
      findings: [
        {
          file: MANIFEST,
          line: 1,
          message: '`output/toggle.txt` belongs to no run; delete it or add a run `toggle`',
        },
      ],
    },
    {
      name: 'a package without listing.yml that the lock file does not know',
      files: lampProgram('A lamp.', {
        [MANIFEST]: undefined,
        'listings/rust/lamp/output/toggle.txt': undefined,
        'listings/rust/Cargo.lock': 'version = 4\n',
      }),
      findings: [
        {
          file: 'listings/rust/lamp/Cargo.toml',
          line: 1,
          message: '`Cargo.lock` has no package `lamp`; run `cargo update --workspace`',
        },
        {
          file: 'listings/rust/lamp/Cargo.toml',
          line: 1,
          message:
            'the package has no `listing.yml`; add one that says what it shows (`summary`) and what is captured (`runs`)',
        },
      ],
    },
    {
      name: 'a ledger that is damaged',
      files: lampProgram('A lamp.', {
        'listings/ledger.json': lampLedger().replace('"version": 1', '"version": 7'),
      }),
      findings: [
        {
          file: 'listings/ledger.json',
          line: 1,
          message:
            'the ledger has another form at `version`: Invalid input: expected 1; restore the file, or delete it and run `corpus verify --all`',
        },
      ],
    },
    {
      name: 'the ledger speaks of a package that was removed',
      files: lampProgram('A lamp.', {
        'listings/ledger.json': lampLedger().replace('rust/lamp', 'rust/torch'),
      }),
      findings: [
        {
          file: 'listings/ledger.json',
          line: 1,
          message:
            'the ledger speaks of `rust/torch`, which does not exist; run `corpus verify`, which drops the entry',
        },
      ],
    },
  ],
});

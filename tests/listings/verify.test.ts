import { spawnSync } from 'node:child_process';
import { cp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { coverageProblem } from '../../scripts/listings/coverage.js';
import { loadListings } from '../../scripts/listings/load.js';
import { rustToolchain } from '../../scripts/listings/toolchains/rust.js';
import type { Toolchain } from '../../scripts/listings/toolchains/types.js';
import { verify, type VerifyOptions, type VerifyReport } from '../../scripts/listings/verify.js';
import { writeCorpus } from '../support/corpus.js';

/** Bash as a language: quick, and on every machine that runs these tests. */
const shell: Toolchain = {
  language: 'shell',
  versionCommand: ['bash', '-c', 'echo tool 1.2'],
  requires: [],
  versionOf: (output) => output,
  steps: (name) => [
    { name: 'build', command: ['bash', '-n', `${name}/main.sh`] },
    { name: 'test', command: ['bash', `${name}/test.sh`] },
  ],
  countTests: (output) => Number(/(\d+) tests/.exec(output)?.[1] ?? 0),
};

const LAMP: Record<string, string> = {
  'listings/shell/lamp/listing.yml':
    'summary: A lamp.\nruns:\n  - name: on\n    command: bash lamp/main.sh on\n  - name: broken\n    command: bash lamp/main.sh\n    exit: 4\n    stderr: true\n    normalise: [durations]\n',
  'listings/shell/lamp/main.sh':
    '[ "$1" = on ] || { echo "say on, after 3ms" >&2; exit 4; }\necho light\necho hidden >&2\n',
  'listings/shell/lamp/test.sh': 'echo "2 tests"\n',
};
const LEDGER = 'listings/ledger.json';
const OUTPUT = 'listings/shell/lamp/output/on.txt';

async function run(
  root: string,
  options: Partial<VerifyOptions> = {},
): Promise<VerifyReport & { said: string }> {
  const said: string[] = [];
  const report = await verify({
    root,
    toolchains: new Map([['shell', shell]]),
    today: '2026-01-31',
    say: (line) => said.push(line),
    ...options,
  });
  return { ...report, said: said.join('\n') };
}

const read = (root: string, file: string): Promise<string> => readFile(path.join(root, file), 'utf8');
const write = (root: string, file: string, text: string): Promise<void> =>
  writeFile(path.join(root, file), text);

async function verifiedLamp(): Promise<string> {
  const root = await writeCorpus(LAMP);
  expect((await run(root, { update: true })).packages).toMatchObject([{ result: 'passed' }]);
  return root;
}

describe('verify', () => {
  it('captures runs with their command, normalised, and records them', async () => {
    const root = await verifiedLamp();
    expect(await read(root, OUTPUT)).toBe('$ bash lamp/main.sh on\nlight\n');
    expect(await read(root, 'listings/shell/lamp/output/broken.txt')).toBe(
      '$ bash lamp/main.sh\nsay on, after <duration>\n',
    );
    const ledger = JSON.parse(await read(root, LEDGER)) as unknown;
    expect(ledger).toMatchObject({
      version: 1,
      packages: {
        'shell/lamp': { sdk: null, toolchain: 'tool 1.2', date: '2026-01-31', result: 'passed', tests: 2 },
      },
    });
    const catalog = await loadListings(root, 'listings', []);
    expect(coverageProblem(catalog, catalog.packages.get('shell/lamp')!)).toBeNull();
  });

  it('says what it runs', async () => {
    const { said } = await run(await verifiedLamp(), { all: true });
    expect(said).toBe(
      [
        'shell/lamp (tool 1.2)',
        '  build: bash -n lamp/main.sh',
        '  test: bash lamp/test.sh',
        '  run on: bash lamp/main.sh on',
        '  run broken: bash lamp/main.sh',
        '  passed: 2 tests, 2 runs',
      ].join('\n'),
    );
  });

  it('leaves alone what the ledger covers, and keeps its date when it is asked to verify it again', async () => {
    const root = await verifiedLamp();
    const before = await read(root, LEDGER);
    const modified = (await stat(path.join(root, LEDGER))).mtimeMs;
    const later = { today: '2026-02-28' };
    expect(await run(root, later)).toMatchObject({ packages: [], unchanged: ['shell/lamp'] });
    expect((await run(root, { ...later, all: true })).packages).toHaveLength(1);
    expect(await read(root, LEDGER)).toBe(before);
    expect((await stat(path.join(root, LEDGER))).mtimeMs).toBe(modified);
    await run(root, { ...later, packages: ['lamp'], refreshDate: true });
    expect(await read(root, LEDGER)).toBe(before.replace('2026-01-31', '2026-02-28'));
  });

  it('verifies a package again after its files, its runs or its captured output changed', async () => {
    for (const [file, text] of [
      ['listings/shell/lamp/test.sh', 'echo "3 tests"\n'],
      ['listings/shell/lamp/listing.yml', `${LAMP['listings/shell/lamp/listing.yml']!}# more\n`],
    ] as const) {
      const root = await verifiedLamp();
      await write(root, file, text);
      expect((await run(root)).packages).toMatchObject([{ name: 'shell/lamp', result: 'passed' }]);
    }
    const root = await verifiedLamp();
    await write(root, OUTPUT, 'by hand\n');
    expect((await run(root)).packages).toMatchObject([{ name: 'shell/lamp', result: 'failed' }]);
  });

  it('fails with the difference when a run prints something else, and captures it with update', async () => {
    const root = await verifiedLamp();
    const program = LAMP['listings/shell/lamp/main.sh']!.replace('light', 'dark');
    await write(root, 'listings/shell/lamp/main.sh', program);
    const { packages } = await run(root);
    expect(packages).toEqual([
      {
        name: 'shell/lamp',
        result: 'failed',
        tests: 2,
        failures: [
          `run \`on\` prints something other than ${OUTPUT} (-); capture it anew with --update if that is right:\n  $ bash lamp/main.sh on\n- light\n+ dark`,
        ],
        updated: [],
      },
    ]);
    expect(await read(root, OUTPUT)).toContain('light');
    const catalog = await loadListings(root, 'listings', []);
    expect(coverageProblem(catalog, catalog.packages.get('shell/lamp')!)).toBe(
      'failed its verification on 2026-01-31',
    );
    expect((await run(root, { update: true })).packages).toMatchObject([
      { result: 'passed', updated: ['on'] },
    ]);
    expect(await read(root, OUTPUT)).toBe('$ bash lamp/main.sh on\ndark\n');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'does not build',
      { 'listings/shell/lamp/main.sh': 'if\n' },
      /^`bash -n lamp\/main\.sh` failed: exit code 2; /,
    ],
    [
      'fails its tests',
      { 'listings/shell/lamp/test.sh': 'echo no; exit 1\n' },
      /^`bash lamp\/test\.sh` failed: .*\nno$/,
    ],
    [
      'ends with another exit code',
      { 'listings/shell/lamp/main.sh': 'exit 4\n' },
      /^run `on`: it ended with exit code 4, expected 0; /,
    ],
    [
      'runs for too long',
      {
        'listings/shell/lamp/listing.yml':
          'summary: A.\nruns:\n  - {name: on, command: sleep 60, seconds: 1}\n',
      },
      /^run `on`: it was still running after 1 s; it printed nothing$/,
    ],
    [
      'changes its own files',
      { 'listings/shell/lamp/main.sh': 'echo >> lamp/log; exit $((${#1} > 0 ? 0 : 4))\n' },
      /^files of the package changed while it was verified; /,
    ],
    [
      'has a manifest that is wrong',
      { 'listings/shell/lamp/listing.yml': 'sumary: A.\n' },
      /listing\.yml:1: /,
    ],
  ])('fails a package that %s', async (_name, changes, failure) => {
    const root = await writeCorpus({ ...LAMP, ...changes });
    const { packages } = await run(root, { update: true });
    expect(packages).toMatchObject([{ result: 'failed' }]);
    expect(
      packages[0]?.failures.some((text) => failure.test(text)),
      packages[0]?.failures.join('\n'),
    ).toBe(true);
  });

  it('names what was not verified without a toolchain, and leaves its ledger entry as it was', async () => {
    const root = await verifiedLamp();
    const before = await read(root, LEDGER);
    await write(root, 'listings/shell/lamp/test.sh', 'exit 1\n');
    const absent: Toolchain = { ...shell, requires: [['no-such-program-here', '--version']] };
    expect(await run(root, { all: true, toolchains: new Map([['shell', absent]]) })).toMatchObject({
      packages: [],
      notVerified: [{ name: 'shell/lamp', reason: '`no-such-program-here` is not installed' }],
    });
    expect(await run(root, { all: true, toolchains: new Map() })).toMatchObject({
      notVerified: [{ reason: 'programs in `shell` cannot be verified: there is no adapter for them' }],
    });
    expect(await read(root, LEDGER)).toBe(before);
  });

  it('drops entries of packages that no longer exist', async () => {
    const root = await verifiedLamp();
    await rm(path.join(root, 'listings/shell/lamp'), { recursive: true });
    await run(root);
    expect(JSON.parse(await read(root, LEDGER))).toEqual({ version: 1, packages: {} });
  });

  it('refuses names that it does not know and a ledger that it would destroy', async () => {
    const root = await verifiedLamp();
    await expect(run(root, { packages: ['lmap'] })).rejects.toThrow(
      'there is no package `lmap` below `listings`. Did you mean `lamp`?',
    );
    await write(root, LEDGER, '<<<<<<< ours\n');
    await expect(run(root)).rejects.toThrow(
      /^`listings\/ledger\.json`: the ledger is not JSON: .*; restore it/,
    );
    expect(await read(root, LEDGER)).toBe('<<<<<<< ours\n');
  });
});

describe('the Rust toolchain', () => {
  it('counts the tests that cargo reports as passed', () => {
    const output =
      'test result: ok. 3 passed; 0 failed; 0 ignored\n\ntest result: ok. 12 passed; 0 failed\n   Doc-tests x\ntest result: ok. 0 passed; 0 failed\n';
    expect(rustToolchain.countTests(output)).toBe(15);
  });

  const cargo = spawnSync('cargo', ['--version']).status === 0;
  it.skipIf(!cargo)(
    'builds, tests and runs a cargo package (skipped where cargo is missing)',
    async () => {
      const root = await writeCorpus({});
      await cp(new URL('../fixtures/listings', import.meta.url), path.join(root, 'listings'), {
        recursive: true,
      });
      const env = { ...process.env, CARGO_TARGET_DIR: path.join(root, 'target') };
      const report = await verify({ root, env, update: true });
      expect(report.packages).toEqual([
        { name: 'rust/greet', result: 'passed', tests: 1, failures: [], updated: ['ada', 'nobody'] },
      ]);
      expect(await read(root, 'listings/rust/greet/output/ada.txt')).toBe(
        '$ cargo run --quiet -p greet -- Ada\nHello, Ada.\n',
      );
      expect(await read(root, 'listings/rust/greet/output/nobody.txt')).toBe(
        '$ cargo run --quiet -p greet\nsay whom to greet\n',
      );
      const version = spawnSync('rustc', ['--version'], { encoding: 'utf8' }).stdout.split(' ')[1] ?? '';
      expect(JSON.parse(await read(root, LEDGER))).toMatchObject({
        packages: { 'rust/greet': { toolchain: `rustc ${version}`, result: 'passed', tests: 1 } },
      });
    },
    300_000,
  );
});

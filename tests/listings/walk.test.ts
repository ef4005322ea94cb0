import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../scripts/corpus/extract.js';
import { loadListings } from '../../scripts/listings/load.js';
import { walkSteps } from '../../scripts/listings/walk-steps.js';
import { walk, type WalkPage, type WalkReport } from '../../scripts/listings/walk.js';
import { readCorpus, writeCorpus } from '../support/corpus.js';

const FILES = {
  'listings/shell/lamp/listing.yml':
    'summary: A lamp.\nruns:\n  - name: on\n    command: bash lamp/main.sh on\n    normalise: [durations]\n  - name: off\n    command: bash lamp/main.sh\n    exit: 4\n    stderr: true\n',
};

const PROGRAM =
  '<!-- listing: shell/lamp/main.sh -->\n```bash\n[ "$1" = on ] || { echo no >&2; exit 4; }\necho light in 3ms\necho on\n```\n';
const STEP = '```sh\nbash lamp/main.sh on\n```\n';
const OUTPUT =
  '<!-- output: shell/lamp/on -->\n```text\n$ bash lamp/main.sh on\nlight in <duration>\non\n```\n';
const BEGIN = '```sh\nmkdir desk && cd desk\n```\n';

async function page(body: string, name = 'a.md'): Promise<WalkPage> {
  const source = `# Page\n\n${body}`;
  return { facts: await extractFacts(name, source, { engine: 'pages', markdown: true }), source };
}

async function follow(...pages: WalkPage[]): Promise<WalkReport[]> {
  const catalog = await loadListings(await writeCorpus(FILES), 'listings', []);
  return walk({ pages, catalog });
}

describe('walkSteps', () => {
  it('reads files, commands and their outputs in the order of the page', async () => {
    const { facts, source } = await page(
      [
        '<!-- output: shell/lamp/on#L2 -->\n```text\nfirst\n```\n',
        PROGRAM,
        '<!-- listing: shell/lamp/main.sh#part -->\n```bash\nx\n```\n',
        STEP,
        OUTPUT,
        '<!-- output: shell/lamp/on#L3 -->\n```text\non\n```\n',
        '<!-- output: shell/lamp/off -->\n```text\nno\n```\n',
        '<!-- not-walked: needs a container engine -->\n```sh\npodman build .\n```\n',
      ].join('\n'),
    );
    const result = walkSteps(facts, source);
    expect(result.steps).toMatchObject([
      { kind: 'file', path: 'lamp/main.sh' },
      {
        kind: 'command',
        script: 'bash lamp/main.sh on',
        outputs: [{ region: null }, { region: 'L3', text: 'on' }],
      },
    ]);
    expect(result.unattached.map((output) => output.target)).toEqual(['shell/lamp/on', 'shell/lamp/off']);
    expect(result.skipped).toMatchObject([{ reason: 'needs a container engine' }]);
    expect(result.problems).toEqual([]);
  });

  it('does not take the output after another fence for that of a command', async () => {
    const { facts, source } = await page(`${STEP}\n\`\`\`json\n{}\n\`\`\`\n\n${OUTPUT}`);
    expect(walkSteps(facts, source)).toMatchObject({ steps: [{ outputs: [] }], unattached: [{}] });
  });

  it('reports a marker without reason and a file that leaves the folder', async () => {
    const { facts, source } = await page(
      `<!-- not-walked -->\n${STEP}\n${PROGRAM.replace('shell/lamp', 'shell/../lamp')}`,
    );
    expect(walkSteps(facts, source)).toMatchObject({
      steps: [],
      problems: [
        { line: 4, message: 'the `not-walked` marker gives no reason; write `<!-- not-walked: reason -->`' },
        { message: "`shell/../lamp/main.sh` names no file below a language's folder" },
      ],
    });
  });
});

describe('walk', () => {
  it('creates the files, runs the commands in one folder and compares what they print', async () => {
    const off = '```sh\nbash lamp/main.sh\n```\n\n<!-- output: shell/lamp/off#L2- -->\n```text\nno\n```\n';
    const pages = [
      await page([BEGIN, PROGRAM, STEP, OUTPUT].join('\n')),
      await page([STEP, OUTPUT, off].join('\n'), 'b.md'),
    ];
    expect(await follow(...pages)).toEqual([
      { path: 'a.md', files: 1, commands: 2, outputs: 1, unattached: 0, skipped: 0, failures: [] },
      { path: 'b.md', files: 0, commands: 2, outputs: 2, unattached: 0, skipped: 0, failures: [] },
    ]);
  });

  it.each<[string, string[], RegExp]>([
    [
      'output that is not what the command prints',
      [PROGRAM, STEP, OUTPUT.replace('\non\n', '\noff\n')],
      /^line 10: the command prints something other than what line 15 shows \(-\):\n {2}light in <duration>\n- off\n\+ on$/,
    ],
    [
      'a file that comes too late',
      [STEP, PROGRAM],
      /^line 3: the command failed: it ended with exit code 127, expected 0; .*main\.sh/s,
    ],
    [
      'a command that fails in the middle',
      ['```sh\nfalse\ntrue\n```\n'],
      /^line 3: the command failed: it ended with exit code 1/,
    ],
    [
      'an output of no known run',
      [STEP, OUTPUT.replace('/on', '/of')],
      /^line 3: `shell\/lamp\/of` is no run of a package/,
    ],
    [
      'a command that leaves the folder',
      ['```sh\ncd /\n```\n'],
      /^line 3: the command leaves the reader's folder for `\/`/,
    ],
    [
      'a step after which nobody knows where the reader is',
      ['```sh\ntrue\n```\n\n```sh\nexec true\n```\n'],
      /^line 7: the step replaces its shell/,
    ],
    [
      'a file where a folder stands',
      ['```sh\nmkdir -p lamp/main.sh\n```\n', PROGRAM],
      /^line \d+: `lamp\/main\.sh` cannot be written \(EISDIR\); see what an earlier step left there$/,
    ],
  ])('fails for %s', async (_name, parts, failure) => {
    const [report, ...rest] = await follow(await page(parts.join('\n')), await page(BEGIN, 'b.md'));
    expect(report?.failures).toHaveLength(1);
    expect(report?.failures[0]).toMatch(failure);
    expect(rest).toEqual([]);
  });

  it('leaves no folder behind when it is interrupted', async () => {
    const temporary = await writeCorpus({});
    const { facts, source } = await page('```sh\necho begun > begun; sleep 60\n```\n');
    const program = `
      import { walk } from ${JSON.stringify(new URL('../../scripts/listings/walk.ts', import.meta.url).href)};
      import { emptyCatalog } from ${JSON.stringify(new URL('../../scripts/listings/types.ts', import.meta.url).href)};
      await walk({ pages: [${JSON.stringify({ facts, source })}], catalog: emptyCatalog() });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: 'inherit',
    });
    const begun = async (): Promise<string[]> => Object.keys(await readCorpus(temporary));
    await expect
      .poll(begun, { timeout: 20_000 })
      .toContainEqual(expect.stringMatching(/^corpus-walk-.*begun$/));
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([null, 'SIGINT']);
    expect((await readdir(temporary)).filter((name) => name.startsWith('corpus-walk-'))).toEqual([]);
  }, 40_000);
});

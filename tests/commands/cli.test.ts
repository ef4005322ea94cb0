/** The command line as a user runs it: the compiled program, exit codes, both output streams. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readCorpus, writeCorpus } from '../support/corpus.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

interface Outcome {
  exit: number;
  stdout: string;
  stderr: string;
}

async function corpus(args: string[], cwd: string, env: Record<string, string> = {}): Promise<Outcome> {
  return await new Promise((resolve) => {
    const clean = { ...process.env, GITHUB_ACTIONS: '', FORCE_COLOR: '', ...env };
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd, env: clean, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        resolve({ exit: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}

const page = (title: string, body: string): string => `---\ntitle: ${title}\n---\n\n# ${title}\n\n${body}\n`;
const clean = {
  '_config.yml': 'title: Site\n',
  'index.md': page('Home', '[A](a.md)'),
  'a.md': page('A', '[Home](index.md)'),
};
const broken = { ...clean, 'a.md': page('A', '[Gone](gone.md)') };

async function schema(name: string): Promise<(value: unknown) => boolean> {
  const text = await readFile(new URL(`../../schemas/${name}`, import.meta.url), 'utf8');
  return new Ajv2020({ strict: false }).compile(JSON.parse(text) as object);
}

describe('exit codes', () => {
  it('is 0 for a clean corpus', async () => {
    const { exit, stdout } = await corpus(['check'], await writeCorpus(clean));
    expect(stdout).toMatch(/^0 errors, 0 warnings in 2 files\nchecked for .*\n$/);
    expect(exit).toBe(0);
  });
  it('is 1 for findings, whatever the format', async () => {
    const root = await writeCorpus(broken);
    for (const format of ['pretty', 'compact', 'json', 'github'])
      expect((await corpus(['check', '--format', format], root)).exit).toBe(1);
  });
  it.each([
    [['check', '--root', 'nowhere'], 'nowhere'],
    [['check', '--format', 'xml'], 'xml'],
    [['check', '--rule', 'link-target=loud'], '`--rule link-target=off`'],
    [['check', '--rule', 'nope=off'], 'unknown rule `nope`'],
    [['check', '--max-warnings', 'x'], 'whole number'],
    [['check', 'missing.md'], 'no file of the corpus matches `missing.md`'],
    [['fix', 'missing.md'], 'no file of the corpus matches `missing.md`'],
    [['check', '../elsewhere.md'], 'outside the root'],
    [['explain', 'link-targt'], 'Did you mean `link-target`?'],
    [['check', '--only', 'link-targt'], 'Did you mean `link-target`?'],
    [['check', '--root', 'a.md'], '`a.md` is no folder'],
    [['check', '--config', 'other.yml'], 'the configuration `other.yml` is no file below the root'],
    [['model', '--config', '../corpus.yml'], 'the configuration `../corpus.yml` is no file below the root'],
    [['chek'], 'chek'],
    [['site', 'build', '--destination', '.'], 'would overwrite the source'],
    [['site', 'build', '--nope'], '(corpus site build --help lists the options)'],
    [['check', '--nope'], '(corpus check --help lists the options)'],
    [['verify', '--walk', '--update'], '--update means nothing with --walk'],
    [['verify', '--walk', '--strict'], '--strict means nothing with --walk'],
    [['verify', '--keep'], '--keep means nothing without --walk'],
  ])('is 2 for %j, with a message', async (args, message) => {
    const { exit, stderr } = await corpus(args, await writeCorpus(clean));
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(exit).toBe(2);
  });
  it.each(['check', 'fix', 'model', 'site build', 'verify --walk'])(
    'is 2 for `%s` where `source` is no folder, because nothing was looked at',
    async (command) => {
      const site = { 'docs/_config.yml': '', 'docs/index.md': page('Home', '[Gone](gone.md)') };
      for (const [source, message] of [
        ['nowhere', '`source: nowhere` is no folder below the root; name one, relative to the root'],
        ['docs/index.md', '`source: docs/index.md` is no folder below the root; name one'],
        ['../docs', '`source: ../docs` is no folder below the root; name one'],
      ] as const) {
        const root = await writeCorpus({ ...site, 'corpus.yml': `source: ${source}\n` });
        const { exit, stderr } = await corpus(command.split(' '), root);
        expect(stderr).toContain(message);
        expect(exit).toBe(2);
      }
    },
  );
  it('is 0 for warnings up to --max-warnings', async () => {
    const root = await writeCorpus(broken);
    const warn = ['check', '--rule', 'link-target=warning'];
    expect((await corpus(warn, root)).exit).toBe(1);
    expect((await corpus([...warn, '--max-warnings', '1'], root)).exit).toBe(0);
    expect((await corpus(['check', '--rule', 'link-target=off'], root)).exit).toBe(0);
  });
});

describe('formats', () => {
  it('prints compact lines that editors parse', async () => {
    const { stdout } = await corpus(['check', '--format', 'compact'], await writeCorpus(broken));
    expect(stdout).toMatch(/^a\.md:7:\d+: error link-target: .+\n$/);
  });
  it('prints JSON that its schema accepts, with paths relative to the root', async () => {
    const root = await writeCorpus(broken);
    const { stdout } = await corpus(['check', '--format', 'json', '--root', root], path.dirname(root));
    const report = JSON.parse(stdout) as { findings: { file: string; line: number }[]; summary: object };
    const valid = await schema('findings.schema.json');
    expect(valid(report)).toBe(true);
    expect(valid({ ...report, findings: [{}] })).toBe(false);
    expect(report.findings).toMatchObject([
      { file: 'a.md', line: 7, rule: 'link-target', severity: 'error' },
    ]);
    expect(report.summary).toMatchObject({ files: 2, errors: 1, warnings: 0 });
  });
  it('prints workflow commands in GitHub Actions without being asked', async () => {
    const { stdout } = await corpus(['check'], await writeCorpus(broken), { GITHUB_ACTIONS: 'true' });
    expect(stdout).toMatch(/^::error file=a\.md,line=7,col=\d+,endLine=7,endColumn=\d+,title=link-target::/);
  });
  it('says in GitHub Actions too which build was assumed', async () => {
    const root = await writeCorpus(clean);
    const { stdout } = await corpus(['check'], root, { GITHUB_ACTIONS: 'true' });
    expect(stdout).toMatch(/^0 errors, 0 warnings in 2 files\nchecked for .*`engine: pages`.*\n$/);
    const said = await corpus(['check', '--engine', 'pages'], root, { GITHUB_ACTIONS: 'true' });
    expect(said.stdout).toBe('0 errors, 0 warnings in 2 files\n');
  });
  it('never sends control characters of a page to the terminal', async () => {
    const root = await writeCorpus({ ...clean, 'a.md': page('A', '[x\u001B[31m](gone.md)') });
    const { stdout } = await corpus(['check'], root);
    expect(stdout).not.toContain('\u001B[31m](');
  });
  it('leaves what a program reads without colours, unless FORCE_COLOR is set', async () => {
    const root = await writeCorpus({ ...clean, 'a.md': page('A', '[x](gone.md)') });
    const colors = async (env: Record<string, string>): Promise<boolean> =>
      (await corpus(['check'], root, { NO_COLOR: '', ...env })).stdout.includes('\u001B[');
    expect(await colors({ CI: 'true' })).toBe(false);
    expect(await colors({ FORCE_COLOR: '1' })).toBe(true);
    expect(await colors({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
    expect(await colors({ FORCE_COLOR: '0' })).toBe(false);
  });
  it.skipIf(process.platform !== 'linux')(
    'colours what a terminal shows, unless NO_COLOR is set',
    async () => {
      const root = await writeCorpus({ ...clean, 'a.md': page('A', '[x](gone.md)') });
      const shell = ['-qec', `${process.execPath} ${cli} check`, '/dev/null'];
      const onTerminal = (env: Record<string, string>): string =>
        spawnSync('script', shell, {
          cwd: root,
          env: { ...process.env, GITHUB_ACTIONS: '', FORCE_COLOR: '', ...env },
          encoding: 'utf8',
        }).stdout;
      expect(onTerminal({ NO_COLOR: '' })).toContain('\u001B[4ma.md');
      expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001B[4m');
    },
  );
  it('keeps control characters out of messages and paths too', async () => {
    const name = 'b\u001B[31mc.md';
    const root = await writeCorpus({ ...clean, [name]: page('B', '[x](go\u0007ne.md)') });
    for (const format of ['pretty', 'compact']) {
      const { stdout } = await corpus(['check', '--format', format], root);
      expect(stdout).toContain('bc.md');
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
    }
  });
});

describe('selection', () => {
  it('reports only on the named files, and still knows the others', async () => {
    const root = await writeCorpus({ ...broken, 'b/c.md': page('C', '[A](../a.md) [No](no.md)') });
    const { stdout } = await corpus(['check', 'b', '--format', 'compact', '--only', 'link-target'], root);
    expect(stdout).toMatch(/^b\/c\.md:7:\d+: error link-target: .+\n$/);
  });
});

describe('where it is run', () => {
  const repository = { 'corpus.yml': '', 'b/c.md': page('C', '[A](../a.md)'), ...clean };
  it('says on standard error that a part of a repository was taken for the whole', async () => {
    const part = path.join(await writeCorpus(repository), 'b');
    for (const command of ['check', 'fix'])
      expect((await corpus([command, '--format', 'json'], part)).stderr).toBe(
        'corpus: this folder was taken for the whole repository, which begins at `..`; for all of it use `--root ..`\n',
      );
    expect((await corpus(['check', '--root', '..'], part)).stderr).toBe('');
    expect((await corpus(['check', '--root', 'b'], path.dirname(part))).stderr).toBe('');
    expect((await corpus(['check'], path.dirname(part))).stderr).toBe('');
    expect((await corpus(['check'], await writeCorpus(clean))).stderr).toBe('');
  });
  it('says on standard error that the only rule is off', async () => {
    const root = await writeCorpus({
      ...broken,
      'corpus.yml': 'rules: {link-target: off, image-alt: {severity: off}}\n',
    });
    const only = ['check', '--only', 'link-target', '--only', 'image-alt', '--only', 'link-anchor'];
    expect((await corpus(only, root)).stderr).toBe(
      'corpus: `link-target` is off in corpus.yml; `--rule link-target=error` switches it on\ncorpus: `image-alt` is off in corpus.yml; `--rule image-alt=error` switches it on\n',
    );
    const on = [...only, '--rule', 'link-target=error', '--rule', 'image-alt=error'];
    expect(await corpus(on, root)).toMatchObject({ exit: 1, stderr: '' });
  });
  it('says on standard error that there is no page at all', async () => {
    const { stderr, exit } = await corpus(['check'], await writeCorpus({ 'notes.txt': '' }));
    expect(stderr).toBe(
      'corpus: no page lies below `.`; name the folder of the site with --root, or `source` in corpus.yml\n',
    );
    expect(exit).toBe(0);
  });
});

describe('model', () => {
  it('prints JSON that its schema accepts, for both engines', async () => {
    const root = await writeCorpus(broken);
    const valid = await schema('model.schema.json');
    for (const engine of ['pages', 'actions']) {
      const { stdout, exit } = await corpus(['model', '--engine', engine], root);
      expect(exit).toBe(0);
      const model = JSON.parse(stdout) as { engine: string; pages: { source: string; url: string }[] };
      expect(valid(model)).toBe(true);
      expect(model.engine).toBe(engine);
      expect(model.pages.map(({ source, url }) => [source, url])).toEqual([
        ['a.md', '/a.html'],
        ['index.md', '/'],
      ]);
    }
  });
});

describe('fix', () => {
  it('writes nothing with --dry-run, and nothing when there is nothing to fix', async () => {
    const root = await writeCorpus(broken);
    const before = await readCorpus(root);
    await corpus(['fix', '--dry-run'], root);
    await corpus(['fix'], root);
    expect(await readCorpus(root)).toEqual(before);
  });
});

describe('fix --dry-run', () => {
  const files = { ...clean, 'a.md': page('A', 'One -- two.\n\n```\n{{ x }}\n```\n\nNo newline at the end') };

  it('shows a patch that changes what fix changes', async () => {
    const root = await writeCorpus({ 'docs/_config.yml': '', 'docs/a.md': files['a.md'].trimEnd() });
    const { stdout } = await corpus(['fix', '--dry-run', '--root', 'docs'], root);
    expect(stdout).toContain('would fix: docs/a.md\n--- a/docs/a.md\n+++ b/docs/a.md\n');
    const patched = await writeCorpus({ 'docs/_config.yml': '', 'docs/a.md': files['a.md'].trimEnd() });
    const text = stdout.slice(stdout.indexOf('--- a/'), stdout.indexOf('\ndocs/a.md\n') + 1);
    const applied = spawnSync('git', ['apply', '-'], { cwd: patched, input: text, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    await corpus(['fix', '--root', 'docs'], root);
    expect(await readCorpus(patched)).toEqual(await readCorpus(root));
  });

  it('is relative to the root, and says so, where the way there leads up', async () => {
    const root = await writeCorpus({ '_config.yml': '', 'docs/a.md': files['a.md'] });
    const { stdout } = await corpus(['fix', '--dry-run', '--root', '..'], path.join(root, 'docs'));
    expect(stdout).toContain(
      'the patch is relative to the root: `git -C .. apply`\nwould fix: ../docs/a.md\n--- a/docs/a.md\n',
    );
    const applied = spawnSync('git', ['-C', '..', 'apply', '-'], {
      cwd: path.join(root, 'docs'),
      input: stdout,
      encoding: 'utf8',
    });
    expect(applied.stderr).toBe('');
    expect(await readFile(path.join(root, 'docs/a.md'), 'utf8')).toContain('{% raw %}');
  });

  it('is on standard output in GitHub Actions too, unless a format for machines is asked for', async () => {
    const root = await writeCorpus({ '_config.yml': '', 'a.md': files['a.md'] });
    const actions = { GITHUB_ACTIONS: 'true' };
    expect((await corpus(['fix', '--dry-run'], root, actions)).stdout).toContain('\n+++ b/a.md\n');
    const { stdout, stderr } = await corpus(['fix', '--dry-run', '--format', 'github'], root, actions);
    expect(stdout).not.toContain('+++');
    expect(stderr).toContain('\n+++ b/a.md\n');
  });

  it('shows a patch of very many changes without comparing them line by line', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `Line ${index} -- end.`).join('\n\n');
    for (const text of [page('A', lines), page('A', lines).trimEnd()]) {
      const root = await writeCorpus({ '_config.yml': '', 'a.md': text });
      const words = ['fix', '--only', 'kramdown-typography', '--format', 'compact'];
      const { stderr } = await corpus([...words, '--dry-run'], root);
      expect(stderr.match(/^@@/gm)).toHaveLength(1);
      const patched = await writeCorpus({ '_config.yml': '', 'a.md': text });
      const input = stderr.slice(stderr.indexOf('--- a/'));
      expect(spawnSync('git', ['apply', '-'], { cwd: patched, input, encoding: 'utf8' }).stderr).toBe('');
      await corpus(words, root);
      expect(await readFile(path.join(root, 'a.md'), 'utf8')).not.toBe(text);
      expect(await readCorpus(patched)).toEqual(await readCorpus(root));
    }
  });

  it('leaves notes alone until somebody names their rule', async () => {
    const root = await writeCorpus(files);
    await corpus(['fix'], root);
    const once = await readFile(path.join(root, 'a.md'), 'utf8');
    expect(once).toContain('One -- two.');
    expect(once).toContain('{% raw %}');
    const { stdout } = await corpus(['check'], root);
    expect(stdout).toContain('kramdown-typography [fix --only kramdown-typography]');
    expect(stdout).not.toContain('can be repaired');
    await corpus(['fix', '--only', 'kramdown-typography'], root);
    expect(await readFile(path.join(root, 'a.md'), 'utf8')).toBe(once.replace('One --', 'One \u2013'));
  });
});

it('says which mistakes of the configuration a model leaves out', async () => {
  const root = await writeCorpus({ ...clean, 'corpus.yml': 'listngs: programs\n' });
  const { exit, stdout, stderr } = await corpus(['model'], root);
  expect(exit).toBe(0);
  expect(stderr).toMatch(/^corpus\.yml:1:1: .*`listngs`/);
  expect(() => JSON.parse(stdout) as unknown).not.toThrow();
});

it('says which build it checks for, and why, unless that is set', async () => {
  const said = async (files: Record<string, string>, ...words: string[]): Promise<string> =>
    (await corpus(['check', ...words], await writeCorpus({ ...clean, ...files }))).stdout
      .split('\n')
      .find((line) => line.startsWith('checked for')) ?? '';
  expect(await said({})).toMatch(/`engine: pages`.*because nothing in the repository builds the site/);
  expect(await said({ 'netlify.toml': 'command = "jekyll build"\n' })).toMatch(
    /`engine: actions`.*because `netlify.toml` runs `jekyll build`/,
  );
  expect(await said({ 'corpus.yml': 'engine: actions\n' })).toBe('');
  expect(await said({}, '--engine', 'pages')).toBe('');
});

describe('explain', () => {
  it('lists the rules, and documents one', async () => {
    const root = await writeCorpus({});
    expect((await corpus(['explain'], root)).stdout).toMatch(/^link-target {2,}\S/m);
    const { stdout, exit } = await corpus(['explain', 'link-target'], root);
    expect(stdout).toMatch(/^# link-target\n/);
    expect(exit).toBe(0);
  });
});

it('is built (npm ci builds it)', () => {
  expect(existsSync(cli)).toBe(true);
});

/** `corpus site build` with the Jekyll of this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkCorpus } from '../../scripts/index.js';
import { jekyllBuild } from '../../scripts/jekyll/run.js';
import { readCorpus, writeCorpus } from '../support/corpus.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const project = fileURLToPath(new URL('../..', import.meta.url));
const hasJekyll = spawnSync('jekyll', ['--version']).status === 0;

function build(root: string, destination: string): { status: number | null; output: string } {
  const result = spawnSync(
    process.execPath,
    [cli, 'site', 'build', '--root', root, '--destination', destination],
    {
      encoding: 'utf8',
    },
  );
  return { status: result.status, output: result.stdout + result.stderr };
}

describe.skipIf(!hasJekyll)('corpus site build (needs jekyll)', () => {
  it('builds our docs, says what stands in for the theme, and writes every page of the model', async () => {
    const destination = await writeCorpus({});
    const { status, output } = build(project, destination);
    expect(status, output).toBe(0);
    expect(output).toContain('a minimal built-in layout stands in for it');
    expect(output).toMatch(/\$ jekyll build/);
    const { site } = await checkCorpus({ root: project });
    const written = Object.keys(await readCorpus(destination));
    expect(written).toEqual(expect.arrayContaining(site.pages.map((page) => page.output)));
    const index = await readFile(
      path.join(destination, 'tutorials/mcp-rust-sdk-tutorial/index.html'),
      'utf8',
    );
    expect(index).toContain('<main id="main-content">');
  });
  it('says that `check` finds all at once what stops Jekyll one by one', async () => {
    const root = await writeCorpus({
      '_config.yml': '',
      'index.md': '---\ntitle: A\n---\n{% nope %}\n\n{% nor_this %}\n',
    });
    const { status, output } = build(root, '_site');
    expect(status).toBe(1);
    expect(output).toContain('`corpus check` names every place at once');
    const { findings } = await checkCorpus({ root });
    expect(findings.filter((f) => f.rule === 'liquid-syntax').map((f) => f.line)).toEqual([4, 6]);
  });
  it('builds into a folder of its own again and again, and into one that holds only .git', async () => {
    const files = { '_config.yml': '', 'index.md': '---\n---\n# A\n', 'README.md': '# R\n', 'a/b.png': 'x' };
    const root = await writeCorpus({ ...files, 'branch/.git/HEAD': 'x' });
    for (const destination of ['out', 'out', '_site', '_site', 'branch']) {
      const { status, output } = build(root, destination);
      expect(status, output).toBe(0);
    }
    expect(await readCorpus(root)).toMatchObject({ ...files, 'branch/.git/HEAD': 'x' });
  });
  it('hands the configuration to the stand-in as it means it', async () => {
    const root = await writeCorpus({ 'index.md': '---\n---\n{{ site.values | jsonify }}\n' });
    const config = 'values: ["no", "1_000", "12:30", no, 010]\ntheme: not-installed\n';
    await jekyllBuild({ source: root, destination: path.join(root, '_site'), config, say: () => undefined });
    const page = await readFile(path.join(root, '_site/index.html'), 'utf8');
    expect(page).toContain('[“no”,”1_000”,”12:30”,false,8]');
  });
  it('does not make a part of the site of what an earlier build wrote', async () => {
    const root = await writeCorpus({ 'index.md': '---\n---\n', 'build/note.txt': 'x' });
    const destination = path.join(root, 'build/site');
    const job = { source: root, destination, config: null, say: () => undefined };
    await jekyllBuild(job);
    await jekyllBuild(job);
    expect(Object.keys(await readCorpus(destination)).sort()).toEqual(['build/note.txt', 'index.html']);
  });
  it('cleans up when serving is interrupted', async () => {
    const root = await writeCorpus({ 'index.md': '---\n---\n' });
    const temporary = await writeCorpus({});
    const program = `
      import { jekyllServe } from ${JSON.stringify(new URL('../../scripts/jekyll/run.ts', import.meta.url).href)};
      const job = { source: ${JSON.stringify(root)}, destination: ${JSON.stringify(path.join(root, '_site'))}, config: null, say: () => {} };
      await jekyllServe(job, 41879);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await expect.poll(() => printed, { timeout: 20_000 }).toContain('Server running');
    expect((await readdir(temporary)).some((name) => name.startsWith('corpus-site-'))).toBe(true);
    child.kill('SIGINT');
    await once(child, 'close');
    expect((await readdir(temporary)).filter((name) => name.startsWith('corpus-site-'))).toEqual([]);
  }, 30_000);
  it('leaves the source folder as it was', async () => {
    const root = await writeCorpus({
      '_config.yml': 'theme: just-the-docs\n',
      'index.md': '---\ntitle: A\n---\n# A\n',
    });
    const before = await readCorpus(root);
    expect(build(root, 'out').status).toBe(0);
    const after = await readCorpus(root);
    expect(Object.fromEntries(Object.entries(after).filter(([name]) => !name.startsWith('out/')))).toEqual(
      before,
    );
  });
});

it.each(['guide', 'assets', '../notes'])(
  'does not let Jekyll empty `%s`, which no build made',
  async (name) => {
    const root = await writeCorpus({
      'site/_config.yml': '',
      'site/index.md': '---\ntitle: A\n---\n# A\n',
      'site/guide/index.md': '---\ntitle: B\n---\n# B\n',
      'site/guide/b.md': '---\ntitle: C\n---\n# C\n',
      'site/assets/a.png': 'x',
      'notes/diary.txt': 'x',
    });
    const before = await readCorpus(root);
    const { status, output } = build(path.join(root, 'site'), name);
    expect(output).toContain(`\`--destination ${name}\` holds files that no build of this site made`);
    expect(status).toBe(2);
    expect(await readCorpus(root)).toEqual(before);
  },
);

it('says what to install when there is no Jekyll', async () => {
  const root = await writeCorpus({ '_config.yml': '', 'index.md': '# A\n' });
  const result = spawnSync(process.execPath, [cli, 'site', 'build', '--root', root], {
    encoding: 'utf8',
    env: {
      PATH: path.dirname(process.execPath) === '/usr/bin' ? '/nonexistent' : path.dirname(process.execPath),
    },
  });
  expect(result.stderr).toContain('no Jekyll was found');
  expect(result.status).toBe(2);
});

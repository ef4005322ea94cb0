/** `corpus site build` with the Jekyll of this machine. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkCorpus } from '../../scripts/index.js';
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

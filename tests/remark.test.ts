/** The remark plugin says what `corpus check` says, for saved files and for open buffers. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { expect, it } from 'vitest';
import { checkCorpus } from '../scripts/index.js';
import remarkCorpus from '../scripts/remark.js';
import { writeCorpus } from './support/corpus.js';

const page = (title: string, body: string): string => `---\ntitle: ${title}\n---\n\n# ${title}\n\n${body}\n`;
const files = {
  '_config.yml': 'title: Site\n',
  'corpus.yml': '',
  'index.md': page('Home', '[A](a.md#nope)'),
  'a.md': page('A', '[Gone](gone.md) and {{ lost }}'),
};

async function messages(root: string, name: string, text: string): Promise<string[]> {
  const file = new VFile({ cwd: root, path: path.join(root, name), value: text });
  const processor = unified().use(remarkParse).use(remarkCorpus);
  await processor.run(processor.parse(file), file);
  return file.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.reason}`);
}

it('gives page and site findings of saved files', async () => {
  const root = await writeCorpus(files);
  const { findings } = await checkCorpus({ root });
  for (const name of ['index.md', 'a.md'] as const) {
    const expected = findings
      .filter((f) => f.file === name)
      .map((f) => `${f.line}:${f.column} ${f.rule}: ${f.message}`);
    expect(expected.length).toBeGreaterThan(0);
    expect(await messages(root, name, files[name])).toEqual(expected);
  }
});

it('judges the open buffer, not the saved file, and what it means for other pages', async () => {
  const root = await writeCorpus(files);
  expect(await messages(root, 'a.md', page('A', 'Clean.'))).toEqual([]);
  expect((await messages(root, 'a.md', page('A', '[Other](other.md)'))).join()).toContain('7:9 link-target');
});

it('takes the folder of _config.yml for the corpus where neither corpus.yml nor .git is', async () => {
  const text = page('C', '[Gone](../gone.md) [A](../a.md)');
  const root = await writeCorpus({ '_config.yml': '', 'a.md': page('A', 'Text.'), 'b/c.md': text });
  const said = await messages(root, 'b/c.md', text);
  expect(said.join()).toContain('7:8 link-target');
  expect(said.join()).not.toContain('link-outside-site');
});

it('leaves files outside a corpus alone', async () => {
  expect(await messages('/', 'nowhere.md', '# A\n')).toEqual([]);
});

it('runs by `npx remark docs` with the style presets, and our docs are clean', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const cli = path.join(root, 'node_modules/remark-cli/cli.js');
  const result = spawnSync(process.execPath, [cli, 'docs', '--frail', '--quiet'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(result.stderr).toBe('');
  expect(result.status).toBe(0);
});

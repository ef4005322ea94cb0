/** Whatever lies in the folder: a finding on that file, the rest is checked, nothing outside the root is touched. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../scripts/index.js';
import { readCorpus, writeCorpus } from '../support/corpus.js';

const page = (title: string, body: string): string => `---\ntitle: ${title}\n---\n\n# ${title}\n\n${body}\n`;
/** Beside every bad file stands this page, whose finding must not be lost. */
const witness = { '_config.yml': 'title: Site\n', 'witness.md': page('Witness', '[Gone](gone.md)') };

async function findings(
  root: string,
): Promise<{ file: string; rule: string; message: string; line: number }[]> {
  const result = await checkCorpus({ root });
  expect(
    result.findings.some((f) => f.file === 'witness.md' && f.rule === 'link-target' && f.line === 7),
  ).toBe(true);
  expect(result.findings.filter((f) => f.rule === 'rule-failed')).toEqual([]);
  for (const f of result.findings) {
    expect(f.line).toBeGreaterThanOrEqual(1);
    expect(f.column).toBeGreaterThanOrEqual(1);
    expect(f.message).not.toMatch(/undefined|NaN|\[object/);
  }
  return result.findings;
}

const on = (all: Awaited<ReturnType<typeof findings>>, file: string): string[] =>
  all.filter((f) => f.file === file).map((f) => `${f.rule}: ${f.message}`);

describe('files that cannot be read as pages', () => {
  it('names an unreadable file', async () => {
    const root = await writeCorpus({ ...witness, 'locked.md': page('Locked', 'x') });
    await chmod(path.join(root, 'locked.md'), 0);
    // Root may read everything: then there is nothing to find.
    const unreadable = process.getuid?.() !== 0;
    const said = on(await findings(root), 'locked.md').some((text) =>
      text.includes('cannot be read (EACCES)'),
    );
    expect(said).toBe(unreadable);
  });
  it('names a folder that is called like a page', async () => {
    const root = await writeCorpus(witness);
    await mkdir(path.join(root, 'folder.md'));
    expect(on(await findings(root), 'folder.md').join()).toContain('is a folder although');
  });
  it('names symbolic links that loop, dangle or leave the root, and follows none of them', async () => {
    const outside = await writeCorpus({ 'secret.md': page('Secret', '{{ leaked }}') });
    const root = await writeCorpus(witness);
    await symlink('loop.md', path.join(root, 'loop.md'));
    await symlink('nowhere', path.join(root, 'dangling.md'));
    await symlink(path.join(outside, 'secret.md'), path.join(root, 'leak.md'));
    await symlink(outside, path.join(root, 'leaks'));
    await symlink('.', path.join(root, 'self'));
    const all = await findings(root);
    expect(on(all, 'loop.md').join()).toContain('leads nowhere or in a circle');
    expect(on(all, 'dangling.md').join()).toContain('leads nowhere or in a circle');
    expect(on(all, 'leak.md').join()).toContain('leads outside the repository');
    expect(all.every((f) => !f.message.includes('leaked') && !f.file.startsWith('leaks/'))).toBe(true);
  });
  it.skipIf(process.platform === 'win32')('does not wait for what a named pipe says', async () => {
    const root = await writeCorpus(witness);
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    await symlink('pipe', path.join(root, 'pipe.md'));
    expect(on(await findings(root), 'pipe.md').join()).toContain('file-readable');
  });
  it.each([
    ['NUL bytes', Buffer.from('# A\n\0\n'), 'NUL byte'],
    ['UTF-16', Buffer.from('\uFEFF# A\n', 'utf16le'), 'not valid UTF-8'],
    ['Latin-1', Buffer.from('caf\u00E9\n', 'latin1'), 'not valid UTF-8'],
    [
      'a picture',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff]),
      'not valid UTF-8',
    ],
  ])('names a file with %s and leaves it alone', async (_name, bytes, message) => {
    const root = await writeCorpus({ ...witness, 'bad.md': bytes });
    expect(on(await findings(root), 'bad.md').join()).toContain(message);
    const before = await readCorpus(root);
    await fixCorpus({ root });
    expect((await readCorpus(root))['bad.md']).toBe(before['bad.md']);
  });
  it('finds nothing wrong with an empty folder', async () => {
    expect((await checkCorpus({ root: await writeCorpus({}) })).summary.errors).toBe(0);
  });
  it('survives a file that is gone between listing and reading', async () => {
    const root = await writeCorpus({ ...witness, 'gone-soon.md': page('Gone', 'x') });
    const done = findings(root);
    await rm(path.join(root, 'gone-soon.md')).catch(() => undefined);
    await done;
  });
});

/** A list of so many aliases: more than the parser unfolds. */
const aliases = (count: number): string => `tutorials: [${'*a, '.repeat(count)}x]\n`;

describe('configuration that cannot be read', () => {
  it.each([
    ['corpus.yml', 'rules: [\n', 'corpus-config'],
    ['corpus.yml', '- a\n', 'corpus-config'],
    ['corpus.yml', 'ignore: *nobody\n', 'corpus-config'],
    ['corpus.yml', `ignore: &a [x]\n${aliases(200)}`, 'corpus-config'],
    ['corpus.yml', '['.repeat(100_000), 'corpus-config'],
    ['corpus.yml', 'chapter: "("\n', 'corpus-config'],
    ['corpus.yml', 'preset: tutorial\0\n', 'corpus-config'],
    ['_config.yml', 'title: a: b\n', 'config-valid'],
    ['_config.yml', 'title: \0\n', 'file-readable'],
    ['_data/links.yml', 'a: \0\n', 'file-readable'],
    ['listings/rust/lamp/listing.yml', '['.repeat(100_000), 'listing-manifest'],
  ])('reports %s and checks the rest', async (file, text, rule) => {
    const settings = { 'corpus.yml': 'preset: tutorial\n' };
    const root = await writeCorpus({ ...settings, ...witness, [file]: text });
    expect((await findings(root)).filter((f) => f.file === file).map((f) => f.rule)).toContain(rule);
  });
});

describe('names', () => {
  it.each([
    '100%.md',
    'q?.md',
    'h#sh.md',
    'café.md',
    'with space.md',
    '%E0%A4%A.md',
    '中文/名.md',
    "quo'te.md",
    '[x](y).md',
  ])('reads a file called %s', async (name) => {
    const root = await writeCorpus({ ...witness, [name]: page('Odd', '[Gone](missing.md)') });
    expect(on(await findings(root), name).some((text) => text.startsWith('link-target'))).toBe(true);
  });
  it('reports a link with a malformed escape', async () => {
    const root = await writeCorpus({ ...witness, 'a.md': page('A', '[x](%E0%A4%A.md) [y](b%zz.md)') });
    expect(on(await findings(root), 'a.md').filter((text) => text.startsWith('link-target'))).toHaveLength(2);
  });
});

describe('sizes and depths', () => {
  const monsters: Record<string, () => string> = {
    'a line of 5 MB': () => 'word '.repeat(1_000_000),
    'a line of 5 MB of markup': () => '*a [b]( ![c `d <e {{ | '.repeat(220_000),
    '20,000 headings': () => '## Same\n\n'.repeat(20_000),
    'block quotes 10,000 deep': () => `${'>'.repeat(10_000)} x`,
    'lists 2,000 deep': () => Array.from({ length: 2000 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
    'HTML 20,000 deep': () => '<div>'.repeat(20_000),
    '5 MB of opening brackets': () => '['.repeat(5_000_000),
    '5 MB of braces': () => '{{'.repeat(2_500_000),
    '2 MB of backticks': () => Array.from({ length: 2000 }, (_, i) => '`'.repeat(i)).join(' '),
    '1 MB of pipes': () => `${'|'.repeat(500_000)}\n${'|-'.repeat(250_000)}`,
    '5,000 unclosed fences': () => '```js\nx\n'.repeat(5000),
    '20,000 references': () => '[a]: b\n'.repeat(20_000) + '[a] '.repeat(20_000),
  };
  it.each(Object.entries(monsters))('survives %s', async (_name, body) => {
    const root = await writeCorpus({ ...witness, 'monster.md': page('Monster', body()) });
    const all = await findings(root);
    expect(all.length).toBeGreaterThan(0);
  });
  it('does not compare what it could not read', async () => {
    const root = await writeCorpus({ ...witness, 'long.md': page('Long', `${'[x '.repeat(3000)}\n## Part`) });
    expect(on(await findings(root), 'long.md')).toHaveLength(1);
  });
  it('says so when a paragraph is too long to parse', async () => {
    const root = await writeCorpus({
      ...witness,
      'long.md': page('Long', `[a](b.md) ${'word '.repeat(20_000)}`),
    });
    expect(on(await findings(root), 'long.md').join()).toContain('is too long to parse');
    // The limit is the checker's: the page may be fine.
    const { findings: all } = await checkCorpus({ root });
    expect(all.find(({ rule }) => rule === 'file-readable')?.severity).toBe('warning');
  });
});

describe('what fix must not do', () => {
  it('keeps line endings, byte order marks and missing final line endings', async () => {
    const odd = {
      'crlf.md': page('Crlf', '[Gone](gone.md)').replaceAll('\n', '\r\n'),
      'bom.md': `\uFEFF# Bom\n\n[Gone](gone.md)`,
    };
    const root = await writeCorpus({ ...witness, ...odd });
    await fixCorpus({ root });
    const after = await readCorpus(root);
    expect(after['crlf.md']).not.toMatch(/[^\r]\n/);
    expect(after['bom.md']?.startsWith('\uFEFF') || !odd['bom.md'].startsWith('\uFEFF')).toBe(true);
    expect(after['bom.md']?.endsWith('\n')).toBe(false);
  });
  it('names a file that is gone before it could be written, and writes the others', async () => {
    const text = `${page('A', 'x')}\n<!-- corpus-disable-next-line link-target -- old -->\nText.\n`;
    const root = await writeCorpus({ ...witness, 'a.md': text, 'b.md': text });
    const result = await fixCorpus({
      root,
      onProgress: (done, total) => {
        if (done === total) rmSync(path.join(root, 'a.md'), { force: true });
      },
    });
    expect(result.skipped).toEqual(
      new Map([['a.md', expect.stringContaining('cannot be written (ENOENT)') as string]]),
    );
    expect([...result.changed.keys()]).toEqual(['a.md', 'b.md']);
    expect((await readCorpus(root))['b.md']).not.toContain('corpus-disable');
  });
  it('does not overwrite a file that changed while it was working', async () => {
    const text = `${page('A', 'x')}\n<!-- corpus-disable-next-line link-target -- old -->\nText.\n`;
    const root = await writeCorpus({ ...witness, 'a.md': text });
    const saved = `${text}\nTyped meanwhile.\n`;
    const writes: Promise<void>[] = [];
    const result = await fixCorpus({
      root,
      onProgress: (done, total) => {
        if (done === total && writes.length === 0) writes.push(writeFile(path.join(root, 'a.md'), saved));
      },
    });
    await Promise.all(writes);
    const after = (await readCorpus(root))['a.md'];
    // Either the author's version was read in time and fixed, or it was left as it is; it is never lost.
    expect(after).toContain('Typed meanwhile.');
    expect(result.findings).toBeDefined();
  });
});

describe('configuration that is no ordinary file', () => {
  it.each(['corpus.yml', '_config.yml'])(
    'neither waits for a pipe nor leaves the root for `%s`',
    async (name) => {
      const outside = await writeCorpus({ 'secret.yml': 'preset: secret\n' });
      for (const target of ['pipe', path.join(outside, 'secret.yml'), 'folder']) {
        const root = await writeCorpus({ 'witness.md': witness['witness.md'], 'folder/a.txt': '' });
        execFileSync('mkfifo', [path.join(root, 'pipe')]);
        await symlink(target, path.join(root, name));
        const said = on(await findings(root), name);
        expect(said.length).toBeGreaterThan(0);
        expect(said.join('\n')).not.toContain('secret');
      }
    },
  );
  it('refuses globs that cannot be tried, and says what a rule can be set to', async () => {
    const root = await writeCorpus({
      ...witness,
      'corpus.yml': "ignore: ['']\ntutorials: ['']\nrules: {link-anchor: loud}\n",
    });
    expect(on(await findings(root), 'corpus.yml')).toEqual([
      'corpus-config: `ignore.0`: is an empty glob; correct the value',
      'corpus-config: `tutorials.0`: is an empty glob; correct the value',
      'corpus-config: `rules.link-anchor`: expected off, error, warning or info, or a mapping with such a `severity` and with `options`; correct the value',
    ]);
  });
  it.each(['./docs', 'docs/', './docs//'])('finds the source folder `%s`', async (source) => {
    const root = await writeCorpus({
      'corpus.yml': `source: ${source}\n`,
      'docs/a.md': page('A', '[Gone](gone.md)'),
    });
    expect((await checkCorpus({ root })).findings.map((f) => f.file)).toContain('docs/a.md');
  });
});

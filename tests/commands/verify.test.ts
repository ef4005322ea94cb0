import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { registerVerify } from '../../scripts/commands/verify.js';
import { readCorpus, writeCorpus } from '../support/corpus.js';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function corpusVerify(root: string, ...words: string[]): Promise<{ exit: unknown; output: string }> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  const program = new Command().exitOverride();
  registerVerify(program);
  await program.parseAsync(['verify', '--root', root, ...words], { from: 'user' });
  return { exit: process.exitCode, output };
}

const ZIG = { 'programs/zig/lamp/listing.yml': 'summary: A lamp.\n', 'corpus.yml': 'listings: programs\n' };

describe('corpus verify', () => {
  it('names what could not be tried, and fails for it only when it is strict', async () => {
    const root = await writeCorpus(ZIG);
    const expected =
      'not verified: zig/lamp: programs in `zig` cannot be verified: there is no adapter for them\n0 passed, 0 failed, 1 not verified, 0 not asked for or unchanged\n';
    expect(await corpusVerify(root)).toEqual({ exit: 0, output: expected });
    expect(await corpusVerify(root, '--all', '--strict')).toEqual({ exit: 1, output: expected });
  });

  it('executes nothing with a configuration that has mistakes', async () => {
    const root = await writeCorpus({ ...ZIG, 'corpus.yml': 'listngs: programs\n' });
    const refusal =
      /^corpus\.yml:1:1: .*`listngs`[^]*\nnothing was executed; correct the configuration first$/;
    await expect(corpusVerify(root)).rejects.toThrow(refusal);
    await expect(corpusVerify(root, '--walk')).rejects.toThrow(refusal);
  });

  it('refuses selections that contradict each other and names that do not exist', async () => {
    const root = await writeCorpus(ZIG);
    await expect(corpusVerify(root, 'lamp', '--all')).rejects.toThrow(
      'packages and --all name different packages; use one of them',
    );
    await expect(corpusVerify(root, 'lmap')).rejects.toThrow('there is no package `lmap` below `programs`.');
    await expect(corpusVerify(root, '--walk')).rejects.toThrow('there is no chapter');
    await expect(corpusVerify(root, '--config', 'other.yml')).rejects.toThrow(
      '`--config other.yml`: the file cannot be read (ENOENT); name a file below',
    );
  });

  const cargo = spawnSync('cargo', ['--version']).status === 0;
  it.skipIf(!cargo)(
    'fails for a package with a wrong manifest (skipped where cargo is missing)',
    async () => {
      const root = await writeCorpus({ 'listings/rust/lamp/listing.yml': 'sumary: A lamp.\n' });
      const { exit, output } = await corpusVerify(root, '--all');
      expect(exit).toBe(1);
      expect(output).toContain('listing.yml:1: there is no setting `sumary`. Did you mean `summary`?');
      expect(output).toMatch(/^failed: rust\/lamp\n0 passed, 1 failed, 0 not verified, /m);
      expect(await readFile(path.join(root, 'listings/ledger.json'), 'utf8')).toContain('"result": "failed"');
    },
  );
  it.skipIf(!cargo)(
    'writes nothing with --no-record, and says at the end again why packages failed (skipped where cargo is missing)',
    async () => {
      const root = await writeCorpus({
        'listings/rust/lamp/listing.yml': 'sumary: A lamp.\n',
        'listings/rust/wick/listing.yml': 'summary: 1\n',
      });
      const before = await readCorpus(root);
      const { exit, output } = await corpusVerify(root, '--all', '--no-record');
      expect(exit).toBe(1);
      expect(output.match(/there is no setting `sumary`/g)).toHaveLength(2);
      expect(output.slice(output.lastIndexOf('rust/lamp:'))).toMatch(
        /^rust\/lamp:\n {4}[^]*\nrust\/wick:\n {4}[^]*\nfailed: rust\/lamp, rust\/wick\n0 passed, 2 failed, /,
      );
      expect(await readCorpus(root)).toEqual(before);
      await expect(corpusVerify(root, '--no-record', '--refresh-date')).rejects.toThrow(
        '--refresh-date has nothing to write with --no-record',
      );
    },
  );
});

describe('corpus verify --walk', () => {
  const chapter = (number: number, step: string): string =>
    `---\ntitle: "Chapter ${number}: Step"\n---\n\n# Chapter ${number}: Step\n\n\`\`\`sh\n${step}\n\`\`\`\n`;
  const TUTORIAL = {
    '_config.yml': '',
    'tutorials/lamp-tutorial/README.md': '---\ntitle: Lamp\n---\n\n# Lamp\n',
    'tutorials/lamp-tutorial/01-begin.md': chapter(1, 'mkdir desk && cd desk'),
    'tutorials/lamp-tutorial/02-go-on.md': chapter(2, 'test "$(basename "$PWD")" = desk'),
    'tutorials/lamp-tutorial/03-fail.md': chapter(3, 'exit 7'),
  };

  it('walks up to the chapter that is asked for', async () => {
    const root = await writeCorpus(TUTORIAL);
    const { exit, output } = await corpusVerify(
      root,
      '--walk',
      path.join(root, 'tutorials/lamp-tutorial/02-go-on.md'),
    );
    expect(exit).toBe(0);
    expect(output.split('\n').filter((line) => line.startsWith('passed'))).toEqual([
      'passed: tutorials/lamp-tutorial/01-begin.md: 0 files, 1 command, 0 outputs compared, 0 outputs without a command, 0 commands left out',
      'passed: tutorials/lamp-tutorial/02-go-on.md: 0 files, 1 command, 0 outputs compared, 0 outputs without a command, 0 commands left out',
    ]);
  });

  it('fails with the first command that does', async () => {
    const { exit, output } = await corpusVerify(await writeCorpus(TUTORIAL), '--walk');
    expect(exit).toBe(1);
    expect(output).toContain('line 7: the command failed: it ended with exit code 7, expected 0');
    expect(output).toContain('failed: tutorials/lamp-tutorial/03-fail.md');
  });

  it('walks with --changed only as far as steps, files or outputs changed, and keeps a record', async () => {
    const root = await writeCorpus({ ...TUTORIAL, 'tutorials/lamp-tutorial/03-fail.md': chapter(3, 'true') });
    const page = (name: string): string => path.join(root, 'tutorials/lamp-tutorial', name);
    const results = async (...words: string[]): Promise<string[]> => {
      const { output } = await corpusVerify(root, '--walk', ...words);
      vi.restoreAllMocks();
      const lines = output.split('\n').filter((line) => /^(passed|failed|unchanged)/.test(line));
      return lines.map((line) => line.replace(/: tutorials\/lamp-tutorial\/(\d\d).*/, ' $1'));
    };
    const record = async (): Promise<string[]> => {
      const text = await readFile(path.join(root, 'listings/walks.json'), 'utf8');
      return Object.keys((JSON.parse(text) as { pages: object }).pages).map((name) => path.basename(name));
    };
    expect(await results('--changed', '--no-record')).toEqual(['passed 01', 'passed 02', 'passed 03']);
    expect(await results('--changed')).toEqual(['passed 01', 'passed 02', 'passed 03']);
    expect(await record()).toEqual(['01-begin.md', '02-go-on.md', '03-fail.md']);

    const prose = (await readFile(page('01-begin.md'), 'utf8')).replace(
      '# Chapter',
      'More prose.\n\n# Chapter',
    );
    await writeFile(page('01-begin.md'), prose);
    expect(await results('--changed')).toEqual(['unchanged 01', 'unchanged 02', 'unchanged 03']);

    await writeFile(page('02-go-on.md'), chapter(2, 'touch lamp'));
    // The third goes on in the folder of the second.
    expect(await results('--changed')).toEqual(['passed 01', 'passed 02', 'passed 03']);

    await writeFile(page('03-fail.md'), chapter(3, 'false'));
    expect(await results('--changed')).toEqual(['passed 01', 'passed 02', 'failed 03']);
    expect(await record()).toEqual(['01-begin.md', '02-go-on.md']);
    await rm(page('03-fail.md'));
    expect(await results('--changed')).toEqual(['unchanged 01', 'unchanged 02']);
  });

  it('refuses a record that it does not understand, and would lose by writing it', async () => {
    const root = await writeCorpus({ ...TUTORIAL, 'listings/walks.json': '{"version": 2}' });
    await expect(corpusVerify(root, '--walk')).rejects.toThrow(
      '`listings/walks.json`: the record of walks has another form at `version`',
    );
    expect(await readFile(path.join(root, 'listings/walks.json'), 'utf8')).toBe('{"version": 2}');
  });
});

/** The programs of the corpus are built, tested and run again, and what they print is what the pages show. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasCargo = spawnSync('cargo', ['--version']).status === 0;
const MINUTES = 60_000;

/**
 * From nothing the whole workspace takes about a quarter of an hour on two cores. `CORPUS_VERIFY=changed` is for
 * somebody who works on the toolchain: then only those programs are verified that changed since the ledger was written.
 */
const everything = process.env['CORPUS_VERIFY'] !== 'changed';

/** Debug information and incremental builds serve who edits a program; here they cost 10 GB and minutes. */
const env = { ...process.env, CARGO_INCREMENTAL: '0', CARGO_PROFILE_DEV_DEBUG: '0' };

/** Nothing is recorded: other tests read the corpus at the same time, and a test leaves the checkout as it found it. */
function verify(args: string[]): Promise<{ exit: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/cli.js', 'verify', '--no-record', ...args], {
      cwd: root,
      env,
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', (exit) => {
      resolve({ exit, output });
    });
  });
}

describe.skipIf(!hasCargo)('the programs of the corpus (needs cargo)', () => {
  it('are built, tested and run, and print what the pages show', { timeout: 75 * MINUTES }, async () => {
    const { exit, output } = await verify([everything ? '--all' : '--changed', '--strict']);
    expect(exit, output.slice(-6000)).toBe(0);
  });
  it(
    'are reached by following the chapters, as far as these changed since they were walked',
    { timeout: 75 * MINUTES },
    async () => {
      const { exit, output } = await verify(['--walk', '--changed']);
      expect(exit, output.slice(-6000)).toBe(0);
    },
  );
});

/** The programs of the corpus are built, tested and run again, and what they print is what the pages show. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasCargo = spawnSync('cargo', ['--version']).status === 0;
const MINUTES = 60_000;

/**
 * From a clean clone the whole workspace takes most of an hour on two cores. `CORPUS_VERIFY=all` asks for it, as the
 * listings job of the workflow does by the command itself; otherwise the programs of the first chapters are verified
 * from nothing, and of the others those that changed since the ledger was written.
 */
const selection =
  process.env['CORPUS_VERIFY'] === 'all'
    ? ['--all']
    : ['rust/lantern-core', 'rust/lantern-hello', 'rust/lantern-hello-named', 'rust/lantern-probe', 'rust/lantern-tools'];

function verify(args: string[]): Promise<{ exit: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/cli.js', 'verify', ...args], { cwd: root });
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
    const { exit, output } = await verify([...selection, '--strict']);
    expect(exit, output.slice(-6000)).toBe(0);
  });
  it('have not changed since they were verified', { timeout: 75 * MINUTES }, async () => {
    const { exit, output } = await verify(['--changed', '--strict']);
    expect(exit, output.slice(-6000)).toBe(0);
  });
  it('are reached by following the chapters, as far as these changed since they were walked', { timeout: 75 * MINUTES }, async () => {
    const { exit, output } = await verify(['--walk', '--changed']);
    expect(exit, output.slice(-6000)).toBe(0);
  });
});

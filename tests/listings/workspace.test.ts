/** The programs of the corpus are built, tested and run again, and what they print is what the pages show. */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasCargo = spawnSync('cargo', ['--version']).status === 0;
const MINUTES = 60_000;

it.skipIf(!hasCargo)(
  'corpus verify --all passes for every listing (needs cargo)',
  { timeout: 50 * MINUTES },
  async () => {
    const output: string[] = [];
    const exit = await new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, ['dist/cli.js', 'verify', '--all', '--strict'], { cwd: root });
      const keep = (chunk: Buffer): void => {
        output.push(chunk.toString('utf8'));
      };
      child.stdout.on('data', keep);
      child.stderr.on('data', keep);
      child.on('close', resolve);
    });
    expect(exit, output.join('').slice(-6000)).toBe(0);
  },
);

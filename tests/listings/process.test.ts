import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureEnvironment, runProcess } from '../../scripts/listings/process.js';
import { writeCorpus } from '../support/corpus.js';

async function bash(script: string, options: { merge?: boolean; seconds?: number; cwd?: string } = {}) {
  const cwd = options.cwd ?? (await writeCorpus({}));
  return runProcess({
    command: ['bash', '-c', script],
    cwd,
    env: captureEnvironment(process.env),
    seconds: 30,
    ...options,
  });
}

describe('runProcess', () => {
  it('gives the exit code and both streams', async () => {
    expect(await bash('echo out; echo err >&2; exit 3')).toEqual({
      exit: 3,
      failure: null,
      missing: false,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('keeps the order of writing when the streams are merged', async () => {
    const { stdout, stderr } = await bash('echo 1; echo 2 >&2; echo 3; echo 4 >&2', { merge: true });
    expect({ stdout, stderr }).toEqual({ stdout: '1\n2\n3\n4\n', stderr: '' });
  });

  it('closes standard input', async () => {
    expect((await bash('cat; echo done')).stdout).toBe('done\n');
  });

  it('says that a program does not exist', async () => {
    const result = await runProcess({
      command: ['no-such-program-here'],
      cwd: '.',
      env: process.env,
      seconds: 5,
    });
    expect(result).toMatchObject({ exit: null, missing: true });
  });

  it.each([
    ['a NUL in an argument', ['echo', 'a\0b'], '.', /^it could not be started \(ERR_INVALID_ARG_VALUE\)$/],
    ['too long a command', ['echo', 'x'.repeat(4 * 1024 * 1024)], '.', /^it could not be started \(E2BIG\)$/],
    ['a file as folder', ['echo'], 'package.json', /^it could not be started \(ENOTDIR\)$/],
  ])('does not reject for %s', async (_name, command, cwd, failure) => {
    const result = await runProcess({ command, cwd, env: process.env, seconds: 5 });
    expect(result).toMatchObject({
      exit: null,
      missing: false,
      failure: expect.stringMatching(failure) as string,
    });
  });

  it.each(['process.exit(0)', "process.kill(process.pid, 'SIGHUP')", "throw new Error('x')"])(
    'leaves nothing behind when its own process ends by `%s`',
    async (end) => {
      const cwd = await writeCorpus({});
      const program = `
        import { runProcess } from ${JSON.stringify(new URL('../../scripts/listings/process.ts', import.meta.url).href)};
        void runProcess({ command: ['bash', '-c', 'echo $$ > pid; sleep 60'], cwd: ${JSON.stringify(cwd)}, env: process.env, seconds: 60 });
        setTimeout(() => { ${end}; }, 500);`;
      spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
        encoding: 'utf8',
      });
      const pid = Number(readFileSync(path.join(cwd, 'pid'), 'utf8'));
      // A dead process that nobody has waited for keeps its entry, as a zombie.
      const state = (): string =>
        existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z';
      await expect.poll(state, { timeout: 3000 }).toContain(') Z');
    },
  );

  it('tells a folder that does not exist from a program that does not', async () => {
    const result = await runProcess({
      command: ['node', '--version'],
      cwd: '/nowhere/at/all',
      env: process.env,
      seconds: 10,
    });
    expect(result).toMatchObject({
      exit: null,
      missing: false,
      failure: 'the folder `/nowhere/at/all` does not exist',
    });
  });

  it('kills everything that the program started when the time is over', async () => {
    const cwd = await writeCorpus({});
    const result = await bash('(sleep 3; touch late) & sleep 60', { seconds: 1, cwd });
    expect(result).toMatchObject({ exit: null, failure: 'it was still running after 1 s' });
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(existsSync(path.join(cwd, 'late'))).toBe(false);
  }, 20_000);

  it('kills what a program leaves behind', async () => {
    const cwd = await writeCorpus({});
    const result = await bash('(sleep 2; touch late) & echo done', { cwd });
    expect(result).toMatchObject({ exit: 0, stdout: 'done\n' });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(existsSync(path.join(cwd, 'late'))).toBe(false);
  }, 20_000);

  it('stops a program that prints without end', async () => {
    expect((await bash('yes')).failure).toBe('it printed more than 8 MiB');
  });

  it('keeps programs on one machine apart from a proxy, and what the author excepts', () => {
    expect(captureEnvironment({ HTTPS_PROXY: 'http://proxy:1' })).toMatchObject({
      HTTPS_PROXY: 'http://proxy:1',
      NO_PROXY: '127.0.0.1,localhost,::1',
      no_proxy: '127.0.0.1,localhost,::1',
    });
    expect(captureEnvironment({ no_proxy: 'lamp.example' })['NO_PROXY']).toBe(
      'lamp.example,127.0.0.1,localhost,::1',
    );
  });

  it('hides switches that change what programs print', async () => {
    const env = captureEnvironment({
      PATH: process.env['PATH'],
      RUST_LOG: 'debug',
      FORCE_COLOR: '1',
      LC_ALL: 'de_DE',
    });
    const result = await runProcess({
      command: ['bash', '-c', 'echo "${RUST_LOG-none} ${FORCE_COLOR-none} $LC_ALL $TZ"'],
      cwd: '.',
      env,
      seconds: 5,
    });
    expect(result.stdout).toBe('none none C.UTF-8 UTC\n');
  });
});

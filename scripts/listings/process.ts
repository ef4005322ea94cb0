/** Runs one program with a time limit; nothing that it started outlives it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { errorCode } from '../corpus/discover.js';

export interface ProcessOptions {
  /** Program and arguments. */
  command: readonly string[];
  /** Absolute path of the current folder. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  seconds: number;
  /** Merge standard error into standard output, in the order of writing. */
  merge?: boolean;
}

export interface ProcessResult {
  /** Exit code; null when the program was killed or could not be started. */
  exit: number | null;
  /** Why `exit` is null. */
  failure: string | null;
  /** The program does not exist on this machine (the folder does). */
  missing: boolean;
  stdout: string;
  stderr: string;
}

/** A run that prints more is no listing, and would fill the memory. */
const MAX_OUTPUT = 8 * 1024 * 1024;
/** What ends this process from outside: Ctrl-C, a service manager, the terminal that was closed. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** How long the pipes may stay open after the program ended and its process group was killed. */
const PIPE_GRACE_MS = 2000;

/**
 * Starts the program in a process group of its own, with standard input closed, and waits for its end.
 * The whole group is killed when the time is over, when the output is too long, when this process ends for whatever
 * reason and after the program's end. Never rejects.
 */
export function runProcess({ command, cwd, env, seconds, merge }: ProcessOptions): Promise<ProcessResult> {
  // The shell joins the two streams, because two pipes would lose the order of what is written.
  const words = merge ? ['bash', '-c', 'exec "$@" 2>&1', 'bash', ...command] : command;
  const [program = '', ...args] = words;
  return new Promise((resolve) => {
    let child;
    try {
      child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      // Some reasons are thrown: a NUL in an argument, more text than a command may have, a folder that is a file.
      const failure = `it could not be started (${errorCode(error)})`;
      resolve({ exit: null, failure, missing: false, stdout: '', stderr: '' });
      return;
    }
    const chunks: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
    let length = 0;
    let failure: string | null = null;
    let ended: { exit: number | null; signal: NodeJS.Signals | null } | null = null;
    let settled = false;

    const killGroup = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group has ended already.
      }
    };
    const stop = (reason: string): void => {
      failure ??= reason;
      killGroup();
    };
    const limit = setTimeout(() => {
      stop(`it was still running after ${seconds} s`);
    }, seconds * 1000);
    const listen = (): void => {
      for (const signal of SIGNALS) process.on(signal, interrupted);
      process.on('exit', killGroup);
    };
    const unlisten = (): void => {
      for (const signal of SIGNALS) process.removeListener(signal, interrupted);
      process.removeListener('exit', killGroup);
    };
    const interrupted = (signal: NodeJS.Signals): void => {
      killGroup();
      unlisten();
      process.kill(process.pid, signal);
    };
    listen();

    const settle = (missing: boolean): void => {
      if (settled) return;
      settled = true;
      clearTimeout(limit);
      unlisten();
      const signal = ended?.signal ?? null;
      const exit = failure === null && ended ? ended.exit : null;
      resolve({
        exit,
        failure: exit === null ? (failure ?? `it was ended by ${signal ?? 'the system'}`) : null,
        missing,
        stdout: Buffer.concat(chunks.stdout).toString('utf8'),
        stderr: Buffer.concat(chunks.stderr).toString('utf8'),
      });
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        length += chunk.byteLength;
        if (length > MAX_OUTPUT) stop(`it printed more than ${MAX_OUTPUT / 1024 / 1024} MiB`);
        else chunks[name].push(chunk);
      });
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      // The system gives the same reason for a program and for a folder that do not exist.
      const lost = error.code === 'ENOENT' && !existsSync(cwd);
      failure ??= lost
        ? `the folder \`${cwd}\` does not exist`
        : `it could not be started (${error.code ?? error.message})`;
      settle(error.code === 'ENOENT' && !lost);
    });
    child.on('exit', (exit, signal) => {
      ended = { exit, signal };
      killGroup();
      // A process that left the group may keep the pipes open for ever.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        settle(false);
      }, PIPE_GRACE_MS).unref();
    });
    child.on('close', () => {
      settle(false);
    });
  });
}

/** Programs talk to each other on the loopback interface, whatever proxy leads to the registries. */
const LOOPBACK = '127.0.0.1,localhost,::1';

/**
 * The environment of programs whose output is captured: no colours, no local customs, no debug switches, and no proxy
 * between programs of one machine.
 */
export function captureEnvironment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...base };
  for (const name of [
    'RUST_LOG',
    'RUST_BACKTRACE',
    'CLICOLOR_FORCE',
    'FORCE_COLOR',
    'LANGUAGE',
    'BASH_ENV',
    'ENV',
  ]) {
    Reflect.deleteProperty(env, name);
  }
  const noProxy = [base['NO_PROXY'] ?? base['no_proxy'], LOOPBACK].filter(Boolean).join(',');
  return {
    ...env,
    CARGO_TERM_COLOR: 'never',
    CARGO_TERM_PROGRESS_WHEN: 'never',
    LC_ALL: 'C.UTF-8',
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    NO_COLOR: '1',
    TERM: 'dumb',
    TZ: 'UTC',
  };
}

#!/usr/bin/env node
/** The door: arguments in, exit code out. 0 clean, 1 findings, 2 the command could not do its work. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { registerCheck } from './commands/check.js';
import { registerExplain } from './commands/explain.js';
import { registerFix } from './commands/fix.js';
import { registerModel } from './commands/model.js';
import { registerRefresh } from './commands/refresh.js';
import { registerSite } from './commands/site.js';
import { registerVerify } from './commands/verify.js';
import { UsageError } from './commands/shared.js';
import { CorpusError } from './index.js';
import { VerifyError } from './listings/verify.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('corpus')
  .description('Checks, fixes and verifies a corpus of Jekyll tutorials before Jekyll renders it.')
  .version(version)
  .configureHelp({ showGlobalOptions: true });
for (const register of [
  registerCheck,
  registerFix,
  registerExplain,
  registerVerify,
  registerRefresh,
  registerModel,
  registerSite,
])
  register(program);
prepare(program, 'corpus');

// A reader that closes the pipe early (`corpus check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.exitCode = 2;
    process.stderr.write(`corpus: ${describe(error)}\n`);
    if (process.env['CORPUS_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  }
}

/** Every command, however deep, ends with the exit codes above and names its own help. */
function prepare(command: Command, name: string): void {
  const has = command.commands.length > 0 ? 'commands' : 'options';
  command.exitOverride().showHelpAfterError(`(${name} --help lists the ${has})`);
  for (const child of command.commands) prepare(child, `${name} ${child.name()}`);
}

function describe(error: unknown): string {
  if ([UsageError, CorpusError, VerifyError].some((known) => error instanceof known))
    return (error as Error).message;
  if (!(error instanceof Error)) return String(error);
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined)
    return `\`${path}\` cannot be used (${code}${syscall === undefined ? '' : ` on ${syscall}`}); check that it exists and what you may do with it`;
  return `${error.message} (set CORPUS_DEBUG=1 for details)`;
}

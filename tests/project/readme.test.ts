/** What README shows is what the command prints; `UPDATE_README=1` writes it anew. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = `${root}/README.md`;
const transcript = /<!-- transcript: corpus (.*?) -->\n```text\n([\s\S]*?)```/g;

function run(command: string): string {
  const env = { ...process.env, GITHUB_ACTIONS: '', FORCE_COLOR: '', NO_COLOR: '1' };
  try {
    return execFileSync(process.execPath, ['dist/cli.js', ...command.split(' ')], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
  } catch (error) {
    // Findings end the command with exit code 1; the report is on stdout all the same.
    return String((error as { stdout: unknown }).stdout);
  }
}

it('shows what the command prints', () => {
  const readme = readFileSync(file, 'utf8');
  const now = readme.replace(
    transcript,
    (_, command: string) =>
      `<!-- transcript: corpus ${command} -->\n\`\`\`text\n$ corpus ${command}\n${run(command)}\`\`\``,
  );
  expect([...readme.matchAll(transcript)].length).toBeGreaterThan(0);
  if (process.env['UPDATE_README']) writeFileSync(file, now);
  else expect(readme).toBe(now);
});

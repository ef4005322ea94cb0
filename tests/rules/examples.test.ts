/** Every rule's examples, through the library function behind `corpus check` and `corpus fix`. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../scripts/index.js';
import { rules } from '../../scripts/rules/index.js';
import type { Example, Rule } from '../../scripts/rules/types.js';
import { readCorpus, writeCorpus } from '../support/corpus.js';

async function exampleRoot(rule: Rule, example: Example): Promise<string> {
  const files = { ...example.files };
  if (!Object.keys(files).some((name) => name.endsWith('_config.yml'))) files['_config.yml'] = '';
  const config = example.config ?? (rule.preset === 'tutorial' ? 'preset: tutorial\n' : undefined);
  if (config !== undefined && files['corpus.yml'] === undefined) files['corpus.yml'] = config;
  return await writeCorpus(files);
}

// Some findings exist only because other rules ran too.
const NEEDS_OTHERS = new Set(['suppression-used', 'rule-failed']);

for (const rule of rules) {
  describe(rule.id, () => {
    it('has a fine example and one with findings', () => {
      expect(rule.examples.some((example) => example.findings.length === 0)).toBe(true);
      expect(rule.id === 'rule-failed' || rule.examples.some((example) => example.findings.length > 0)).toBe(
        true,
      );
    });
    for (const example of rule.examples) {
      it(example.name, async () => {
        const root = await exampleRoot(rule, example);
        const only = NEEDS_OTHERS.has(rule.id) ? undefined : new Set([rule.id]);
        const options = { root, ...(only ? { only } : {}) };
        const { findings } = await checkCorpus(options);
        const own = findings.filter((finding) => finding.rule === rule.id);
        expect(
          own.map(({ file, line, column, message }, index) => {
            const wanted = example.findings[index];
            return wanted?.column === undefined ? { file, line, message } : { file, line, column, message };
          }),
        ).toEqual(example.findings);
        if (!rule.fixable) {
          expect(own.every((finding) => !finding.fixable)).toBe(true);
          return;
        }
        const before = await readCorpus(root);
        await fixCorpus(options);
        const after = await readCorpus(root);
        const changed = Object.fromEntries(
          Object.entries(after).filter(([name, text]) => before[name] !== text),
        );
        expect(changed).toEqual(example.fixed ?? {});
        expect((await fixCorpus(options)).changed.size).toBe(0);
        expect(await readCorpus(root)).toEqual(after);
      });
    }
  });
}

describe('pages with Windows line ends', () => {
  const found = async (root: string): Promise<string[]> =>
    (await checkCorpus({ root })).findings.map(
      ({ rule, file, line, column, message }) => `${file}:${line}:${column} ${rule} ${message}`,
    );
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    'give the findings of %s, and no others',
    async (_id, rule) => {
      for (const example of rule.examples) {
        const files = Object.fromEntries(
          Object.entries(example.files).map(([name, text]) => [
            name,
            name.endsWith('.md') ? text.replace(/\r?\n/g, '\r\n') : text,
          ]),
        );
        const lines = await found(await exampleRoot(rule, example));
        expect(await found(await exampleRoot(rule, { ...example, files })), example.name).toEqual(lines);
      }
    },
  );
});

describe('registry', () => {
  it('holds every rule file of every theme folder, and nothing else', () => {
    const folder = new URL('../../scripts/rules/', import.meta.url);
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
      .flatMap((entry) => readdirSync(new URL(`${entry.name}/`, folder)))
      .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
      .map((name) => name.replace(/\.ts$/, ''));
    expect([...rules].map((rule) => rule.id).sort()).toEqual(files.sort());
  });
  it('gives every rule documentation that names a reason', () => {
    for (const rule of rules) {
      expect(rule.summary, rule.id).toMatch(/\.$/);
      expect(rule.documentation.length, rule.id).toBeGreaterThan(150);
    }
  });
});

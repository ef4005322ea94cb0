/** Properties that hold for any corpus: no crash, positions inside the file, fix twice = fix once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../scripts/index.js';
import { readCorpus, writeCorpus } from '../support/corpus.js';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const SEED = process.env['FUZZ_SEED'] ? Number(process.env['FUZZ_SEED']) : 20_261_122;

const fragments = [
  '# Heading\n',
  '## Two {#two}\n',
  '---\n',
  '- item\n',
  '  - nested\n',
  '1. one\n',
  '> quote\n',
  '```rust\ncode\n```\n',
  '```\n',
  '~~~\n',
  '| a | b |\n',
  '|---|---|\n',
  '{{ x }}',
  '{% raw %}',
  '{% endraw %}',
  '{% if %}',
  '{{',
  '}}',
  '[a](b.md)',
  '[a](../b.md#c)',
  '![i](i.png)',
  '[r]\n\n[r]: b.md\n',
  '<details markdown="1">\n',
  '</details>\n',
  '<!-- c -->\n',
  '<!-- listing: rust/x/src/main.rs#a -->\n',
  '<!-- output: rust/x/run -->\n',
  '<!-- verified: rust -->\n',
  '<!-- corpus-disable link-target -->\n',
  '\n',
  '\n\n',
  '    indented\n',
  '\t',
  '\\',
  '*',
  '**',
  '_',
  '`',
  '``',
  '&amp;',
  'text ',
  'é中',
  '\uFEFF',
  '\r\n',
  '$$',
  '{: .note}\n',
  '[^1]',
  '[^1]: n\n',
  ': d\n',
  '^\n',
  'https://example.org ',
];
const yamlFragments = [
  'title: A\n',
  'title: "A: b"\n',
  'title:\n',
  'title: [a]\n',
  'nav_order: 1\n',
  'nav_order: "x"\n',
  'parent: A\n',
  'parent: B\n',
  'has_children: true\n',
  'nav_exclude: true\n',
  'layout: default\n',
  'permalink: /a/\n',
  'permalink: ../../x\n',
  'published: false\n',
  'a: b: c\n',
  '- x\n',
  '&a *a\n',
  'format_version: v2\n',
  '"\n',
  '? x\n',
  '\tq: 1\n',
];
const body = fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join(''));
const head = fc.oneof(
  fc.array(fc.constantFrom(...yamlFragments), { maxLength: 6 }).map((parts) => `---\n${parts.join('')}---\n`),
  fc.constantFrom('', ' ---\n', '---\n', '----\n'),
);
const file = fc.tuple(head, body).map(([h, b]) => h + b);
const names = [
  'index.md',
  'a.md',
  'b.md',
  'x-tutorial/README.md',
  'x-tutorial/01-a.md',
  'x-tutorial/02-b.md',
  'sub/c.html',
];
const corpora = fc.record(Object.fromEntries(names.map((name) => [name, file])), {
  requiredKeys: ['index.md'],
});
const config = fc.constantFrom(
  '',
  'permalink: pretty\n',
  'baseurl: /x\n',
  'exclude: [a]\n',
  'readme_index: {enabled: true}\n',
);

describe('any corpus', () => {
  it('is checked and fixed without a crash; fixing twice is fixing once', async () => {
    await fc.assert(
      fc.asyncProperty(corpora, config, fc.boolean(), async (files, jekyll, tutorial) => {
        const root = await writeCorpus({
          ...(files as Record<string, string>),
          '_config.yml': jekyll,
          'corpus.yml': tutorial ? "preset: tutorial\ntutorials: ['*-tutorial']\n" : '',
        });
        const { findings, corpus } = await checkCorpus({ root });
        for (const f of findings) {
          expect(f.rule).not.toBe('rule-failed');
          const lines = (corpus.sources.get(f.file) ?? '').split(/\r\n|\n|\r/);
          expect(f.line).toBeLessThanOrEqual(Math.max(lines.length, 1));
          for (const edit of f.edits) {
            const text = corpus.sources.get(edit.file ?? f.file) ?? '';
            expect(edit.start).toBeLessThanOrEqual(edit.end);
            expect(edit.end).toBeLessThanOrEqual(text.length);
          }
        }
        await fixCorpus({ root });
        const once = await readCorpus(root);
        const again = await fixCorpus({ root });
        expect([...again.changed.keys()]).toEqual([]);
        expect(await readCorpus(root)).toEqual(once);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false },
    );
  });
});

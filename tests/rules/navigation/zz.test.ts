/** Any YAML value under any known key: findings, never a failing rule. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../../scripts/index.js';
import { rules as configuration } from '../../../scripts/rules/configuration/index.js';
import { rules as files } from '../../../scripts/rules/files/index.js';
import { rules as frontMatter } from '../../../scripts/rules/front-matter/index.js';
import { rules as navigation } from '../../../scripts/rules/navigation/index.js';
import {
  JEKYLL_CONFIG_KEYS,
  JEKYLL_PAGE_KEYS,
  PLUGIN_CONFIG_KEYS,
  THEME_CONFIG_KEYS,
  THEME_PAGE_KEYS,
} from '../../../scripts/rules/shared/known-keys.js';
import { writeCorpus } from '../../support/corpus.js';

const only = new Set([
  ...[...configuration, ...files, ...frontMatter, ...navigation].map((rule) => rule.id),
  'rule-failed',
]);
const value = fc.constantFrom(
  ...[
    '',
    '""',
    '" "',
    '~',
    'yes',
    '"true"',
    '0',
    '010',
    '-1.50',
    '2024-01-01',
    'A',
    'B',
    '"A "',
    'a: b',
    '[]',
    '[A, 1]',
  ],
  ...[
    '{}',
    '{a: {b: 1}}',
    '&x A',
    '*x',
    '!tag A',
    '|\n  A',
    "'it''s'",
    '<b>',
    '`c`',
    '/x/',
    '?',
    '@',
    'constructor',
    '🎉',
  ],
);
const entry = (keys: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof(fc.constantFrom(...keys), fc.constantFrom('constructor', '__proto__', 'toString', '1')),
      value,
    )
    .map(([key, text]) => `${key}: ${text}`);
const pageKeys = [...THEME_PAGE_KEYS, ...JEKYLL_PAGE_KEYS];
const page = fc.array(entry(['title', 'parent', 'nav_order', ...pageKeys]), { maxLength: 6 });
const config = fc.array(entry([...JEKYLL_CONFIG_KEYS, ...PLUGIN_CONFIG_KEYS, ...THEME_CONFIG_KEYS]), {
  maxLength: 4,
});

describe('odd values', () => {
  it('never make a rule fail, and fixing them comes to an end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(page, { minLength: 1, maxLength: 4 }),
        config,
        fc.constantFrom('pages', 'actions'),
        fc.constantFrom('recommended', 'tutorial'),
        async (pages, settings, engine, preset) => {
          const corpus: Record<string, string> = {
            'corpus.yml': `engine: ${engine}\npreset: ${preset}\n`,
            '_config.yml': `${settings.join('\n')}\n`,
          };
          for (const [index, fields] of pages.entries()) {
            corpus[`tutorials/t-tutorial/0${index}-a.md`] = `---\n${fields.join('\n')}\n---\n\n# A\n`;
          }
          const root = await writeCorpus(corpus);
          const { findings } = await checkCorpus({ root, only });
          expect(findings.filter((finding) => finding.rule === 'rule-failed')).toEqual([]);
          for (const finding of findings) {
            expect(finding.message).not.toMatch(/undefined|\[object|NaN/u);
            expect(finding.line).toBeGreaterThan(0);
          }
          await fixCorpus({ root, only });
          expect((await fixCorpus({ root, only })).changed.size).toBe(0);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

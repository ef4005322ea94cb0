/** Whatever an author does to a derived list, fixing it restores the derived entries and keeps the author's own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../../scripts/index.js';
import {
  chapterPage,
  FIRST_NAVIGATION,
  FIRST_PATH,
  INDEX_PATH,
  indexPage,
  lampTutorial,
  MAP,
} from '../../../scripts/rules/shared/example-tutorial.js';
import { readCorpus, writeCorpus } from '../../support/corpus.js';

const OWN = [
  '- [Buy a switch](https://example.com/shop)',
  '- Mind the voltage.',
  '- [Notes](../notes.md)\n  in two lines',
];
const STALE = ['- [Previous: Chapter 0: Wire](00-wire.md)', '- [Next: Chapter 3: Socket](03-socket.md)'];

async function repaired(files: Record<string, string>, rule: string): Promise<Record<string, string>> {
  const root = await writeCorpus({ '_config.yml': '', 'corpus.yml': 'preset: tutorial\n', ...files });
  const options = { root, only: new Set([rule]) };
  await fixCorpus(options);
  expect((await checkCorpus(options)).findings).toEqual([]);
  expect((await fixCorpus(options)).changed.size).toBe(0);
  return await readCorpus(root);
}

describe('a derived list', () => {
  it('gets its entries back and keeps those of the author', async () => {
    const derived = FIRST_NAVIGATION.split('\n');
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(derived),
        fc.subarray(OWN),
        fc.subarray(STALE),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        async (kept, own, stale, keys, eol) => {
          const items = [...kept, ...own, ...stale]
            .map((item, index) => ({ item, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
          const typed = chapterPage(1, 'Switch', items.join('\n')).replaceAll('\n', eol);
          const after = await repaired(lampTutorial({ [FIRST_PATH]: typed }), 'chapter-navigation');
          const page = after[FIRST_PATH] ?? '';
          for (const entry of [...derived, ...own.map((item) => item.replaceAll('\n', eol))])
            expect(page.split(entry)).toHaveLength(2);
          for (const entry of stale) expect(page).not.toContain(entry);
          expect(page.replaceAll('\r\n', '')).not.toContain(eol === '\r\n' ? '\n' : '\r');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps notes behind the links of a map, whatever the order of its entries', async () => {
    const entries = MAP.split('\n');
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.constantFrom('', ' (short)', '\n   - a note'), async (swap, note) => {
        const [first = '', second = ''] = entries;
        const noted = second + note;
        const map = (swap ? [noted, first] : [first, noted]).join('\n');
        const after = await repaired(lampTutorial({ [INDEX_PATH]: indexPage({ map }) }), 'chapter-map');
        expect(after[INDEX_PATH]).toBe(indexPage({ map: `${first}\n${noted}` }));
      }),
      { numRuns: 12 },
    );
  });
});

/** nav-parent against the drawn navigation: no page vanishes without a finding, and no finding is a false alarm. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCorpus } from '../../../scripts/index.js';
import { writeCorpus } from '../../support/corpus.js';

const titles = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon'];
const title = fc.constantFrom(...titles);
const optional = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string | null> =>
  fc.option(arbitrary, { nil: null, freq: 2 });
const pageFields = fc.record({
  title,
  parent: optional(fc.constantFrom(...titles, 'Nowhere', 'alpha')),
  grand_parent: fc.option(title, { nil: null, freq: 1 }),
  ancestor: fc.option(title, { nil: null, freq: 1 }),
});

type Fields = Record<string, string | null>;

async function check(pages: readonly Fields[]) {
  const files: Record<string, string> = { '_config.yml': '', 'top.md': '---\ntitle: Top\n---\n' };
  for (const [index, fields] of pages.entries()) {
    const lines = Object.entries(fields).flatMap(([key, value]) =>
      value === null ? [] : [`${key}: ${value}`],
    );
    files[`p${index}.md`] = `---\n${lines.join('\n')}\n---\n`;
  }
  const root = await writeCorpus(files);
  const { site, findings } = await checkCorpus({ root, only: new Set(['nav-parent']) });
  const vanished = new Set(
    findings.filter(({ message }) => message.includes('vanish')).map(({ file }) => file),
  );
  const repeated = new Set(findings.filter(({ message }) => message.includes('∞')).map(({ file }) => file));
  return { site, vanished, repeated };
}

describe('pages that vanish from the navigation', () => {
  it('are reported themselves, or stand below a page that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pageFields, { minLength: 1, maxLength: 7 }), async (pages) => {
        const { site, vanished, repeated } = await check(pages);
        const undrawn = new Map(site.undrawn.map(({ page, reason }) => [page.path, reason]));
        for (const file of vanished) expect(undrawn.has(file), `${file} is reported but drawn`).toBe(true);
        const titleOf = new Map(site.pages.map((page) => [page.path, page.title]));
        const parentOf = new Map(site.pages.map((page) => [page.path, page.data.get('parent')?.value]));
        for (const [file, reason] of undrawn) {
          // Whoever reads the finding of a page above learns about this one.
          const seen = new Set([file]);
          for (const current of seen)
            for (const [path, its] of titleOf) if (its === parentOf.get(current)) seen.add(path);
          const explained = [...seen].some((path) => vanished.has(path) || repeated.has(path));
          expect(explained, `${file} vanishes (${reason}) without a finding`).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are found in a chain and a circle of thousands of pages', async () => {
    const chain = Array.from({ length: 1500 }, (_, index): Fields => ({
      title: `T${index}`,
      parent: index === 0 ? null : `T${index - 1}`,
    }));
    const circle = Array.from({ length: 1500 }, (_, index): Fields => ({
      title: `C${index}`,
      parent: `C${(index + 1) % 1500}`,
    }));
    const { vanished } = await check([...chain, ...circle]);
    // The first page below the hundredth level ("Top" is another tree), and the first ten of the circle.
    expect([...vanished].sort()).toEqual(
      ['p100.md', ...Array.from({ length: 10 }, (_, index) => `p${1500 + index}.md`)].sort(),
    );
  });
});

/** The report for people on a site with very many findings. */
import { describe, expect, it } from 'vitest';
import { checkCorpus } from '../../scripts/index.js';
import { report } from '../../scripts/reporters/index.js';
import { writeCorpus } from '../support/corpus.js';

const HEAD = '---\ntitle: A\n---\n\n';

async function pretty(files: Record<string, string>): Promise<string> {
  const root = await writeCorpus({ '_config.yml': '', ...files });
  const result = await checkCorpus({ root, only: new Set(['link-target', 'image-alt']) });
  return report('pretty', result, { color: false, prefix: '' });
}

describe('the pretty report', () => {
  it('shows ten findings of a rule in a file, and counts the rest', async () => {
    const text = await pretty({
      'a.md': `${HEAD}${'[x](y.md)\n\n'.repeat(12)}![](https://example.com/a.png)\n`,
    });
    expect(text.match(/ link-target$/gm)).toHaveLength(10);
    expect(text.match(/ image-alt$/gm)).toHaveLength(1);
    expect(text).toContain('… and 2 more of link-target in this file (`--format compact` shows all)');
    expect(text).toContain('12 errors, 1 warning in 1 file');
    expect(text).not.toContain('Findings by rule');
  });

  it('ends with the number of findings by rule where there are many', async () => {
    const text = await pretty({
      'a.md': `${HEAD}${'[x](y.md)\n\n'.repeat(30)}![](https://example.com/a.png)\n`,
      'b.md': `${HEAD}[x](y.md)\n`,
    });
    expect(text).toContain(
      'Findings by rule (`corpus explain RULE` says why; `--rule RULE=off` leaves one out):\n    31  link-target in 2 files\n     1  image-alt in 1 file\n\n31 errors',
    );
  });
});

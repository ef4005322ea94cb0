/** The kramdown findings against the real engines: on every known case, and on random pages. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyLiquid } from '../../scripts/corpus/rendered.js';
import { hasKramdown, KramdownServer } from '../support/kramdown-server.js';
import { readCases } from './cases.js';
import { page } from './documents.js';
import { judge, type Verdict } from './judge.js';

describe.skipIf(!hasKramdown())('kramdown findings', () => {
  let server: KramdownServer;
  beforeAll(() => {
    server = new KramdownServer();
  });
  afterAll(() => {
    server.stop();
  });

  async function verdictOf(body: string): Promise<Verdict | null> {
    const text = applyLiquid(body, 'pages').text;
    const { html } = await server.render(text);
    return html === undefined ? null : judge(text, html);
  }
  const summary = (verdict: Verdict | null): unknown => ({
    missed: verdict?.missed.map(({ first, last, github, site }) => ({ first, last, github, site })),
    falseAlarms: verdict?.falseAlarms.map(({ first, last, kind }) => ({ first, last, kind })),
  });

  for (const file of ['cases.txt', 'regressions.txt'])
    describe(file, () => {
      for (const { name, text } of readCases(file))
        it(name, async () => {
          expect(summary(await verdictOf(text))).toEqual({ missed: [], falseAlarms: [] });
        });
    });

  it('agree with the engines on random pages', async () => {
    const pages = fc.sample(page, { seed: 20260101, numRuns: 600 });
    let [hunks, missed, findings, falseAlarms] = [0, 0, 0, 0];
    for (const text of pages) {
      const verdict = await verdictOf(text);
      hunks += verdict?.hunks.length ?? 0;
      missed += verdict?.missed.length ?? 0;
      findings += verdict?.findings.length ?? 0;
      falseAlarms += verdict?.falseAlarms.length ?? 0;
    }
    expect(hunks).toBeGreaterThan(500);
    expect(missed / hunks).toBeLessThan(0.01);
    expect(falseAlarms / findings).toBeLessThan(0.02);
  });
});

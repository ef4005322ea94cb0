import { describe, expect, it } from 'vitest';
import { verifiedParagraph } from '../../scripts/listings/coverage.js';
import { formatLedger, outputHash, parseLedger } from '../../scripts/listings/ledger.js';
import type { LedgerEntry } from '../../scripts/listings/types.js';

function entry(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    inputHash: 'a'.repeat(64),
    outputHash: 'b'.repeat(64),
    sdk: { name: 'rmcp', version: '3.11.0' },
    toolchain: 'rustc 1.95.0',
    date: '2026-11-22',
    result: 'passed',
    tests: 1,
    ...changes,
  };
}

describe('verifiedParagraph', () => {
  it('names packages in order, those without the SDK among them', () => {
    const entries = new Map([
      ['rust/lantern-hello', entry()],
      ['rust/lantern-core', entry({ sdk: null })],
    ]);
    expect(verifiedParagraph(entries)).toBe(
      '*Verified on 2026-11-22 with rmcp 3.11.0 and rustc 1.95.0: lantern-core, lantern-hello.*',
    );
  });

  it('gives each date and each set of versions a sentence, the newest first', () => {
    const entries = new Map([
      ['rust/a', entry({ date: '2026-11-20' })],
      ['rust/b', entry()],
      ['rust/c', entry({ sdk: { name: 'rmcp', version: '0.15.0' } })],
      ['rust/d', entry({ sdk: null, toolchain: 'rustc 1.88.0' })],
    ]);
    expect(verifiedParagraph(entries)).toBe(
      '*Verified on 2026-11-22 with rmcp 0.15.0 and rustc 1.95.0: c. Verified on 2026-11-22 with rmcp 3.11.0 and rustc 1.95.0: b. Verified on 2026-11-22 with rustc 1.88.0: d. Verified on 2026-11-20 with rmcp 3.11.0 and rustc 1.95.0: a.*',
    );
  });
});

describe('the ledger file', () => {
  it('is the same text whatever the order of its entries, and reads as it was written', () => {
    const pairs: [string, LedgerEntry][] = [
      ['rust/b', entry({ sdk: null })],
      ['rust/a', entry()],
    ];
    const text = formatLedger(new Map(pairs));
    expect(formatLedger(new Map([...pairs].reverse()))).toBe(text);
    expect(parseLedger(text)).toEqual({ entries: new Map([...pairs].reverse()), problem: null });
    expect(text.endsWith('}\n')).toBe(true);
  });

  it.each([
    ['[]', 'the ledger has another form at the top level: '],
    ['{"version": 2, "packages": {}}', 'the ledger has another form at `version`: '],
    [
      formatLedger(new Map([['rust/a', entry({ date: 'today' })]])),
      'the ledger has another form at `packages.rust/a.date`: is no date such as 2026-01-31',
    ],
    [
      formatLedger(new Map([['rust/a', entry()]])).replace('"tests"', '"proofs"'),
      'the ledger has another form at `packages.rust/a',
    ],
  ])('says where it cannot be understood: %#', (text, problem) => {
    const parsed = parseLedger(text);
    expect(parsed.problem?.startsWith(problem), parsed.problem ?? 'no problem').toBe(true);
    expect(parsed.entries.size).toBe(0);
  });

  it('is empty when there is no file', () => {
    expect(parseLedger(null)).toEqual({ entries: new Map(), problem: null });
  });
});

describe('outputHash', () => {
  it('tells names from texts and does not depend on the order', () => {
    const hash = outputHash(
      new Map([
        ['a', 'x'],
        ['b', 'y'],
      ]),
    );
    expect(
      outputHash(
        new Map([
          ['b', 'y'],
          ['a', 'x'],
        ]),
      ),
    ).toBe(hash);
    expect(
      outputHash(
        new Map([
          ['a', 'xb'],
          ['b', ''],
        ]),
      ),
    ).not.toBe(hash);
    expect(
      outputHash(
        new Map([
          ['a', 'y'],
          ['b', 'x'],
        ]),
      ),
    ).not.toBe(hash);
    expect(
      outputHash(
        new Map([
          ['a', 'x'],
          ['b', null],
        ]),
      ),
    ).toBe(outputHash(new Map([['a', 'x']])));
  });
});

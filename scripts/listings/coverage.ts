/** What the ledger says about the programs of a page, and the sentence that the page shows of it. */
import type { LedgerEntry, ListingCatalog, ListingPackage } from './types.js';
import { outputHash } from './ledger.js';

/** Why the ledger does not cover a package as it is now; null when it does. */
export function coverageProblem(catalog: ListingCatalog, found: ListingPackage): string | null {
  const entry = catalog.ledger.get(found.name);
  if (!entry) return 'was never verified';
  if (entry.inputHash !== found.inputHash) return `changed since it was verified on ${entry.date}`;
  if (entry.result !== 'passed') return `failed its verification on ${entry.date}`;
  if (entry.outputHash !== outputHash(found.outputs)) {
    return `has captured output that differs from the one verified on ${entry.date}`;
  }
  return null;
}

/**
 * The paragraph after `<!-- verified: language -->`: date, versions and packages as Markdown, one sentence for each
 * distinct set of them, e.g. `*Verified on 2026-11-22 with rmcp 3.11.0 and rustc 1.95.0: lantern-core, lantern-hello.*`
 * A package that does not use the SDK joins the sentence of the same date and toolchain that names one.
 */
export function verifiedParagraph(entries: ReadonlyMap<string, LedgerEntry>): string {
  const groups = new Map<string, { date: string; sdk: string; toolchain: string; names: string[] }>();
  const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
  const withSdkFirst = [
    ...sorted.filter(([, entry]) => entry.sdk),
    ...sorted.filter(([, entry]) => !entry.sdk),
  ];
  for (const [name, { date, sdk, toolchain }] of withSdkFirst) {
    const sdkText = sdk ? `${sdk.name} ${sdk.version}` : '';
    const candidates = [...groups.values()].filter(
      (group) => group.date === date && group.toolchain === toolchain,
    );
    let group = sdk ? candidates.find((candidate) => candidate.sdk === sdkText) : candidates[0];
    if (!group) {
      group = { date, sdk: sdkText, toolchain, names: [] };
      groups.set(`${date}\n${sdkText}\n${toolchain}`, group);
    }
    group.names.push(name.slice(name.indexOf('/') + 1));
  }
  const sentences = [...groups.values()]
    .map(({ date, sdk, toolchain, names }) => ({
      date,
      text: `Verified on ${date} with ${sdk === '' ? '' : `${sdk} and `}${toolchain}: ${names.sort().join(', ')}.`,
    }))
    .sort((left, right) =>
      left.date === right.date ? (left.text < right.text ? -1 : 1) : left.date < right.date ? 1 : -1,
    );
  return `*${sentences.map((sentence) => sentence.text).join(' ')}*`;
}

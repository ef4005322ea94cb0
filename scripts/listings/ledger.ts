/** `ledger.json`: which packages were built, tested and run, in what state, with what. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ISO_DATE, parseRecord, SHA256 } from './record.js';
import type { LedgerEntry } from './types.js';

const sha256 = z.string().regex(SHA256, 'is no SHA-256 in hexadecimal');
const entrySchema = z.strictObject({
  inputHash: sha256,
  outputHash: sha256,
  sdk: z.strictObject({ name: z.string(), version: z.string() }).nullable(),
  toolchain: z.string(),
  date: z.string().regex(ISO_DATE, 'is no date such as 2026-01-31'),
  result: z.enum(['passed', 'failed']),
  tests: z.int().min(0),
});
/** The file's shape; `packages` by `language/package`. */
export const ledgerSchema = z.strictObject({
  version: z.literal(1),
  packages: z.record(z.string(), entrySchema),
});

/**
 * Reads the ledger's text; null text (no file) is an empty ledger.
 *
 * @returns the entries by package name, and what is wrong with the file: a ledger that cannot be understood covers
 *   nothing.
 */
export function parseLedger(text: string | null): {
  entries: Map<string, LedgerEntry>;
  problem: string | null;
} {
  if (text === null) return { entries: new Map(), problem: null };
  const record = parseRecord(ledgerSchema, text, 'the ledger');
  return 'data' in record
    ? { entries: new Map(Object.entries(record.data.packages)), problem: null }
    : { entries: new Map(), problem: record.problem };
}

/** The ledger's text: packages and fields in a fixed order, so that a diff shows only what changed. */
export function formatLedger(entries: ReadonlyMap<string, LedgerEntry>): string {
  const packages: Record<string, LedgerEntry> = {};
  for (const [name, entry] of [...entries].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const { inputHash, outputHash: outputs, sdk, toolchain, date, result, tests } = entry;
    packages[name] = {
      inputHash,
      outputHash: outputs,
      sdk: sdk && { name: sdk.name, version: sdk.version },
      toolchain,
      date,
      result,
      tests,
    };
  }
  return `${JSON.stringify({ version: 1, packages }, null, 2)}\n`;
}

/** SHA-256 (hex) over the names and texts of the captured runs; an output that was never captured counts as absent. */
export function outputHash(outputs: ReadonlyMap<string, string | null>): string {
  const hash = createHash('sha256');
  for (const [name, text] of [...outputs].sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (text === null) continue;
    hash.update(`${Buffer.byteLength(name)} ${Buffer.byteLength(text)}\n${name}${text}`);
  }
  return hash.digest('hex');
}

/** A small corpus with one program, as the examples of the listing rules vary it. */
import { formatLedger, outputHash } from '../../listings/ledger.js';
import type { LedgerEntry } from '../../listings/types.js';

export const LISTING_PAGE = 'tutorials/lamp-tutorial/01-switch.md';
export const PROGRAM_PATH = 'listings/rust/lamp/src/main.rs';

export const PROGRAM = `// ANCHOR: switch
fn toggle(on: bool) -> bool {
    !on
}
// ANCHOR_END: switch

fn main() {
    // ANCHOR: use
    println!("{}", toggle(false));
    // ANCHOR_END: use
}
`;

export const CAPTURED = '$ cargo run --quiet -p lamp\ntrue\n';

/** A chapter of one tutorial with this text after its heading. */
export function listingPage(body: string): string {
  return `---
layout: default
title: "Chapter 1: Switch"
parent: Lamp Tutorial
nav_order: 1
---

# Chapter 1: Switch

${body}
`;
}

const INDEX = `---
layout: default
title: Lamp Tutorial
nav_order: 1
has_children: true
---

# Lamp Tutorial
`;

const MANIFEST = `summary: A lamp with a switch.
runs:
  - name: toggle
    command: cargo run --quiet -p lamp
`;

/** The corpus with the chapter's text; other files can be replaced, added or (undefined) left out. */
export function lampProgram(
  body: string,
  files: Record<string, string | undefined> = {},
): Record<string, string> {
  const all: Record<string, string | undefined> = {
    'tutorials/lamp-tutorial/README.md': INDEX,
    [LISTING_PAGE]: listingPage(body),
    'listings/rust/Cargo.toml': '[workspace]\nresolver = "3"\nmembers = ["*"]\nexclude = ["target"]\n',
    'listings/rust/Cargo.lock':
      'version = 4\n\n[[package]]\nname = "lamp"\nversion = "0.1.0"\ndependencies = [\n "rmcp",\n]\n\n[[package]]\nname = "rmcp"\nversion = "3.1.4"\nsource = "registry+https://example.com/index"\nchecksum = "00"\n',
    'listings/rust/lamp/Cargo.toml':
      '[package]\nname = "lamp"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\nrmcp = "3.1"\n',
    [PROGRAM_PATH]: PROGRAM,
    'listings/rust/lamp/listing.yml': MANIFEST,
    'listings/rust/lamp/output/toggle.txt': CAPTURED,
    ...files,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** What `loadListings` computes for the program as it is above; the examples of `listing-verified` hold it true. */
export const LAMP_INPUT_HASH = 'ec8fe82a2dc9bb8040eda56a7724264f8a43dc8b922f5cfcf394fb9fb37b68c4';

/** A ledger in which the lamp passed, with some of the entry's fields replaced. */
export function lampLedger(changes: Partial<LedgerEntry> = {}): string {
  const entry: LedgerEntry = {
    inputHash: LAMP_INPUT_HASH,
    outputHash: outputHash(new Map([['toggle', CAPTURED]])),
    sdk: { name: 'rmcp', version: '3.1.4' },
    toolchain: 'rustc 1.95.0',
    date: '2026-01-31',
    result: 'passed',
    tests: 2,
    ...changes,
  };
  return formatLedger(new Map([['rust/lamp', entry]]));
}

/** Programs that pages show: packages, their runs, captured outputs and the record of their verification. */
import type { Range } from '../corpus/types.js';
import type { NormaliserName } from './normalise.js';

/** One captured run of a package. */
export interface ListingRun {
  name: string;
  /** A bash command; the current folder is that of the language (`listings/rust`). */
  command: string;
  exit: number;
  /** Merge stderr into the captured output. */
  stderr: boolean;
  normalise: NormaliserName[];
  /** Time limit. */
  seconds: number;
}

/** `listing.yml`. */
export interface ListingManifest {
  /** Relative to the root; for a package without `listing.yml` its language's own manifest. */
  path: string;
  summary: string;
  /** Folder names of packages of the same language whose programs the runs or tests start. */
  needs: string[];
  runs: ListingRun[];
  /** Ranges are places in the file at `path`. */
  problems: { message: string; range: Range }[];
}

export interface ListingPackage {
  /** `rust/lantern-hello`: language and folder name. */
  name: string;
  language: string;
  /** Relative to the root. */
  folder: string;
  manifest: ListingManifest;
  /** SHA-256 over everything that may change what the package does: its files, those of the packages it depends on by path or needs, what it takes from the workspace manifest, and the locked dependencies. */
  inputHash: string;
  /** Name and locked version of the SDK that the package depends on; null for a package that does not. */
  sdk: { name: string; version: string } | null;
  /** Names of the tests in its source files; empty for a language that is not understood. */
  tests: readonly string[];
  /** Run name -> captured text (first line `$ command`), null when it was never captured. */
  outputs: ReadonlyMap<string, string | null>;
}

/** What `corpus verify` recorded for one package. */
export interface LedgerEntry {
  inputHash: string;
  /** Hash of the captured outputs. */
  outputHash: string;
  /** Name and locked version of the SDK, e.g. `rmcp 3.11.0`; null for a package that does not use one. */
  sdk: { name: string; version: string } | null;
  /** e.g. `rustc 1.95.0`. */
  toolchain: string;
  /** ISO date (UTC) of the verification. */
  date: string;
  result: 'passed' | 'failed';
  tests: number;
}

export interface ListingCatalog {
  /** Relative to the root, e.g. `listings`. */
  folder: string;
  packages: ReadonlyMap<string, ListingPackage>;
  /** Text of the files that pages refer to, by path below `folder`; `problem` when it cannot be read (missing, outside the root, not text). */
  files: ReadonlyMap<string, { text: string } | { problem: string }>;
  /** Relative to the root. */
  ledgerPath: string;
  ledger: ReadonlyMap<string, LedgerEntry>;
  ledgerProblem: string | null;
}

/** The catalog of a corpus without programs. */
export function emptyCatalog(folder = 'listings'): ListingCatalog {
  return {
    folder,
    packages: new Map(),
    files: new Map(),
    ledgerPath: `${folder}/ledger.json`,
    ledger: new Map(),
    ledgerProblem: null,
  };
}

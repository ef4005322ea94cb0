/** The library behind the command line: check, fix and model a corpus. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { CorpusError } from './corpus/config-file.js';
import { errorCode } from './corpus/discover.js';
import { contentHash } from './corpus/extract.js';
import { loadCorpus, type Corpus, type LoadOptions } from './corpus/load.js';
import { applyEdits } from './corpus/text.js';
import type { Edit, PageFacts } from './corpus/types.js';
import { runRules, type FullFinding, type RunOptions } from './rules/run.js';
import type { Finding } from './rules/types.js';
import { buildSite } from './site/model.js';
import type { Site } from './site/types.js';

export interface CheckOptions extends LoadOptions, RunOptions {
  root: string;
  /** Report (and fix) only files for which this holds; the whole corpus is still read. */
  filter?: (file: string) => boolean;
}

export interface Summary {
  files: number;
  errors: number;
  warnings: number;
  infos: number;
  fixable: number;
}

export interface CheckResult {
  findings: FullFinding[];
  summary: Summary;
  corpus: Corpus;
  site: Site;
}

/**
 * Checks a corpus; executes nothing, writes nothing.
 *
 * @throws CorpusError when the root, or the configuration that the options name, cannot be read, or when the
 *   configuration's `source` is no folder of the corpus
 */
export async function checkCorpus(options: CheckOptions): Promise<CheckResult> {
  const corpus = await loadCorpus(options.root, options);
  requireSource(corpus);
  return checkLoaded(corpus, options);
}

/**
 * A site that is not where the configuration says has no findings, which must not look like a clean one.
 *
 * @throws CorpusError when `source` names no folder of the corpus
 */
export function requireSource({ source, files }: Corpus): void {
  const entry = files.get(source);
  if (source === '.' || entry?.kind === 'directory' || entry?.targetKind === 'directory') return;
  throw new CorpusError(
    `the configuration's \`source: ${source}\` is no folder below the root; name one, relative to the root`,
  );
}

/** Checks a corpus that is already in memory. */
export function checkLoaded(corpus: Corpus, options: Omit<CheckOptions, 'root'> = {}): CheckResult {
  const site = buildSite(corpus);
  const all = runRules({ ...corpus, site, configPath: options.config ?? 'corpus.yml' }, options);
  const findings = options.filter ? all.filter((finding) => options.filter?.(finding.file)) : all;
  return { findings, summary: summarise(findings, corpus.facts.size, options), corpus, site };
}

/**
 * Notes say what may be as the author wants it. So their repairs wait until somebody names the rule.
 *
 * @returns whether `fix` makes the finding's repair, provided that it has one
 */
function isRepaired({ severity, rule }: Finding, { only }: RunOptions): boolean {
  return severity !== 'info' || only?.has(rule) === true;
}

/** Counts findings by severity, and those that `fix` would repair. */
export function summarise(findings: readonly Finding[], files: number, options: RunOptions = {}): Summary {
  const count = (severity: Finding['severity']): number =>
    findings.filter((f) => f.severity === severity).length;
  return {
    files,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: findings.filter((finding) => finding.fixable && isRepaired(finding, options)).length,
  };
}

export interface FixResult extends CheckResult {
  /** Files that were (or with `dryRun` would be) written, with their new text. */
  changed: ReadonlyMap<string, string>;
  /** The text that each of them was read with. */
  original: ReadonlyMap<string, string>;
  /** Files of `changed` that were left as they are, with the reason and what to do. */
  skipped: ReadonlyMap<string, string>;
}

/** More rounds than any chain of dependent fixes needs; the loop ends as soon as a round changes nothing. */
const MAX_ROUNDS = 20;

/**
 * Applies the fixes of errors and warnings, and of notes whose rule `only` names, until nothing changes. Then writes
 * the changed files atomically.
 *
 * A file is only written when it still is what was read; edits to files that are not plain UTF-8 files of the corpus
 * are never applied.
 *
 * @throws CorpusError as `checkCorpus`; a file that cannot be written is named in `skipped`
 */
export async function fixCorpus(options: CheckOptions & { dryRun?: boolean }): Promise<FixResult> {
  const cache = options.cache ?? new Map<string, PageFacts>();
  const first = await checkCorpus({ ...options, cache });
  const futile = new Set<string>();
  let attempt = await fixAttempt(options, cache, first, futile);
  // A repair that leaves its finding as it was (text added inside a fence that never ends) is not made at all.
  while (attempt === null) attempt = await fixAttempt(options, cache, first, futile);
  const { changed, result } = attempt;
  const original = first.corpus.sources;
  for (const [file, text] of changed) if (original.get(file) === text) changed.delete(file);
  const skipped = options.dryRun
    ? new Map<string, string>()
    : await writeAll(first.corpus.root, changed, original);
  return { ...result, changed, original, skipped };
}

/**
 * Applies rounds of edits in memory until nothing changes.
 *
 * @param futile findings whose edits are left out; grows
 * @returns null when a repair turned out to be futile: then everything begins anew without it
 */
async function fixAttempt(
  options: CheckOptions,
  cache: Map<string, PageFacts>,
  first: CheckResult,
  futile: Set<string>,
): Promise<{ result: CheckResult; changed: Map<string, string> } | null> {
  const overlay = new Map(options.overlay ?? []);
  const changed = new Map<string, string>();
  const { writable } = first.corpus;
  let result = first;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = countByKey(result.findings);
    const { texts, applied } = applyRound(
      result,
      (finding) => isRepaired(finding, options) && !futile.has(keyOf(finding)),
      (file) => writable.has(file) && (options.filter?.(file) ?? true),
    );
    if (texts.size === 0) break;
    for (const [file, text] of texts) {
      overlay.set(file, text);
      changed.set(file, text);
    }
    result = await checkCorpus({ ...options, overlay, cache });
    const after = countByKey(result.findings);
    const useless = [...applied].filter((key) => (after.get(key) ?? 0) >= (before.get(key) ?? 0));
    if (useless.length > 0) {
      for (const key of useless) futile.add(key);
      return null;
    }
  }
  return { result, changed };
}

const keyOf = ({ rule, file, message }: Finding): string => `${rule}\0${file}\0${message}`;

function countByKey(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

/** One round of non-overlapping edits; a finding's edits are applied together or not at all. */
function applyRound(
  result: CheckResult,
  wanted: (finding: Finding) => boolean,
  mayWrite: (file: string) => boolean,
): { texts: Map<string, string>; applied: Set<string> } {
  const byFile = new Map<string, { edits: Edit[]; key: string }[]>();
  for (const finding of result.findings) {
    const files = new Set(finding.edits.map((edit) => edit.file ?? finding.file));
    if (files.size === 0 || !wanted(finding) || ![...files].every(mayWrite)) continue;
    // A fix over several files is applied when none of them has an earlier fix in this round.
    if (files.size > 1 && [...files].some((file) => byFile.has(file))) continue;
    for (const file of files) {
      const edits = finding.edits.filter((edit) => (edit.file ?? finding.file) === file);
      const groups = byFile.get(file) ?? [];
      groups.push({ edits, key: keyOf(finding) });
      byFile.set(file, groups);
    }
  }
  const texts = new Map<string, string>();
  const applied = new Set<string>();
  for (const [file, groups] of byFile) {
    const before = result.corpus.sources.get(file);
    if (before === undefined) continue;
    const outcome = applyEdits(
      before,
      groups.map(({ edits }) => edits),
    );
    if (outcome.text === before) continue;
    texts.set(file, outcome.text);
    for (const [index, { key }] of groups.entries()) if (outcome.applied[index]) applied.add(key);
  }
  return { texts, applied };
}

async function writeAll(
  root: string,
  changed: ReadonlyMap<string, string>,
  original: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const skipped = new Map<string, string>();
  for (const [file, text] of changed) {
    const absolute = path.join(root, file);
    try {
      if (contentHash(await readFile(absolute)) === contentHash(original.get(file) ?? ''))
        await writeFileAtomic(absolute, text);
      else skipped.set(file, 'changed on disk in the meantime; run `corpus fix` again');
    } catch (error) {
      // One file that cannot be written must not hide what became of the others.
      skipped.set(
        file,
        `cannot be written (${errorCode(error)}); make it writable and run \`corpus fix\` again`,
      );
    }
  }
  return skipped;
}

export { buildSite, CorpusError, loadCorpus };
export type { Corpus, Finding, FullFinding, Site };

/** The library behind the command line: check, fix and model a corpus. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
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

/** Checks a corpus; executes nothing, writes nothing. Throws only when the root cannot be read. */
export async function checkCorpus(options: CheckOptions): Promise<CheckResult> {
  const corpus = await loadCorpus(options.root, options);
  return checkLoaded(corpus, options);
}

/** Checks a corpus that is already in memory. */
export function checkLoaded(corpus: Corpus, options: Omit<CheckOptions, 'root'> = {}): CheckResult {
  const site = buildSite(corpus);
  const all = runRules({ ...corpus, site, configPath: options.config ?? 'corpus.yml' }, options);
  const findings = options.filter ? all.filter((finding) => options.filter?.(finding.file)) : all;
  return { findings, summary: summarise(findings, corpus.facts.size), corpus, site };
}

/** Counts findings by severity. */
export function summarise(findings: readonly Finding[], files: number): Summary {
  const count = (severity: Finding['severity']): number =>
    findings.filter((f) => f.severity === severity).length;
  return {
    files,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: findings.filter((finding) => finding.fixable).length,
  };
}

export interface FixResult extends CheckResult {
  /** Files that were (or with `dryRun` would be) written, with their new text. */
  changed: ReadonlyMap<string, string>;
  /** Files that changed on disk while `fix` was working: left as they are. */
  skipped: string[];
}

/** More rounds than any chain of dependent fixes needs; the loop ends as soon as a round changes nothing. */
const MAX_ROUNDS = 20;

/**
 * Applies every fix until nothing changes, then writes the changed files atomically.
 *
 * A file is only written when it still is what was read; edits to files that are not plain UTF-8 files of the corpus
 * are never applied.
 */
export async function fixCorpus(options: CheckOptions & { dryRun?: boolean }): Promise<FixResult> {
  const overlay = new Map(options.overlay ?? []);
  const cache = options.cache ?? new Map<string, PageFacts>();
  const changed = new Map<string, string>();
  let result = await checkCorpus({ ...options, overlay, cache });
  const original = new Map(result.corpus.sources);
  const writable = result.corpus.writable;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const texts = applyRound(result, (file) => writable.has(file) && (options.filter?.(file) ?? true));
    if (texts.size === 0) break;
    for (const [file, text] of texts) {
      overlay.set(file, text);
      changed.set(file, text);
    }
    result = await checkCorpus({ ...options, overlay, cache });
  }
  for (const [file, text] of changed) if (original.get(file) === text) changed.delete(file);
  const skipped = options.dryRun ? [] : await writeAll(result.corpus.root, changed, original);
  return { ...result, changed, skipped };
}

/** One round of non-overlapping edits; a finding's edits are applied together or not at all. */
function applyRound(result: CheckResult, mayWrite: (file: string) => boolean): Map<string, string> {
  const byFile = new Map<string, Edit[][]>();
  for (const finding of result.findings) {
    const files = new Set(finding.edits.map((edit) => edit.file ?? finding.file));
    // A fix over several files is applied when none of them has an earlier fix in this round.
    if (files.size === 0 || ![...files].every(mayWrite)) continue;
    if (files.size > 1 && [...files].some((file) => byFile.has(file))) continue;
    for (const file of files) {
      const edits = finding.edits.filter((edit) => (edit.file ?? finding.file) === file);
      const groups = byFile.get(file) ?? [];
      groups.push(edits);
      byFile.set(file, groups);
    }
  }
  const texts = new Map<string, string>();
  for (const [file, groups] of byFile) {
    const before = result.corpus.sources.get(file);
    if (before === undefined) continue;
    const { text } = applyEdits(before, groups);
    if (text !== before) texts.set(file, text);
  }
  return texts;
}

async function writeAll(
  root: string,
  changed: ReadonlyMap<string, string>,
  original: ReadonlyMap<string, string>,
): Promise<string[]> {
  const skipped: string[] = [];
  const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
  for (const [file, text] of changed) {
    const absolute = path.join(root, file);
    const now = hash(await readFile(absolute));
    if (now === hash(original.get(file) ?? '')) await writeFileAtomic(absolute, text);
    else skipped.push(file);
  }
  return skipped;
}

export { buildSite, loadCorpus };
export type { Corpus, Finding, FullFinding, Site };

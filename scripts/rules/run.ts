/** Runs rules over a site: settings, suppressions, order of findings. Pure: no disk, no clock. */
import type { CorpusConfig } from '../corpus/config.js';
import type { ConfigProblem } from '../corpus/config-file.js';
import { didYouMean, nearest } from '../corpus/nearest.js';
import { FILE_START, LineIndex } from '../corpus/text.js';
import type { PageFacts, Range, Suppression } from '../corpus/types.js';
import type { Site } from '../site/types.js';
import { rules as allRules } from './index.js';
import type { Edit, Finding, Rule, RuleFinding, Severity } from './types.js';

export interface RunInput {
  site: Site;
  facts: ReadonlyMap<string, PageFacts>;
  sources: ReadonlyMap<string, string>;
  config: CorpusConfig;
  configProblems: readonly ConfigProblem[];
  /** Path of corpus.yml, for findings about rule settings. */
  configPath?: string;
}

export interface RunOptions {
  /** Severities from the command line, by rule id; they win over corpus.yml. */
  severities?: ReadonlyMap<string, Severity | 'off'>;
  /** Only these rules. */
  only?: ReadonlySet<string>;
}

/** A finding with what `fix` needs. */
export interface FullFinding extends Finding {
  edits: readonly Edit[];
  related: NonNullable<RuleFinding['related']>;
}

interface Setting {
  rule: Rule;
  severity: Severity;
  options: unknown;
}

const PRESETS = { recommended: ['recommended'], tutorial: ['recommended', 'tutorial'] } as const;

/** All findings of a site, sorted by file, line, column and rule. */
export function runRules(input: RunInput, options: RunOptions = {}): FullFinding[] {
  const { settings, problems } = resolveSettings(input, options);
  const severityOf = new Map(settings.map((setting) => [setting.rule.id, setting.severity]));
  const findings: FullFinding[] = [];
  const add = (rule: string, file: string, finding: RuleFinding): void => {
    const severity = finding.severity ?? severityOf.get(rule) ?? 'error';
    findings.push(toFinding(rule, severity, file, finding));
  };
  if (severityOf.has('corpus-config'))
    for (const problem of problems) add('corpus-config', problem.file, problem);
  const source = (path: string): string | undefined => input.sources.get(path);

  for (const { rule, options: ruleOptions } of settings) {
    if (rule.kind === 'page') {
      for (const facts of input.facts.values()) {
        const text = source(facts.path);
        if (text === undefined || !concernsSite(input.site, facts.path)) continue;
        guarded(rule, facts.path, add, () => {
          for (const finding of rule.check({
            facts,
            source: text,
            config: input.config,
            options: ruleOptions,
          }))
            add(rule.id, finding.file ?? facts.path, withOverride(finding, severityOf.get(rule.id), rule));
        });
      }
    } else {
      const home = input.site.home?.path ?? input.site.config.path ?? input.configPath ?? 'corpus.yml';
      guarded(rule, home, add, () => {
        for (const finding of rule.check({
          site: input.site,
          source,
          config: input.config,
          options: ruleOptions,
        }))
          add(rule.id, finding.file ?? home, withOverride(finding, severityOf.get(rule.id), rule));
      });
    }
  }
  const kept = applySuppressions(input, findings, severityOf.get('suppression-used'), options.only);
  return kept.sort(compareFindings);
}

/** Nothing of a file that `exclude` or its name keeps from Jekyll reaches a reader; drafts will, and includes do as parts. */
function concernsSite({ read }: Site, path: string): boolean {
  return read.has(path) || /(?:^|\/)_(?:drafts|includes)\//u.test(path);
}

/** A severity that the user set replaces the finer one that a finding carries. */
function withOverride(finding: RuleFinding, severity: Severity | undefined, rule: Rule): RuleFinding {
  return finding.severity && severity && severity !== rule.severity ? { ...finding, severity } : finding;
}

function guarded(
  rule: Rule,
  file: string,
  add: (rule: string, file: string, finding: RuleFinding) => void,
  check: () => void,
): void {
  try {
    check();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    add('rule-failed', file, {
      range: FILE_START,
      message: `the rule \`${rule.id}\` failed on this file: ${reason}; its other findings are missing, please report it`,
    });
  }
}

function resolveSettings(
  input: RunInput,
  { severities, only }: RunOptions,
): { settings: Setting[]; problems: ConfigProblem[] } {
  const problems = [...input.configProblems];
  const known = new Set(allRules.map((rule) => rule.id));
  const file = input.configPath ?? 'corpus.yml';
  const text = input.sources.get(file) ?? '';
  for (const id of Object.keys(input.config.rules))
    if (!known.has(id))
      problems.push({
        file,
        message: `unknown rule \`${id}\`; \`corpus explain\` lists the rules.${didYouMean(nearest(id, known))}`,
        range: keyRange(text, id),
      });
  const presets: readonly string[] = PRESETS[input.config.preset];
  const settings: Setting[] = [];
  for (const rule of allRules) {
    if (only && !only.has(rule.id)) continue;
    const entry = input.config.rules[rule.id];
    const configured = typeof entry === 'string' ? entry : entry?.severity;
    const severity =
      severities?.get(rule.id) ??
      configured ??
      (presets.includes(rule.preset) || entry !== undefined || only ? rule.severity : 'off');
    if (severity === 'off') continue;
    const given = typeof entry === 'object' ? (entry.options ?? {}) : {};
    const parsed = rule.options?.safeParse(given);
    if (parsed && !parsed.success) {
      const issue = parsed.error.issues[0];
      problems.push({
        file,
        message: `options of \`${rule.id}\`: ${issue ? `\`${issue.path.join('.')}\`: ${issue.message}` : 'wrong'}; the defaults are used`,
        range: keyRange(text, rule.id),
      });
    }
    const options: unknown = parsed?.success ? parsed.data : rule.options?.parse({});
    settings.push({ rule, severity, options });
  }
  return { settings, problems };
}

function keyRange(text: string, key: string): Range {
  const lines = new LineIndex(text);
  const found = new RegExp(`^[ \\t]*(?:"|')?(${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`, 'm').exec(text);
  if (!found) return lines.range(0, 0);
  const start = found.index + found[0].length - key.length;
  return lines.range(start, start + key.length);
}

function toFinding(rule: string, severity: Severity, file: string, finding: RuleFinding): FullFinding {
  const { start, end } = finding.range;
  return {
    rule,
    severity,
    file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    message: finding.message,
    fixable: (finding.edits?.length ?? 0) > 0,
    edits: (finding.edits ?? []).map((edit) => ({ ...edit, file: edit.file ?? file })),
    related: finding.related ?? [],
  };
}

function compareFindings(a: Finding, b: Finding): number {
  const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
  return (
    order(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    order(a.rule, b.rule) ||
    order(a.message, b.message)
  );
}

function applySuppressions(
  input: RunInput,
  findings: readonly FullFinding[],
  severity: Severity | undefined,
  only: ReadonlySet<string> | undefined,
): FullFinding[] {
  const used = new Map<Suppression, Set<string>>();
  const kept = findings.filter((finding) => {
    const suppressions = input.facts.get(finding.file)?.suppressions ?? [];
    let silenced = false;
    for (const suppression of suppressions) {
      const { rules, fromLine, toLine, ended } = suppression;
      if (!rules.includes(finding.rule)) continue;
      if (finding.line < fromLine || finding.line > (ended.get(finding.rule) ?? toLine)) continue;
      used.set(suppression, (used.get(suppression) ?? new Set()).add(finding.rule));
      silenced = true;
    }
    return !silenced;
  });
  // With a selection of rules nobody can say what a suppression would have silenced.
  if (!severity || (only && only.size !== 1)) return kept;
  for (const facts of input.facts.values()) {
    for (const suppression of facts.suppressions) {
      const source = input.sources.get(facts.path) ?? '';
      for (const finding of judgeSuppression(suppression, used.get(suppression), source, Boolean(only)))
        kept.push(toFinding('suppression-used', severity, facts.path, finding));
    }
  }
  return kept;
}

function judgeSuppression(
  suppression: Suppression,
  used: ReadonlySet<string> | undefined,
  source: string,
  selected: boolean,
): RuleFinding[] {
  const { range, rules, reason } = suppression;
  const comment = source.slice(range.start.offset, range.end.offset);
  if (rules.length === 0)
    return [
      {
        range,
        message: 'the suppression names no rule, so it silences nothing; name the rules after the keyword',
      },
    ];
  const ids = new Set(allRules.map((rule) => rule.id));
  const unknown = rules.filter((rule) => !ids.has(rule));
  // A slip is the author's to correct: what it was meant to silence is still there.
  if (unknown.length > 0)
    return unknown.map((rule) => ({
      range,
      message: `the suppression names the rule \`${rule}\`, which does not exist, so it silences nothing; correct it.${didYouMean(nearest(rule, ids))}`,
    }));
  if (!selected) {
    const unused = rules.filter((rule) => !used?.has(rule));
    if (unused.length > 0) {
      const names = unused.map((rule) => `\`${rule}\``).join(', ');
      const edits = unused.length === rules.length ? [withoutComment(source, range)] : [];
      return [{ range, message: `the suppression of ${names} silences nothing; remove it`, edits }];
    }
  }
  if (reason === '')
    return [
      {
        range,
        message: `the suppression gives no reason; write \`${comment.replace(/\s*-->$/, ' -- why -->')}\``,
      },
    ];
  return [];
}

/** The edit that removes a comment: with its line where it stands alone, else alone, so that no lines are joined. */
function withoutComment(source: string, { start, end }: Range): Edit {
  const lineStart = start.offset - (start.column - 1);
  const before = source.slice(lineStart, start.offset);
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(source.slice(end.offset, end.offset + 1000));
  // In a quote every line has its marks; a list's marker needs something behind it.
  if (/^[ \t>]*$/.test(before) && rest)
    return { start: lineStart, end: end.offset + rest[0].length, text: '' };
  const blanks = rest && /\S/.test(before) ? (/[ \t]*$/.exec(before)?.[0].length ?? 0) : 0;
  return { start: start.offset - blanks, end: end.offset, text: '' };
}

import picocolors from 'picocolors';
import { stripVTControlCharacters } from 'node:util';
import type { CheckResult, Summary } from '../index.js';
import type { FullFinding } from '../rules/run.js';
import { LineIndex } from '../corpus/text.js';
import type { ReportOptions } from './index.js';

/** Findings of one rule that are shown for one file; more of them say the same, and hide those of other rules. */
const MAX_ALIKE = 10;
/** From this many findings on the report ends with their number by rule. */
const MANY = 30;

/** Longest piece of a source line that is shown. */
const MAX_EXCERPT = 110;

/** For people: findings by file, each with the source line and a pointer to the place. */
export function pretty(result: CheckResult, { color, prefix }: ReportOptions): string {
  const colors = picocolors.createColors(color);
  const paint = { error: colors.red, warning: colors.yellow, info: colors.blue };
  const byFile = new Map<string, FullFinding[]>();
  for (const finding of result.findings) {
    const list = byFile.get(finding.file) ?? [];
    list.push(finding);
    byFile.set(finding.file, list);
  }
  const parts: string[] = [];
  for (const [file, findings] of byFile) {
    const source = result.corpus.sources.get(file);
    const lines = source === undefined ? null : new LineIndex(source);
    parts.push(`${colors.underline(clean(prefix + file))}\n`);
    const alike = new Map<string, number>();
    for (const f of findings) {
      const seen = (alike.get(f.rule) ?? 0) + 1;
      alike.set(f.rule, seen);
      if (seen > MAX_ALIKE) continue;
      const where = colors.dim(`${f.line}:${f.column}`);
      const asked = f.severity === 'info' ? ` --only ${f.rule}` : '';
      const fix = f.fixable ? colors.green(` [fix${asked}]`) : '';
      parts.push(
        `  ${where}  ${paint[f.severity](f.severity)}  ${clean(f.message)}  ${colors.dim(f.rule)}${fix}\n`,
      );
      if (lines) parts.push(excerpt(lines, f, colors));
    }
    for (const [rule, total] of alike)
      if (total > MAX_ALIKE)
        parts.push(
          `  … and ${total - MAX_ALIKE} more of ${rule} in this file (\`--format compact\` shows all)\n`,
        );
    parts.push('\n');
  }
  if (result.findings.length >= MANY) parts.push(byRule(result.findings), '\n');
  parts.push(`${summaryLine(result.summary)}\n`);
  const assumed = engineLine(result);
  if (assumed !== null) parts.push(`${colors.dim(assumed)}\n`);
  return parts.join('');
}

/** What was assumed about the build, because half of the rules depend on it; null where somebody said it. */
export function engineLine({ corpus }: CheckResult): string | null {
  const { engineReason: reason } = corpus;
  const { engine } = corpus.config;
  if (reason === null) return null;
  const build = engine === 'pages' ? "GitHub Pages' branch build" : 'an own build with Jekyll 4';
  return `checked for ${build} (\`engine: ${engine}\`), because ${clean(reason)}; \`engine\` in corpus.yml sets it`;
}

/** How many findings each rule has, most frequent first: what to look at, or to switch off, first. */
function byRule(findings: readonly FullFinding[]): string {
  const rows = new Map<string, { count: number; files: Set<string> }>();
  for (const { rule, file } of findings) {
    const row = rows.get(rule) ?? { count: 0, files: new Set() };
    row.count++;
    row.files.add(file);
    rows.set(rule, row);
  }
  const lines = [...rows]
    .sort(([a, left], [b, right]) => right.count - left.count || (a < b ? -1 : 1))
    .map(([rule, { count, files }]) => {
      const where = files.size === 1 ? '1 file' : `${files.size} files`;
      return `${String(count).padStart(6)}  ${rule} in ${where}\n`;
    });
  return `Findings by rule (\`corpus explain RULE\` says why; \`--rule RULE=off\` leaves one out):\n${lines.join('')}`;
}

function excerpt(
  lines: LineIndex,
  finding: FullFinding,
  colors: ReturnType<typeof picocolors.createColors>,
): string {
  const text = lines.lineText(finding.line);
  if (text.trim() === '') return '';
  const from = Math.max(0, finding.column - 1 - MAX_EXCERPT / 2);
  const shown = clean(text.slice(from, from + MAX_EXCERPT));
  const lead = clean(text.slice(from, finding.column - 1)).length;
  const end = finding.endLine === finding.line ? finding.endColumn - 1 : text.length;
  const width = Math.max(1, Math.min(end - finding.column + 1, shown.length - lead));
  const gutter = String(finding.line).padStart(6);
  return `${colors.dim(`${gutter} |`)} ${shown}\n${colors.dim('       |')} ${' '.repeat(lead)}${colors.red('^'.repeat(width))}\n`;
}

/** Text of a page, a message or a path for a terminal: on one line, without control characters. */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/[\t\r\n]/g, ' ')
    .replace(/\p{Cc}/gu, '\uFFFD');
}

/** `3 errors, 1 warning in 12 files (2 can be repaired by \`corpus fix\`)`. */
export function summaryLine({ files, errors, warnings, infos, fixable }: Summary): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const counts = [plural(errors, 'error'), plural(warnings, 'warning')];
  if (infos > 0) counts.push(plural(infos, 'note'));
  const fix = fixable > 0 ? ` (${fixable} can be repaired by \`corpus fix\`)` : '';
  return `${counts.join(', ')} in ${plural(files, 'file')}${fix}`;
}

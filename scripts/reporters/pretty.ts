import picocolors from 'picocolors';
import { stripVTControlCharacters } from 'node:util';
import type { CheckResult, Summary } from '../index.js';
import type { FullFinding } from '../rules/run.js';
import { LineIndex } from '../corpus/text.js';
import type { ReportOptions } from './index.js';

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
    parts.push(`${colors.underline(prefix + file)}\n`);
    for (const f of findings) {
      const where = colors.dim(`${f.line}:${f.column}`);
      const fix = f.fixable ? colors.green(' [fix]') : '';
      parts.push(`  ${where}  ${paint[f.severity](f.severity)}  ${f.message}  ${colors.dim(f.rule)}${fix}\n`);
      if (lines) parts.push(excerpt(lines, f, colors));
    }
    parts.push('\n');
  }
  parts.push(`${summaryLine(result.summary)}\n`);
  return parts.join('');
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

/** Control characters of a page must not reach the terminal. */
function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\t', ' ')
    .replace(/\p{Cc}/gu, '\uFFFD');
}

/** `3 errors, 1 warning in 12 files (2 can be fixed with \`corpus fix\`)`. */
export function summaryLine({ files, errors, warnings, infos, fixable }: Summary): string {
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const counts = [plural(errors, 'error'), plural(warnings, 'warning')];
  if (infos > 0) counts.push(plural(infos, 'note'));
  const fix = fixable > 0 ? ` (${fixable} can be repaired by \`corpus fix\`)` : '';
  return `${counts.join(', ')} in ${plural(files, 'file')}${fix}`;
}

import type { CheckResult } from '../index.js';
import type { ReportOptions } from './index.js';
import { engineLine, summaryLine } from './pretty.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands of GitHub Actions: they show as annotations on the pull request. */
export function github(result: CheckResult, { prefix }: ReportOptions): string {
  const { findings, summary } = result;
  const lines = findings.map((f) => {
    const properties = [
      `file=${property(prefix + f.file)}`,
      `line=${f.line}`,
      `col=${f.column}`,
      `endLine=${f.endLine}`,
      `endColumn=${f.endColumn}`,
      `title=${property(f.rule)}`,
    ];
    return `::${LEVELS[f.severity]} ${properties.join(',')}::${data(f.message)}\n`;
  });
  const assumed = engineLine(result);
  return `${lines.join('')}${summaryLine(summary)}\n${assumed === null ? '' : `${assumed}\n`}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import type { CheckResult } from '../index.js';
import type { ReportOptions } from './index.js';

/** One line a finding, `file:line:column: severity rule: message`: for editors and `grep`. */
export function compact({ findings }: CheckResult, { prefix }: ReportOptions): string {
  return findings
    .map((f) => `${prefix}${f.file}:${f.line}:${f.column}: ${f.severity} ${f.rule}: ${f.message}\n`)
    .join('');
}

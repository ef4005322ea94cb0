import type { CheckResult } from '../index.js';
import type { ReportOptions } from './index.js';
import { clean } from './pretty.js';

/** One line a finding, `file:line:column: severity rule: message`: for editors and `grep`. */
export function compact({ findings }: CheckResult, { prefix }: ReportOptions): string {
  return findings
    .map((f) => clean(`${prefix}${f.file}:${f.line}:${f.column}: ${f.severity} ${f.rule}: ${f.message}`))
    .map((line) => `${line}\n`)
    .join('');
}

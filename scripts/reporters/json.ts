import { z } from 'zod';
import type { CheckResult } from '../index.js';

/** The published form of `corpus check --format json`; `schemas/findings.schema.json` is made from it. */
export const reportSchema = z.strictObject({
  findings: z.array(
    z.strictObject({
      rule: z.string().describe('Rule id; `corpus explain RULE` documents it.'),
      severity: z.enum(['error', 'warning', 'info']),
      file: z.string().describe('Path relative to the root, with `/`.'),
      line: z.int().min(1).describe('Line, from 1.'),
      column: z.int().min(1).describe('Column in UTF-16 code units, from 1.'),
      endLine: z.int().min(1),
      endColumn: z.int().min(1).describe('Just after the last character.'),
      message: z.string().describe('What was found, what was expected, what to do.'),
      fixable: z.boolean().describe('`corpus fix` repairs it.'),
    }),
  ),
  summary: z.strictObject({
    files: z.int().min(0).describe('Files that were checked.'),
    errors: z.int().min(0),
    warnings: z.int().min(0),
    infos: z.int().min(0),
    fixable: z.int().min(0),
  }),
});

export type Report = z.infer<typeof reportSchema>;

/** `{findings, summary}`, indented by two blanks. */
export function json({ findings, summary }: CheckResult): string {
  const report: Report = {
    findings: findings.map(
      ({ rule, severity, file, line, column, endLine, endColumn, message, fixable }) => ({
        rule,
        severity,
        file,
        line,
        column,
        endLine,
        endColumn,
        message,
        fixable,
      }),
    ),
    summary,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

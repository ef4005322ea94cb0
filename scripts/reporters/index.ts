/** Findings as text: one function a format, all pure. */
import type { CheckResult } from '../index.js';
import { compact } from './compact.js';
import { github } from './github.js';
import { json } from './json.js';
import { pretty } from './pretty.js';

export const formats = ['pretty', 'compact', 'json', 'github'] as const;
export type Format = (typeof formats)[number];

export interface ReportOptions {
  color: boolean;
  /** Prepended to paths that a person or editor opens: from the current folder to the root. */
  prefix: string;
}

const reporters: Record<Format, (result: CheckResult, options: ReportOptions) => string> = {
  pretty,
  compact,
  json,
  github,
};

/** The report in a format, with a final line ending. */
export function report(format: Format, result: CheckResult, options: ReportOptions): string {
  return reporters[format](result, options);
}

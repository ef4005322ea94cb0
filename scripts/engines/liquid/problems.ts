import type { LiquidProblem, LiquidProblemCode } from './types.js';

/** What the parser and the evaluator know of a problem; the engines are filled in at the end. */
export type RawProblem = Omit<LiquidProblem, 'engines'>;

/** The remedy for literal text, the same wherever braces were not meant for Liquid. */
const WRAP_IN_RAW =
  'If this is literal text, put `<!-- {% raw %} -->` on a line before and `<!-- {% endraw %} -->` on a line after it.';

/** A page of braces has as many problems as braces; nobody reads more than these of each phase. */
export const MOST_PROBLEMS = 1000;

const LONGEST_QUOTE = 60;

/** A piece of the source for a message: one line, not too long, in backticks. */
export function quote(source: string): string {
  const line = source.replace(/[ \t\r\n\f\v]+/g, ' ');
  const short = line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
  return short.includes('`') ? `\`\` ${short} \`\`` : `\`${short}\``;
}

/** Cuts before quoting, so that a token of megabytes costs nothing. */
export function quoteRange(text: string, start: number, end: number): string {
  return quote(text.slice(start, Math.min(end, start + 2 * LONGEST_QUOTE)));
}

export interface ProblemText {
  liquidMessage: string;
  message: string;
  suggestion?: string;
}

/** Builds one problem; a missing suggestion is the advice to wrap literal text in `raw`. */
export function problem(
  code: LiquidProblemCode,
  phase: 'parse' | 'render',
  place: { start: number; end: number },
  liquidLine: number | undefined,
  certain: boolean,
  text: ProblemText,
): RawProblem {
  return {
    code,
    start: place.start,
    end: place.end,
    liquidMessage: text.liquidMessage,
    phase,
    certain,
    liquidLine,
    message: text.message,
    suggestion: text.suggestion ?? WRAP_IN_RAW,
  };
}

const KNOWN_MISTAKES: Readonly<Record<string, string>> = {
  elif: 'Liquid writes `elsif`.',
  elseif: 'Liquid writes `elsif`.',
  set: 'Liquid writes `assign`.',
  end: 'Liquid names the block it ends, such as `endif` or `endfor`.',
};

/** Advice for a tag name that Liquid does not know. */
export function unknownTagAdvice(name: string): string {
  const mistake = KNOWN_MISTAKES[name];
  return mistake === undefined ? WRAP_IN_RAW : `${mistake} ${WRAP_IN_RAW}`;
}

import { type Expression, parseExpression } from './expression.js';
import { StrictParser, StrictSyntaxError } from './lexer.js';
import { isSpace, isWord, strip } from '../ruby.js';
import { findQuotedFragment, quotedFragmentEnd, skipSpace } from './patterns.js';
import type { LiquidEngine } from './types.js';

/** Liquid's operators (lib/liquid/condition.rb); any other one fails when the condition is evaluated. */
export const OPERATORS: ReadonlySet<string> = new Set(['==', '!=', '<>', '<', '>', '>=', '<=', 'contains']);

export interface Comparison {
  left: Expression;
  operator: string | undefined;
  right: Expression | undefined;
  /** How the next comparison is joined; Liquid evaluates from left to right as if bracketed to the right. */
  relation: 'and' | 'or' | undefined;
}

export interface Condition {
  comparisons: Comparison[];
  lax: boolean;
}

/**
 * The condition of `if`, `unless` and `elsif` (lib/liquid/tags/if.rb).
 *
 * @returns undefined when neither strict nor lenient parsing accepts the markup
 * @throws RubyFailure for a range that Ruby cannot build
 */
export function parseCondition(markup: string, engine: LiquidEngine): Condition | undefined {
  try {
    return strictCondition(markup, engine);
  } catch (error) {
    if (!(error instanceof StrictSyntaxError)) throw error;
    return laxCondition(markup, engine);
  }
}

function strictCondition(markup: string, engine: LiquidEngine): Condition {
  const parser = new StrictParser(markup, engine);
  const comparisons: Comparison[] = [];
  for (;;) {
    const left = parseExpression(parser.expression(), engine);
    const operator = parser.tryConsume('comparison');
    const right = operator === undefined ? undefined : parseExpression(parser.expression(), engine);
    const comparison: Comparison = { left, operator, right, relation: undefined };
    comparisons.push(comparison);
    if (parser.tryId('and')) comparison.relation = 'and';
    else if (parser.tryId('or')) comparison.relation = 'or';
    else break;
  }
  parser.consume('end');
  return { comparisons, lax: false };
}

function laxCondition(markup: string, engine: LiquidEngine): Condition | undefined {
  const parts = scanExpressions(markup);
  const last = laxComparison(parts.pop() ?? '', engine);
  if (!last) return undefined;
  const reversed = [last];
  for (let joiner = parts.pop(); joiner !== undefined; joiner = parts.pop()) {
    const comparison = laxComparison(parts.pop() ?? '', engine);
    const relation = strip(joiner);
    if (!comparison || (relation !== 'and' && relation !== 'or')) return undefined;
    comparison.relation = relation;
    reversed.push(comparison);
  }
  return { comparisons: reversed.reverse(), lax: true };
}

/** `If::Syntax`, unanchored: a fragment, an operator of `[=!<>a-z_]`, a second fragment. */
function laxComparison(part: string, engine: LiquidEngine): Comparison | undefined {
  const first = findQuotedFragment(part);
  if (!first) return undefined;
  let at = skipSpace(part, first.end);
  let operatorEnd = at;
  while (operatorEnd < part.length && isOperatorCharacter(part.charCodeAt(operatorEnd))) operatorEnd++;
  const operator = operatorEnd > at ? part.slice(at, operatorEnd) : undefined;
  at = skipSpace(part, operatorEnd);
  const end = quotedFragmentEnd(part, at);
  return {
    left: parseExpression(part.slice(first.start, first.end), engine),
    operator,
    right: end === -1 ? { kind: 'nil' } : parseExpression(part.slice(at, end), engine),
    relation: undefined,
  };
}

function isOperatorCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || code === 95 || (code >= 60 && code <= 62) || code === 33;
}

/** Length of `\b(?:\s?and\s?|\s?or\s?)\b` at an offset, or 0. */
function joinerLength(text: string, at: number): number {
  if (!wordBoundary(text, at)) return 0;
  const word = isSpace(text.charCodeAt(at)) ? at + 1 : at;
  let end = text.startsWith('and', word) ? word + 3 : text.startsWith('or', word) ? word + 2 : -1;
  if (end === -1) return 0;
  if (end < text.length && isSpace(text.charCodeAt(end)) && wordBoundary(text, end + 1)) end++;
  else if (!wordBoundary(text, end)) return 0;
  return end - at;
}

/** Ruby's `\b` knows the letters of every script, unlike its `\w`. */
function wordBoundary(text: string, at: number): boolean {
  return isBoundaryWord(text, at - 1) !== isBoundaryWord(text, at);
}

function isBoundaryWord(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const code = text.charCodeAt(at);
  return code < 128 ? isWord(code) : /[\p{L}\p{M}\p{N}\p{Pc}]/u.test(text[at]!);
}

/** `markup.scan(ExpressionsAndOperators)`: joiners and what stands between them. */
function scanExpressions(markup: string): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at < markup.length) {
    const joiner = joinerLength(markup, at);
    if (joiner > 0) {
      parts.push(markup.slice(at, at + joiner));
      at += joiner;
      continue;
    }
    const end = operandEnd(markup, at);
    if (end === at) at++;
    else {
      parts.push(markup.slice(at, end));
      at = end;
    }
  }
  return parts;
}

/** End of `(?:\s*(?!joiner)(?:QuotedFragment|\S+)\s*)+` at an offset. */
function operandEnd(markup: string, start: number): number {
  let end = start;
  for (;;) {
    const next = nextOperand(markup, end);
    if (next === undefined) return end;
    end = next;
  }
}

function nextOperand(markup: string, from: number): number | undefined {
  let at = skipSpace(markup, from);
  if (at >= markup.length || joinerLength(markup, at) > 0) return undefined;
  const fragment = quotedFragmentEnd(markup, at);
  if (fragment !== -1) at = fragment;
  else while (at < markup.length && !isSpace(markup.charCodeAt(at))) at++;
  return skipSpace(markup, at);
}

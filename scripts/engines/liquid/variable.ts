import { type Expression, parseExpression } from './expression.js';
import { StrictParser, StrictSyntaxError } from './lexer.js';
import { isSpace, isWord } from '../ruby.js';
import {
  findQuotedFragment,
  isWholeQuotedFragment,
  quotedFragmentEnd,
  skipSpace,
  skipWord,
} from './patterns.js';
import type { LiquidEngine } from './types.js';

export interface FilterCall {
  name: string;
  args: Expression[];
  /** Named arguments reach a filter as one more argument. */
  named: { key: string; value: Expression }[];
}

export interface Variable {
  /** Undefined for `{{ }}`. */
  name: Expression | undefined;
  filters: FilterCall[];
  /** True when strict parsing failed and the lenient reading was taken. */
  lax: boolean;
}

/**
 * `Liquid::Variable` (lib/liquid/variable.rb): strict parsing, then lenient parsing, which accepts anything.
 *
 * @throws RubyFailure for a range that Ruby cannot build
 */
export function parseVariable(markup: string, engine: LiquidEngine): Variable {
  try {
    return strictVariable(markup, engine);
  } catch (error) {
    if (!(error instanceof StrictSyntaxError)) throw error;
    return laxVariable(markup, engine);
  }
}

function strictVariable(markup: string, engine: LiquidEngine): Variable {
  const parser = new StrictParser(markup, engine);
  if (engine === 'actions' && parser.look('end')) return { name: undefined, filters: [], lax: false };
  const name = parseExpression(parser.expression(), engine);
  const filters: FilterCall[] = [];
  while (parser.tryConsume('pipe') !== undefined) {
    const filterName = parser.consume('id');
    const args: string[] = [];
    if (parser.tryConsume('colon') !== undefined) {
      do args.push(parser.argument());
      while (parser.tryConsume('comma') !== undefined);
    }
    filters.push(filterCall(filterName, args, engine));
  }
  parser.consume('end');
  return { name, filters, lax: false };
}

function laxVariable(markup: string, engine: LiquidEngine): Variable {
  const fragment = findQuotedFragment(markup);
  if (!fragment) return { name: undefined, filters: [], lax: true };
  const name = parseExpression(markup.slice(fragment.start, fragment.end), engine);
  const filters: FilterCall[] = [];
  const pipe = markup.indexOf('|', fragment.end);
  if (pipe !== -1) {
    for (const part of scanFilters(markup, skipSpace(markup, pipe + 1))) {
      let nameStart = 0;
      while (nameStart < part.length && !isWord(part.charCodeAt(nameStart))) nameStart++;
      if (nameStart === part.length) continue;
      filters.push(filterCall(part.slice(nameStart, skipWord(part, nameStart)), scanArguments(part), engine));
    }
  }
  return { name, filters, lax: true };
}

/** `scan(FilterParser)`: runs of white space, quoted fragments and commas, that is: up to a pipe or open quote. */
function scanFilters(markup: string, from: number): string[] {
  const parts: string[] = [];
  let start = from;
  let at = from;
  while (at < markup.length) {
    const code = markup.charCodeAt(at);
    const next = isSpace(code) || code === 44 ? at + 1 : quotedFragmentEnd(markup, at);
    if (next === -1) {
      if (at > start) parts.push(markup.slice(start, at));
      at++;
      start = at;
    } else at = next;
  }
  if (at > start) parts.push(markup.slice(start, at));
  return parts;
}

/** `scan(FilterArgsRegex)`: what follows a colon or comma, with `name:` in front of it if there is one. */
function scanArguments(part: string): string[] {
  const args: string[] = [];
  let at = 0;
  while (at < part.length) {
    const code = part.charCodeAt(at);
    if (code !== 58 && code !== 44) {
      at++;
      continue;
    }
    const start = skipSpace(part, at + 1);
    const end = argumentEnd(part, start);
    if (end === -1) at++;
    else {
      args.push(part.slice(start, end));
      at = end;
    }
  }
  return args;
}

function argumentEnd(part: string, start: number): number {
  const word = skipWord(part, start);
  if (word > start) {
    const colon = skipSpace(part, word);
    if (part[colon] === ':') {
      const value = quotedFragmentEnd(part, skipSpace(part, colon + 1));
      if (value !== -1) return value;
    }
  }
  return quotedFragmentEnd(part, start);
}

function filterCall(name: string, rawArguments: string[], engine: LiquidEngine): FilterCall {
  const args: Expression[] = [];
  const named = new Map<string, Expression>();
  for (const raw of rawArguments) {
    const attribute = splitAttribute(raw, engine);
    if (attribute) named.set(attribute[0], parseExpression(attribute[1], engine));
    else args.push(parseExpression(raw, engine));
  }
  return { name, args, named: Array.from(named, ([key, value]) => ({ key, value })) };
}

/** `JustTagAttributes`: a whole argument of the form `name: value`. Liquid 5 allows dashes in the name. */
function splitAttribute(raw: string, engine: LiquidEngine): [string, string] | undefined {
  let end = skipWord(raw, 0);
  if (end === 0) return undefined;
  while (engine === 'actions' && end < raw.length && (isWord(raw.charCodeAt(end)) || raw[end] === '-')) end++;
  const colon = skipSpace(raw, end);
  if (raw[colon] !== ':') return undefined;
  const value = raw.slice(skipSpace(raw, colon + 1));
  return isWholeQuotedFragment(value) ? [raw.slice(0, end), value] : undefined;
}

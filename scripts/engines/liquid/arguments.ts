import { type Expression, parseExpression } from './expression.js';
import { failStrict, StrictParser, StrictSyntaxError } from './lexer.js';
import { isSpace, isWord } from '../ruby.js';
import {
  findQuotedFragment,
  quotedFragmentEnd,
  quotedFragmentsEnd,
  skipSpace,
  skipWord,
} from './patterns.js';
import type { LiquidEngine } from './types.js';

/**
 * The arguments of Liquid's own tags. Each reader stands for one file of lib/liquid/tags/ and returns undefined
 * where that file raises a syntax error.
 */

/** `VariableSignature` without its optional brackets: `[\w\-.\[\]]`. */
function isSignature(code: number): boolean {
  return isWord(code) || code === 45 || code === 46 || code === 91 || code === 93;
}

/** `assign` (assign.rb): a name, `=`, and an output expression. */
export function readAssign(markup: string): { target: string; value: string } | undefined {
  for (let equals = markup.indexOf('='); equals !== -1; equals = markup.indexOf('=', equals + 1)) {
    let end = equals;
    while (end > 0 && isSpace(markup.charCodeAt(end - 1))) end--;
    const start = signatureStart(markup, end);
    if (start < end) {
      return { target: markup.slice(start, end), value: markup.slice(skipSpace(markup, equals + 1)) };
    }
  }
  return undefined;
}

/** Goes back over `(\(?[\w\-.\[\]]\)?)+` that ends at `end`. */
function signatureStart(markup: string, end: number): number {
  let start = end;
  for (;;) {
    let at = start;
    if (at > 0 && markup[at - 1] === ')') at--;
    if (at === 0 || !isSignature(markup.charCodeAt(at - 1))) return start;
    at--;
    if (at > 0 && markup[at - 1] === '(') at--;
    start = at;
  }
}

/** `capture` (capture.rb): the first name anywhere in the markup. */
export function readCapture(markup: string): string | undefined {
  let start = 0;
  while (start < markup.length && !isSignature(markup.charCodeAt(start))) start++;
  if (start === markup.length) return undefined;
  let end = start;
  while (end < markup.length) {
    let at = end;
    if (markup[at] === '(') at++;
    if (at >= markup.length || !isSignature(markup.charCodeAt(at))) break;
    end = markup[at + 1] === ')' ? at + 2 : at + 1;
  }
  return markup.slice(start, end);
}

export interface LoopArguments {
  variable: string;
  collection: Expression;
  limit: Expression | undefined;
  offset: Expression | undefined;
  lax: boolean;
}

/** `for` (for.rb): strict, then lenient. */
export function readFor(markup: string, engine: LiquidEngine): LoopArguments | undefined {
  try {
    return strictFor(markup, engine);
  } catch (error) {
    if (!(error instanceof StrictSyntaxError)) throw error;
    return laxFor(markup, engine);
  }
}

function strictFor(markup: string, engine: LiquidEngine): LoopArguments {
  const parser = new StrictParser(markup, engine);
  const variable = parser.consume('id');
  if (!parser.tryId('in')) failStrict();
  const result: LoopArguments = {
    variable,
    collection: parseExpression(parser.expression(), engine),
    limit: undefined,
    offset: undefined,
    lax: false,
  };
  parser.tryId('reversed');
  while (parser.look('id') && parser.look('colon', 1)) {
    const key = parser.tryId('limit') ? 'limit' : parser.tryId('offset') ? 'offset' : undefined;
    if (!key) failStrict();
    parser.consume('colon');
    result[key] = parseExpression(parser.expression(), engine);
  }
  parser.consume('end');
  return result;
}

function laxFor(markup: string, engine: LiquidEngine): LoopArguments | undefined {
  let nameEnd = 0;
  while (nameEnd < markup.length && (isWord(markup.charCodeAt(nameEnd)) || markup[nameEnd] === '-'))
    nameEnd++;
  const collection = nameEnd === 0 ? undefined : readIn(markup, nameEnd);
  if (!collection) return undefined;
  const attributes = scanAttributes(markup, engine);
  return {
    variable: markup.slice(0, nameEnd),
    collection: parseExpression(markup.slice(collection.start, collection.end), engine),
    limit: attributes.get('limit'),
    offset: attributes.get('offset'),
    lax: true,
  };
}

/** `\s+in\s+(QuotedFragment+)` at an offset. */
function readIn(markup: string, from: number): { start: number; end: number } | undefined {
  const at = skipSpace(markup, from);
  if (at === from || !markup.startsWith('in', at)) return undefined;
  const start = skipSpace(markup, at + 2);
  if (start === at + 2) return undefined;
  const end = quotedFragmentsEnd(markup, start);
  return end === -1 ? undefined : { start, end };
}

/** `tablerow` (table_row.rb): never strict; the name may stand anywhere. */
export function readTableRow(markup: string, engine: LiquidEngine): LoopArguments | undefined {
  let at = 0;
  while (at < markup.length) {
    if (!isWord(markup.charCodeAt(at))) {
      at++;
      continue;
    }
    const end = skipWord(markup, at);
    const collection = readIn(markup, end);
    if (collection) {
      const attributes = scanAttributes(markup, engine);
      return {
        variable: markup.slice(at, end),
        collection: parseExpression(markup.slice(collection.start, collection.end), engine),
        limit: attributes.get('limit'),
        offset: attributes.get('offset'),
        lax: false,
      };
    }
    at = end;
  }
  return undefined;
}

/** `markup.scan(TagAttributes)`: `name: value` pairs; the last one of a name counts. */
function scanAttributes(markup: string, engine: LiquidEngine): Map<string, Expression> {
  const attributes = new Map<string, Expression>();
  let at = 0;
  while (at < markup.length) {
    if (!isWord(markup.charCodeAt(at))) {
      at++;
      continue;
    }
    let end = skipWord(markup, at);
    while (
      engine === 'actions' &&
      end < markup.length &&
      (isWord(markup.charCodeAt(end)) || markup[end] === '-')
    ) {
      end++;
    }
    const colon = skipSpace(markup, end);
    const value = markup[colon] === ':' ? skipSpace(markup, colon + 1) : -1;
    const valueEnd = value === -1 ? -1 : quotedFragmentEnd(markup, value);
    if (valueEnd !== -1) {
      attributes.set(markup.slice(at, end), parseExpression(markup.slice(value, valueEnd), engine));
      at = valueEnd;
    } else at = end;
  }
  return attributes;
}

/** `case` (case.rb): the first fragment. */
export function readCase(markup: string, engine: LiquidEngine): Expression | undefined {
  const fragment = findQuotedFragment(markup);
  return fragment && parseExpression(markup.slice(fragment.start, fragment.end), engine);
}

/** `when` (case.rb): fragments joined by `or` or a comma; what follows otherwise is ignored. */
export function readWhen(markup: string, engine: LiquidEngine): Expression[] | undefined {
  const values: Expression[] = [];
  let fragment = findQuotedFragment(markup);
  while (fragment) {
    values.push(parseExpression(markup.slice(fragment.start, fragment.end), engine));
    const next = afterJoiner(markup, fragment.end);
    const end = next === -1 ? -1 : quotedFragmentEnd(markup, next);
    fragment = end === -1 ? undefined : { start: next, end };
  }
  return values.length === 0 ? undefined : values;
}

/** Offset after `\s+or\s+` or `\s*,\s*`, or -1. */
function afterJoiner(markup: string, from: number): number {
  const at = skipSpace(markup, from);
  if (markup[at] === ',') return skipSpace(markup, at + 1);
  if (at === from || !markup.startsWith('or', at)) return -1;
  const after = skipSpace(markup, at + 2);
  return after === at + 2 ? -1 : after;
}

/** `cycle` (cycle.rb): must begin with a fragment; `name: a, b` gives the group a name. */
export function readCycle(markup: string, engine: LiquidEngine): Expression[] | undefined {
  const end = quotedFragmentEnd(markup, 0);
  if (end === -1) return undefined;
  let from = 0;
  const colon = skipSpace(markup, end);
  if (markup[colon] === ':') from = colon + 1;
  else {
    const inside = markup.lastIndexOf(':', end - 1);
    if (inside > 0 && markup[0] !== '"' && markup[0] !== "'") from = inside + 1;
  }
  const values: Expression[] = [];
  for (const part of markup.slice(from).split(',')) {
    const fragment = findQuotedFragment(part);
    if (fragment) values.push(parseExpression(part.slice(fragment.start, fragment.end), engine));
  }
  return values;
}

/** `#` (inline_comment.rb, Liquid 5): every line after the first must begin with `#` as well. */
export function isInlineComment(markup: string): boolean {
  for (let at = markup.indexOf('\n'); at !== -1;) {
    const first = skipSpace(markup, at);
    if (first < markup.length && markup[first] !== '#') return false;
    at = markup.indexOf('\n', first);
  }
  return true;
}

/** `render` (render.rb, Liquid 5): a quoted name anywhere. */
export function hasQuotedString(markup: string): boolean {
  for (const quote of ['"', "'"]) {
    const open = markup.indexOf(quote);
    if (open !== -1 && markup.indexOf(quote, open + 1) !== -1) return true;
  }
  return false;
}

import { isSpace, isWord, strip } from '../ruby.js';
import type { LiquidEngine } from './types.js';

/** Whole numbers keep their digits, so that none is too large; decimal ones are numbers. */
export type Literal =
  | { kind: 'nil' }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'string'; value: string }
  | { kind: 'integer'; digits: string }
  | { kind: 'float'; value: number };

export interface Lookup {
  kind: 'lookup';
  /** Undefined when the markup has no name at all; an expression for `["name"]`. */
  name: string | Expression | undefined;
  path: (string | Expression)[];
}

export interface RangeExpression {
  kind: 'range';
  first: Expression;
  last: Expression;
}

/** `blank` and `empty`: methods asked of the other side of a comparison, an empty string elsewhere. */
export interface MethodLiteral {
  kind: 'method';
  name: 'blank' | 'empty';
}

export type Expression = Literal | Lookup | RangeExpression | MethodLiteral;

/** Thrown where Ruby fails with something that is no Liquid syntax error, so that no lenient parsing follows. */
export class RubyFailure extends Error {}

const NIL: Literal = { kind: 'nil' };

/** Normalises the digits of an integer: no leading zeros, no `-0`. */
export function integerDigits(text: string): string {
  const negative = text.startsWith('-');
  let at = negative ? 1 : 0;
  while (at < text.length - 1 && text[at] === '0') at++;
  const digits = text.slice(at);
  return negative && digits !== '0' ? `-${digits}` : digits;
}

/**
 * `Liquid::Expression.parse` (lib/liquid/expression.rb).
 *
 * @throws RubyFailure for a range with an end that Ruby cannot turn into a whole number
 */
export function parseExpression(source: string, engine: LiquidEngine, depth = 0): Expression {
  const markup = engine === 'actions' ? strip(source) : source;
  const quote = markup[0];
  if ((quote === '"' || quote === "'") && markup.endsWith(quote)) {
    if (markup.length >= 2) return { kind: 'string', value: markup.slice(1, -1) };
    // Liquid 5 reads a lone quote as an empty string, Liquid 4 as a name of no characters.
    if (engine === 'actions') return { kind: 'string', value: '' };
  }
  switch (markup) {
    case '':
    case 'nil':
    case 'null':
      return NIL;
    case 'true':
    case 'false':
      return { kind: 'boolean', value: markup === 'true' };
    case 'blank':
    case 'empty':
      return { kind: 'method', name: markup };
  }
  if (isInteger(markup)) return { kind: 'integer', digits: integerDigits(markup) };
  const range = markup.startsWith('(') ? splitRange(markup, engine) : undefined;
  if (range && depth < MAX_NESTING) {
    const first = parseExpression(range[0], engine, depth + 1);
    const last = parseExpression(range[1], engine, depth + 1);
    if (
      first.kind !== 'lookup' &&
      last.kind !== 'lookup' &&
      first.kind !== 'range' &&
      last.kind !== 'range'
    ) {
      for (const end of [first, last]) {
        if (end.kind === 'boolean' || (end.kind === 'method' && engine === 'pages')) {
          throw new RubyFailure(
            `a range cannot start or end with \`${end.kind === 'boolean' ? String(end.value) : end.name}\``,
          );
        }
      }
    }
    return { kind: 'range', first, last };
  }
  const float = floatValue(markup);
  if (float !== undefined) return { kind: 'float', value: float };
  return parseLookup(markup, engine, depth);
}

/** Deeper ranges or brackets than any page has are read as names, so that no input can exhaust the stack. */
const MAX_NESTING = 50;

function isInteger(markup: string): boolean {
  let at = markup.startsWith('-') ? 1 : 0;
  if (at === markup.length) return false;
  for (; at < markup.length; at++) {
    const code = markup.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** `-?\d[\d\.]+`, of which Ruby's `to_f` reads the longest number at the start. */
function floatValue(markup: string): number | undefined {
  const first = markup.startsWith('-') ? 1 : 0;
  if (markup.length < first + 2) return undefined;
  for (let at = first; at < markup.length; at++) {
    const code = markup.charCodeAt(at);
    if ((code < 48 || code > 57) && (code !== 46 || at === first)) return undefined;
  }
  return Number.parseFloat(markup);
}

/** `RANGES_REGEX`: the parts before and after the last `..` of `( … )`. */
function splitRange(markup: string, engine: LiquidEngine): [string, string] | undefined {
  if (!markup.endsWith(')') || markup.length < 2) return undefined;
  let inner = markup.slice(1, -1);
  if (engine === 'actions') inner = strip(inner);
  // `\S+` is greedy: the last pair of dots with something before and after it wins.
  let dots = inner.lastIndexOf('..');
  while (dots > 0 && dots + 2 >= inner.length) dots = inner.lastIndexOf('..', dots - 1);
  if (dots <= 0) return undefined;
  let first = inner.slice(0, dots);
  let last = inner.slice(dots + 2);
  if (engine === 'actions') {
    first = strip(first);
    last = strip(last);
  }
  if (first === '' || last === '' || hasSpace(first) || hasSpace(last)) return undefined;
  return [first, last];
}

function hasSpace(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isSpace(text.charCodeAt(at))) return true;
  return false;
}

function parseLookup(markup: string, engine: LiquidEngine, depth: number): Lookup {
  const parts = scanVariable(markup);
  const toPart = (part: string): string | Expression =>
    part.startsWith('[') && part.endsWith(']') && depth < MAX_NESTING
      ? parseExpression(part.slice(1, -1), engine, depth + 1)
      : part;
  const [name, ...path] = parts;
  return { kind: 'lookup', name: name === undefined ? undefined : toPart(name), path: path.map(toPart) };
}

/** `markup.scan(VariableParser)`: `[…]` without `]` inside, or a run of word characters and dashes with `?`. */
function scanVariable(markup: string): string[] {
  const parts: string[] = [];
  let noClose = false;
  let at = 0;
  while (at < markup.length) {
    const code = markup.charCodeAt(at);
    if (code === 91) {
      const close = noClose ? -1 : markup.indexOf(']', at + 1);
      if (close === -1) noClose = true;
      if (close > at + 1) {
        parts.push(markup.slice(at, close + 1));
        at = close + 1;
      } else at++;
    } else if (isWord(code) || code === 45) {
      let end = at + 1;
      while (end < markup.length && (isWord(markup.charCodeAt(end)) || markup[end] === '-')) end++;
      if (markup[end] === '?') end++;
      parts.push(markup.slice(at, end));
      at = end;
    } else at++;
  }
  return parts;
}

/** The first name that an expression looks up, if any. */
export function rootOf(expression: Expression | undefined): string | null {
  let current = expression;
  while (current) {
    if (current.kind === 'range') current = current.first.kind === 'lookup' ? current.first : current.last;
    else if (current.kind !== 'lookup') return null;
    else if (typeof current.name === 'string') return current.name;
    else if (current.name?.kind === 'string') return current.name.value;
    else current = current.name;
  }
  return null;
}

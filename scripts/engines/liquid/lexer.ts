import { isSpace, isWord } from '../ruby.js';
import { skipSpace } from './patterns.js';
import type { LiquidEngine } from './types.js';

/** Token types of `Liquid::Lexer` (lib/liquid/lexer.rb, alike in 4.0.4 and 5.4). */
export type LexType =
  | 'comparison'
  | 'string'
  | 'number'
  | 'id'
  | 'dotdot'
  | 'pipe'
  | 'dot'
  | 'colon'
  | 'comma'
  | 'open_square'
  | 'close_square'
  | 'open_round'
  | 'close_round'
  | 'question'
  | 'dash'
  | 'end';

export interface LexToken {
  type: LexType;
  text: string;
}

/** Thrown inside this folder only, where Liquid raises a syntax error in strict parsing. */
export class StrictSyntaxError extends Error {}

/** One instance for all: recording a stack for each lenient tag would cost more than reading the tag. */
const STRICT_FAILURE = new StrictSyntaxError('strict parsing fails');

/** Gives up strict parsing. */
export function failStrict(): never {
  throw STRICT_FAILURE;
}

const SPECIALS: Readonly<Record<string, LexType>> = {
  '|': 'pipe',
  '.': 'dot',
  ':': 'colon',
  ',': 'comma',
  '[': 'open_square',
  ']': 'close_square',
  '(': 'open_round',
  ')': 'close_round',
  '?': 'question',
  '-': 'dash',
};

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** End of `-?\d+(\.\d+)?` at an offset, or -1. */
function numberEnd(text: string, at: number): number {
  const first = text[at] === '-' ? at + 1 : at;
  let end = skipDigits(text, first);
  if (end === first) return -1;
  if (text[end] === '.' && isDigit(text.charCodeAt(end + 1))) end = skipDigits(text, end + 1);
  return end;
}

function comparisonEnd(text: string, at: number): number {
  const first = text[at];
  const second = text[at + 1];
  if (first === '=' || first === '!') return second === '=' ? at + 2 : -1;
  if (first === '<') return second === '>' || second === '=' ? at + 2 : at + 1;
  if (first === '>') return second === '=' ? at + 2 : at + 1;
  if (first === 'c' && text.startsWith('contains', at) && isSpace(text.charCodeAt(at + 8))) return at + 8;
  return -1;
}

function identifierEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (!isWord(code) || isDigit(code)) return -1;
  let end = at + 1;
  while (end < text.length && (isWord(text.charCodeAt(end)) || text[end] === '-')) end++;
  return text[end] === '?' ? end + 1 : end;
}

/**
 * `Liquid::Lexer#tokenize`.
 *
 * @throws StrictSyntaxError at a character that Liquid's lexer does not know
 */
function lex(input: string): LexToken[] {
  const tokens: LexToken[] = [];
  let at = skipSpace(input, 0);
  while (at < input.length) {
    let type: LexType = 'comparison';
    let end = comparisonEnd(input, at);
    if (end === -1 && (input[at] === "'" || input[at] === '"')) {
      type = 'string';
      const close = input.indexOf(input[at]!, at + 1);
      end = close === -1 ? -1 : close + 1;
    }
    if (end === -1) {
      type = 'number';
      end = numberEnd(input, at);
    }
    if (end === -1) {
      type = 'id';
      end = identifierEnd(input, at);
    }
    if (end === -1 && input.startsWith('..', at)) {
      type = 'dotdot';
      end = at + 2;
    }
    if (end === -1) {
      const special = SPECIALS[input[at]!];
      if (special === undefined) return failStrict();
      type = special;
      end = at + 1;
    }
    tokens.push({ type, text: input.slice(at, end) });
    at = skipSpace(input, end);
  }
  tokens.push({ type: 'end', text: '' });
  return tokens;
}

/** `Liquid::Parser` (lib/liquid/parser.rb) over the lexer's tokens, without recursion. */
export class StrictParser {
  private readonly tokens: LexToken[];
  private at = 0;

  constructor(
    input: string,
    private readonly engine: LiquidEngine,
  ) {
    this.tokens = lex(input);
  }

  look(type: LexType, ahead = 0): boolean {
    return this.tokens[this.at + ahead]?.type === type;
  }

  consume(type: LexType): string {
    const token = this.tokens[this.at];
    if (token?.type !== type) failStrict();
    this.at++;
    return token.text;
  }

  tryConsume(type: LexType): string | undefined {
    return this.look(type) ? this.consume(type) : undefined;
  }

  tryId(name: string): boolean {
    if (!this.look('id') || this.tokens[this.at]!.text !== name) return false;
    this.at++;
    return true;
  }

  /** The next expression as text without white space, as `Parser#expression` builds it. */
  expression(): string {
    const out: string[] = [];
    const open: ('square' | 'range-first' | 'range-last')[] = [];
    let mode: 'expression' | 'lookups' | 'done' = 'expression';
    for (;;) {
      if (mode === 'expression') {
        if (this.look('id')) {
          out.push(this.consume('id'));
          mode = 'lookups';
        } else if (this.look('string') || this.look('number')) {
          out.push(this.consume(this.look('string') ? 'string' : 'number'));
          mode = 'done';
        } else if (this.look('open_round')) {
          out.push(this.consume('open_round'));
          open.push('range-first');
        } else if (this.engine === 'actions' && this.look('open_square')) {
          out.push(this.consume('open_square'));
          open.push('square');
        } else failStrict();
      } else if (mode === 'lookups') {
        if (this.look('open_square')) {
          out.push(this.consume('open_square'));
          open.push('square');
          mode = 'expression';
        } else if (this.look('dot')) {
          out.push(this.consume('dot'), this.consume('id'));
        } else mode = 'done';
      } else {
        const frame = open.pop();
        if (frame === undefined) return out.join('');
        if (frame === 'square') {
          out.push(this.consume('close_square'));
          mode = 'lookups';
        } else if (frame === 'range-first') {
          out.push(this.consume('dotdot'));
          open.push('range-last');
          mode = 'expression';
        } else {
          out.push(this.consume('close_round'));
        }
      }
    }
  }

  /** One filter argument, `name: value` or `value`. */
  argument(): string {
    if (this.look('id') && this.look('colon', 1)) {
      return `${this.consume('id')}${this.consume('colon')} ${this.expression()}`;
    }
    return this.expression();
  }
}

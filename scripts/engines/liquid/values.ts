import type { Literal } from './expression.js';
import { integerDigits } from './expression.js';

/** What an expression stands for, as far as the source alone tells. */
export type Value =
  | Literal
  | { kind: 'unknown' }
  /** `blank` or `empty`: an empty string when shown, a question when compared. */
  | { kind: 'method'; name: 'blank' | 'empty' }
  | { kind: 'range'; first: number; last: number }
  /** An array or object. */
  | { kind: 'data'; value: unknown };

export const UNKNOWN: Value = { kind: 'unknown' };
export const NIL: Value = { kind: 'nil' };

export function text(value: string): Value {
  return { kind: 'string', value };
}

/** The value of a JSON-like datum. */
export function fromData(datum: unknown): Value {
  if (datum === null || datum === undefined) return NIL;
  if (typeof datum === 'string') return text(datum);
  if (typeof datum === 'boolean') return { kind: 'boolean', value: datum };
  if (typeof datum === 'number') {
    return Number.isSafeInteger(datum)
      ? { kind: 'integer', digits: String(datum) }
      : { kind: 'float', value: datum };
  }
  return typeof datum === 'object' ? { kind: 'data', value: datum } : UNKNOWN;
}

/** Ruby's `to_s` of a value as Liquid writes it into the page; undefined when the source does not tell. */
export function toText(value: Value): string | undefined {
  switch (value.kind) {
    case 'nil':
    case 'method':
      return '';
    case 'boolean':
      return String(value.value);
    case 'string':
      return value.value;
    case 'integer':
      return value.digits;
    case 'float':
      return floatText(value.value);
    case 'range':
      return `${value.first}..${value.last}`;
    case 'data':
      return Array.isArray(value.value) && value.value.length === 0 ? '' : undefined;
    case 'unknown':
      return undefined;
  }
}

/** Ruby's `Float#to_s` where it is plain; undefined where Ruby takes an exponent. */
function floatText(value: number): string | undefined {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) return undefined;
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

/** Whether a condition holds for a value: only nil and false do not. */
export function isTruthy(value: Value): boolean | undefined {
  if (value.kind === 'unknown') return undefined;
  return !(value.kind === 'nil' || (value.kind === 'boolean' && !value.value));
}

/** Ruby's `String#to_i` and friends; undefined when the source does not tell. */
export function toInteger(value: Value): number | undefined {
  switch (value.kind) {
    case 'nil':
      return 0;
    case 'string':
      return Number.parseInt(/^[ \t\r\n\f\v]*([+-]?\d+)/.exec(value.value)?.[1] ?? '0', 10);
    case 'integer':
      return Number(value.digits);
    case 'float':
      return Math.trunc(value.value);
    default:
      return undefined;
  }
}

/** True when `Utils.to_integer` (lib/liquid/utils.rb) refuses a value. */
export function isNoInteger(value: Value): boolean {
  if (value.kind === 'integer' || value.kind === 'unknown') return false;
  const source = toText(value);
  if (source === undefined) return false;
  return !/^[ \t\r\n\f\v]*[+-]?(?:0|[1-9](?:_?\d)*|0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)[ \t\r\n\f\v]*$/.test(
    source,
  );
}

/** The number of a value for arithmetic (`Utils.to_number`): what is no number is 0. */
export function toNumber(value: Value): { value: number; isFloat: boolean } | undefined {
  switch (value.kind) {
    case 'unknown':
    case 'data':
      return undefined;
    case 'integer':
      return { value: Number(value.digits), isFloat: false };
    case 'float':
      return { value: value.value, isFloat: true };
    case 'string':
      if (/^[ \t\r\n\f\v]*-?\d+\.\d+[ \t\r\n\f\v]*$/.test(value.value)) {
        return { value: Number.parseFloat(value.value), isFloat: true };
      }
      return { value: toInteger(value)!, isFloat: false };
    default:
      return { value: 0, isFloat: false };
  }
}

export function fromNumber(value: number, isFloat: boolean): Value {
  if (isFloat) return { kind: 'float', value };
  return Number.isSafeInteger(value) ? { kind: 'integer', digits: integerDigits(String(value)) } : UNKNOWN;
}

/** Ruby counts code points, JavaScript UTF-16 units. */
export function codePoints(source: string): number {
  let count = 0;
  for (let at = 0; at < source.length; count++) at += source.codePointAt(at)! > 0xffff ? 2 : 1;
  return count;
}

/** The value under a key, as `VariableLookup#evaluate` finds it. */
export function lookUp(value: Value, key: Value): Value {
  if (value.kind === 'unknown' || key.kind === 'unknown') return UNKNOWN;
  if (value.kind === 'nil' || value.kind === 'boolean') return NIL;
  const name = toText(key);
  if (name === undefined) return UNKNOWN;
  if (value.kind === 'string') {
    return name === 'size' ? { kind: 'integer', digits: String(codePoints(value.value)) } : NIL;
  }
  if (value.kind !== 'data') return name === 'size' || name === 'first' || name === 'last' ? UNKNOWN : NIL;
  if (Array.isArray(value.value)) {
    const list: unknown[] = value.value;
    if (key.kind === 'integer') return fromData(list.at(Number(key.digits)));
    if (name === 'size') return fromData(list.length);
    if (name === 'first') return fromData(list[0]);
    return name === 'last' ? fromData(list.at(-1)) : NIL;
  }
  const record = value.value as Record<string, unknown>;
  if (Object.hasOwn(record, name)) return fromData(record[name]);
  return name === 'size' ? fromData(Object.keys(record).length) : name === 'first' ? UNKNOWN : NIL;
}

export type Comparing = { result: boolean | undefined } | { failure: string };

/** One comparison of lib/liquid/condition.rb with a known operator. */
export function compare(left: Value, operator: string, right: Value): Comparing {
  if (operator === '==') return { result: equal(left, right) };
  if (operator === '!=' || operator === '<>') {
    const same = equal(left, right);
    return { result: same === undefined ? undefined : !same };
  }
  if (operator === 'contains') return { result: contains(left, right) };
  if (left.kind === 'unknown' || right.kind === 'unknown') return { result: undefined };
  const ordered = (value: Value): boolean =>
    value.kind === 'string' || value.kind === 'integer' || value.kind === 'float';
  if (!ordered(left) || !ordered(right)) return { result: false };
  if ((left.kind === 'string') !== (right.kind === 'string')) {
    return { failure: 'text cannot be compared with a number' };
  }
  const order =
    left.kind === 'string'
      ? textOrder(left.value, (right as { value: string }).value)
      : toNumber(left)!.value - toNumber(right)!.value;
  if (operator === '<') return { result: order < 0 };
  if (operator === '>') return { result: order > 0 };
  return { result: operator === '<=' ? order <= 0 : order >= 0 };
}

/** Negative, 0 or positive, by code points as in Ruby; JavaScript puts surrogates before U+E000. */
function textOrder(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  if (at === left.length || at === right.length) return left.length - right.length;
  const rank = (code: number): number => (code >= 0xd800 && code < 0xe000 ? code + 0x10000 : code);
  return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at));
}

function equal(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'method') return asked(left.name, right);
  if (right.kind === 'method') return asked(right.name, left);
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined;
  if (left.kind === 'data' || right.kind === 'data') return left.kind === right.kind ? undefined : false;
  const isNumber = (value: Value): boolean => value.kind === 'integer' || value.kind === 'float';
  if (isNumber(left) && isNumber(right)) return toNumber(left)!.value === toNumber(right)!.value;
  return left.kind === right.kind && toText(left) === toText(right);
}

/** `empty` asks strings and lists; nothing in plain Ruby answers to `blank`. */
function asked(name: 'blank' | 'empty', value: Value): boolean | undefined {
  if (value.kind === 'unknown') return undefined;
  if (name === 'blank') return false;
  if (value.kind === 'string') return value.value === '';
  if (value.kind !== 'data') return false;
  return Array.isArray(value.value)
    ? value.value.length === 0
    : Object.keys(value.value as object).length === 0;
}

function contains(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined;
  if (!isTruthy(left) || !isTruthy(right)) return false;
  const needle = toText(right);
  if (left.kind === 'string') return needle === undefined ? undefined : left.value.includes(needle);
  return left.kind === 'data' || left.kind === 'range' ? undefined : false;
}

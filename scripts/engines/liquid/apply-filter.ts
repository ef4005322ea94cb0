import {
  codePoints,
  fromNumber,
  isNoInteger,
  NIL,
  text,
  toNumber,
  toText,
  UNKNOWN,
  type Value,
} from './values.js';
import { downcase, leftStripOffset, rightStripOffset, strip } from '../ruby.js';

export type FilterResult = { value: Value } | { failure: string };

type Filter = (input: Value, args: Value[]) => FilterResult;

const value = (result: Value): FilterResult => ({ value: result });
const fail = (failure: string): FilterResult => ({ failure });

/** A filter that works on `input.to_s`. */
function onText(change: (source: string, args: Value[]) => string | undefined): Filter {
  return (input, args) => {
    const source = toText(input);
    const result = source === undefined ? undefined : change(source, args);
    return value(result === undefined ? UNKNOWN : text(result));
  };
}

/** A filter that hands nil on and whose result for anything else is not modelled. */
const nilStays: Filter = (input) => value(input.kind === 'nil' ? NIL : UNKNOWN);

function arithmetic(compute: (a: number, b: number) => number): Filter {
  return (input, [operand]) => {
    const a = toNumber(input);
    const b = toNumber(operand ?? NIL);
    if (!a || !b) return value(UNKNOWN);
    // Decimal arithmetic is Ruby's BigDecimal: only whole numbers are computed here.
    return value(a.isFloat || b.isFloat ? UNKNOWN : fromNumber(compute(a.value, b.value), false));
  };
}

/** @param takesDecimals whether a decimal number may be divided by 0 (the result is then infinite) */
function division(compute: (a: number, b: number) => number, takesDecimals: boolean): Filter {
  return (input, [operand]) => {
    const divisor = operand && toNumber(operand);
    if (divisor?.value === 0) {
      const isDecimal = divisor.isFloat || toNumber(input)?.isFloat === true;
      return isDecimal && takesDecimals ? value(UNKNOWN) : fail('the divisor is 0');
    }
    return arithmetic(compute)(input, [operand ?? NIL]);
  };
}

/** Ruby's `String#capitalize`; undefined for a letter whose form at the start of a word is not its capital. */
function capitalize(source: string): string | undefined {
  const [first = ''] = source;
  const capital = first.toUpperCase();
  if (capital.length !== first.length || /[\u01c4-\u01cc\u01f1-\u01f3\u10d0-\u10ff]/.test(first))
    return undefined;
  return capital + downcase(source.slice(first.length));
}

/** Fails on nil and on other kinds that lack the method which the filter calls. */
function needs(kinds: readonly Value['kind'][], what: string, otherwise: Filter): Filter {
  return (input, args) =>
    input.kind === 'unknown' || kinds.includes(input.kind)
      ? otherwise(input, args)
      : fail(
          `its input is ${input.kind === 'nil' ? 'nothing' : 'no'} ${input.kind === 'nil' ? '(an unknown name)' : what}, which Ruby cannot use here`,
        );
}

const unknown: Filter = () => value(UNKNOWN);

function integerArguments(count: number, nilInputStays: boolean): Filter {
  return (input, args) => {
    if (nilInputStays && input.kind === 'nil') return value(NIL);
    const bad = args
      .slice(0, count)
      .find((arg, index) => isNoInteger(arg) && !(index > 0 && arg.kind === 'nil'));
    return bad ? fail('an argument is no whole number') : value(UNKNOWN);
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '>': '&gt;',
  '<': '&lt;',
  '"': '&quot;',
  "'": '&#39;',
};

const FILTERS: Readonly<Record<string, Filter>> = {
  append: onText((source, [arg]) => joined(source, toText(arg ?? NIL))),
  prepend: onText((source, [arg]) => joined(toText(arg ?? NIL), source)),
  upcase: onText((source) => source.toUpperCase()),
  downcase: onText(downcase),
  capitalize: onText(capitalize),
  strip: onText(strip),
  lstrip: onText((source) => source.slice(leftStripOffset(source))),
  rstrip: onText((source) => source.slice(0, rightStripOffset(source))),
  strip_newlines: onText((source) => source.replace(/\r?\n/g, '')),
  normalize_whitespace: onText((source) => strip(source.replace(/[ \t\r\n\f\v]+/g, ' '))),
  strip_html: onText((source) => (source.includes('<') ? undefined : source)),
  newline_to_br: onText((source) => (source.includes('\n') ? undefined : source)),
  escape_once: onText((source) => (/[&<>"']/.test(source) ? undefined : source)),
  xml_escape: onText((source) => (/[&<>"']/.test(source) ? undefined : source)),
  escape: (input, args) =>
    input.kind === 'nil'
      ? value(NIL)
      : onText((source) => source.replace(/[&<>"']/g, (c) => ESCAPES[c]!))(input, args),
  replace: onText((source, args) => (source === '' && toText(args[0] ?? NIL) !== '' ? '' : undefined)),
  replace_first: onText((source, args) => (source === '' && toText(args[0] ?? NIL) !== '' ? '' : undefined)),
  replace_last: onText((source, args) => (source === '' && toText(args[0] ?? NIL) !== '' ? '' : undefined)),
  remove: onText((source) => (source === '' ? '' : undefined)),
  remove_first: onText((source) => (source === '' ? '' : undefined)),
  remove_last: onText((source) => (source === '' ? '' : undefined)),
  base64_encode: onText((source) => (source === '' ? '' : undefined)),
  base64_decode: onText((source) => (source === '' ? '' : undefined)),
  base64_url_safe_encode: onText((source) => (source === '' ? '' : undefined)),
  base64_url_safe_decode: onText((source) => (source === '' ? '' : undefined)),
  smartify: onText((source) => (source === '' ? '' : undefined)),
  split: (input) => value(toText(input) === '' ? { kind: 'data', value: [] } : UNKNOWN),
  join: (input) => value(input.kind === 'nil' ? text('') : UNKNOWN),
  size: (input) =>
    value(
      input.kind === 'nil' || input.kind === 'boolean'
        ? fromNumber(0, false)
        : input.kind === 'string'
          ? fromNumber(codePoints(input.value), false)
          : UNKNOWN,
    ),
  first: nilStays,
  last: nilStays,
  date: (input) => value(input.kind === 'nil' ? NIL : UNKNOWN),
  date_to_string: emptyStays,
  date_to_long_string: emptyStays,
  date_to_xmlschema: emptyStays,
  date_to_rfc822: emptyStays,
  url_encode: nilStays,
  url_decode: nilStays,
  uri_escape: nilStays,
  slugify: nilStays,
  relative_url: nilStays,
  absolute_url: nilStays,
  strip_index: emptyStays,
  group_by: nilStays,
  group_by_exp: nilStays,
  where: nilStays,
  where_exp: nilStays,
  find: nilStays,
  find_exp: nilStays,
  pop: nilStays,
  push: nilStays,
  shift: nilStays,
  unshift: nilStays,
  sample: nilStays,
  jsonify: (input) => value(input.kind === 'nil' ? text('null') : UNKNOWN),
  inspect: (input) => value(input.kind === 'nil' ? text('nil') : UNKNOWN),
  to_integer: (input) => value(input.kind === 'nil' ? fromNumber(0, false) : UNKNOWN),
  default: (input, [fallback, options]) =>
    value(
      input.kind === 'unknown' || options
        ? UNKNOWN
        : input.kind === 'nil' || (input.kind === 'boolean' && !input.value) || toText(input) === ''
          ? (fallback ?? text(''))
          : input,
    ),
  plus: arithmetic((a, b) => a + b),
  minus: arithmetic((a, b) => a - b),
  times: arithmetic((a, b) => a * b),
  divided_by: division((a, b) => Math.floor(a / b), true),
  modulo: division((a, b) => a - b * Math.floor(a / b), false),
  abs: arithmetic((a) => Math.abs(a)),
  ceil: arithmetic((a) => a),
  floor: arithmetic((a) => a),
  round: (input, args) => (args.length === 0 ? arithmetic((a) => a)(input, [NIL]) : value(UNKNOWN)),
  at_least: arithmetic((a, b) => Math.max(a, b)),
  at_most: arithmetic((a, b) => Math.min(a, b)),
  sort: needs(['data', 'range'], 'list', unknown),
  cgi_escape: needs(['string'], 'text', unknown),
  number_of_words: needs(['string'], 'text', unknown),
  array_to_sentence_string: needs(['data', 'string'], 'list', unknown),
  sassify: needs(['string'], 'text', unknown),
  scssify: needs(['string'], 'text', unknown),
  concat: (_input, [list]) =>
    list && list.kind !== 'unknown' && list.kind !== 'data'
      ? fail('its argument is no list')
      : value(UNKNOWN),
  slice: integerArguments(2, false),
  truncate: integerArguments(1, true),
  truncatewords: integerArguments(1, true),
  reverse: (input) => value(input.kind === 'nil' ? { kind: 'data', value: [] } : UNKNOWN),
  uniq: (input) => value(input.kind === 'nil' ? { kind: 'data', value: [] } : UNKNOWN),
  compact: (input) => value(input.kind === 'nil' ? { kind: 'data', value: [] } : UNKNOWN),
  sort_natural: (input) => value(input.kind === 'nil' ? { kind: 'data', value: [] } : UNKNOWN),
  map: (input) => value(input.kind === 'nil' ? { kind: 'data', value: [] } : UNKNOWN),
};

function emptyStays(input: Value): FilterResult {
  return value(input.kind === 'nil' ? NIL : toText(input) === '' ? text('') : UNKNOWN);
}

/** A page that appends a text to itself over and over is followed no further than this. */
const LONGEST_TEXT = 1_000_000;

function joined(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return undefined;
  return first.length + second.length > LONGEST_TEXT ? undefined : first + second;
}

/**
 * Applies a filter of Liquid or Jekyll, as far as the source tells what comes out (standardfilters.rb of Liquid,
 * filters.rb of Jekyll); the number of arguments has been checked.
 */
export function applyFilter(name: string, input: Value, args: Value[]): FilterResult {
  const filter = name === 'h' ? FILTERS.escape! : Object.hasOwn(FILTERS, name) ? FILTERS[name]! : unknown;
  return filter(input, args);
}

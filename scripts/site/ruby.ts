/** Small pieces of Ruby that Jekyll's results depend on: globs, paths, text forms of values, comparisons. */
import type { YamlType, YamlValue } from '../corpus/types.js';

/**
 * `File.fnmatch?` without flags (ruby/dir.c): `*` and `?` cross `/`, `[…]` is a set, a backslash escapes.
 *
 * @param pattern and
 * @param text are compared whole; time is at most the product of their lengths, without recursion
 */
export function fnmatch(pattern: string, text: string): boolean {
  let patternAt = 0;
  let textAt = 0;
  let starPattern = -1;
  let starText = -1;
  while (textAt < text.length) {
    const step = matchOne(pattern, patternAt, text.charAt(textAt));
    if (pattern[patternAt] === '*') {
      starPattern = ++patternAt;
      starText = textAt;
    } else if (step > 0) {
      patternAt += step;
      textAt++;
    } else if (starPattern !== -1) {
      patternAt = starPattern;
      textAt = ++starText;
    } else {
      return false;
    }
  }
  while (pattern[patternAt] === '*') patternAt++;
  return patternAt === pattern.length;
}

/** How many characters of the pattern at `at` match `character`; 0 when they do not. */
function matchOne(pattern: string, at: number, character: string): number {
  const token = pattern[at];
  if (token === undefined || token === '*') return 0;
  if (token === '?') return 1;
  if (token === '\\' && at + 1 < pattern.length) return pattern[at + 1] === character ? 2 : 0;
  if (token !== '[') return token === character ? 1 : 0;
  const close = pattern.indexOf(']', at + 2);
  if (close === -1) return 0;
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  let found = false;
  for (let index = at + (negated ? 2 : 1); index < close; index++) {
    const low = pattern.charAt(index);
    if (pattern[index + 1] === '-' && index + 2 < close) {
      const high = pattern.charAt(index + 2);
      found ||= low <= character && character <= high;
      index += 2;
    } else {
      found ||= low === character;
    }
  }
  return found === negated ? 0 : close - at + 1;
}

/** `File.extname`: from the last dot of the name, unless the name only begins with it. */
export function extensionOf(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot <= 0 || /^\.*$/.test(base.slice(0, dot)) ? '' : base.slice(dot);
}

/** `File.dirname` of a relative path or a URL. */
export function directoryOf(path: string): string {
  const trimmed = withoutFinalSlashes(path);
  const slash = trimmed.lastIndexOf('/');
  if (slash === -1) return path.startsWith('/') ? '/' : '.';
  return withoutFinalSlashes(trimmed.slice(0, slash)) || '/';
}

function withoutFinalSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/**
 * `File.expand_path(path, base)` below an imaginary working folder.
 *
 * @param base a relative folder, `.` or empty for the working folder
 * @returns the path relative to the working folder (empty for the folder itself); null when it leaves it
 */
export function expandPath(path: string, base: string): string | null {
  const segments = base === '.' || base === '' ? [] : base.split('/');
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** The end of a path as `expandPath` sees it, with what was left above the folder counted. */
export function climbs(path: string, base: string): number {
  let depth = base === '.' || base === '' ? 0 : base.split('/').length;
  let lowest = 0;
  for (const segment of path.split('/')) {
    if (segment === '..') depth--;
    else if (segment !== '' && segment !== '.') depth++;
    lowest = Math.min(lowest, depth);
  }
  return -lowest;
}

/** Code point order, which is Ruby's byte order for UTF-8. */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    let a = left.charCodeAt(at);
    let b = right.charCodeAt(at);
    if (a === b) continue;
    // Surrogates sort below U+E000…U+FFFF as UTF-16 units although they stand for larger code points.
    if (a >= 0xd800 && b >= 0xd800) {
      if (a < 0xe000) a += 0x2000;
      else a -= 0x800;
      if (b < 0xe000) b += 0x2000;
      else b -= 0x800;
    }
    return a - b;
  }
  return left.length - right.length;
}

/** `String#casecmp`: only ASCII letters are folded, to lower case. */
export function compareCaseless(left: string, right: string): number {
  return compareText(asciiLower(left), asciiLower(right));
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** `to_s` of a YAML value: what Liquid and `group_by` make of it. */
export function toText(value: YamlValue, type: YamlType): string {
  if (value === null) return '';
  if (typeof value === 'object') return inspect(value);
  const text = String(value);
  return type === 'float' && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function inspect(value: YamlValue): string {
  if (value === null) return 'nil';
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}=>${inspect(item)}`)
      .join(', ')}}`;
  return String(value);
}

/** The type of a value that has no front matter field of its own (a default of `_config.yml`). */
export function typeOf(value: YamlValue): YamlType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'float';
    case 'string':
      return 'string';
    default:
      return 'map';
  }
}

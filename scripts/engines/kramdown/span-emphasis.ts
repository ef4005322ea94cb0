/** Emphasis (kramdown's emphasis.rb). */
import { isSpace } from '../ruby.js';
import type { SpanParser } from './span-parser.js';
import type { KramdownElement } from './types.js';

const letter = /^\p{Alphabetic}$/u;
const letterOrDigit = /[\p{Alphabetic}\p{Nd}]/uy;

/** True if the character that ends at `end` is a letter. */
function isLetterBefore(text: string, end: number): boolean {
  const code = text.charCodeAt(end - 1);
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  const isLow = code >= 0xdc00 && code <= 0xdfff;
  return end > 0 && letter.test(text.slice(end - (isLow ? 2 : 1), end));
}

/** True if an underscore at `at` is inside a word. */
function isInsideWord(text: string, at: number): boolean {
  return isLetterBefore(text, at) || (text[at - 1] === '-' && isLetterBefore(text, at - 1));
}

/** Parses the content after a delimiter; the position is then at the closing one. */
function parseContent(
  parser: SpanParser,
  delimiter: string,
  type: 'em' | 'strong',
): KramdownElement | undefined {
  const { source } = parser;
  const { text } = source;
  if (source.find(delimiter, source.pos) === -1) return undefined;
  const created = parser.create(type);
  parser.active[type]++;
  const found = parser.parseSpans(created, { delimiter }, 'all', () => {
    const { pos } = source;
    if (pos > 0 && isSpace(text.charCodeAt(pos - 1))) return false;
    if (type === 'em') {
      const doubled = delimiter + delimiter;
      if (text.startsWith(doubled, pos) && !text.startsWith(delimiter, pos + 2)) return false;
    }
    if (delimiter.startsWith('_')) {
      letterOrDigit.lastIndex = pos + delimiter.length;
      if (letterOrDigit.test(text)) return false;
    }
    return created.children.length > 0;
  });
  parser.active[type]--;
  return found ? created : undefined;
}

/** `*`, `**`, `_` or `__` at the current position: an element, or text. */
export function parseEmphasis(parser: SpanParser): true {
  const { source } = parser;
  const { text, pos } = source;
  const character = text[pos]!;
  const length = text[pos + 1] === character ? 2 : 1;
  const type = length === 2 ? 'strong' : 'em';
  const key = parser.attemptKey(pos, false);
  if (
    (character === '_' && isInsideWord(text, pos)) ||
    isSpace(text.charCodeAt(pos + length)) ||
    parser.active[type] > 0 ||
    parser.exhausted ||
    parser.hasFailed(key)
  ) {
    parser.take(length);
    return true;
  }
  const delimiter = text.slice(pos, pos + length);
  source.pos = pos + length;
  let created = parseContent(parser, delimiter, type);
  let closing = length;
  if (!created && type === 'strong' && parser.tree.type !== 'em') {
    source.pos = pos + 1;
    created = parseContent(parser, character, 'em');
    closing = 1;
  }
  if (created) {
    source.pos += closing;
    parser.add(created);
  } else {
    parser.fail(key);
    source.pos = pos;
    parser.take(length);
  }
  return true;
}

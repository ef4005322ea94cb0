/**
 * What starts and what ends a block (kramdown's block_boundary.rb, paragraph.rb, list.rb and the GFM
 * parser's PARAGRAPH_END_GFM). Every function looks at the text from a given position only.
 */
import { nameAt } from './html-scan.js';
import { spanElements } from './html-tables.js';
import { isDigit, isSpace, wordClass } from '../ruby.js';
import { type Source } from './source.js';

const TAB = 9;
const SPACE = 32;

/** First `}` that is not escaped, at or after `from`; -1 if none. */
export function closingBrace(source: Source, from: number): number {
  return source.findBy('}', from, (start) => {
    let at = source.text.indexOf('}', start);
    while (at > start && source.text[at - 1] === '\\') at = source.text.indexOf('}', at + 1);
    return at;
  });
}

/** A block attribute list `{: … }` whose brace is at `at`: its content and the position after its line. */
export function blockAttributeListAt(
  source: Source,
  at: number,
): { content: string; end: number } | undefined {
  const { text } = source;
  if (text[at] !== '{' || text[at + 1] !== ':' || text[at + 2] === ':' || text[at + 2] === '/')
    return undefined;
  const close = closingBrace(source, at + 2);
  if (close <= at + 2) return undefined;
  const end = source.restIsBlank(close + 1);
  return end === -1 ? undefined : { content: text.slice(at + 2, close), end };
}

/** True if a block attribute list stands at `at`, after up to three spaces. */
export function isBlockAttributeList(source: Source, at: number): boolean {
  return blockAttributeListAt(source, source.skipOptionalSpaces(at)) !== undefined;
}

/** A line of only `^`: the position after it, else -1. */
export function endOfBlockMark(source: Source, at: number): number {
  return source.text[at] === '^' ? source.restIsBlank(at + 1) : -1;
}

const lazySpanNames = [...spanElements, 'script'].join('|');
const spanName = new RegExp(`(?:${lazySpanNames})(?![${wordClass}])`, 'uy');

/** True if the `<` at `at` begins a tag that ends a paragraph: any element but inline ones, even misspelt. */
export function isLazyHtml(source: Source, at: number): boolean {
  const { text } = source;
  const isEnd = text[at + 1] === '/';
  const nameStart = isEnd ? at + 2 : at + 1;
  const name = nameAt(text, nameStart);
  if (name === undefined) return false;
  spanName.lastIndex = nameStart;
  if (spanName.test(text)) return false;
  return !isEnd || text[source.skipSpace(nameStart + name.length)] === '>';
}

/** True if a paragraph, quote or list may not run on over the line at `at` whatever its kind. */
export function isLazyEnd(source: Source, at: number): boolean {
  const { text } = source;
  if (at >= text.length) return true;
  const first = source.skipOptionalSpaces(at);
  const code = text.charCodeAt(first);
  if (code === 123) return blockAttributeListAt(source, first) !== undefined;
  if (code === 94) return first === at && endOfBlockMark(source, at) !== -1;
  if (code === 60) return isLazyHtml(source, first);
  return isSpace(code) && source.restIsBlank(at) !== -1;
}

function isMarkerTail(code: number): boolean {
  return code === TAB || code === SPACE || code === 124;
}

/** Kind of list a marker belongs to. */
export type MarkerKind = 'ul' | 'ol' | 'dl';

/**
 * End of the list marker at `at`, after at most `indent` spaces; -1 if there is none. A marker must be
 * followed by a space, a tab or (an oddity of kramdown) a pipe.
 */
export function listMarkerEnd(text: string, at: number, kind: MarkerKind, indent: number): number {
  let position = at;
  while (position < at + indent && text.charCodeAt(position) === SPACE) position++;
  const code = text.charCodeAt(position);
  if (kind === 'ol') {
    const digits = position;
    while (isDigit(text.charCodeAt(position))) position++;
    if (position === digits || text[position] !== '.') return -1;
  } else if (kind === 'ul' ? code !== 42 && code !== 43 && code !== 45 : code !== 58) {
    return -1;
  }
  return isMarkerTail(text.charCodeAt(position + 1)) ? position + 1 : -1;
}

/** True if a bullet or numbered item begins at `at`. */
export function isListStart(text: string, at: number): boolean {
  return listMarkerEnd(text, at, 'ul', 3) !== -1 || listMarkerEnd(text, at, 'ol', 3) !== -1;
}

const horizontalRule = / {0,3}(?:\*[ \t]*\*[ \t]*\*[* \t]*|-[ \t]*-[ \t]*-[- \t]*|_[ \t]*_[ \t]*_[_ \t]*)\n/y;

/** Position after the horizontal rule at `at`, or -1. */
export function horizontalRuleEnd(text: string, at: number): number {
  return stickyEnd(horizontalRule, text, at);
}

/** Position after a match of a sticky expression that must begin at `at`, or -1. */
function stickyEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** True if the line at `at` ends a paragraph. `quirk` is GFM's `paragraph_end`. */
export function isParagraphEnd(source: Source, at: number, quirk: boolean): boolean {
  const { text } = source;
  if (at >= text.length) return true;
  const first = source.skipOptionalSpaces(at);
  const code = text.charCodeAt(first);
  switch (code) {
    case 58:
      return isMarkerTail(text.charCodeAt(first + 1));
    case 35:
      return quirk && first === at && isAtxStart(text, at);
    case 62:
      return quirk;
    case 42:
    case 43:
    case 45:
      return quirk && isMarkerTail(text.charCodeAt(first + 1));
    case 96:
    case 126:
      return quirk && isFenceStart(text, first);
    default:
      if (isDigit(code)) return quirk && listMarkerEnd(text, first, 'ol', 0) !== -1;
      return isLazyEnd(source, at);
  }
}

/** True if one to six `#` and a blank stand at `at`. */
export function isAtxStart(text: string, at: number): boolean {
  let end = at;
  while (text.charCodeAt(end) === 35) end++;
  const code = text.charCodeAt(end);
  return end > at && end <= at + 6 && (code === SPACE || code === TAB);
}

/** True if three backticks or tildes, in any mixture, stand at `at`. */
export function isFenceStart(text: string, at: number): boolean {
  for (let index = at; index < at + 3; index++) {
    const code = text.charCodeAt(index);
    if (code !== 96 && code !== 126) return false;
  }
  return true;
}

/** True if a tab or four spaces stand at `at`. */
export function isIndented(text: string, at: number): boolean {
  return text.charCodeAt(at) === TAB || text.startsWith('    ', at);
}

/** True if a block may only begin here because the text before it was closed (BLOCK_BOUNDARY). */
export function isBlockBoundary(source: Source, at: number): boolean {
  return (
    at >= source.text.length ||
    source.blankLinesEnd(at) !== -1 ||
    endOfBlockMark(source, at) !== -1 ||
    isBlockAttributeList(source, at)
  );
}

import { isSpace, isWord, strip } from '../ruby.js';
import { skipSpace, skipWord } from './patterns.js';

/**
 * The arguments of Jekyll's tags (lib/jekyll/tags/, alike in 3.10 and 4.3 where not said otherwise).
 */

export interface IncludeArguments {
  file: string | undefined;
  dynamic: boolean;
  /** False when Jekyll refuses the parameters while it parses. */
  validParameters: boolean;
}

/** `IncludeTag::VARIABLE_SYNTAX`, tried on short markup only: it goes back and forth on long text. */
const VARIABLE_SYNTAX = /([^{]*(\{\{[ \t\r\n\f\v]*[\w\-.]+[ \t\r\n\f\v]*(\|.*)?\}\}[^ \t\r\n\f\v{}]*)+)(.*)/s;
const LONGEST_DYNAMIC_MARKUP = 2000;

/** `include`, `include_relative`, `include_cached` (include.rb `initialize`, `validate_params`). */
export function readInclude(source: string): IncludeArguments {
  const markup = strip(source);
  if (markup.includes('{{') && markup.length <= LONGEST_DYNAMIC_MARKUP) {
    const match = VARIABLE_SYNTAX.exec(markup);
    if (match) {
      return { file: strip(match[1]!), dynamic: true, validParameters: areParameters(strip(match[4]!)) };
    }
  }
  let end = 0;
  while (end < markup.length && !isSpace(markup.charCodeAt(end))) end++;
  const rest = skipSpace(markup, end);
  return {
    file: end === 0 ? undefined : markup.slice(0, end),
    dynamic: false,
    validParameters: rest >= markup.length || areParameters(markup.slice(rest)),
  };
}

/** `FULL_VALID_SYNTAX`: `key=value` pairs with white space between them. */
function areParameters(text: string): boolean {
  let at = skipSpace(text, 0);
  while (at < text.length) {
    let keyEnd = at;
    while (keyEnd < text.length && (isWord(text.charCodeAt(keyEnd)) || text[keyEnd] === '-')) keyEnd++;
    if (keyEnd === at) return false;
    const equals = skipSpace(text, keyEnd);
    if (text[equals] !== '=') return false;
    const end = parameterValueEnd(text, skipSpace(text, equals + 1));
    if (end === -1 || (end < text.length && !isSpace(text.charCodeAt(end)))) return false;
    at = skipSpace(text, end);
  }
  return true;
}

function parameterValueEnd(text: string, start: number): number {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === quote) return at + 1;
      if (text[at] === '\\') {
        at++;
        // `\\.` does not match a line feed.
        if (text[at] === '\n') return -1;
      }
    }
    return -1;
  }
  let end = start;
  while (end < text.length && (isWord(text.charCodeAt(end)) || text[end] === '.' || text[end] === '-')) end++;
  return end === start ? -1 : end;
}

/** `validate_file_name`: the characters that a file name may have, and no `//`, `..` or `./`. */
export function isIncludeName(file: string): boolean {
  return !/[./]{2,}/.test(file) && /^[\w/.\-()+~#@]+$/m.test(file);
}

/** `PostComparer::MATCHER` (post_url.rb): a date and a slug, after any folders. */
export function isPostName(source: string): boolean {
  const name = strip(source).replace(/^\//m, '');
  return name.split('\n').some((line) => {
    const date = /\d+-\d+-\d+-/y;
    for (let at = 0; at !== -1;) {
      date.lastIndex = at;
      if (date.test(line)) return true;
      // A folder needs one character before its slash.
      const slash = line.indexOf('/', at === 0 ? 1 : at);
      at = slash === -1 ? -1 : slash + 1;
    }
    return false;
  });
}

/** `HighlightBlock::SYNTAX` on any line of the markup; returns the language, or undefined when it does not fit. */
export function readHighlight(source: string): string | undefined {
  const markup = strip(source);
  for (let line = 0; line !== -1 && line <= markup.length;) {
    let end = line;
    while (end < markup.length && /[a-zA-Z0-9.+#_-]/.test(markup[end]!)) end++;
    if (end > line && highlightOptionsEnd(markup, end)) return markup.slice(line, end).toLowerCase();
    const next = markup.indexOf('\n', line);
    line = next === -1 ? -1 : next + 1;
  }
  return undefined;
}

/** True when `name`, `name=value` and `name="1 2"` options lead from an offset to the end of a line. */
function highlightOptionsEnd(markup: string, from: number): boolean {
  let at = from;
  for (;;) {
    if (at === markup.length || markup[at] === '\n') return true;
    const key = skipSpace(markup, at);
    const keyEnd = skipWord(markup, key);
    if (key === at || keyEnd === key) return false;
    at = keyEnd;
    if (markup[at] === '=') {
      const valueEnd = highlightValueEnd(markup, at + 1);
      if (valueEnd === -1) return false;
      at = valueEnd;
    }
  }
}

function highlightValueEnd(markup: string, start: number): number {
  if (markup[start] !== '"') {
    const end = skipWord(markup, start);
    return end === start ? -1 : end;
  }
  const close = markup.indexOf('"', start + 1);
  return close !== -1 && /^(?:[0-9]+[ \t\r\n\f\v])*[0-9]+$/.test(markup.slice(start + 1, close))
    ? close + 1
    : -1;
}

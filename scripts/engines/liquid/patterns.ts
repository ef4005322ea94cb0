/**
 * Hand-written matchers for those of Liquid's regular expressions that would backtrack on long input.
 */
import { isSpace, isWord } from '../ruby.js';

/** First offset at or after `from` that is no white space (at most `limit`). */
export function skipSpace(text: string, from: number, limit = text.length): number {
  let at = from;
  while (at < limit && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** First offset at or after `from` that is no word character (at most `limit`). */
export function skipWord(text: string, from: number, limit = text.length): number {
  let at = from;
  while (at < limit && isWord(text.charCodeAt(at))) at++;
  return at;
}

/** True when the text has nothing but white space (Liquid's `WhitespaceOrNothing`). */
export function isBlank(text: string): boolean {
  return skipSpace(text, 0) === text.length;
}

/** Number of line feeds in a text. */
export function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** End of the quoted string that starts at `at`, or -1 when no quote starts there or none closes it. */
function quotedStringEnd(text: string, at: number): number {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return -1;
  const close = text.indexOf(quote, at + 1);
  return close === -1 ? -1 : close + 1;
}

/** End of the run `(?:[^\s,|'"]|QuotedString)+` that starts at `at`; `at` itself when there is none. */
function unquotedRunEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (isSpace(code) || code === 44 || code === 124) break;
    if (code === 34 || code === 39) {
      const close = quotedStringEnd(text, end);
      if (close === -1) break;
      end = close;
    } else end++;
  }
  return end;
}

/**
 * End of Liquid's `QuotedFragment` at an offset: a quoted string alone, else a run without white space, comma,
 * pipe or open quote. Returns -1 when none starts there.
 */
export function quotedFragmentEnd(text: string, at: number): number {
  const quoted = quotedStringEnd(text, at);
  if (quoted !== -1) return quoted;
  const end = unquotedRunEnd(text, at);
  return end === at ? -1 : end;
}

/** End of one or more `QuotedFragment`s in a row, or -1. */
export function quotedFragmentsEnd(text: string, at: number): number {
  const end = unquotedRunEnd(text, at);
  return end === at ? -1 : end;
}

/** First `QuotedFragment` at or after `from`, as an unanchored match finds it. */
export function findQuotedFragment(text: string, from = 0): { start: number; end: number } | undefined {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || code === 44 || code === 124) continue;
    const end = quotedFragmentEnd(text, at);
    if (end !== -1) return { start: at, end };
  }
  return undefined;
}

/**
 * True when a whole text is one `QuotedFragment`, as `\A…\z` would have it: then the regular expression may
 * leave its first alternative, so `"a"b` counts.
 */
export function isWholeQuotedFragment(text: string): boolean {
  return text.length > 0 && unquotedRunEnd(text, 0) === text.length;
}

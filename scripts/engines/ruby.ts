/**
 * Ruby's idea of white space, digits and word characters, and those of its string methods that differ from
 * JavaScript's. In a Ruby pattern `\s` is ` \t\r\n\f\v` and `\w` is ASCII only; `strip` also takes NUL. JavaScript's `\s`
 * and `trim` accept more, so the engines use neither.
 */

/** True for the codes of the characters of Ruby's `\s`. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** True for the code of a decimal digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True for the codes of the characters of Ruby's `\w`. */
export function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code) || code === 95;
}

/** Ruby's `\p{Word}`, for use between the brackets of a character class. */
export const wordClass = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}';

/** Offset of the first character that Ruby's `String#lstrip` keeps. */
export function leftStripOffset(text: string): number {
  let at = 0;
  while (at < text.length && isStripped(text.charCodeAt(at))) at++;
  return at;
}

/** Offset after the last character that Ruby's `String#rstrip` keeps. */
export function rightStripOffset(text: string): number {
  let at = text.length;
  while (at > 0 && isStripped(text.charCodeAt(at - 1))) at--;
  return at;
}

function isStripped(code: number): boolean {
  return isSpace(code) || code === 0;
}

/** Ruby's `String#lstrip`. */
export function lstrip(text: string): string {
  return text.slice(leftStripOffset(text));
}

/** Ruby's `String#rstrip`. */
export function rstrip(text: string): string {
  return text.slice(0, rightStripOffset(text));
}

/** Ruby's `String#strip`. */
export function strip(text: string): string {
  return lstrip(rstrip(text));
}

/** Ruby's `String#downcase`: code point by code point, so that a sigma at the end of a word stays an ordinary one. */
export function downcase(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => character.toLowerCase()).join('');
}

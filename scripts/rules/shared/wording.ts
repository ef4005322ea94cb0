/** The pieces that messages are made of. */
import { FILE_START } from '../../corpus/text.js';
import type { Range, YamlValue } from '../../corpus/types.js';

const SHOWN_LENGTH = 80;

/** A value in backticks as one line, shortened to 80 characters; a value with backticks gets a longer fence. */
export function code(value: string): string {
  const line = value.replace(/\s+/gu, ' ');
  return exact(line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH - 1)}…` : line);
}

/** A text in backticks, unshortened: readers compare it with what the page has. */
export function exact(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** What `true` and `false` were meant to be by the word in its place; null for any other word. */
export function meantBoolean(word: string): 'true' | 'false' | null {
  if (/^(?:true|yes|on|1)$/iu.test(word)) return 'true';
  return /^(?:false|no|off|0)$/iu.test(word) ? 'false' : null;
}

/** A YAML value as text in backticks: strings bare, the rest as JSON. */
export function codeValue(value: YamlValue): string {
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `path:line` in backticks, as terminals and editors make it clickable. */
export function place(path: string, range: Range): string {
  return `\`${path}:${range.start.line}\``;
}

/** `1 page`, `2 pages`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A list in words: `a`, `a and b`, `a, b and c`; more than `limit` items are counted. */
export function listing(items: readonly string[], limit = 5): string {
  const shown = items.length > limit ? items.slice(0, limit - 1) : [...items];
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** The start of a file: for findings about a file that has no better place. */
export const fileStart = FILE_START;

/** `listing` of things that must be rendered first: renders only those that are shown. */
export function listingOf<T>(items: readonly T[], render: (item: T) => string, limit = 5): string {
  if (items.length <= limit) return listing(items.map(render), limit);
  return `${items
    .slice(0, limit - 1)
    .map(render)
    .join(', ')} and ${items.length - limit + 1} more`;
}

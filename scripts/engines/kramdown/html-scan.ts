/**
 * Reading HTML tags the way kramdown's regular expressions do (lib/kramdown/parser/html.rb), but without
 * backtracking: a tag is read once from left to right.
 */
import { knownElements } from './html-tables.js';
import { downcase, wordClass } from '../ruby.js';
import { escapePattern, type Source } from './source.js';

const alnum = '\\p{Alphabetic}\\p{Nd}';
const localName = `[\\p{Alphabetic}_][-${alnum}._]*`;
const namePattern = new RegExp(`(?:${localName}:)?${localName}`, 'uy');
const unquotedValue = new RegExp(`[${wordClass}]+`, 'uy');

/** A tag read from the text. */
export interface ScannedTag {
  name: string;
  attributes: Map<string, string>;
  selfClosed: boolean;
  /** Position after `>`. */
  end: number;
}

/** The HTML name at a position, or undefined. */
export function nameAt(text: string, at: number): string | undefined {
  const code = text.charCodeAt(at);
  // Most `<` in prose are no tags: spare them the regular expression.
  if (code < 65 || (code > 90 && code < 95) || code === 96 || (code > 122 && code < 128)) return undefined;
  namePattern.lastIndex = at;
  return namePattern.exec(text)?.[0];
}

/** The start tag whose `<` is at `at`, or undefined. Attribute names keep their case if the element is unknown. */
export function startTagAt(source: Source, at: number): ScannedTag | undefined {
  const { text } = source;
  const written = nameAt(text, at + 1);
  if (written === undefined) return undefined;
  const name = knownElements.has(downcase(written)) ? downcase(written) : written;
  const attributes = new Map<string, string>();
  let position = at + 1 + written.length;
  for (;;) {
    const next = source.skipSpace(position);
    if (text[next] === '>') return { name, attributes, selfClosed: false, end: next + 1 };
    if (text[next] === '/' && text[next + 1] === '>')
      return { name, attributes, selfClosed: true, end: next + 2 };
    const attribute = next > position ? nameAt(text, next) : undefined;
    if (attribute === undefined) return undefined;
    position = next + attribute.length;
    let value = '';
    const equals = source.skipSpace(position);
    if (text[equals] === '=') {
      const begin = source.skipSpace(equals + 1);
      const quote = text[begin];
      if (quote === '"' || quote === "'") {
        const end = source.find(quote, begin + 1);
        if (end === -1) return undefined;
        value = text.slice(begin + 1, end);
        position = end + 1;
      } else {
        unquotedValue.lastIndex = begin;
        const word = unquotedValue.exec(text)?.[0];
        if (word === undefined) return undefined;
        value = word;
        position = begin + word.length;
      }
    }
    attributes.set(knownElements.has(name) ? downcase(attribute) : attribute, value);
  }
}

/** The end tag whose `<` is at `at`, or undefined. The name keeps its case. */
export function endTagAt(source: Source, at: number): { name: string; end: number } | undefined {
  const { text } = source;
  if (text[at + 1] !== '/') return undefined;
  const name = nameAt(text, at + 2);
  if (name === undefined) return undefined;
  const close = source.skipSpace(at + 2 + name.length);
  return text[close] === '>' ? { name, end: close + 1 } : undefined;
}

/** Position after the comment whose `<` is at `at`, or -1. */
export function commentEnd(source: Source, at: number): number {
  if (!source.text.startsWith('<!--', at)) return -1;
  const end = source.find('-->', at + 4);
  return end === -1 ? -1 : end + 3;
}

/** Start of the next end tag of one of HTML's elements, in any case; -1 if none. */
export function findEndTag(source: Source, name: string, from: number): number {
  const pattern = new RegExp(`</${escapePattern(name)}[ \\t\\r\\n\\f\\v]*>`, 'gi');
  return source.findBy(`end:${name.toLowerCase()}`, from, (start) => {
    pattern.lastIndex = start;
    return pattern.exec(source.text)?.index ?? -1;
  });
}

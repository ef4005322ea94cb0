/** Links and images (kramdown's link.rb). */
import { normalizeLinkId } from './block-definitions.js';
import { applyAttributeList } from './element.js';
import { isSpace, strip } from '../ruby.js';
import type { SpanParser } from './span-parser.js';
import type { AttributeList, KramdownElement } from './types.js';

/** kramdown's own escapes; GFM's `\~` is not undone in an alternative text. */
const escapes = /\\([\\.*_+`<>()[\]{}#!:|"'$=-])/g;

interface Link {
  element: KramdownElement;
  alt: string;
}

function finish(
  parser: SpanParser,
  link: Link,
  href: string,
  title: string | undefined,
  ial: AttributeList | undefined,
): void {
  const { element, alt } = link;
  if (ial) {
    element.ial = ial;
    applyAttributeList(element.attributes, ial, parser.document);
  }
  if (element.type === 'a') {
    element.attributes.set('href', href);
  } else {
    element.attributes.set('src', href);
    element.attributes.set('alt', alt);
    element.children = [];
  }
  if (title !== undefined) element.attributes.set('title', title);
  parser.add(element);
}

/** `"title")` from a position, white space allowed around the title; moves behind it. */
function readTitle(parser: SpanParser): string | undefined {
  const { source } = parser;
  const { text } = source;
  const start = source.skipSpace(source.pos);
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return undefined;
  // The first such quote that a closing parenthesis follows, but not the one right after the opening.
  const end = source.findBy(`title:${quote}`, start + 2, (from) => {
    for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
      if (text[source.skipSpace(at + 1)] === ')') return at;
    }
    return -1;
  });
  if (end === -1) return undefined;
  source.pos = source.skipSpace(end + 1) + 1;
  return text.slice(start + 1, end);
}

/** Reads a target in parentheses. `isDone` is false if a title must follow. */
function readTarget(parser: SpanParser): { href: string; isDone: boolean } {
  const { source } = parser;
  const { text } = source;
  const open = source.pos;
  if (text[open + 1] === '<') {
    const close = source.find('>', open + 2);
    const lineEnd = source.find('\n', open + 2);
    if (close !== -1 && (lineEnd === -1 || close < lineEnd)) {
      source.pos = close + 1;
      const isDone = text[source.pos] === ')';
      if (isDone) source.pos++;
      return { href: text.slice(open + 2, close), isDone };
    }
  }
  let depth = 0;
  let end = open;
  let last = open;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) {
      depth++;
      end = at + 1;
    } else if (code === 41) {
      depth--;
      end = at + 1;
      if (depth === 0) break;
    } else if (isSpace(code) && (text[at + 1] === '"' || text[at + 1] === "'")) {
      end = at + 1;
      break;
    }
    last = at;
  }
  // Read again by every bracket before it, if no closing parenthesis is found.
  parser.spend(last - open);
  source.pos = end;
  // kramdown drops the first and the last character read, whatever they are.
  return { href: strip(text.slice(open + 1, Math.max(open + 1, end - 1))), isDone: depth === 0 };
}

/** Looks up `[text][id]`, `[text][]` or `[text]`; false if nothing of that name is defined. */
function finishReference(parser: SpanParser, link: Link, id: string | undefined): boolean {
  const definition = parser.document.links.get(normalizeLinkId(id ?? link.alt));
  if (!definition) return false;
  finish(parser, link, definition.href, definition.title, definition.mark?.ial);
  return true;
}

/** What follows the closing bracket of the text. */
function parseTarget(parser: SpanParser, link: Link): boolean {
  const { source } = parser;
  const { text, pos } = source;
  const bracket = source.skipSpace(pos);
  if (text[bracket] === '[') {
    const close = source.find(']', bracket + 1);
    if (close !== -1) {
      source.pos = close + 1;
      return finishReference(parser, link, text.slice(bracket + 1, close) || undefined);
    }
  }
  if (text[pos] !== '(') return finishReference(parser, link, undefined);
  const target = readTarget(parser);
  const title = target.isDone ? undefined : readTitle(parser);
  if (!target.isDone && title === undefined) return false;
  finish(parser, link, target.href, title, undefined);
  return true;
}

/** Parses up to the bracket that closes the text; false if there is none. */
function parseText(parser: SpanParser, created: KramdownElement): boolean {
  const { source } = parser;
  let open = 1;
  let images = 0;
  let seen = 0;
  parser.active.link++;
  const found = parser.parseSpans(created, { bracket: true }, 'all', () => {
    open += source.text[source.pos] === ']' ? -1 : 1;
    const { children } = created;
    // The brackets of an image inside were counted when it opened, but not when it closed.
    while (seen < children.length) if (children[seen++]!.type === 'img') images++;
    return open - images === 0;
  });
  parser.active.link--;
  return found;
}

/** `[` or `![` at the current position; false if no text can follow. */
export function parseLink(parser: SpanParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  const start = text[pos] === '!' ? pos + 2 : pos + 1;
  if (text[start - 1] !== '[' || start >= text.length || text[start] === '^') return false;
  const type = start === pos + 2 ? 'img' : 'a';
  const key = parser.attemptKey(pos, true);
  const isHopeless = parser.exhausted || parser.hasFailed(key) || source.find(']', start) === -1;
  if (isHopeless || (type === 'a' && parser.active.link > 0)) {
    parser.take(start - pos);
    return true;
  }
  const created = parser.create(type);
  source.pos = start;
  if (parseText(parser, created)) {
    const alt = text.slice(start, source.pos).replace(escapes, '$1');
    source.pos++;
    if (parseTarget(parser, { element: created, alt })) return true;
  }
  parser.fail(key);
  source.pos = pos;
  parser.take(start - pos);
  return true;
}

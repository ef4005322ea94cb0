/**
 * Definitions and extensions: link definitions, footnotes, abbreviations, attribute lists and `{::name}`
 * (kramdown's link.rb, footnote.rb, abbreviation.rb, extensions.rb).
 */
import { indentedCodeEnd, endMark, withoutIndent } from './block-leaf.js';
import { maxBlockDepth, type BlockParser } from './block-parser.js';
import { blockAttributeListAt, closingBrace, isBlockAttributeList } from './boundaries.js';
import { element, emptyAttributeList, parseAttributeList } from './element.js';
import { setInlineOption } from './options.js';
import { downcase, strip } from '../ruby.js';
import { Source } from './source.js';
import type { AttributeList, KramdownDocument, KramdownElement } from './types.js';

/** The key under which a link is defined and looked up. */
export function normalizeLinkId(id: string): string {
  return downcase(id.replace(/[ \t\r\n\f\v]+/g, ' '));
}

/** Reads `"title"` or `'title'` that fills the rest of a line; white space may follow. */
function titleOfLine(source: Source, from: number, lineEnd: number): string | undefined {
  const { text } = source;
  const start = source.skipBlanks(from);
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return undefined;
  let end = lineEnd - 1;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text[end - 1] === quote && end - 1 > start + 1 ? text.slice(start + 1, end - 1) : undefined;
}

interface Target {
  href: string;
  title: string | undefined;
  end: number;
}

/** What may follow the target: nothing but blanks, a title on the line or a title on the next line. */
function afterTarget(source: Source, from: number, lineEnd: number): Omit<Target, 'href'> | undefined {
  const { text } = source;
  const rest = source.skipBlanks(from);
  if (rest === lineEnd - 1) {
    const next = source.nextLine(lineEnd);
    const title = lineEnd < text.length ? titleOfLine(source, lineEnd, next) : undefined;
    return title === undefined ? { title, end: lineEnd } : { title, end: next };
  }
  if (rest === from) return undefined;
  const title = titleOfLine(source, from, lineEnd);
  return title === undefined ? undefined : { title, end: lineEnd };
}

const titleLike = /[ \t]["']/;

function targetAt(source: Source, start: number, lineEnd: number): Target | undefined {
  const { text } = source;
  if (text[start] === '<') {
    for (
      let close = source.find('>', start);
      close !== -1 && close < lineEnd;
      close = source.find('>', close + 1)
    ) {
      const rest = afterTarget(source, close + 1, lineEnd);
      if (rest) return { href: text.slice(start + 1, close), ...rest };
    }
  }
  let end = lineEnd - 1;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  const quote = text[end - 1];
  if (quote === '"' || quote === "'") {
    // The title begins at the first such quote after a blank that leaves at least one character.
    for (
      let open = source.find(quote, start + 2);
      open !== -1 && open < end - 2;
      open = source.find(quote, open + 1)
    ) {
      let blank = open;
      while (text[blank - 1] === ' ' || text[blank - 1] === '\t') blank--;
      if (blank === open) continue;
      const href = text.slice(start, blank);
      return titleLike.test(href) ? undefined : { href, title: text.slice(open + 1, end - 1), end: lineEnd };
    }
  }
  const href = text.slice(start, end);
  // Something that looks like a title but is not: no definition at all.
  if (titleLike.test(href)) return undefined;
  const rest = afterTarget(source, end, lineEnd);
  return rest && { href, ...rest };
}

/** `[id]: target "title"`. */
export function parseLinkDefinition(parser: BlockParser, first: number): boolean {
  const { source, document } = parser;
  const { text } = source;
  const lineEnd = source.nextLine(first);
  const close = source.find(']', first + 1);
  if (close <= first + 1 || close >= lineEnd || text[close + 1] !== ':') return false;
  const start = source.skipBlanks(close + 2);
  if (start >= lineEnd - 1) return false;
  const target = targetAt(source, start, lineEnd);
  if (!target) return false;
  endMark(parser, 'link_def');
  document.links.set(normalizeLinkId(text.slice(first + 1, close)), {
    href: target.href,
    title: target.title,
    mark: parser.last,
    line: source.lineAt(source.pos),
  });
  source.pos = target.end;
  return true;
}

const footnoteStart = /\[\^([A-Za-z0-9_][\w-]*)\]:/y;

/** `[^name]: text`, with the indented lines below. */
export function parseFootnote(parser: BlockParser, first: number): boolean {
  const { source, document } = parser;
  footnoteStart.lastIndex = first;
  const match = footnoteStart.exec(source.text);
  if (!match || parser.depth >= maxBlockDepth) return false;
  const end = indentedCodeEnd(source, source.nextLine(first));
  const line = source.lineAt(source.pos);
  const content = element('footnote_def', line);
  content.name = match[1]!;
  content.endLine = parser.lastLine(first, end);
  const body = withoutIndent(source.text.slice(footnoteStart.lastIndex, end));
  parser.parseNested(new Source(body, line), content);
  endMark(parser, 'footnote_def');
  document.footnotes.set(match[1]!, { content, mark: parser.last!, resolved: false });
  source.pos = end;
  return true;
}

/** `*[abbreviation]: title`. */
export function parseAbbreviation(parser: BlockParser, first: number): boolean {
  const { source, document } = parser;
  const { text } = source;
  const lineEnd = source.nextLine(first);
  const close = source.find(']:', first + 3);
  if (close === -1 || close >= lineEnd) return false;
  endMark(parser, 'abbrev_def');
  document.abbreviations.set(text.slice(first + 2, close), {
    title: strip(text.slice(close + 2, lineEnd - 1)),
    mark: parser.last!,
  });
  source.pos = lineEnd;
  return true;
}

const definitionName = /\{:([A-Za-z0-9_][\w-]*):/y;

/** An attribute list definition, an extension or an attribute list. */
export function parseBlockExtension(parser: BlockParser, first: number): boolean {
  const { source, document } = parser;
  const { text } = source;
  definitionName.lastIndex = first;
  const name = definitionName.exec(text)?.[1];
  if (name !== undefined) {
    const start = definitionName.lastIndex;
    const close = closingBrace(source, start);
    const end = close > start ? source.restIsBlank(close + 1) : -1;
    if (end !== -1) {
      const list = document.attributeLists.get(name) ?? emptyAttributeList();
      document.attributeLists.set(name, list);
      parseAttributeList(text.slice(start, close), list);
      endMark(parser, 'ald');
      source.pos = end;
      return true;
    }
  }
  const extension = extensionStartAt(source, first);
  if (extension) {
    const bodyStart = source.restIsBlank(extension.end);
    if (bodyStart !== -1) return parseExtensionBlock(parser, extension, bodyStart);
  }
  const ial = blockAttributeListAt(source, first);
  if (!ial) return false;
  attachAttributeList(parser, ial.content, ial.end);
  return true;
}

/** An attribute list belongs to the block before it, or else to the block after it. */
function attachAttributeList(parser: BlockParser, content: string, end: number): void {
  const { source, last } = parser;
  const isDefinition = ['link_def', 'abbrev_def', 'footnote_def'].includes(last?.eobKind ?? '');
  if (last && last.type !== 'blank' && (last.type !== 'eob' || isDefinition)) {
    parseAttributeList(content, (last.ial ??= emptyAttributeList()));
    source.pos = end;
    if (!isBlockAttributeList(source, end)) endMark(parser, 'ial');
  } else {
    parseAttributeList(content, (parser.pending ??= emptyAttributeList()));
    source.pos = end;
  }
}

/** `{::name attributes}` or `{::name attributes /}`. */
export interface ExtensionStart {
  name: string;
  attributes: AttributeList;
  /** True if no body and stop tag follow. */
  isEmpty: boolean;
  end: number;
}

const extensionName = /\{::(\w+)/y;

/** What kramdown can do; any other name is text, however far away its stop tag is. */
const knownExtensions: ReadonlySet<string> = new Set(['comment', 'nomarkdown', 'options']);

/** True if an extension tag is read and not shown as text. */
export function isKnownExtension({ name }: ExtensionStart): boolean {
  return knownExtensions.has(name);
}

/** The extension tag whose brace is at `at`, or undefined. */
export function extensionStartAt(source: Source, at: number): ExtensionStart | undefined {
  const { text } = source;
  extensionName.lastIndex = at;
  const name = extensionName.exec(text)?.[1];
  if (name === undefined) return undefined;
  const start = extensionName.lastIndex;
  const close = closingBrace(source, start);
  if (close === -1) return undefined;
  const isEmpty = close > start && text[close - 1] === '/';
  const inside = text.slice(start, isEmpty ? close - 1 : close);
  if (inside !== '' && !/^[ \t\r\n\f\v]/.test(inside)) return undefined;
  const attributes = emptyAttributeList();
  parseAttributeList(inside, attributes);
  return { name, attributes, isEmpty, end: close + 1 };
}

function parseExtensionBlock(parser: BlockParser, extension: ExtensionStart, bodyStart: number): boolean {
  const { source, document } = parser;
  if (!isKnownExtension(extension)) return false;
  const line = source.lineAt(source.pos);
  let body: string | undefined;
  let end = bodyStart;
  if (!extension.isEmpty) {
    const stop = new RegExp(`(?<![^\\n]) {0,3}\\{:/(?:${extension.name})?\\} *\\n`, 'g');
    const start = source.findBy(`stop:${extension.name}`, bodyStart, (from) => {
      stop.lastIndex = from;
      return stop.exec(source.text)?.index ?? -1;
    });
    if (start === -1) return false;
    body = source.text.slice(bodyStart, start).replace(/\n$/, '');
    end = source.nextLine(start);
  }
  handleExtension(document, parser.tree, extension, body, 'block', line);
  if (extension.name === 'options') endMark(parser, 'extension');
  else if (body !== undefined) parser.last!.endLine = source.lineAt(end - 1);
  source.pos = end;
  return true;
}

/**
 * Carries out an extension that kramdown knows (Kramdown#handle_extension): sets options, or adds a comment
 * or raw text to `tree`. `body` is undefined for `{::name /}`.
 */
export function handleExtension(
  document: KramdownDocument,
  tree: KramdownElement,
  extension: ExtensionStart,
  body: string | undefined,
  category: 'block' | 'span',
  line: number,
): void {
  const { name, attributes } = extension;
  if (name === 'options') {
    for (const [option, value] of attributes.attributes) setInlineOption(document.options, option, value);
    return;
  }
  if (body === undefined) return;
  const node = element(name === 'comment' ? 'comment' : 'raw', line, body);
  node.category = category;
  if (name === 'nomarkdown') {
    node.formats = (attributes.attributes.get('type') ?? '')
      .split(/[ \t\r\n\f\v]+/)
      .filter((word) => word !== '');
  }
  tree.children.push(node);
}

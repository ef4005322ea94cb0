/** Inline HTML, autolinks, footnote marks and inline extensions (html.rb, autolink.rb, footnote.rb, extensions.rb). */
import { extensionStartAt, handleExtension, isKnownExtension } from './block-definitions.js';
import { closingBrace } from './boundaries.js';
import {
  addText,
  applyAttributeList,
  emptyAttributeList,
  mergeAttributeList,
  parseAttributeList,
} from './element.js';
import { commentEnd, endTagAt, nameAt, startTagAt, type ScannedTag } from './html-scan.js';
import { blockElements, contentModelOf, voidElements } from './html-tables.js';
import { maxSpanDepth, type SpanParser } from './span-parser.js';

const linkScheme = /<((?:mailto|https?|ftps?):)/y;
const mailAddress = /<([\p{Alphabetic}\p{Nd}\-_.]+@[\p{Alphabetic}\p{Nd}\-_.]+)>/uy;

/** `<https://…>` or `<name@host>`. */
export function parseAutolink(parser: SpanParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  linkScheme.lastIndex = mailAddress.lastIndex = pos;
  let target: string | undefined;
  let href = '';
  if (linkScheme.test(text)) {
    const close = source.find('>', linkScheme.lastIndex + 1);
    const lineEnd = source.find('\n', linkScheme.lastIndex);
    if (close !== -1 && (lineEnd === -1 || close < lineEnd)) href = target = text.slice(pos + 1, close);
  }
  if (target === undefined) {
    target = mailAddress.exec(text)?.[1];
    if (target === undefined) return false;
    href = `mailto:${target}`;
  }
  const link = parser.create('a');
  link.attributes.set('href', href);
  addText(link, target.replace(/^mailto:/, ''), parser.textType, link.startLine);
  parser.add(link);
  source.pos = pos + target.length + 2;
  return true;
}

/** A comment, a tag or, if it is none, the `<` as text. False if nothing like HTML begins here. */
export function parseSpanHtml(parser: SpanParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  if (text[pos + 1] !== '/' && !text.startsWith('!--', pos + 1) && nameAt(text, pos + 1) === undefined)
    return false;
  const afterComment = commentEnd(source, pos);
  if (afterComment !== -1) {
    const comment = parser.create('xml_comment', text.slice(pos, afterComment));
    comment.category = 'span';
    parser.add(comment);
    source.pos = afterComment;
    return true;
  }
  const endTag = endTagAt(source, pos);
  if (endTag) {
    parser.take(endTag.end - pos);
    return true;
  }
  const tag = parser.totalDepth > maxSpanDepth ? undefined : startTagAt(source, pos);
  if (!tag) {
    parser.take(1);
  } else if (blockElements.has(tag.name)) {
    parser.take(tag.end - pos);
  } else {
    parseTag(parser, tag);
  }
  return true;
}

/** Whether the content of an inline element is parsed. */
function wantsParsing(parser: SpanParser, tag: ScannedTag): boolean {
  // Unknown elements count as raw as well.
  const isRaw = contentModelOf(tag.name) === 'raw';
  const asked = tag.attributes.get('markdown');
  tag.attributes.delete('markdown');
  if (asked === 'span') return true;
  if (asked === '1') return !isRaw;
  if (asked === '0') return false;
  return !isRaw && parser.tree.contentModel !== 'raw' && parser.document.options.parseSpanHtml;
}

function parseTag(parser: SpanParser, tag: ScannedTag): void {
  const { source } = parser;
  const created = parser.create('html_element');
  created.category = 'span';
  created.tag = tag.name;
  for (const [name, value] of tag.attributes) tag.attributes.set(name, value.replace(/\n+/g, ' '));
  const parsed = wantsParsing(parser, tag);
  created.attributes = tag.attributes;
  created.contentModel = parsed ? 'span' : 'raw';
  created.isClosed = tag.selfClosed;
  parser.add(created);
  source.pos = tag.end;
  if (tag.selfClosed || voidElements.has(tag.name)) return;
  const stop = { endTag: tag.name };
  if (parser.parseSpans(created, stop, parsed ? 'all' : 'html')) {
    const end = endTagAt(source, source.pos);
    source.pos = end ? end.end : source.pos;
  } else {
    addText(created, source.text.slice(source.pos), parser.textType, created.startLine);
    source.pos = source.text.length;
  }
}

const footnoteMark = /\[\^([A-Za-z0-9_][\w-]*)\]/y;

/** `[^name]`: a mark, or text if no such footnote is defined. */
export function parseFootnoteMarker(parser: SpanParser): boolean {
  const { source, document } = parser;
  footnoteMark.lastIndex = source.pos;
  const match = footnoteMark.exec(source.text);
  if (!match) return false;
  const definition = document.footnotes.get(match[1]!);
  if (!definition) {
    parser.take(match[0].length);
    return true;
  }
  const { mark } = definition;
  if (!definition.resolved) {
    definition.resolved = true;
    if (mark.ial) applyAttributeList(mark.attributes, mark.ial, document);
  }
  const footnote = parser.create('footnote');
  footnote.name = match[1]!;
  footnote.content = definition.content;
  footnote.attributes = mark.attributes;
  if (mark.ial) footnote.ial = mark.ial;
  parser.add(footnote);
  source.pos += match[0].length;
  return true;
}

const stopTag = /\{:\/(?:[A-Za-z0-9_][\w-]*)?\}/y;

/** `{::name}…{:/}` or an attribute list for the element just before; otherwise the brace is text. */
export function parseSpanExtension(parser: SpanParser): boolean {
  const { source, document } = parser;
  const { text, pos } = source;
  if (text[pos + 1] !== ':') return false;
  stopTag.lastIndex = pos;
  const extension = extensionStartAt(source, pos);
  if (extension) {
    if (!isKnownExtension(extension)) return false;
    let body: string | undefined;
    let end = extension.end;
    if (!extension.isEmpty) {
      const stop = new RegExp(`\\{:/(?:${extension.name})?\\}`, 'g');
      const start = source.findBy(`stop:${extension.name}`, end, (from) => {
        stop.lastIndex = from;
        return stop.exec(text)?.index ?? -1;
      });
      if (start === -1) return false;
      body = text.slice(end, start);
      end = text.indexOf('}', start) + 1;
    }
    handleExtension(document, parser.tree, extension, body, 'span', source.lineAt(pos));
    source.pos = end;
    return true;
  }
  if (stopTag.test(text)) return false;
  const close = closingBrace(source, pos + 2);
  const last = parser.tree.children.at(-1);
  if (close <= pos + 2 || !last || last.type === 'text') return false;
  const list = emptyAttributeList();
  parseAttributeList(text.slice(pos + 2, close), list);
  mergeAttributeList((last.ial ??= emptyAttributeList()), list);
  applyAttributeList(last.attributes, list, document);
  source.pos = close + 1;
  return true;
}

/**
 * Block-level HTML (kramdown's html.rb). Its content stays as it is unless `markdown="1"` asks for more.
 */
import { BlockParser, maxBlockDepth, type BlockResult } from './block-parser.js';
import { addText, element } from './element.js';
import { commentEnd, endTagAt, findEndTag, startTagAt, type ScannedTag } from './html-scan.js';
import { contentModelOf, knownElements, spanElements, voidElements } from './html-tables.js';
import { downcase } from '../ruby.js';
import type { ContentModel, KramdownElement } from './types.js';

/** HTML at the current position: a comment, a block element, or the end of the element being parsed. */
export function parseBlockHtml(parser: BlockParser, first: number): BlockResult {
  const { source } = parser;
  const { pos } = source;
  const afterComment = commentEnd(source, pos);
  if (afterComment !== -1) {
    const comment = element('xml_comment', source.lineAt(pos), source.text.slice(pos, afterComment));
    comment.category = 'block';
    comment.endLine = source.lineAt(afterComment - 1);
    parser.append(comment);
    source.pos = skipTrailingBlanks(parser, afterComment);
    return true;
  }
  const tag = startTagAt(source, first);
  if (tag && !spanElements.has(downcase(tag.name))) {
    if (parser.depth >= maxBlockDepth) return false;
    handleStartTag(parser, parser.tree, tag, first);
    return true;
  }
  const end = tag ? undefined : endTagAt(source, first);
  if (!end || parser.tree.type !== 'html_element' || parser.tree.tag !== downcase(end.name)) return false;
  if (spanElements.has(downcase(end.name))) return false;
  source.pos = end.end;
  return 'end-tag';
}

/** Position after spaces and tabs up to and including a line feed; unchanged if something else follows. */
function skipTrailingBlanks(parser: BlockParser, from: number): number {
  const end = parser.source.skipBlanks(from);
  return parser.source.text[end] === '\n' ? end + 1 : from;
}

const markdownAttribute = new Map<string, ContentModel | 'default'>([
  ['0', 'raw'],
  ['1', 'default'],
  ['span', 'span'],
  ['block', 'block'],
]);

/** Adds the element of a start tag to `parent` and parses its content. */
function handleStartTag(parser: BlockParser, parent: KramdownElement, tag: ScannedTag, at: number): void {
  const { source, document } = parser;
  const created = element('html_element', source.lineAt(at));
  created.category = 'block';
  created.tag = tag.name;
  created.attributes = tag.attributes;
  parent.children.push(created);
  source.pos = tag.end;
  const isScript = tag.name === 'script' || tag.name === 'style';
  if (isScript) readVerbatim(parser, created);
  if (parser.pending) {
    created.ial = parser.pending;
    parser.pending = undefined;
  }
  const parentIsRaw = parent.type === 'html_element' && parent.contentModel === 'raw';
  let model: ContentModel =
    !parentIsRaw && document.options.parseBlockHtml ? contentModelOf(tag.name) : 'raw';
  const asked = markdownAttribute.get(tag.attributes.get('markdown') ?? '');
  tag.attributes.delete('markdown');
  if (asked) model = asked === 'default' ? contentModelOf(tag.name) : asked;
  if (model === 'block') source.pos = skipTrailingBlanks(parser, source.pos);
  created.contentModel = model;
  created.isClosed = !isScript && (tag.selfClosed || voidElements.has(tag.name));
  if (!created.isClosed && !isScript) {
    parseContent(parser, created, model);
    if (!parentIsRaw) source.pos = skipTrailingBlanks(parser, source.pos);
  }
  created.endLine = parser.lastLine(at, source.pos);
}

function parseContent(parser: BlockParser, created: KramdownElement, model: ContentModel): void {
  const { source } = parser;
  if (model === 'block') {
    new BlockParser(parser.document, source, created, parser.depth + 1).parse();
  } else if (model === 'span') {
    const start = source.pos;
    const end = findEndTag(source, created.tag!, start);
    addText(
      created,
      source.text.slice(start, end === -1 ? undefined : end),
      'raw_text',
      source.lineAt(start),
    );
    source.pos = end === -1 ? source.text.length : endTagAt(source, end)!.end;
  } else {
    parseRaw(new BlockParser(parser.document, source, created, parser.depth + 1), created);
  }
}

/** The content of script and style elements. */
function readVerbatim(parser: BlockParser, created: KramdownElement): void {
  const { source } = parser;
  const start = source.pos;
  const end = findEndTag(source, created.tag!, start);
  const value = source.text.slice(start, end === -1 ? undefined : end);
  if (value !== '') created.children.push(element('raw', source.lineAt(start), value));
  source.pos = end === -1 ? source.text.length : endTagAt(source, end)!.end;
}

/** Content that stays as it is: only tags, comments and instructions are told apart (parse_raw_html). */
function parseRaw(parser: BlockParser, tree: KramdownElement): void {
  const { source } = parser;
  const { text } = source;
  while (!source.atEnd) {
    const start = source.pos;
    const open = source.find('<', start);
    const stop = open === -1 ? text.length : open;
    if (stop > start) addText(tree, text.slice(start, stop), 'text', source.lineAt(start));
    source.pos = stop;
    if (open === -1) return;
    const comment = commentEnd(source, open);
    const instruction = text[open + 1] === '?' ? source.find('?>', open + 2) : -1;
    if (comment !== -1 || instruction !== -1) {
      const end = comment === -1 ? instruction + 2 : comment;
      const node = element(
        comment === -1 ? 'xml_pi' : 'xml_comment',
        source.lineAt(open),
        text.slice(open, end),
      );
      node.category = 'block';
      node.endLine = source.lineAt(end - 1);
      tree.children.push(node);
      source.pos = end;
      continue;
    }
    const tag = parser.depth < maxBlockDepth ? startTagAt(source, open) : undefined;
    if (tag) {
      handleStartTag(parser, tree, tag, open);
      continue;
    }
    const endTag = endTagAt(source, open);
    const end = endTag ? endTag.end : open + 1;
    source.pos = end;
    if (endTag && tree.tag === (knownElements.has(tree.tag!) ? downcase(endTag.name) : endTag.name)) return;
    addText(tree, text.slice(open, end), 'text', source.lineAt(open));
  }
}

/**
 * Paragraphs, headings, code, quotes and math (kramdown's paragraph.rb, header.rb, codeblock.rb,
 * blockquote.rb, math.rb and the GFM parser's replacements for them).
 */
import type { BlockParser } from './block-parser.js';
import {
  isBlockAttributeList,
  isBlockBoundary,
  isIndented,
  isLazyEnd,
  isLazyHtml,
  isFenceStart,
  isParagraphEnd,
  endOfBlockMark,
} from './boundaries.js';
import { addText, appendValue } from './element.js';
import type { KramdownElement } from './types.js';
import { isSpace, lstrip, rstrip, strip } from '../ruby.js';
import { fenceParts, Source } from './source.js';

/** A paragraph, or more lines for the paragraph just before (when what ended it turned out to be text). */
export function parseParagraph(parser: BlockParser): true {
  const { source, last } = parser;
  const { text, pos } = source;
  const startLine = source.lineAt(pos);
  let end = source.nextLine(pos);
  while (!isParagraphEnd(source, end, parser.quirk)) end = source.nextLine(end);
  const content = rstrip(text.slice(pos, end));
  const raw = last?.type === 'p' ? last.children.at(-1) : undefined;
  if (last && raw) {
    const joint = text.slice(Math.max(0, pos - 3), pos) === '  \n' ? '  \n' : '\n';
    appendValue(raw, joint + content);
    last.endLine = parser.lastLine(pos, end);
  } else {
    const paragraph = parser.block('p');
    paragraph.endLine = parser.lastLine(pos, end);
    addText(paragraph, lstrip(content), 'raw_text', startLine);
    parser.append(paragraph);
  }
  source.pos = end;
  return true;
}

const xmlNameStart =
  ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D' +
  '\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const headerId = new RegExp(
  // Combining marks come first in their class, where nothing can combine with them.
  `^[\\t ]\\{#([${xmlNameStart}](?:[${xmlNameStart}\\-.0-9\\u00B7\\u203F-\\u2040]|[\\u0300-\\u036F])*)\\}$`,
  'u',
);

/** Splits `Title {#id}`. */
function headerContents(line: string): { text: string; id: string | undefined } {
  const text = rstrip(line);
  const brace = text.endsWith('}') ? text.lastIndexOf('{#') : -1;
  const match = brace > 0 ? headerId.exec(text.slice(brace - 1)) : null;
  return match ? { text: rstrip(text.slice(0, brace - 1)), id: match[1] } : { text, id: undefined };
}

function addHeader(
  parser: BlockParser,
  level: number,
  text: string,
  id: string | undefined,
  end: number,
): true {
  const header = parser.block('header');
  header.level = level;
  header.rawText = text;
  header.endLine = parser.source.lineAt(end - 1);
  addText(header, text, 'raw_text', header.startLine);
  if (id !== undefined) {
    header.attributes.set('id', id);
    header.explicitId = true;
  }
  parser.append(header);
  parser.source.pos = end;
  return true;
}

/** Removes closing hashes: `[ \t]#+` at the end (quirk), or any unescaped hashes. */
function withoutClosingHashes(text: string, needsBlank: boolean): string {
  let start = text.length;
  while (start > 0 && text[start - 1] === '#') start--;
  if (start === text.length) return text;
  const before = text[start - 1];
  if (needsBlank) return before === ' ' || before === '\t' ? rstrip(text.slice(0, start)) : text;
  // The first hash of the run is kept when it is escaped.
  if (before === '\\') start++;
  return start < text.length ? rstrip(text.slice(0, start)) : text;
}

/** `## Heading`, at column 0 only. */
export function parseAtxHeader(parser: BlockParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  if (!parser.quirk && !parser.afterBoundary()) return false;
  let level = 0;
  while (level < 6 && text[pos + level] === '#') level++;
  const end = source.nextLine(pos);
  const start = source.skipBlanks(pos + level);
  const header = headerContents(text.slice(start, end - 1));
  const title = withoutClosingHashes(header.text, parser.quirk);
  return title !== '' && addHeader(parser, level, title, header.id, end);
}

/** One line of text underlined by `=` or `-` at column 0; only after a block boundary. */
export function parseSetextHeader(parser: BlockParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  const lineEnd = source.nextLine(pos);
  const mark = text.charCodeAt(lineEnd);
  if ((mark !== 45 && mark !== 61) || !parser.afterBoundary()) return false;
  const start = source.skipOptionalSpaces(pos);
  if (text[start] === ' ' || text[start] === '\t') return false;
  let end = lineEnd;
  while (text.charCodeAt(end) === 45 || text.charCodeAt(end) === 61) end++;
  end = source.restIsBlank(end);
  if (end === -1) return false;
  const header = headerContents(text.slice(start, lineEnd - 1));
  return header.text !== '' && addHeader(parser, mark === 45 ? 2 : 1, header.text, header.id, end);
}

/** `> quote`, with every line up to a blank one. */
export function parseBlockquote(parser: BlockParser): true {
  const { source } = parser;
  const { text, pos } = source;
  const quote = parser.block('blockquote');
  const lines: string[] = [];
  let end = pos;
  do {
    const next = source.nextLine(end);
    const first = source.skipOptionalSpaces(end);
    const marked = text[first] === '>';
    lines.push(text.slice(marked ? first + (text[first + 1] === ' ' ? 2 : 1) : end, next));
    end = next;
  } while (!isLazyEnd(source, end));
  quote.endLine = parser.lastLine(pos, end);
  source.pos = end;
  parser.append(quote);
  parser.parseNested(new Source(lines.join(''), quote.startLine), quote);
  return true;
}

/** End of the indented code at `from`, lazy lines included (CODEBLOCK_MATCH); `from` if there is none. */
export function indentedCodeEnd(source: Source, from: number): number {
  const { text } = source;
  let end = from;
  for (;;) {
    const blank = source.blankLinesEnd(end);
    let position = blank === -1 ? end : blank;
    if (position >= text.length || !isIndented(text, position)) return end;
    if (isSpace(text.charCodeAt(source.skipBlanks(position)))) return end;
    while (position < text.length && !isSpace(text.charCodeAt(source.skipBlanks(position)))) {
      if (!isIndented(text, position)) {
        const first = source.skipOptionalSpaces(position);
        if (text[first] === '<' && isLazyHtml(source, first)) break;
        if (isBlockAttributeList(source, position) || endOfBlockMark(source, position) !== -1) break;
      }
      position = source.nextLine(position);
    }
    end = position;
  }
}

/** Removes a tab or four spaces at the start of every line; only a line feed ends a line here. */
export function withoutIndent(text: string): string {
  return text.replace(/(^|\n)(?:\t| {4})/g, '$1');
}

/** Code indented by four spaces or a tab. */
export function parseIndentedCode(parser: BlockParser): true {
  const { source } = parser;
  const { text, pos } = source;
  let end = indentedCodeEnd(source, pos);
  // White space of a rare kind (form feed) after the indent: kramdown never gets past it.
  if (end === pos) end = source.nextLine(pos);
  const code = parser.block('codeblock');
  code.value = withoutIndent(text.slice(pos, end).replace(/\n( {0,3}[^ \t\r\n\f\v])/g, ' $1'));
  code.endLine = parser.lastLine(pos, end);
  source.pos = end;
  parser.append(code);
  return true;
}

/** A fence's opening run, split as kramdown's expression would when it backtracks. */
interface Opening {
  run: string;
  info: string;
  contentStart: number;
}

function fenceOpening(source: Source, start: number): Opening | undefined {
  const { text } = source;
  let end = start;
  while (text[end] === '`' || text[end] === '~') end++;
  let infoStart = source.skipSpace(end);
  const lineEnd = source.nextLine(end);
  if (infoStart >= lineEnd) infoStart = lineEnd;
  let infoEnd = infoStart;
  while (infoEnd < lineEnd && !isSpace(text.charCodeAt(infoEnd))) infoEnd++;
  // The info string is one word.
  if (infoStart < lineEnd && source.restIsBlank(infoEnd) === -1) return undefined;
  return {
    run: text.slice(start, end),
    info: (infoStart > end ? ' ' : '') + text.slice(infoStart, infoEnd),
    contentStart: lineEnd,
  };
}

/** Fences mix backticks and tildes so rarely that a run is cut back at this many changes between them only. */
const maxFenceCuts = 16;

/** The closing line for a run or, failing that, for a shorter part of it. */
function fenceClosing(
  source: Source,
  opening: Opening,
): { length: number; start: number; end: number } | undefined {
  const { run, info, contentStart } = opening;
  // What a shorter run leaves over becomes the start of the info string, so no blank may follow.
  const shortest = info.startsWith(' ') && info.length > 1 ? run.length : 3;
  let { length } = run;
  for (let cuts = 0; cuts <= maxFenceCuts && length >= shortest; cuts++) {
    const { base, tail } = fenceParts(run.slice(0, length));
    const head = length - tail;
    const kept = Math.min(tail, source.longestClosingFence(base, contentStart));
    const closing =
      kept > 0 && head + kept >= shortest ? source.closingFence(base, kept, contentStart) : undefined;
    if (closing) return { length: head + kept, ...closing };
    length = head;
  }
  return undefined;
}

/** A fenced code block. Without a closing fence, or with two words after the opening one, it is text. */
export function parseFencedCode(parser: BlockParser, first: number): boolean {
  const { source } = parser;
  const { text, pos } = source;
  if (parser.gfm ? !isFenceStart(text, first) : !text.startsWith('~~~', pos)) return false;
  const opening = fenceOpening(source, first);
  const closing = opening && fenceClosing(source, opening);
  if (!opening || !closing) return false;
  const code = parser.block('codeblock', text.slice(opening.contentStart, closing.start));
  code.fenced = true;
  const lang = opening.run.slice(closing.length) + lstrip(opening.info);
  if (lang !== '') {
    code.lang = lang;
    const question = lang.indexOf('?', 1);
    code.attributes.set('class', `language-${question === -1 ? lang : lang.slice(0, question)}`);
  }
  code.endLine = source.lineAt(closing.end - 1);
  parser.append(code);
  source.pos = closing.end;
  return true;
}

/** `$$ … $$` between block boundaries. */
export function parseBlockMath(parser: BlockParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  const first = source.skipOptionalSpaces(pos);
  const escaped = text[first] === '\\';
  const open = escaped ? first + 1 : first;
  if (!text.startsWith('$$', open)) return false;
  const close = source.find('$$', open + 2);
  if (close === -1 || !parser.afterBoundary()) return false;
  const rest = source.restIsBlank(close + 2);
  if (escaped) {
    // Only the backslash is read; the rest of the paragraph follows.
    if (rest !== -1) source.pos = open;
    return false;
  }
  const end = rest === -1 ? close + 2 : rest;
  if (!isBlockBoundary(source, end)) return false;
  const math = parser.block('math', strip(text.slice(open + 2, close)));
  math.category = 'block';
  math.endLine = source.lineAt(close);
  parser.append(math);
  source.pos = end;
  return true;
}

/** An element that marks the end of a block. */
export function endMark(parser: BlockParser, kind: NonNullable<KramdownElement['eobKind']>): void {
  const mark = parser.block('eob');
  mark.eobKind = kind;
  parser.append(mark);
}

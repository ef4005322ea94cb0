/**
 * The span parser: emphasis, links, code spans and all else inside a line of text (kramdown 2.4.0,
 * Kramdown#parse_spans and the span parsers of lib/kramdown/parser/kramdown/, GFM parser 1.1.0).
 */
import { appendValue, element } from './element.js';
import { knownElements } from './html-tables.js';
import { downcase, isSpace, strip } from '../ruby.js';
import { Source } from './source.js';
import { parseEmphasis } from './span-emphasis.js';
import { parseAutolink, parseFootnoteMarker, parseSpanExtension, parseSpanHtml } from './span-html.js';
import { parseLink } from './span-link.js';
import {
  parseEntity,
  parseEscape,
  parseLineBreak,
  parseSmartQuote,
  parseTypographicSymbol,
} from './span-text.js';
import type { KramdownDocument, KramdownElement, KramdownType } from './types.js';

/** Which span constructs are looked for. */
export type SpanMode = 'all' | 'html' | 'codespans' | 'codespans-and-html';

/** What ends the element being parsed. */
export type Stop = { delimiter: string } | { bracket: true } | { endTag: string };

/** Elements nested deeper than this (HTML, images) are text; kramdown runs until its stack is full. */
export const maxSpanDepth = 100;

const candidates: Record<SpanMode, string> = {
  all: '[*_`<\\[$&\\\\]|!(?=\\[)|(?:[^\\\\\\udc00-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])?["\']|\\{(?=:)|--|\\.\\.\\.| (?=<<|>>| \\n)|>>|~~',
  html: '<',
  codespans: '`',
  'codespans-and-html': '[`<]',
};

/**
 * Openers that never close make kramdown read the rest of the paragraph once for each of them. Reading goes
 * on until this many characters for each one of the paragraph (and some for free) were read; then openers are
 * text. Only paragraphs with hundreds of unclosed openers get there.
 */
const workPerCharacter = 2;
const freeWork = 2_000_000;

const patterns = new Map<string, RegExp>();

/** The expression that finds the next place worth a look. Whoever uses it sets `lastIndex` first. */
function candidatePattern(mode: SpanMode, stop: Stop | undefined): RegExp {
  const source = candidates[mode] + (stop && 'bracket' in stop ? '|\\]' : '');
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = new RegExp(source, 'g');
    patterns.set(source, pattern);
  }
  return pattern;
}

export class SpanParser {
  tree: KramdownElement;
  readonly gfm: boolean;
  /** How many elements of a kind surround the position. */
  readonly active = { em: 0, strong: 0, link: 0 };
  depth = 0;
  private work = 0;
  private readonly workLimit: number;
  private failed: Set<number> | undefined;

  constructor(
    readonly document: KramdownDocument,
    readonly source: Source,
    tree: KramdownElement,
    readonly textType: 'text' | 'raw_text',
    private readonly outerDepth = 0,
  ) {
    this.tree = tree;
    this.gfm = document.options.input === 'GFM';
    this.workLimit = freeWork + workPerCharacter * source.text.length;
  }

  /** Parses a text that begins on `line` and returns its elements. */
  static parse(document: KramdownDocument, text: string, line: number): KramdownElement[] {
    // Most texts hold nothing but text.
    if (text.search(candidatePattern('all', undefined)) === -1)
      return text === '' ? [] : [element('text', line, text)];
    const tree = element('raw_text', line);
    new SpanParser(document, new Source(text, line), tree, 'text').parseSpans(tree, undefined, 'all');
    return tree.children;
  }

  /** Like `parse`, but only looks for some constructs; all other text is `raw_text`. */
  static parsePart(document: KramdownDocument, text: string, mode: SpanMode): KramdownElement[] {
    const tree = element('root', 1);
    new SpanParser(document, new Source(text, 1), tree, 'raw_text').parseSpans(tree, undefined, mode);
    return tree.children;
  }

  /** Parses a text inside `tree` with nothing known of what surrounds it. */
  parseSeparately(text: string, line: number, tree: KramdownElement): void {
    const inner = new SpanParser(this.document, new Source(text, line), tree, 'text', this.totalDepth + 1);
    inner.parseSpans(tree, undefined, 'all');
  }

  get totalDepth(): number {
    return this.outerDepth + this.depth;
  }

  /** True if no more attempts should be made to close openers. */
  get exhausted(): boolean {
    return this.work > this.workLimit || this.totalDepth > maxSpanDepth;
  }

  /** Counts characters read by a look ahead. */
  spend(characters: number): void {
    this.work += characters;
  }

  text(value: string): void {
    const last = this.tree.children.at(-1);
    if (last?.type === this.textType) appendValue(last, value);
    else if (value !== '') this.add(this.create(this.textType, value));
  }

  /** Adds text and moves on. */
  take(length: number): void {
    const { source } = this;
    this.text(source.text.slice(source.pos, source.pos + length));
    source.pos += length;
  }

  /** A new element at the current position, not yet in the tree. */
  create(type: KramdownType, value?: string): KramdownElement {
    return element(type, this.source.lineAt(this.source.pos), value);
  }

  add(child: KramdownElement): void {
    this.tree.children.push(child);
  }

  /** Remembers which attempts to parse an element at a position failed in the same surroundings. */
  attemptKey(position: number, isLink: boolean): number {
    const { em, strong, link } = this.active;
    const surroundings = [em > 0, strong > 0, link > 0, this.tree.type === 'em', isLink];
    return surroundings.reduce((key, holds) => key * 2 + (holds ? 1 : 0), position);
  }

  hasFailed(key: number): boolean {
    return this.failed?.has(key) === true;
  }

  fail(key: number): void {
    (this.failed ??= new Set()).add(key);
  }

  /** Length of `stop` at the current position, 0 if it is not there. */
  stopLength(stop: Stop): number {
    const { text, pos } = this.source;
    if ('delimiter' in stop) return text.startsWith(stop.delimiter, pos) ? stop.delimiter.length : 0;
    if ('bracket' in stop) {
      if (text[pos] === ']' || text[pos] === '[') return 1;
      return text[pos] === '!' && text[pos + 1] === '[' ? 2 : 0;
    }
    if (text[pos] !== '<' || text[pos + 1] !== '/') return 0;
    const { endTag } = stop;
    const written = text.slice(pos + 2, pos + 2 + endTag.length);
    if (written !== endTag && !(knownElements.has(endTag) && downcase(written) === endTag)) return 0;
    const close = this.source.skipSpace(pos + 2 + endTag.length);
    return text[close] === '>' ? close + 1 - pos : 0;
  }

  /**
   * Parses into `tree` up to the end, or up to a `stop` that `accept` agrees to; the position is then at
   * the stop. Returns whether it was found.
   */
  parseSpans(tree: KramdownElement, stop: Stop | undefined, mode: SpanMode, accept?: () => boolean): boolean {
    const { source } = this;
    const { text } = source;
    const outer = this.tree;
    this.tree = tree;
    this.depth++;
    const pattern = candidatePattern(mode, stop);
    let found = false;
    while (!source.atEnd && !found) {
      pattern.lastIndex = source.pos;
      const next = pattern.exec(text)?.index ?? -1;
      if (next === -1) {
        this.work += text.length - source.pos;
        if (!stop) this.take(text.length - source.pos);
        break;
      }
      this.work += next - source.pos + 1;
      if (next > source.pos) this.take(next - source.pos);
      if (stop && this.stopLength(stop) > 0) found = accept ? accept() : true;
      if (!found && !this.parseOne(mode)) this.take(1);
    }
    this.depth--;
    this.tree = outer;
    return found;
  }

  /** The construct at the current position; false if there is none. */
  private parseOne(mode: SpanMode): boolean {
    const { text, pos } = this.source;
    const code = text.charCodeAt(pos);
    if (mode !== 'all') {
      if (code === 96) return mode !== 'html' && this.parseCodespan();
      return parseSpanHtml(this);
    }
    switch (code) {
      case 42: // *
      case 95: // _
        return parseEmphasis(this);
      case 96: // `
        return this.parseCodespan();
      case 60: // <
        if (parseAutolink(this) || parseSpanHtml(this)) return true;
        break;
      case 91: // [
        if (parseFootnoteMarker(this) || parseLink(this)) return true;
        break;
      case 33: // !
        if (parseLink(this)) return true;
        break;
      default:
        break;
    }
    return parseSmartQuote(this) || this.parseRest(code);
  }

  private parseRest(code: number): boolean {
    switch (code) {
      case 36: // $
        return this.parseInlineMath();
      case 123: // {
        return parseSpanExtension(this);
      case 38: // &
        return parseEntity(this);
      case 92: // \
        return parseTypographicSymbol(this) || parseLineBreak(this) || parseEscape(this);
      case 32: // space
        return parseTypographicSymbol(this) || parseLineBreak(this);
      case 126: // ~
        return this.gfm && this.parseStrikethrough();
      default:
        return parseTypographicSymbol(this);
    }
  }

  private parseCodespan(): true {
    const { source } = this;
    const { text, pos } = source;
    let start = pos;
    while (text[start] === '`') start++;
    const fence = text.slice(pos, start);
    const isSimple = fence.length === 1;
    if (isSimple && (pos === 0 || isSpace(text.charCodeAt(pos - 1))) && isSpace(text.charCodeAt(start))) {
      this.take(1);
      return true;
    }
    const end = source.find(fence, start);
    if (end === -1) {
      this.take(fence.length);
      return true;
    }
    let value = text.slice(start, end);
    if (!isSimple) {
      if (value.startsWith(' ')) value = value.slice(1);
      if (value.endsWith(' ')) value = value.slice(0, -1);
    }
    this.add(this.create('codespan', value));
    source.pos = end + fence.length;
    return true;
  }

  private parseInlineMath(): boolean {
    const { source } = this;
    const { text, pos } = source;
    if (text[pos + 1] !== '$') return false;
    const end = source.find('$$', pos + 2);
    if (end === -1) return false;
    const math = this.create('math', strip(text.slice(pos + 2, end)));
    math.category = 'span';
    this.add(math);
    source.pos = end + 2;
    return true;
  }

  private parseStrikethrough(): boolean {
    const { source } = this;
    const { text, pos } = source;
    const first = text.charCodeAt(pos + 2);
    if (text[pos + 1] !== '~' || first === 126 || isSpace(first) || this.exhausted) return false;
    const end = source.findBy('~~', pos + 3, (from) => {
      for (let at = text.indexOf('~~', from); at !== -1; at = text.indexOf('~~', at + 1)) {
        if (text[at - 1] !== '~' && !isSpace(text.charCodeAt(at - 1))) return at;
      }
      return -1;
    });
    if (end === -1) return false;
    const del = this.create('del');
    del.tag = 'del';
    del.category = 'span';
    this.add(del);
    this.spend(end - pos);
    this.parseSeparately(text.slice(pos + 2, end), del.startLine, del);
    source.pos = end + 2;
    return true;
  }
}

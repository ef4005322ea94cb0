/**
 * The block parser (kramdown 2.4.0, lib/kramdown/parser/kramdown.rb, with the GFM parser 1.1.0 on top).
 * At every position the constructs are tried in kramdown's order. Nested blocks (quotes, list items,
 * footnotes) are cut out, stripped of their markers and parsed as texts of their own, as kramdown does.
 */
import { parseDefinitionList } from './block-definition-list.js';
import {
  parseAbbreviation,
  parseBlockExtension,
  parseFootnote,
  parseLinkDefinition,
} from './block-definitions.js';
import { parseBlockHtml } from './block-html.js';
import {
  parseAtxHeader,
  parseBlockMath,
  parseBlockquote,
  parseFencedCode,
  parseIndentedCode,
  parseParagraph,
  parseSetextHeader,
} from './block-leaf.js';
import { parseList } from './block-list.js';
import { parseTable } from './block-table.js';
import { endOfBlockMark, horizontalRuleEnd, isAtxStart, isIndented } from './boundaries.js';
import { addText, appendValue, element } from './element.js';
import { isDigit, isSpace } from '../ruby.js';
import { type Source } from './source.js';
import type { AttributeList, KramdownDocument, KramdownElement, KramdownType } from './types.js';

/**
 * Blocks nested deeper than this are read as one paragraph. kramdown recurses until Ruby's stack is full
 * (about ten thousand levels); nobody can read a page nested a hundred deep.
 */
export const maxBlockDepth = 100;

/** Answer of a construct: not here; read; or: the end tag of the surrounding HTML element was read. */
export type BlockResult = boolean | 'end-tag';

export class BlockParser {
  /** Attribute list that waits for the block after it. */
  pending: AttributeList | undefined;
  readonly gfm: boolean;
  /** GFM's `paragraph_end` quirk. */
  readonly quirk: boolean;

  constructor(
    readonly document: KramdownDocument,
    readonly source: Source,
    readonly tree: KramdownElement,
    readonly depth: number,
  ) {
    this.gfm = document.options.input === 'GFM';
    this.quirk = this.gfm && document.options.gfmQuirks.includes('paragraph_end');
  }

  /** Parses up to the end of the text, or of the HTML element: true if its end tag was found. */
  parse(): boolean {
    const { source } = this;
    while (!source.atEnd) {
      if (this.parseOne() === 'end-tag') return true;
    }
    return false;
  }

  /** Parses a text of its own into `tree`. */
  parseNested(source: Source, tree: KramdownElement): void {
    new BlockParser(this.document, source, tree, this.depth + 1).parse();
  }

  /** A block element on the current line, with the attribute list that waited for it. */
  block(type: KramdownType, value?: string): KramdownElement {
    const created = element(type, this.source.lineAt(this.source.pos), value);
    if (this.pending) {
      created.ial = this.pending;
      this.pending = undefined;
    }
    return created;
  }

  append(child: KramdownElement): void {
    this.tree.children.push(child);
  }

  get last(): KramdownElement | undefined {
    return this.tree.children.at(-1);
  }

  /** Document line of the last line in `[start, end)` that is not blank. */
  lastLine(start: number, end: number): number {
    let at = end - 1;
    while (at > start && isSpace(this.source.text.charCodeAt(at))) at--;
    return this.source.lineAt(at);
  }

  /** True if the text before was closed: nothing, a blank line, `^` or an attribute list. */
  afterBoundary(): boolean {
    const { last } = this;
    return (
      last === undefined ||
      last.type === 'blank' ||
      (last.type === 'eob' && last.eobKind === undefined) ||
      this.pending !== undefined
    );
  }

  private parseBlank(end: number): void {
    const { source, last } = this;
    const value = source.text.slice(source.pos, end);
    if (last?.type === 'blank') {
      appendValue(last, value);
      last.endLine = source.lineAt(end - 1);
    } else {
      const blank = this.block('blank', value);
      blank.endLine = source.lineAt(end - 1);
      this.append(blank);
    }
    source.pos = end;
  }

  private parseOne(): BlockResult {
    const { source } = this;
    const { text, pos } = source;
    if (isSpace(text.charCodeAt(pos))) {
      const end = source.blankLinesEnd(pos);
      if (end !== -1) {
        this.parseBlank(end);
        return true;
      }
      if (isIndented(text, pos)) return parseIndentedCode(this);
    }
    const result = this.parseMarked(pos) || this.parseUnmarked();
    if (result) return result;
    return text[source.skipOptionalSpaces(source.pos)] === '\t' ? this.parseStray() : parseParagraph(this);
  }

  /** One to three spaces and a tab: kramdown knows no block that begins so, and adds bare text. */
  private parseStray(): true {
    const { source } = this;
    const end = source.nextLine(source.pos);
    addText(this.tree, source.text.slice(source.pos, end), 'raw_text', source.lineAt(source.pos));
    this.last!.endLine = source.lineAt(source.pos);
    source.pos = end;
    return true;
  }

  /** Constructs known by their first character. */
  private parseMarked(pos: number): BlockResult {
    const { source } = this;
    const { text } = source;
    const first = source.skipOptionalSpaces(pos);
    const code = text.charCodeAt(first);
    switch (code) {
      case 96: // `
      case 126: // ~
        return parseFencedCode(this, first);
      case 62: // >
        return this.depth < maxBlockDepth && parseBlockquote(this);
      case 35: // #
        return first === pos && (!this.gfm || isAtxStart(text, pos)) && parseAtxHeader(this);
      case 42: // *
      case 45: // -
      case 95: {
        // _
        const end = horizontalRuleEnd(text, pos);
        if (end === -1) return code !== 95 && this.depth < maxBlockDepth && parseList(this);
        const rule = this.block('hr');
        source.pos = end;
        this.append(rule);
        return true;
      }
      case 43: // +
        return this.depth < maxBlockDepth && parseList(this);
      case 58: // :
        return this.depth < maxBlockDepth && parseDefinitionList(this);
      case 60: // <
        return parseBlockHtml(this, first);
      default:
        return isDigit(code) && this.depth < maxBlockDepth && parseList(this);
    }
  }

  /** Constructs that begin like text. */
  private parseUnmarked(): BlockResult {
    if (parseSetextHeader(this) || parseBlockMath(this) || parseTable(this)) return true;
    const { source } = this;
    const { text, pos } = source;
    const first = source.skipOptionalSpaces(pos);
    switch (text.charCodeAt(first)) {
      case 91: // [
        return (text[first + 1] === '^' && parseFootnote(this, first)) || parseLinkDefinition(this, first);
      case 42: // *
        return text[first + 1] === '[' && parseAbbreviation(this, first);
      case 123: // {
        return text[first + 1] === ':' && parseBlockExtension(this, first);
      case 94: {
        // ^
        const end = endOfBlockMark(source, pos);
        if (end === -1) return false;
        const mark = this.block('eob');
        source.pos = end;
        this.append(mark);
        return true;
      }
      default:
        return false;
    }
  }
}

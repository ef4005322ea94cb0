import { openCaseBranch, openIfBranch } from './branches.js';
import { openTag } from './open-tag.js';
import { RubyFailure } from './expression.js';
import { emptyBody, type BlockLike, type Body, type LoopNode, type Node } from './nodes.js';
import { liquidTagLines } from './liquid-tag.js';
import * as say from './parse-messages.js';
import { MOST_PROBLEMS, problem, type ProblemText, quoteRange, type RawProblem } from './problems.js';
import { leftStripOffset, rightStripOffset } from '../ruby.js';
import { countLines, isBlank, skipSpace } from './patterns.js';
import type { TagRegistry } from './registry.js';
import { isTerminatedOutput, isTerminatedTag, lastTagIn, splitTag, tokenize } from './tokenizer.js';
import type { LiquidEngine, LiquidProblemCode, LiquidTag, LiquidToken } from './types.js';
import { parseVariable } from './variable.js';

/** `Block::MAX_DEPTH` (lib/liquid/block.rb). */
const MAX_DEPTH = 100;

export interface ParsedTemplate {
  tokens: LiquidToken[];
  body: Body;
  /** In the order in which Liquid would meet them. */
  problems: RawProblem[];
  tags: LiquidTag[];
}

/** An open block: where it stands and where its text goes. */
export interface Frame {
  node: BlockLike;
  body: Body;
  delimiter: string;
  tag: LiquidTag;
}

/** What the code that reads one tag needs of the parser. */
export interface TagSite {
  name: string;
  markup: string;
  start: number;
  end: number;
  line: number;
}

/**
 * Parses a template as `Liquid::Document` does and goes on after every error, so that each independent one is
 * found in one run. Sources: lib/liquid/block_body.rb, block.rb, document.rb and tags/ of Liquid 4.0.4 and 5.4.
 */
export function parseTemplate(text: string, engine: LiquidEngine, registry: TagRegistry): ParsedTemplate {
  return new TemplateParser(text, engine, registry).run();
}

export class TemplateParser {
  readonly problems: RawProblem[] = [];
  private readonly tokens: LiquidToken[];
  private readonly root: Body = emptyBody();
  private readonly frames: Frame[] = [];
  private readonly tags: LiquidTag[] = [];
  private readonly unknownBlocks = new Map<string, number>();
  private trimNext = false;
  private deepReported = false;
  private rawSwallowedTheRest = false;
  private inLiquidTag = false;
  /** Liquid's own line counter, which runs ahead of or behind the true line now and then. */
  private line = 1;
  private tokenIndex = 0;

  constructor(
    private readonly text: string,
    private readonly engine: LiquidEngine,
    private readonly registry: TagRegistry,
  ) {
    this.tokens = tokenize(text, engine);
  }

  run(): ParsedTemplate {
    let nextLine = 1;
    while (this.tokenIndex < this.tokens.length) {
      const token = this.tokens[this.tokenIndex++]!;
      nextLine += this.linesOf(token);
      if (token.kind === 'text') this.addText(token);
      else {
        this.controlWhiteSpace(token);
        if (token.kind === 'output') this.addOutput(token);
        else {
          const before = this.tokenIndex;
          if (this.addTag(token)) continue;
          for (let at = before; at < this.tokenIndex; at++) nextLine += this.linesOf(this.tokens[at]!);
        }
      }
      this.line = nextLine;
    }
    if (!this.rawSwallowedTheRest) this.reportUnclosed(0, 'the end of the page');
    return { tokens: this.tokens, body: this.root, problems: this.problems, tags: this.tags };
  }

  /** Adds a parse problem; Ruby's own errors and Jekyll's name no line. */
  report(
    code: LiquidProblemCode,
    place: { start: number; end: number },
    text: () => ProblemText,
    namesLine = true,
  ): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push(problem(code, 'parse', place, namesLine ? this.line : undefined, true, text()));
  }

  quote(place: { start: number; end: number }): string {
    return quoteRange(this.text, place.start, place.end);
  }

  add(node: Node, blank: boolean): void {
    const body = this.currentBody();
    body.nodes.push(node);
    body.blank &&= blank;
  }

  /** Opens a block; deeper ones than Liquid takes are reported once and flattened. */
  openBlock(node: BlockLike, body: Body, tag: LiquidTag): void {
    if (this.frames.length >= MAX_DEPTH) {
      if (!this.deepReported) {
        this.deepReported = true;
        this.report('too-deep', node, () => say.tooDeep(this.quote(node), MAX_DEPTH), false);
      }
      this.frames.push({ node, body: this.currentBody(), delimiter: `end${node.name}`, tag });
      return;
    }
    this.frames.push({ node, body, delimiter: `end${node.name}`, tag });
  }

  addTagRecord(site: TagSite): LiquidTag {
    const tag: LiquidTag = { start: site.start, end: site.end, name: site.name, markup: site.markup };
    this.tags.push(tag);
    return tag;
  }

  private currentBody(): Body {
    return this.frames.at(-1)?.body ?? this.root;
  }

  private linesOf(token: LiquidToken): number {
    // The braces hold no line feed, but an unnamed tag's markup leaves out none either.
    return countLines(token.kind === 'text' ? token.markup : this.text.slice(token.start, token.end));
  }

  private addText(token: LiquidToken): void {
    let start = token.start;
    if (this.trimNext) start += leftStripOffset(token.markup);
    this.trimNext = false;
    const body = this.currentBody();
    body.nodes.push({ kind: 'text', start, end: token.end });
    body.blank &&= isBlank(start === token.start ? token.markup : this.text.slice(start, token.end));
  }

  /** Keeps a token that Liquid refuses as the text that the author wrote. */
  private addLiteral(token: LiquidToken): void {
    const body = this.currentBody();
    const last = body.nodes.at(-1);
    // A page of lone braces is one text, not millions of nodes.
    if (last?.kind === 'text' && last.end === token.start) last.end = token.end;
    else body.nodes.push({ kind: 'text', start: token.start, end: token.end });
    body.blank = false;
  }

  private controlWhiteSpace(token: LiquidToken): void {
    if (token.end - token.start > 2 && this.text[token.start + 2] === '-') {
      const last = this.currentBody().nodes.at(-1);
      if (last?.kind === 'text')
        last.end = last.start + rightStripOffset(this.text.slice(last.start, last.end));
    }
    this.trimNext = token.end - token.start > 2 && this.text[token.end - 3] === '-';
  }

  private addOutput(token: LiquidToken): void {
    if (!isTerminatedOutput(this.text, token)) {
      const hasBrace = token.end - token.start > 2;
      this.report('unterminated-output', token, () => say.unterminatedOutput(this.quote(token), hasBrace));
      this.addLiteral(token);
      return;
    }
    try {
      const variable = parseVariable(token.markup, this.engine);
      const { start, end, markup } = token;
      this.add({ kind: 'output', start, end, markup, line: this.line, variable }, false);
    } catch (error) {
      this.reportFailure(error, token);
      this.addLiteral(token);
    }
  }

  /** Ruby fails outside of Liquid: no line, and nothing catches it. */
  reportFailure(error: unknown, place: { start: number; end: number }): void {
    if (!(error instanceof RubyFailure)) throw error;
    this.report('bad-syntax', place, () => say.rubyFailure(this.quote(place), error.message), false);
  }

  /** Returns true when Liquid's line counter must not move on (after a `liquid` tag). */
  private addTag(token: LiquidToken): boolean {
    if (!isTerminatedTag(this.text, token)) {
      this.report('unterminated-tag', token, say.unterminatedTag);
      this.addLiteral(token);
      return false;
    }
    if (token.tagName === undefined) {
      this.report('malformed-tag', token, () => say.malformedTag(this.quote(token)));
      this.addLiteral(token);
      return false;
    }
    const parts = splitTag(this.text, token.start + 2, token.end - 2, this.engine)!;
    if (this.engine === 'actions') {
      const dash = this.text[token.start + 2] === '-' ? 3 : 2;
      this.line += countLines(this.text.slice(token.start + dash, parts.nameStart));
      this.line += countLines(this.text.slice(parts.nameEnd, parts.markupStart));
    }
    const site = {
      name: token.tagName,
      markup: token.markup,
      start: token.start,
      end: token.end,
      line: this.line,
    };
    if (this.engine === 'actions' && site.name === 'liquid') {
      this.addTagRecord(site);
      this.addLiquidTag(site.markup, parts.markupStart);
      return true;
    }
    this.dispatch(site, 0);
    return false;
  }

  /** Sends a tag to where it belongs; `base` is the number of blocks that it may not close. */
  private dispatch(site: TagSite, base: number): void {
    if (site.name === 'raw') this.addRaw(site, base > 0 || this.inLiquidTag);
    else if (this.registry.has(site.name)) openTag(this, site, this.engine, this.registry);
    else this.addUnregistered(site, base);
  }

  /** `raw` (tags/raw.rb): everything up to the first end tag, which may stand at the end of an output. */
  private addRaw(site: TagSite, unclosable: boolean): void {
    const tag = this.addTagRecord(site);
    if (skipSpace(site.markup, 0) < site.markup.length) {
      this.report('bad-syntax', site, () => say.rawWithArguments(this.quote(site)));
    }
    const ranges: { start: number; end: number }[] = [];
    while (!unclosable && this.tokenIndex < this.tokens.length) {
      const token = this.tokens[this.tokenIndex++]!;
      const last = lastTagIn(this.text, token);
      if (last?.name === 'endraw') {
        if (last.at > token.start) ranges.push({ start: token.start, end: last.at });
        tag.blockEnd = token.end;
        this.addRawNode(site, ranges, token.end);
        return;
      }
      // Liquid 4 shows the text before a tag at the end of an output twice.
      if (this.engine === 'pages' && last && last.at > token.start)
        ranges.push({ start: token.start, end: last.at });
      ranges.push({ start: token.start, end: token.end });
    }
    if (!unclosable) this.rawSwallowedTheRest = true;
    this.report('unclosed-block', site, () => say.unclosedRaw(this.quote(site)));
    this.addRawNode(site, ranges, this.text.length);
  }

  private addRawNode(site: TagSite, ranges: { start: number; end: number }[], end: number): void {
    const blank = ranges.length === 0;
    this.add({ kind: 'raw', start: site.start, end, line: site.line, ranges }, blank);
  }

  /** A tag that Liquid does not know as such: an end tag, a branch, or an error. */
  private addUnregistered(site: TagSite, base: number): void {
    const frame = this.frames.length > base ? this.frames.at(-1) : undefined;
    if (frame) {
      frame.node.blank &&= this.currentBody().blank;
      if (site.name === frame.delimiter) {
        this.close(frame, site);
        return;
      }
      if (this.addBranch(frame, site)) return;
    }
    if (site.name.startsWith('end')) {
      const opener = site.name.slice(3);
      const pending = this.unknownBlocks.get(opener) ?? 0;
      if (pending > 0) {
        // Its start was reported: one mistake, one finding.
        this.unknownBlocks.set(opener, pending - 1);
        return;
      }
    }
    this.reportUnexpected(frame, site);
    if (!site.name.startsWith('end') && site.name !== 'else') {
      this.unknownBlocks.set(site.name, (this.unknownBlocks.get(site.name) ?? 0) + 1);
    }
    let matching = this.frames.length - 1;
    while (matching >= base && this.frames[matching]!.delimiter !== site.name) matching--;
    if (matching >= base) {
      while (this.frames.length - 1 > matching) this.frames.pop()!.node.blockEnd = site.start;
      this.close(this.frames.at(-1)!, site);
    }
  }

  private close(frame: Frame, site: TagSite): void {
    frame.node.blockEnd = site.end;
    frame.tag.blockEnd = site.end;
    this.frames.pop();
    this.currentBody().blank &&= this.registry.isBlank(frame.node);
  }

  /** Branch tags of the open block; returns false when the block does not know the tag. */
  private addBranch(frame: Frame, site: TagSite): boolean {
    const { node } = frame;
    if (node.kind === 'block') return node.name === 'comment';
    if (node.kind === 'loop') {
      if (site.name !== 'else' || node.name !== 'for') return false;
      this.addLoopElse(frame, node, site);
      return true;
    }
    const body =
      node.kind === 'if'
        ? openIfBranch(this, node, site, this.engine)
        : openCaseBranch(this, node, site, this.engine);
    if (!body) return false;
    if (this.frames.length <= MAX_DEPTH) frame.body = body;
    this.addTagRecord(site);
    return true;
  }

  /** A second `else` ends a `for` loop without its end tag (tags/for.rb `parse`). */
  private addLoopElse(frame: Frame, node: LoopNode, site: TagSite): void {
    if (node.elseBody) {
      this.close(frame, site);
      delete frame.tag.blockEnd;
      return;
    }
    node.elseBody = emptyBody();
    if (this.frames.length <= MAX_DEPTH) frame.body = node.elseBody;
    this.addTagRecord(site);
  }

  reportBadSyntax(site: TagSite, expected: string): void {
    this.report('bad-syntax', site, () => say.badArguments(this.quote(site), site.name, expected));
  }

  private reportUnexpected(frame: Frame | undefined, site: TagSite): void {
    const { name } = site;
    if (frame && (name === 'else' || name.startsWith('end'))) {
      this.report('unexpected-tag', site, () =>
        say.misplacedTag(this.quote(site), name, { name: frame.node.name, shown: this.quote(frame.tag) }),
      );
    } else if (['else', 'elsif', 'when', 'end'].includes(name) || this.registry.isEndTag(name)) {
      this.report('unexpected-tag', site, () => say.outerTag(this.quote(site), name));
    } else this.report('unknown-tag', site, () => say.unknownTag(this.quote(site), name));
  }

  private reportUnclosed(base: number, where: string): void {
    while (this.frames.length > base) {
      const frame = this.frames.pop()!;
      frame.node.blockEnd = this.text.length;
      this.report('unclosed-block', frame.tag, () =>
        say.unclosedBlock(this.quote(frame.tag), frame.node.name, where),
      );
    }
  }

  /** `liquid` (Liquid 5, block_body.rb `parse_for_liquid_tag`): one tag a line, blocks must end inside. */
  private addLiquidTag(markup: string, offset: number): void {
    const base = this.frames.length;
    this.inLiquidTag = true;
    let { line } = this;
    for (const tag of liquidTagLines(markup, this.engine)) {
      line++;
      if (tag)
        this.dispatch({ ...tag, start: offset + tag.start, end: offset + tag.end, line: this.line }, base);
      this.line = line;
    }
    this.reportUnclosed(base, 'the end of the `liquid` tag');
    this.inLiquidTag = false;
  }
}

import {
  hasQuotedString,
  isInlineComment,
  type LoopArguments,
  readAssign,
  readCapture,
  readCase,
  readCycle,
  readFor,
  readTableRow,
} from './arguments.js';
import { type Condition, parseCondition } from './condition.js';
import { isPostName, readHighlight, readInclude } from './jekyll-arguments.js';
import { emptyBody, type BlockLike, type IncludeNode } from './nodes.js';
import type { TagSite, TemplateParser } from './parser.js';
import type { TagRegistry } from './registry.js';
import type { LiquidEngine } from './types.js';
import { parseVariable } from './variable.js';
import type { Expression } from './expression.js';

/**
 * Reads the arguments of one known tag, adds its node and opens its block. Bad arguments are reported, and the
 * block is opened all the same, so that its end tag is no second error.
 */
export function openTag(
  parser: TemplateParser,
  site: TagSite,
  engine: LiquidEngine,
  registry: TagRegistry,
): void {
  if (registry.isBlock(site.name)) openBlockTag(parser, site, engine);
  else addSimpleTag(parser, site, engine);
}

/** Runs a reader and reports where it gives up or Ruby would fail. */
function read<T>(
  parser: TemplateParser,
  site: TagSite,
  expected: string,
  reader: () => T | undefined,
): T | undefined {
  try {
    const result = reader();
    if (result === undefined) parser.reportBadSyntax(site, expected);
    return result;
  } catch (error) {
    parser.reportFailure(error, site);
    return undefined;
  }
}

function openBlockTag(parser: TemplateParser, site: TagSite, engine: LiquidEngine): void {
  const tag = parser.addTagRecord(site);
  const { start, end, line, name, markup } = site;
  const place = { start, end, line, name, markup, blank: true, blockEnd: end };
  const body = emptyBody();
  let node: BlockLike;
  switch (name) {
    case 'if':
    case 'unless': {
      const condition = read<Condition>(parser, site, 'a condition such as `a == b`', () =>
        parseCondition(markup, engine),
      );
      node = { ...place, kind: 'if', branches: [{ condition, isElse: false, body, start, end }] };
      break;
    }
    case 'case': {
      const subject = read<Expression>(parser, site, 'a name or value', () => readCase(markup, engine));
      node = { ...place, kind: 'case', subject, before: body, branches: [] };
      break;
    }
    case 'for':
    case 'tablerow': {
      const loop = read<LoopArguments>(parser, site, `\`${name} name in collection\``, () =>
        name === 'for' ? readFor(markup, engine) : readTableRow(markup, engine),
      );
      node = {
        ...place,
        kind: 'loop',
        variable: loop?.variable,
        collection: loop?.collection,
        limit: loop?.limit,
        offset: loop?.offset,
        lax: loop?.lax ?? false,
        body,
        elseBody: undefined,
      };
      break;
    }
    default: {
      let argument: string | undefined;
      if (name === 'capture') argument = read(parser, site, 'a name', () => readCapture(markup));
      else if (name === 'highlight') argument = readHighlightArgument(parser, site);
      node = { ...place, kind: 'block', body, argument };
    }
  }
  parser.add(node, true);
  parser.openBlock(node, body, tag);
}

function readHighlightArgument(parser: TemplateParser, site: TagSite): string | undefined {
  const language = readHighlight(site.markup);
  if (language === undefined) {
    const missing = site.markup === '';
    parser.report(
      'bad-syntax',
      site,
      () => ({
        liquidMessage: '`highlight` needs a language and takes `name`, `name=value` or `name="1 2"` after it',
        message: `${parser.quote(site)} ${missing ? 'names no language' : 'has arguments that Jekyll does not take'}: the build stops.`,
        suggestion: 'Write `{% highlight text %}`, or use a fenced code block.',
      }),
      false,
    );
  }
  return language;
}

function addSimpleTag(parser: TemplateParser, site: TagSite, engine: LiquidEngine): void {
  parser.addTagRecord(site);
  const { start, end, line, name, markup } = site;
  const place = { start, end, line, name, markup };
  let values: Expression[] = [];
  switch (name) {
    case 'assign': {
      const parts = read(parser, site, '`assign name = value`', () => readAssign(markup));
      const variable = parts && read(parser, site, 'a value', () => parseVariable(parts.value, engine));
      if (variable) parser.add({ ...place, kind: 'assign', target: parts.target, variable }, true);
      return;
    }
    case 'echo': {
      const variable = read(parser, site, 'a value', () => parseVariable(markup, engine));
      if (variable) parser.add({ kind: 'output', start, end, line, markup, variable }, false);
      return;
    }
    case 'include':
    case 'include_relative':
    case 'include_cached':
      parser.add(includeNode(parser, site), false);
      return;
    case 'cycle':
      values =
        read(parser, site, 'values such as `cycle "odd", "even"`', () => readCycle(markup, engine)) ?? [];
      break;
    case 'post_url':
      checkPostName(parser, site);
      break;
    case 'render':
      read(parser, site, 'a quoted name', () => (hasQuotedString(markup) ? true : undefined));
      break;
    case '#':
      read(parser, site, '`#` at the start of every line', () =>
        isInlineComment(markup) ? true : undefined,
      );
      break;
    default:
  }
  parser.add({ ...place, kind: 'simple', values }, name === '#');
}

function includeNode(parser: TemplateParser, site: TagSite): IncludeNode {
  const { start, end, line, name, markup } = site;
  const parts = readInclude(markup);
  if (!parts.validParameters) {
    parser.report(
      'bad-syntax',
      site,
      () => ({
        liquidMessage: `the parameters of \`${name}\` are not pairs of the form \`name=value\``,
        message: `${parser.quote(site)} has parameters that are not \`name=value\` or \`name="value"\`: the build stops.`,
        suggestion: 'Quote values that hold blanks, and put a blank between parameters.',
      }),
      false,
    );
  }
  return { kind: 'include', start, end, line, name, markup, file: parts.file, dynamic: parts.dynamic };
}

function checkPostName(parser: TemplateParser, site: TagSite): void {
  if (isPostName(site.markup)) return;
  parser.report(
    'missing-post-url',
    site,
    () => ({
      liquidMessage: 'the name of the post has no date and slug',
      message: `${parser.quote(site)} does not name a post: \`post_url\` takes the file name without its ending, such as \`2024-01-31-title\`.`,
      suggestion: 'Write the date and the slug of an existing post.',
    }),
    false,
  );
}

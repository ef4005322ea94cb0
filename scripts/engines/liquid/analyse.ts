import { Evaluator } from './evaluator.js';
import type { Node } from './nodes.js';
import { parseTemplate } from './parser.js';
import type { RawProblem } from './problems.js';
import { ownNames, PurposeJudge, walk } from './purpose.js';
import { TagRegistry } from './registry.js';
import type {
  LiquidAnalysis,
  LiquidEngine,
  LiquidLookups,
  LiquidOutput,
  LiquidProblem,
  LiquidRendering,
  LiquidSwallowedTag,
  LiquidToken,
} from './types.js';
import { toText, type Value } from './values.js';

function hasLiquid(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

function textToken(text: string): LiquidToken[] {
  return text === '' ? [] : [{ kind: 'text', start: 0, end: text.length, markup: text }];
}

/**
 * Reads a page body as Ruby Liquid with Jekyll's tags and filters does (error mode `warn`, no strict filters or
 * variables) and lists everything that stops the build and everything that Liquid replaces.
 *
 * @param text the file after its front matter; offsets in the result count in it
 * @param engine `pages` for Liquid 4.0.4, `actions` for Liquid 5.4
 * @param lookups what only the site tells; without it, targets count as existing
 */
export function analyseLiquid(
  text: string,
  engine: LiquidEngine,
  lookups: LiquidLookups = {},
): LiquidAnalysis {
  if (!hasLiquid(text)) {
    return {
      tokens: textToken(text),
      problems: [],
      firstProblem: undefined,
      outputs: [],
      tags: [],
      swallowedTags: [],
      stopsBuild: false,
    };
  }
  const parsed = parseTemplate(text, engine, new TagRegistry(engine, lookups));
  const evaluation = new Evaluator(text, engine, lookups).run(parsed.body);
  const found = [...parsed.problems, ...evaluation.problems];
  const problems = nameEngines(found, text, engine, lookups);
  const judge = new PurposeJudge(ownNames(parsed.body), engine, lookups);
  const outputs: LiquidOutput[] = [];
  const swallowedTags: LiquidSwallowedTag[] = [];
  const faulty = new Set(problems.map((item) => item.start));
  walk(parsed.body, (node) => {
    if (faulty.has(node.start)) return;
    if (node.kind === 'output') {
      const { start, end, markup, variable } = node;
      outputs.push({
        start,
        end,
        markup,
        ...judge.output(node),
        ...shownAs(evaluation.shown.get(node)),
        lax: variable.lax,
      });
    } else {
      const swallowed = swallowedTag(node, judge, evaluation.lost);
      if (swallowed) swallowedTags.push(swallowed);
    }
  });
  const inOrder = (a: { start: number }, b: { start: number }): number => a.start - b.start;
  return {
    tokens: parsed.tokens,
    firstProblem: problems[0],
    problems: problems.toSorted(inOrder),
    outputs: outputs.sort(inOrder),
    tags: parsed.tags,
    swallowedTags: swallowedTags.sort(inOrder),
    stopsBuild: problems.length > 0,
  };
}

/** Adds to each problem the engines that have it, by reading the page a second time when there is any. */
function nameEngines(
  found: RawProblem[],
  text: string,
  engine: LiquidEngine,
  lookups: LiquidLookups,
): LiquidProblem[] {
  if (found.length === 0) return [];
  const other: LiquidEngine = engine === 'pages' ? 'actions' : 'pages';
  const parsed = parseTemplate(text, other, new TagRegistry(other, lookups));
  const rendered = new Evaluator(text, other, lookups).run(parsed.body);
  const key = (item: RawProblem): string => `${item.phase} ${item.start}`;
  const others = new Set([...parsed.problems, ...rendered.problems].map(key));
  return found.map((item) => ({
    ...item,
    engines: others.has(key(item)) ? ['pages', 'actions'] : [engine],
  }));
}

function shownAs(value: Value | undefined): Pick<LiquidOutput, 'rendersTo' | 'replacement'> {
  // What is never reached is not shown.
  const shown = value ? toText(value) : '';
  if (shown === undefined) return { rendersTo: 'unknown' };
  return shown === '' ? { rendersTo: 'nothing' } : { rendersTo: 'text', replacement: shown };
}

function swallowedTag(
  node: Node,
  judge: PurposeJudge,
  lost: ReadonlySet<Node>,
): LiquidSwallowedTag | undefined {
  if (node.kind !== 'if' && node.kind !== 'case' && node.kind !== 'loop') return undefined;
  const found = judge.controlRoot(node);
  if (!found) return undefined;
  const { start, end, name, markup, blockEnd } = node;
  const loses = lost.has(node) ? 'body' : 'tags';
  return { start, end, tagName: name, markup, blockEnd, root: found.root, loses, reason: found.reason };
}

/**
 * An approximation of the text that kramdown receives: `raw` markers removed and their content kept, comments
 * removed, outputs replaced by their value or by nothing when only the site tells it, blocks run once. What
 * Liquid refuses stays as it is written.
 *
 * @param data values of names such as `page` and `site`, when the caller has them
 * @returns the text, and a function from its offsets to those of the source
 */
export function renderStatic(
  text: string,
  engine: LiquidEngine,
  data?: unknown,
  lookups: LiquidLookups = {},
): LiquidRendering {
  if (!hasLiquid(text)) return { text, exact: true, map: (offset) => Math.min(offset, text.length) };
  const parsed = parseTemplate(text, engine, new TagRegistry(engine, lookups));
  const { buffer, exact } = new Evaluator(text, engine, lookups, data).run(parsed.body);
  return {
    text: buffer.toString(),
    exact: exact && parsed.problems.length === 0,
    map: buffer.mapper(text.length),
  };
}

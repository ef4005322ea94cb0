/** Holds the checker's findings on a page against what the real engines make of it. */
import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { compareRenderings, type Found } from '../../scripts/corpus/divergence/index.js';
import { LineIndex } from '../../scripts/corpus/text.js';
import { parseKramdown } from '../../scripts/engines/kramdown/index.js';
import { diffTokens, type TokenHunk } from './hunks.js';
import { githubTokens, siteTokens } from './shown.js';

export interface Verdict {
  /** Differences of the two pages. */
  hunks: TokenHunk[];
  findings: (Found & { first: number; last: number })[];
  /** Differences on whose block nothing was found. */
  missed: TokenHunk[];
  /** Findings on whose block the pages do not differ. */
  falseAlarms: (Found & { first: number; last: number })[];
}

const remark = unified().use(remarkParse).use(remarkGfm);

/**
 * @param text what Liquid leaves of a page
 * @param html kramdown's page of it
 */
export function judge(text: string, html: string): Verdict {
  const tree = remark.parse(text);
  const lines = new LineIndex(text);
  const blocks = leafBlocks(tree);
  const findings = compareRenderings(tree, parseKramdown(text), text).map((found) => ({
    ...found,
    first: lines.point(found.start).line,
    last: lines.point(Math.max(found.start, found.end - 1)).line,
  }));
  const hunks = diffTokens(githubTokens(text), siteTokens(html)).map((hunk) => widen(hunk, blocks));
  const touches = (a: { first: number; last: number }, b: { first: number; last: number }): boolean =>
    a.first <= b.last && b.first <= a.last;
  const wide = findings.map((found) => widen(found, blocks));
  return {
    hunks,
    findings,
    missed: hunks.filter((hunk) => !wide.some((found) => touches(found, hunk))),
    falseAlarms: findings.filter((_, index) => {
      const found = wide[index];
      return found && !hunks.some((hunk) => touches(found, hunk));
    }),
  };
}

interface Lines {
  first: number;
  last: number;
}

/** The lines of GitHub's paragraphs, headings, tables, code and HTML blocks, in order. */
function leafBlocks(tree: Nodes): Lines[] {
  const blocks: Lines[] = [];
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (['paragraph', 'heading', 'table', 'code', 'html', 'thematicBreak'].includes(node.type)) {
      if (node.position) blocks.push({ first: node.position.start.line, last: node.position.end.line });
    } else if ('children' in node)
      for (let index = node.children.length - 1; index >= 0; index--)
        open.push(node.children[index] as Nodes);
  }
  return blocks;
}

/** Grows a stretch of lines to the blocks that it touches. */
function widen<T extends Lines>(stretch: T, blocks: readonly Lines[]): T {
  let { first, last } = stretch;
  for (const block of blocks)
    if (block.first <= stretch.last && stretch.first <= block.last) {
      first = Math.min(first, block.first);
      last = Math.max(last, block.last);
    }
  return { ...stretch, first, last };
}

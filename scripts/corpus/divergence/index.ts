/**
 * Where GitHub and the site show a page differently: both outlines of the same text are lined up, and every difference
 * is named by its cause. No difference, no finding; a difference without a known cause is `other`.
 */
import type { Root } from 'mdast';
import type { KramdownElement } from '../../engines/kramdown/index.js';
import { classifyAttribute, classifyPath, classifyStructure } from './classify-blocks.js';
import { classifySymbol, classifyText } from './classify-text.js';
import { compareGroup, groupLeaves, type Group, type Mismatch } from './compare.js';
import type { Found } from './found.js';
import { githubLeaves } from './github.js';
import { classifyHtml } from './classify-html.js';
import { kramdownLeaves } from './kramdown.js';
import { SourceText } from './source-text.js';
import { MarkTable } from './stream.js';

export { DIFFERENCE_KINDS, type DifferenceKind } from './difference.js';
export type { Found } from './found.js';
export { githubOnly } from './github-only.js';

/**
 * Compares what remark (GitHub) and kramdown (the site) make of one text. Time grows with the length of the text.
 *
 * @param tree remark's tree of `source`, GFM included
 * @param root kramdown's tree of the same text
 * @param source the text after Liquid, without front matter
 * @returns differences in order of their places, with offsets in `source`
 */
export function compareRenderings(tree: Root, root: KramdownElement, source: string): Found[] {
  const marks = new MarkTable();
  const text = new SourceText(source);
  const found: Found[] = [];
  const runs = new Map<string, Found>();
  for (const group of groupLeaves(githubLeaves(tree, source, marks), kramdownLeaves(root, marks)))
    for (const mismatch of compareGroup(group)) add(mismatch, group);
  return merge(found);

  function add(mismatch: Mismatch, group: Group): void {
    switch (mismatch.type) {
      case 'structure':
        found.push(...classifyStructure(group, text));
        return;
      case 'path': {
        const difference = classifyPath(mismatch, text);
        // Each place that has a repair of its own is a finding of its own.
        if (difference.edits.length > 0) found.push(difference);
        else extendRun(difference, pathKey(mismatch));
        return;
      }
      case 'attribute': {
        const difference = classifyAttribute(mismatch, text);
        if (mismatch.what === 'number') {
          const { path } = mismatch.github;
          const list = path.findLastIndex(({ number }) => number !== undefined) - 1;
          extendRun(difference, `number ${path[list]?.line ?? 0} ${path.length}`);
        } else found.push(difference);
        return;
      }
      case 'text':
        found.push(classifyText(mismatch, text));
        return;
      case 'unclosed': {
        const { start, length } = mismatch;
        const tag = source.slice(start, start + length);
        // A browser goes on with it until the end of the page.
        found.push({ kind: 'html-inline', start, end: source.length, github: tag, site: '', edits: [] });
        return;
      }
      case 'html': {
        const difference = classifyHtml(group, mismatch.streams, mismatch.hunk, text);
        // One element without the attribute is one cause.
        if (difference.kind === 'html-markdown') extendRun(difference, `${group.first}`);
        else found.push(difference);
        return;
      }
      case 'symbol': {
        const symbol = classifySymbol(
          mismatch.github,
          mismatch.streams[0],
          mismatch.githubIndex,
          mismatch.name,
          text,
        );
        if (symbol) found.push(symbol);
      }
    }
  }

  /** One cause shows at every following block; only its extent grows. */
  function extendRun(difference: Found, key: string): void {
    const known = runs.get(`${difference.kind} ${key}`);
    if (known) known.end = Math.max(known.end, difference.end);
    else {
      runs.set(`${difference.kind} ${key}`, difference);
      found.push(difference);
    }
  }
}

function pathKey({ github, site, depth }: Extract<Mismatch, { type: 'path' }>): string {
  return `${github.path[depth]?.line ?? 0} ${site.path[depth]?.line ?? 0} ${depth}`;
}

/** Sorts, and joins neighbours of one kind without edits that touch. */
function merge(found: Found[]): Found[] {
  found.sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Found[] = [];
  for (const next of found) {
    const last = merged[merged.length - 1];
    const same = last?.kind === next.kind && last.edits.length === 0 && next.edits.length === 0;
    if (last && same && next.start <= last.end + 1) last.end = Math.max(last.end, next.end);
    else merged.push(next);
  }
  return merged;
}

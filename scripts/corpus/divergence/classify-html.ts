/** Names the cause of a difference in a group of blocks in which raw HTML stands. */
import type { Edit } from '../types.js';
import { classifyText } from './classify-text.js';
import type { Group } from './compare.js';
import type { Hunk } from './diff.js';
import type { Found } from './found.js';
import { BLOCK_ELEMENTS } from './html-text.js';
import type { SourceText } from './source-text.js';
import type { Stream } from './stream.js';
import type { Leaf } from './types.js';

/** @param hunk where the joined streams of the group differ */
export function classifyHtml(group: Group, streams: [Stream, Stream], hunk: Hunk, text: SourceText): Found {
  const leaf = leafAt(
    group.github,
    streams[0].offsets[Math.min(hunk.githubStart, streams[0].length - 1)] ?? -1,
  );
  const owner = leaf ?? group.github[0];
  const whole = text.lines(group.first, group.last);
  if (!owner) return { kind: 'html-text', ...whole, github: '', site: '', edits: [] };
  const around = lastAt(group.site, (other) => other.first <= owner.first);
  if (around?.kind === 'html' && around.last >= owner.first && owner.kind !== 'html') {
    const edits = markdownAttribute(around, owner, group, text);
    const range = text.lines(owner.first, Math.max(owner.last, around.last));
    return { kind: 'html-markdown', ...range, github: '', site: '', edits };
  }
  if (owner.kind === 'html') {
    const range = text.lines(owner.first, owner.last);
    return { kind: 'html-text', ...range, github: '', site: '', edits: [] };
  }
  return classifyText({ github: owner, site: group.site[0] ?? owner, streams, hunk }, text);
}

function leafAt(leaves: readonly Leaf[], offset: number): Leaf | undefined {
  const leaf = lastAt(leaves, ({ start }) => start <= offset);
  return leaf && offset <= leaf.end ? leaf : undefined;
}

/** The last of leaves in order of which something holds that holds of all before it. */
function lastAt(leaves: readonly Leaf[], holds: (leaf: Leaf) => boolean): Leaf | undefined {
  return leaves[countWhile(leaves, holds) - 1];
}

function countWhile(leaves: readonly Leaf[], holds: (leaf: Leaf) => boolean): number {
  let [low, high] = [0, leaves.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const leaf = leaves[middle];
    if (leaf && holds(leaf)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** HTML blocks that are searched for the element around a piece of Markdown. */
const MAX_BLOCKS = 200;

/** `markdown="1"` on the element that the Markdown stands in, where one element opens and it is easy to see which. */
function markdownAttribute(around: Leaf, owner: Leaf, group: Group, text: SourceText): Edit[] {
  const from = countWhile(group.github, ({ first }) => first < around.first);
  const opener = group.github[from];
  if (opener?.kind !== 'html' || opener.first !== around.first || owner.path.length > 0) return [];
  const before = group.github
    .slice(from, from + MAX_BLOCKS)
    .filter((leaf) => leaf.kind === 'html' && leaf.end <= owner.start);
  const open: { name: string; at: number }[] = [];
  for (const leaf of before) {
    const html = text.source.slice(leaf.start, leaf.end);
    for (const tag of html.matchAll(/<(\/?)([A-Za-z][\w-]*)(?:\s[^<>]*)?>/g)) {
      const name = (tag[2] ?? '').toLowerCase();
      if (!BLOCK_ELEMENTS.has(name)) continue;
      if (tag[1] === '/') {
        while (open.length > 0 && open.pop()?.name !== name);
      } else if (!tag[0].endsWith('/>')) open.push({ name, at: leaf.start + tag.index + 1 + name.length });
    }
  }
  return open.length === 1 && open[0] ? [{ start: open[0].at, end: open[0].at, text: ' markdown="1"' }] : [];
}

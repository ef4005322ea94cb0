/** Lines up the leaves of the two renderings and says where they differ. */
import { diffStreams, type Hunk } from './diff.js';
import { NO_MARKS, Stream } from './stream.js';
import type { Container, Leaf } from './types.js';

/** Leaves of both sides whose lines touch. */
export interface Group {
  github: Leaf[];
  site: Leaf[];
  first: number;
  last: number;
}

/** A group whose blocks differ, or one pair of blocks of a kind whose place or content differs. */
export type Mismatch =
  | { type: 'structure'; group: Group }
  | { type: 'path'; github: Leaf; site: Leaf; depth: number }
  | { type: 'attribute'; github: Leaf; site: Leaf; what: 'level' | 'id' | 'language' | 'value' | 'number' }
  | { type: 'text'; github: Leaf; site: Leaf; streams: [Stream, Stream]; hunk: Hunk }
  | { type: 'html'; group: Group; streams: [Stream, Stream]; hunk: Hunk }
  | { type: 'unclosed'; start: number; length: number }
  | {
      type: 'symbol';
      github: Leaf;
      streams: [Stream, Stream];
      githubIndex: number;
      length: number;
      name: string;
    };

/** Groups of leaves in order of lines; a group ends where no block of either side goes on. Linear. */
export function groupLeaves(github: readonly Leaf[], site: readonly Leaf[]): Group[] {
  const groups: Group[] = [];
  let group: Group | null = null;
  let [g, s] = [0, 0];
  while (g < github.length || s < site.length) {
    const nextGithub = github[g];
    const nextSite = site[s];
    const takeGithub = nextGithub !== undefined && (!nextSite || nextGithub.first <= nextSite.first);
    const leaf = takeGithub ? nextGithub : nextSite;
    if (!leaf) break;
    if (!group || leaf.first > group.last) {
      group = { github: [], site: [], first: leaf.first, last: leaf.last };
      groups.push(group);
    }
    group.last = Math.max(group.last, leaf.last);
    if (takeGithub) {
      group.github.push(leaf);
      g++;
    } else {
      group.site.push(leaf);
      s++;
    }
  }
  return groups;
}

/** Everything in which a group differs; nothing for the same page. */
export function* compareGroup(group: Group): Iterable<Mismatch> {
  const { github, site } = group;
  const [one, other] = [github[0], site[0]];
  if (one && other && github.length === 1 && site.length === 1 && comparable(one, other)) {
    yield* comparePair(one, other);
    return;
  }
  if (github.some(isHtml) || site.some(isHtml)) {
    yield* compareHtml(group);
    return;
  }
  if (github.length === site.length && github.every((leaf, index) => sameLines(leaf, site[index]))) {
    for (const [index, leaf] of github.entries()) {
      const partner = site[index];
      if (partner) yield* comparePair(leaf, partner);
    }
    return;
  }
  yield { type: 'structure', group };
  yield* compareShared(group);
}

/** GitHub's leaves of a group with the site's leaves of the same kind on the same line. */
export function pairLeaves({ github, site }: Group): Map<Leaf, Leaf> {
  const free = new Map<string, Leaf>();
  for (const leaf of site) {
    const key = `${leaf.kind} ${leaf.first}`;
    if (!free.has(key)) free.set(key, leaf);
  }
  const pairs = new Map<Leaf, Leaf>();
  for (const leaf of github) {
    const key = `${leaf.kind} ${leaf.first}`;
    const partner = free.get(key);
    if (partner) pairs.set(leaf, partner);
    free.delete(key);
  }
  return pairs;
}

/** What differs within the text that blocks of a structural difference have in common, its end left out. */
function* compareShared(group: Group): Iterable<Mismatch> {
  for (const [leaf, partner] of pairLeaves(group)) {
    if (leaf.kind !== 'paragraph' && leaf.kind !== 'heading') continue;
    const streams: [Stream, Stream] = [leaf.stream(), partner.stream()];
    const end = streams[0].length;
    const hunks = diffStreams(...streams);
    for (const hunk of hunks)
      if (hunk.githubEnd < end) yield { type: 'text', github: leaf, site: partner, streams, hunk };
    for (const symbol of symbolsOf(leaf, streams, hunks)) if (symbol.githubIndex < end) yield symbol;
  }
}

function isHtml(leaf: Leaf): boolean {
  return leaf.kind === 'html';
}

function comparable(a: Leaf, b: Leaf): boolean {
  return a.kind === b.kind || (a.kind === 'html' && b.kind === 'paragraph');
}

function sameLines(a: Leaf, b: Leaf | undefined): boolean {
  return b !== undefined && a.kind === b.kind && a.first === b.first;
}

function* comparePair(github: Leaf, site: Leaf): Iterable<Mismatch> {
  const depth = pathDifference(github.path, site.path);
  if (depth !== -1) yield { type: 'path', github, site, depth };
  else {
    const numbered = github.path.findIndex(
      (container, index) => container.number !== site.path[index]?.number && container.line === github.first,
    );
    if (numbered !== -1) yield { type: 'attribute', github, site, what: 'number' };
  }
  if (github.kind === 'code') {
    if (github.value !== site.value) yield { type: 'attribute', github, site, what: 'value' };
    if (github.language !== site.language) yield { type: 'attribute', github, site, what: 'language' };
    return;
  }
  if (github.kind === 'rule' || github.kind === 'empty') return;
  if (github.kind === 'heading' && github.level !== site.level)
    yield { type: 'attribute', github, site, what: 'level' };
  const streams: [Stream, Stream] = [github.stream(), site.stream()];
  const hunks = diffStreams(...streams);
  const changed = hunks.length > 0;
  for (const hunk of hunks) yield { type: 'text', github, site, streams, hunk };
  if (streams[0].unclosed && !changed) yield { type: 'unclosed', ...streams[0].unclosed };
  yield* symbolsOf(github, streams, hunks);
  if (
    github.kind === 'heading' &&
    !changed &&
    streams[1].symbols.length === 0 &&
    github.id !== (site.id ?? '')
  )
    yield { type: 'attribute', github, site, what: 'id' };
}

/** Where kramdown's typographic symbols stand in GitHub's text. `hunks`: what differs between the streams. */
function* symbolsOf(
  github: Leaf,
  streams: [Stream, Stream],
  hunks: readonly Hunk[],
): Iterable<Extract<Mismatch, { type: 'symbol' }>> {
  let next = 0;
  let shift = 0;
  for (const { index, length, name } of streams[1].symbols) {
    for (let hunk = hunks[next]; hunk && hunk.siteEnd <= index; hunk = hunks[++next])
      shift = hunk.githubEnd - hunk.siteEnd;
    const hunk = hunks[next];
    const githubIndex = hunk && hunk.siteStart <= index ? hunk.githubStart : index + shift;
    yield { type: 'symbol', github, streams, githubIndex, length, name };
  }
}

/** Depth of the first container in which the paths differ; -1 for none. Where a list begins is no difference. */
function pathDifference(github: readonly Container[], site: readonly Container[]): number {
  const length = Math.max(github.length, site.length);
  for (let depth = 0; depth < length; depth++) {
    const [a, b] = [github[depth], site[depth]];
    if (!a || !b || a.kind !== b.kind || (a.kind === 'li' && a.line !== b.line)) return depth;
  }
  return -1;
}

/** Compares the text of a group in which HTML stands, block by block one after the other. */
function* compareHtml(group: Group): Iterable<Mismatch> {
  const streams: [Stream, Stream] = [joinLeaves(group.github), joinLeaves(group.site)];
  const hunks = diffStreams(...streams);
  for (const hunk of hunks) yield { type: 'html', group, streams, hunk };
  const [leaf] = group.github;
  if (leaf) yield* symbolsOf(leaf, streams, hunks);
}

/** Private characters that begin a block of a kind in a joined stream. */
const KIND_MARKS: Partial<Record<Leaf['kind'], string>> = {
  heading: '\uE010',
  code: '\uE011',
  rule: '\uE012',
  table: '\uE013',
  math: '\uE014',
  term: '\uE015',
  empty: '\uE016',
};

function joinLeaves(leaves: readonly Leaf[]): Stream {
  const joined = new Stream();
  for (const leaf of leaves) {
    const mark = KIND_MARKS[leaf.kind];
    joined.endBlock(leaf.start);
    if (mark) joined.push(mark, NO_MARKS, leaf.start);
    if (leaf.kind === 'code') {
      const value = leaf.value ?? '';
      for (let index = 0; index < value.length; index++)
        joined.push(value[index] ?? '', NO_MARKS, leaf.start);
    } else {
      const stream = leaf.stream();
      for (const symbol of stream.symbols)
        joined.symbols.push({ ...symbol, index: symbol.index + joined.length });
      const { text } = stream;
      for (let index = 0; index < text.length; index++)
        joined.push(text[index] ?? '', stream.marks[index] ?? NO_MARKS, stream.offsets[index] ?? -1);
    }
  }
  return joined.finish();
}

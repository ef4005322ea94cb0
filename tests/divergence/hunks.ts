/** Differences of two token lists, as places in the source. */
import type { Token } from './shown.js';

/** A stretch of tokens that only one side shows, or both show differently. */
export interface TokenHunk {
  /** Lines of the source that it may belong to. */
  first: number;
  last: number;
  github: string[];
  site: string[];
}

/** Edits beyond which a pair of lists counts as one difference: no real page comes near. */
const MAX_EDITS = 4000;

/** Tokens without content of their own. */
const EDGE = /^<(?:ul|ol|li|quote|dl|dd|dt)(?: \d+)?>$|^<\/|^¶$/;

/** Myers' algorithm on what common beginnings and ends leave. */
export function diffTokens(github: readonly Token[], site: readonly Token[]): TokenHunk[] {
  let start = 0;
  while (start < github.length && start < site.length && github[start]?.text === site[start]?.text) start++;
  let [endA, endB] = [github.length, site.length];
  while (endA > start && endB > start && github[endA - 1]?.text === site[endB - 1]?.text) {
    endA--;
    endB--;
  }
  const keep = shortestEdit(
    github.slice(start, endA).map(({ text }) => text),
    site.slice(start, endB).map(({ text }) => text),
  );
  const hunks: TokenHunk[] = [];
  let [a, b] = [start, start];
  for (const [nextA, nextB] of [
    ...keep.map(([x, y]): [number, number] => [x + start, y + start]),
    [endA, endB] as const,
  ]) {
    if (nextA > a || nextB > b) hunks.push(hunkOf(github, site, a, nextA, b, nextB));
    a = nextA + 1;
    b = nextB + 1;
  }
  return hunks;
}

function hunkOf(
  github: readonly Token[],
  site: readonly Token[],
  a: number,
  nextA: number,
  b: number,
  nextB: number,
): TokenHunk {
  const own = github.slice(a, nextA).map(({ line }) => line);
  let next = nextA;
  while (next < github.length && EDGE.test(github[next]?.text ?? '')) next++;
  const around = [github[a - 1]?.line ?? 1, github[next]?.line ?? github[a - 1]?.line ?? 1];
  // The edge of a list or quote belongs to the block before and to the one after.
  const edge = github.slice(a, nextA).every(({ text }) => EDGE.test(text));
  const lines = (edge ? [...own, ...around] : own).filter((line) => line > 0);
  return {
    first: Math.min(...lines, Number.MAX_SAFE_INTEGER),
    last: Math.max(...lines, 1),
    github: github.slice(a, nextA).map(({ text }) => text),
    site: site.slice(b, nextB).map(({ text }) => text),
  };
}

/** Pairs of indexes of a longest common subsequence. */
function shortestEdit(a: readonly string[], b: readonly string[]): [number, number][] {
  const max = Math.min(a.length + b.length, MAX_EDITS);
  const size = 2 * max + 2;
  const ends = new Int32Array(size + 1);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= max; edits++) {
    trace.push(ends.slice(max - edits < 0 ? 0 : max - edits, max + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = max + diagonal;
      const down = diagonal === -edits || (diagonal !== edits && (ends[at - 1] ?? 0) < (ends[at + 1] ?? 0));
      let x = down ? (ends[at + 1] ?? 0) : (ends[at - 1] ?? 0) + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      ends[at] = x;
      if (x >= a.length && x - diagonal >= b.length) return backtrack(trace, a, b, edits);
    }
  }
  return [];
}

function backtrack(
  trace: readonly Int32Array[],
  a: readonly string[],
  b: readonly string[],
  edits: number,
): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [a.length, b.length];
  for (let step = edits; step >= 0; step--) {
    const ends = trace[step] ?? new Int32Array();
    const at = (diagonal: number): number => ends[diagonal + step] ?? 0;
    const diagonal = x - y;
    const down = diagonal === -step || (diagonal !== step && at(diagonal - 1) < at(diagonal + 1));
    const previous = down ? diagonal + 1 : diagonal - 1;
    const startX = step === 0 ? 0 : at(previous);
    const startY = startX - previous;
    const [toX, toY] = step === 0 ? [0, 0] : down ? [startX, startY + 1] : [startX + 1, startY];
    while (x > toX && y > toY) {
      x--;
      y--;
      pairs.push([x, y]);
    }
    [x, y] = [startX, startY];
  }
  return pairs.reverse();
}

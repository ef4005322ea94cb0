/** Where two streams of shown text differ: pieces with their places in both. */
import type { Stream } from './stream.js';

/** A stretch that the two sides show differently: other characters, or the same characters shown another way. */
export interface Hunk {
  githubStart: number;
  githubEnd: number;
  siteStart: number;
  siteEnd: number;
}

/** Characters that must agree before two texts count as in step again. */
const RESYNC = 6;
/** How far ahead the sides are searched for a place where they are in step again. */
const LOOK_AHEAD = 400;
/** Work that may be spent on one pair of streams, in comparisons: plain pairs never come near it. */
const BUDGET = 2_000_000;

/**
 * Aligns two streams from left to right. Time grows with their length plus a bounded amount of searching.
 *
 * @returns the differing stretches in order; empty when a reader sees the same
 */
export function diffStreams(github: Stream, site: Stream): Hunk[] {
  const a = github.text;
  const b = site.text;
  const hunks: Hunk[] = [];
  let budget = BUDGET;
  let open: Hunk | null = null;
  let [i, j] = [0, 0];
  const extend = (githubEnd: number, siteEnd: number): void => {
    if (open && open.githubEnd >= i - 1 && open.siteEnd >= j - 1) {
      open.githubEnd = githubEnd;
      open.siteEnd = siteEnd;
    } else {
      open = { githubStart: i, githubEnd, siteStart: j, siteEnd };
      hunks.push(open);
    }
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      // The marks of white space do not show.
      if (github.marks[i] !== site.marks[j] && a[i] !== ' ') extend(i + 1, j + 1);
      i++;
      j++;
      continue;
    }
    const [di, dj] = resync();
    extend(i + di, j + dj);
    i += di;
    j += dj;
  }
  return hunks;

  /** How much of either side to skip until both agree again. */
  function resync(): [number, number] {
    const [restA, restB] = [a.length - i, b.length - j];
    for (let total = 1; total <= LOOK_AHEAD && budget > 0; total++) {
      for (let skipB = Math.min(total, restB); skipB >= 0; skipB--) {
        const skipA = total - skipB;
        if (skipA > restA) break;
        budget--;
        if (agrees(i + skipA, j + skipB)) return [skipA, skipB];
      }
    }
    return [restA, restB];
  }
  function agrees(x: number, y: number): boolean {
    if (x === a.length || y === b.length) return x === a.length && y === b.length;
    for (let step = 0; step < RESYNC; step++) {
      if (x + step === a.length && y + step === b.length) return true;
      if (a[x + step] !== b[y + step]) return false;
    }
    return true;
  }
}

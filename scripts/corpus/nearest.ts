/** "Did you mean": the known word that a mistyped one was most likely meant to be. One measure for every message. */
import { distance } from 'fastest-levenshtein';

/** Longer words are compared with nothing: they were not typed, and one of them must not cost much. */
const MAX_LENGTH = 200;
/** Comparisons one instance makes before it stops offering suggestions: keeps thousands of unknown words linear. */
const BUDGET = 200_000;

function fold(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/gu, '');
}

/** How many single-character edits are still taken for a slip in a word of this length. */
function tolerance(length: number): number {
  if (length < 3) return 0;
  if (length < 5) return 1;
  return length < 12 ? 2 : Math.floor(length / 5);
}

/** Levenshtein's distance, except that two neighbours that changed places are one slip. */
function slips(typed: string, known: string): number {
  const edits = distance(typed, known);
  if (edits !== 2 || typed.length !== known.length) return edits;
  let at = 0;
  while (typed[at] === known[at]) at++;
  const swapped = typed.slice(0, at) + (typed[at + 1] ?? '') + (typed[at] ?? '') + typed.slice(at + 2);
  return swapped === known ? 1 : 2;
}

/**
 * Finds near misses among a fixed set of words. Differences of case, blanks, `-` and `_` count as nothing.
 * Answers are remembered, words of too different a length are never compared.
 */
export class Nearest {
  private readonly byFold = new Map<string, string>();
  private readonly byLength = new Map<number, { word: string; folded: string }[]>();
  private readonly answers = new Map<string, string | null>();
  private budget = BUDGET;

  constructor(words: Iterable<string>) {
    for (const word of words) {
      if (word.length > MAX_LENGTH) continue;
      const folded = fold(word);
      if (folded === '' || this.byFold.has(folded)) continue;
      this.byFold.set(folded, word);
      const bucket = this.byLength.get(folded.length);
      if (bucket === undefined) this.byLength.set(folded.length, [{ word, folded }]);
      else bucket.push({ word, folded });
    }
  }

  /**
   * @param word what the author wrote.
   * @param slack slips to tolerate; by default one in short words, two in words, a fifth of longer ones.
   * @returns the closest known word, the first of equals; null when none is close (or the word itself is known).
   */
  find(word: string, slack?: number): string | null {
    if (word.length > MAX_LENGTH) return null;
    const key = `${slack ?? ''}\0${word}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.search(word, slack);
    this.answers.set(key, answer);
    return answer;
  }

  private search(word: string, slack?: number): string | null {
    const folded = fold(word);
    const same = this.byFold.get(folded);
    if (same !== undefined) return same === word ? null : same;
    const limit = slack ?? tolerance(folded.length);
    let best: string | null = null;
    let least = limit + 1;
    for (let length = folded.length - limit; length <= folded.length + limit; length++) {
      for (const candidate of this.byLength.get(length) ?? []) {
        if (--this.budget < 0) return best;
        const found = slips(folded, candidate.folded);
        if (found < least) {
          least = found;
          best = candidate.word;
        }
      }
    }
    return best;
  }
}

/** The known word that is closest to one typed word, as `Nearest.find` judges it; for a single question. */
export function nearest(typed: string, words: Iterable<string>): string | null {
  return new Nearest(words).find(typed);
}

/** ` Did you mean ` and the word in backticks, or nothing: the tail of a message. */
export function didYouMean(suggestion: string | null): string {
  return suggestion === null ? '' : ` Did you mean \`${suggestion}\`?`;
}

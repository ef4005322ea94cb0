/** "Did you mean": the known name that is closest to what was typed. */
import { distance } from 'fastest-levenshtein';

/** Longer names are compared by nobody: they were not typed. */
const MAX_LENGTH = 200;

/**
 * @returns the candidate with the smallest edit distance, the first of equals; undefined when even that one needs
 *   more than a third of its letters changed.
 */
export function nearest(typed: string, candidates: Iterable<string>): string | undefined {
  if (typed.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const limit = Math.max(2, Math.floor(Math.max(candidate.length, typed.length) / 3));
    if (candidate === typed || Math.abs(candidate.length - typed.length) > limit) continue;
    const edits = distance(typed.toLowerCase(), candidate.toLowerCase());
    if (edits <= limit && edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

/** ` Did you mean X?` for the end of a message, or nothing. */
export function didYouMean(typed: string, candidates: Iterable<string>): string {
  const match = nearest(typed, candidates);
  return match === undefined ? '' : ` Did you mean \`${match}\`?`;
}

/** Text of a page that its author wrote as front matter and Jekyll takes for Markdown. */
import type { PageFacts } from '../../corpus/types.js';

/** Blank lines, comments and a byte order mark may stand before it, and too many dashes open it. */
const OPENING = /^\uFEFF?(?:[ \t]*\r?\n|[ \t]*<!--(?:(?!-->)[^])*-->)*[ \t]*-{3,}[ \t]*\r?\n/u;
const CLOSING = /^[ \t]*(?:-{3,}|\.{3})[ \t]*(?:\r?\n|$)/u;
const KEY = /^[ \t]*(?:[\w-]+[ \t]*:|#)/u;
/** Front matter stands at the head of a file. */
const MAX_LENGTH = 16_384;

const ends = new WeakMap<PageFacts, number>();

/**
 * Where the text that was meant as front matter ends; 0 for a page whose front matter Jekyll finds, or that has none.
 * Its lines read as a heading or a rule, and a repair of those would destroy what `front-matter-valid` can still save.
 */
export function meantFrontMatterEnd(facts: PageFacts, source: string): number {
  let end = ends.get(facts);
  if (end === undefined) ends.set(facts, (end = findEnd(facts, source.slice(0, MAX_LENGTH))));
  return end;
}

function findEnd({ frontMatter: { state } }: PageFacts, head: string): number {
  if (state !== 'none' && state !== 'displaced' && state !== 'unclosed') return 0;
  const opening = OPENING.exec(head)?.[0];
  if (opening === undefined || !KEY.test(head.slice(opening.length))) return 0;
  for (let start = opening.length; start < head.length;) {
    const newline = head.indexOf('\n', start);
    const next = newline === -1 ? head.length : newline + 1;
    const line = head.slice(start, next);
    if (CLOSING.test(line)) return next;
    // What nothing closes goes on to the first empty line.
    if (state === 'unclosed' && line.trim() === '') return start;
    start = next;
  }
  return head.length;
}

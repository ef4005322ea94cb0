/** HTML comments that mean something to the toolchain: listing references and suppressions. */
import type { LineIndex } from './text.js';
import type { Html, ListingReference, PageFacts, Range, Suppression } from './types.js';

const MARKER = /^<!--\s*(listing|output|verified):\s*([^\s#]+)(?:#(\S+))?\s*-->$/;
const SUPPRESSION =
  /^<!--\s*corpus-(disable|enable|disable-next-line|disable-file)(?:\s+([\w-]+(?:[\s,]+[\w-]+)*?))?(?:\s+--\s+(.*?))?\s*-->$/s;

/** Line number for "to the end of the file"; finite, so that facts stay JSON. */
const END_OF_FILE = Number.MAX_SAFE_INTEGER;

/** Fills `facts.listings` and `facts.suppressions` from the comments that were found. */
export function readMarkers(facts: PageFacts, lines: LineIndex, source: string): void {
  const followers = followingCodes(facts, source);
  const open = new Set<Suppression>();
  for (const [index, html] of facts.html.entries()) {
    const comment = html.value.trim();
    // Without the end the expressions below would try every place in vain.
    if (!comment.startsWith('<!--') || !comment.endsWith('-->')) continue;
    const marker = MARKER.exec(comment);
    if (marker) {
      facts.listings.push({
        kind: marker[1] as ListingReference['kind'],
        target: marker[2] ?? '',
        region: marker[3] ?? null,
        range: html.range,
        codeBlock: followers[index] ?? -1,
        paragraphRange: followingParagraph(facts, html.range.end.offset, source),
      });
      continue;
    }
    const suppression = SUPPRESSION.exec(comment);
    if (suppression) readSuppression(facts, lines, html, suppression, open);
  }
}

/**
 * For each piece of HTML the index of the fence that follows it with nothing but blank lines and comments between; -1
 * when none does. From the last to the first, so that a chain of comments is walked once.
 */
function followingCodes(facts: PageFacts, source: string): number[] {
  const followers: number[] = [];
  for (let index = facts.html.length - 1; index >= 0; index--) {
    const end = facts.html[index]?.range.end.offset ?? 0;
    const code = firstAtOrAfter(facts.codeBlocks, end);
    const block = facts.codeBlocks[code];
    const next = facts.html[index + 1];
    let follower = -1;
    if (block && isBlank(source, end, block.range.start.offset)) follower = block.fence ? code : -1;
    else if (next?.value.startsWith('<!--') && isBlank(source, end, next.range.start.offset))
      follower = followers[index + 1] ?? -1;
    followers[index] = follower;
  }
  return followers;
}

/** Nothing but white space and block quote markers between two places. */
function isBlank(source: string, start: number, end: number): boolean {
  return /^[\s>]*$/.test(source.slice(start, end));
}

/** Index of the first block (they are in document order) that begins at or after an offset; -1 when none does. */
function firstAtOrAfter(blocks: readonly { range: Range }[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.range.start.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low < blocks.length ? low : -1;
}

function followingParagraph(
  facts: PageFacts,
  end: number,
  source: string,
): ListingReference['paragraphRange'] {
  const next = facts.blocks[firstAtOrAfter(facts.blocks, end)];
  if (next?.kind !== 'paragraph') return null;
  return isBlank(source, end, next.range.start.offset) ? next.range : null;
}

/** @param open suppressions that nothing has ended yet */
function readSuppression(
  facts: PageFacts,
  lines: LineIndex,
  { range }: Html,
  [, kind, names = '', reason = '']: RegExpExecArray,
  open: Set<Suppression>,
): void {
  const rules = names.split(/[\s,]+/).filter(Boolean);
  const { line } = range.end;
  if (kind === 'enable') {
    for (const suppression of open) {
      for (const id of suppression.rules)
        if (rules.includes(id) && !suppression.ended.has(id)) suppression.ended.set(id, line);
      if (rules.length > 0 && suppression.rules.some((id) => !suppression.ended.has(id))) continue;
      suppression.toLine = line;
      open.delete(suppression);
    }
    return;
  }
  const next = firstTextLine(lines, line + 1);
  const suppression: Suppression = {
    rules,
    reason,
    range,
    fromLine: kind === 'disable-file' ? 1 : kind === 'disable' ? line : next,
    toLine: kind === 'disable-next-line' ? next : END_OF_FILE,
    ended: new Map(),
  };
  facts.suppressions.push(suppression);
  if (kind === 'disable') open.add(suppression);
}

function firstTextLine(lines: LineIndex, from: number): number {
  let line = from;
  while (line < lines.count && lines.lineText(line).trim() === '') line++;
  return line;
}

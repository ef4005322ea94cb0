/** HTML comments that mean something to the toolchain: listing references and suppressions. */
import type { LineIndex } from './text.js';
import type { ListingReference, PageFacts, Range } from './types.js';

const MARKER = /^<!--\s*(listing|output|verified):\s*([^\s#]+)(?:#(\S+))?\s*-->$/;
const SUPPRESSION =
  /^<!--\s*corpus-(disable|enable|disable-next-line|disable-file)(?:\s+([\w-]+(?:[\s,]+[\w-]+)*?))?(?:\s+--\s+(.*?))?\s*-->$/s;

/** Line number for "to the end of the file"; finite, so that facts stay JSON. */
export const END_OF_FILE = Number.MAX_SAFE_INTEGER;

/** Fills `facts.listings` and `facts.suppressions` from the comments that were found. */
export function readMarkers(facts: PageFacts, lines: LineIndex, source: string): void {
  for (const [index, html] of facts.html.entries()) {
    const comment = html.value.trim();
    if (!comment.startsWith('<!--')) continue;
    const marker = MARKER.exec(comment);
    if (marker) {
      facts.listings.push({
        kind: marker[1] as ListingReference['kind'],
        target: marker[2] ?? '',
        region: marker[3] ?? null,
        range: html.range,
        codeBlock: followingCode(facts, index, source),
        paragraphRange: followingParagraph(facts, html.range.end.offset, source),
      });
      continue;
    }
    const suppression = SUPPRESSION.exec(comment);
    if (suppression) readSuppression(facts, lines, index, suppression);
  }
}

/** The fence that follows the comment with nothing but blank lines and further comments between; -1 when none does. */
function followingCode(facts: PageFacts, htmlIndex: number, source: string): number {
  let end = facts.html[htmlIndex]?.range.end.offset ?? 0;
  for (let next = htmlIndex + 1; next <= facts.html.length; next++) {
    const code = firstAtOrAfter(facts.codeBlocks, end);
    const block = facts.codeBlocks[code];
    if (block && isBlank(source, end, block.range.start.offset)) return block.fence ? code : -1;
    const comment = facts.html[next];
    if (!comment?.value.startsWith('<!--')) return -1;
    if (!isBlank(source, end, comment.range.start.offset)) return -1;
    end = comment.range.end.offset;
  }
  return -1;
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

function readSuppression(facts: PageFacts, lines: LineIndex, index: number, match: RegExpExecArray): void {
  const html = facts.html[index];
  if (!html) return;
  const rules = (match[2] ?? '').split(/[\s,]+/).filter(Boolean);
  const reason = match[3] ?? '';
  const line = html.range.end.line;
  const kind = match[1];
  if (kind === 'enable') {
    for (const suppression of facts.suppressions)
      if (
        suppression.toLine === END_OF_FILE &&
        (rules.length === 0 || suppression.rules.some((id) => rules.includes(id)))
      )
        suppression.toLine = line;
    return;
  }
  const next = line + 1;
  facts.suppressions.push({
    rules,
    reason,
    range: html.range,
    fromLine: kind === 'disable-file' ? 1 : kind === 'disable' ? line : firstTextLine(lines, next),
    toLine: kind === 'disable-next-line' ? firstTextLine(lines, next) : END_OF_FILE,
  });
}

function firstTextLine(lines: LineIndex, from: number): number {
  let line = from;
  while (line < lines.count && lines.lineText(line).trim() === '') line++;
  return line;
}

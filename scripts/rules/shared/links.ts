/** What the rules about links share: which links count, where a finding points, and how a destination is rewritten. */
import type { Link, LinkKind } from '../../corpus/types.js';
import type { Page, ResolvedLink } from '../../site/types.js';
import type { Edit } from '../types.js';

const IMAGES = new Set<LinkKind>(['image', 'image-reference', 'html-image']);

/** Does the link load a picture? */
export function isImage(link: Link): boolean {
  return IMAGES.has(link.kind);
}

/**
 * The links of a page that a reader meets. A definition counts once, through the first link that uses it; one that
 * nothing uses is not rendered.
 */
export function* shownLinks(page: Page): Iterable<ResolvedLink> {
  const definitions = new Set<string>();
  for (const resolved of page.links) {
    const { kind, destinationRange } = resolved.link;
    if (kind === 'definition') continue;
    if (kind === 'reference' || kind === 'image-reference') {
      const key = `${destinationRange.start.offset} ${String(isImage(resolved.link))}`;
      if (definitions.has(key)) continue;
      definitions.add(key);
    }
    yield resolved;
  }
}

/**
 * The edits that give a link another destination in the portable form: no angle brackets, text on one line.
 *
 * @param definitionEnd end of the definition that a reference uses
 * @returns undefined where the source has a form that cannot be rewritten safely
 */
export function rewriteDestination(
  source: string,
  link: Link,
  destination: string,
  definitionEnd?: number,
): Edit[] | undefined {
  // A title would have to go, and it is the author's text.
  if (link.title !== null) return undefined;
  const start = link.destinationRange.start.offset - (isBracketed(source, link) ? 1 : 0);
  switch (link.kind) {
    case 'link':
    case 'image': {
      const end = link.range.end.offset - 1;
      const joined = joinText(source, link, start);
      return source[end] === ')' && joined ? [...joined, { start, end, text: destination }] : undefined;
    }
    case 'reference':
    case 'image-reference':
      if (definitionEnd === undefined) return undefined;
      return [{ start, end: definitionEnd, text: destination }];
    default:
      // The plugin rewrites Markdown links only, so that no destination of an HTML attribute is portable.
      return undefined;
  }
}

/** Edits that put a link's text on one line; null when a line of it begins with a container's marker. */
function joinText(source: string, link: Link, until: number): Edit[] | null {
  const from = link.range.start.offset;
  const edits: Edit[] = [];
  for (const match of source.slice(from, until).matchAll(/[ \t]*\r?\n[ \t]*/g)) {
    const start = from + match.index;
    const end = start + match[0].length;
    if (/[>#|+*-]/.test(source[end] ?? '')) return null;
    // Line breaks between the parenthesis and the destination are none of the text.
    edits.push({ start, end, text: source[start - 1] === '(' ? '' : ' ' });
  }
  return edits;
}

/** Ends of the page's definitions by the offset at which their destination begins. */
export function definitionEnds(page: Page): Map<number, number> {
  const ends = new Map<number, number>();
  for (const { kind, destinationRange, range } of page.facts.links)
    if (kind === 'definition') ends.set(destinationRange.start.offset, range.end.offset);
  return ends;
}

/** Is the destination written within angle brackets? */
export function isBracketed(source: string, link: Link): boolean {
  const { start, end } = link.destinationRange;
  return source[start.offset - 1] === '<' && source[end.offset] === '>' && link.kind !== 'autolink';
}

/** Does the text of the link run over the end of a line? */
export function isBroken(source: string, link: Link): boolean {
  return (
    link.kind === 'link' &&
    /\n/.test(source.slice(link.range.start.offset, link.destinationRange.start.offset))
  );
}

/** Does a blank or a line end stand between the destination and the parenthesis? */
export function isSpaced(source: string, link: Link): boolean {
  if (link.title !== null || (link.kind !== 'link' && link.kind !== 'image')) return false;
  const end = link.destinationRange.end.offset + (isBracketed(source, link) ? 1 : 0);
  return /^\s+\)$/.test(source.slice(end, link.range.end.offset));
}

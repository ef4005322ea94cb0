/** Where the destination of a Markdown link, image or definition stands in the source. */
import type { Definition, Image, Link, Nodes } from 'mdast';
import type { LineIndex } from './text.js';
import type { Range } from './types.js';

/**
 * @param range of the whole node
 * @param rangeOf ranges of other nodes of the same tree
 * @returns the range of the destination as typed, without angle brackets; the whole node for autolinks and bare URLs
 */
export function destinationRange(
  node: Link | Image | Definition,
  source: string,
  lines: LineIndex,
  range: Range,
  rangeOf: (node: Nodes) => Range,
): Range {
  const { start, end } = range;
  const first = source[start.offset];
  if (node.type === 'link' && first === '<') return lines.range(start.offset + 1, end.offset - 1);
  if (node.type === 'link' && first !== '[') return range;
  if (node.type === 'definition') {
    const colon = source.indexOf(']:', start.offset);
    return lines.range(...readDestination(source, colon + 2, end.offset));
  }
  const lastChild = node.type === 'link' ? node.children[node.children.length - 1] : undefined;
  const from = lastChild ? rangeOf(lastChild).end.offset : start.offset + 1;
  const open = node.type === 'link' ? source.indexOf('](', from) : imageParenthesis(source, from, end.offset);
  return lines.range(...readDestination(source, open + 2, end.offset));
}

/** The `](` that ends an image's alt text: brackets nest in it, escapes and code spans hide them. */
function imageParenthesis(source: string, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (character === '[') depth++;
    else if (character === ']') {
      depth--;
      if (depth === 0 && source[at + 1] === '(') return at;
    }
  }
  return Math.max(source.lastIndexOf('](', end), from);
}

/** The destination that begins at or after `from`: up to a blank or the closing parenthesis, or within `<…>`. */
function readDestination(source: string, from: number, end: number): [number, number] {
  let at = from;
  while (at < end && /[\s>]/.test(source[at] ?? '')) at++;
  if (source[at] === '<') {
    const close = source.indexOf('>', at);
    return [at + 1, close === -1 ? end : close];
  }
  const start = at;
  let depth = 0;
  for (; at < end; at++) {
    const character = source[at] ?? '';
    if (character === '\\') at++;
    else if (/\s/.test(character)) break;
    else if (character === '(') depth++;
    else if (character === ')' && depth-- === 0) break;
  }
  return [start, Math.min(at, end)];
}

/**
 * Makes hostile or accidental monsters safe to parse: micromark takes time that grows with the square of a paragraph
 * that consists of unclosed brackets, emphasis markers or block quote markers, and of its number of lines. Stretches
 * above the limits keep their length and lines, but become blank.
 */

import { BLOCK_ELEMENTS } from './divergence/html-text.js';

/** Longest run of lines without a blank one (outside fences) that is parsed with its markup, in UTF-16 code units. */
const MAX_PARAGRAPH = 64 * 1024;
/** Most opening brackets, and most emphasis markers, of such a run: micromark's time grows with their square. */
const MAX_MARKERS = 2000;
/** Most lines with text, outside fences, of one page: each can be a block, and a million of them exhaust the memory. */
export const MAX_LINES = 200_000;
/** Deepest nesting of block quote and list markers at the head of a line that is parsed. */
const MAX_CONTAINERS = 100;

export interface Neutralised {
  start: number;
  end: number;
  reason: 'paragraph-too-long' | 'nested-too-deeply' | 'page-too-long';
}

/** What follows the backticks of an opening fence holds none (CommonMark, "Fenced code blocks"). */
const FENCE = /^ {0,3}(`{3,}(?![^\n]*`)|~{3,})/;
/** A line that begins an HTML block which lasts until a blank line (CommonMark, "HTML blocks", condition 6). */
const HTML_BLOCK = new RegExp(`^ {0,3}</?(?:${[...BLOCK_ELEMENTS].join('|')})(?:[\\s/>]|$)`, 'i');

/**
 * @param text Markdown
 * @returns the text to parse, as long as `text`, and the stretches whose markup was taken away
 */
export function neutralise(text: string): { text: string; stretches: Neutralised[] } {
  const stretches: Neutralised[] = [];
  let chunkStart = -1;
  let fence: string | null = null;
  let inHtml = false;
  let linesOfText = 0;
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const head = text.slice(start, Math.min(end, start + 2048));
    const marker = FENCE.exec(head)?.[1];
    if (fence !== null) {
      if (marker?.startsWith(fence) && head.trim() === marker) fence = null;
    } else if (marker && !inHtml) {
      closeChunk(start);
      fence = marker;
    } else if (head.trim() === '' && end - start < 2048) {
      closeChunk(start);
    } else if (++linesOfText > MAX_LINES) {
      closeChunk(start);
      stretches.push({ start, end: text.length, reason: 'page-too-long' });
      break;
    } else {
      if (chunkStart === -1) chunkStart = start;
      inHtml ||= HTML_BLOCK.test(head);
      if (containerDepth(head) > MAX_CONTAINERS) stretches.push({ start, end, reason: 'nested-too-deeply' });
    }
    if (newline === -1) break;
    start = newline + 1;
  }
  closeChunk(text.length);
  if (stretches.length === 0) return { text, stretches };
  stretches.sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let position = 0;
  for (const { start, end } of stretches) {
    if (end <= position) continue;
    parts.push(
      text.slice(position, start),
      text.slice(Math.max(start, position), end).replace(/[^\s]/g, ' '),
    );
    position = end;
  }
  parts.push(text.slice(position));
  return { text: parts.join(''), stretches };

  function closeChunk(end: number): void {
    if (chunkStart !== -1 && isTooMuch(text, chunkStart, end))
      stretches.push({ start: chunkStart, end, reason: 'paragraph-too-long' });
    chunkStart = -1;
    inHtml = false;
  }
}

/** What is not checked of a stretch that `neutralise` took the markup of, and what to do. */
export function stretchMessage({ reason, start, end }: Neutralised): string {
  switch (reason) {
    case 'paragraph-too-long':
      return `a paragraph of ${end - start} characters is too long to parse, or has too many brackets: its links and emphasis are not checked; break it up with blank lines`;
    case 'nested-too-deeply':
      return `block quotes and lists are nested more than ${MAX_CONTAINERS} deep here: the line is read as plain text; nest them less`;
    case 'page-too-long':
      return `the page has more than ${MAX_LINES} lines of text: what is linked, listed or shown from here on is not checked; split it`;
  }
}

/** Is the run longer than the limit, or does it hold more brackets or emphasis markers than that? */
function isTooMuch(text: string, start: number, end: number): boolean {
  if (end - start > MAX_PARAGRAPH) return true;
  if (end - start < MAX_MARKERS) return false;
  let brackets = 0;
  let emphasis = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 91) brackets++;
    else if (code === 42 || code === 95) emphasis++;
  }
  return brackets > MAX_MARKERS || emphasis > 2 * MAX_MARKERS;
}

/** Number of block quote and list markers at the head of a line. */
function containerDepth(head: string): number {
  let depth = 0;
  for (let at = 0; at < head.length; at++) {
    const character = head[at];
    if (character === ' ' || character === '\t') continue;
    if (character === '>') depth++;
    else if (/[-*+]/.test(character ?? '') && /[ \t]/.test(head[at + 1] ?? '')) depth++;
    else break;
  }
  return depth;
}

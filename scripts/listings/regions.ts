/** What part of a file a listing reference shows. */
import { didYouMean, nearest } from '../corpus/nearest.js';

/** The text to show, without a final line ending, or a sentence that says why there is none. */
export type Excerpt = { text: string } | { problem: string };

/**
 * `ANCHOR: name` or `ANCHOR_END: name` in a comment of any syntax, alone on its line. The names are mdBook's
 * (guide, "Including portions of a file").
 */
const ANCHOR_LINE = /^[^\w\n]{0,20}ANCHOR(_END)?:[ \t]{0,10}([\w-]+)[^\w\n]{0,20}$/;
const LINE_RANGE = /^L(\d+)(?:-(?:L?(\d+))?)?$/;

/**
 * The text of a program file that a page shows.
 *
 * @param text - the whole file.
 * @param region - an anchor's name, or null for the whole file.
 * @returns the lines between `ANCHOR: region` and `ANCHOR_END: region`, without the indentation that all of them
 *   share and without empty lines at either end; for null the whole file. Lines of anchors are left out of both.
 */
export function readRegion(text: string, region: string | null): Excerpt {
  const lines = splitLines(text);
  if (region === null) return { text: trimLines(lines.filter((line) => !ANCHOR_LINE.test(line))).join('\n') };
  let start = -1;
  let end = -1;
  const names = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const anchor = ANCHOR_LINE.exec(line);
    if (!anchor) continue;
    const name = anchor[2] ?? '';
    names.add(name);
    if (name !== region) continue;
    if (anchor[1] === undefined) {
      if (start !== -1)
        return { problem: `region \`${region}\` begins twice, in lines ${start + 1} and ${index + 1}` };
      start = index;
    } else if (end !== -1) {
      return { problem: `region \`${region}\` ends twice, in lines ${end + 1} and ${index + 1}` };
    } else if (start === -1) {
      return { problem: `region \`${region}\` ends in line ${index + 1} before it begins` };
    } else end = index;
  }
  if (start === -1) {
    const known = names.size === 0 ? 'the file has no `ANCHOR: name` line' : `it has ${listed(names)}`;
    return { problem: `no region \`${region}\`: ${known}.${didYouMean(nearest(region, names))}` };
  }
  if (end === -1)
    return {
      problem: `region \`${region}\` begins in line ${start + 1} but has no \`ANCHOR_END: ${region}\``,
    };
  const inside = lines.slice(start + 1, end).filter((line) => !ANCHOR_LINE.test(line));
  return { text: dedent(trimLines(inside)).join('\n') };
}

/**
 * The part of a captured output that a page shows.
 *
 * @param region - `L3`, `L2-L9` or `L2-` (lines count from 1, the first is the command), or null for everything.
 */
export function readOutput(text: string, region: string | null): Excerpt {
  const lines = splitLines(text);
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  if (region === null) return { text: lines.join('\n') };
  const match = LINE_RANGE.exec(region);
  if (!match) return { problem: `\`#${region}\` is no line range; write \`#L2\`, \`#L2-L9\` or \`#L2-\`` };
  const first = Number(match[1]);
  const last = match[2] !== undefined ? Number(match[2]) : region.endsWith('-') ? lines.length : first;
  if (first < 1 || first > last || last > lines.length) {
    return { problem: `\`#${region}\` leaves the output, which has lines 1 to ${lines.length}` };
  }
  return { text: lines.slice(first - 1, last).join('\n') };
}

function listed(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, 8).map((name) => `\`${name}\``);
  return shown.join(', ') + (names.size > 8 ? ` and ${names.size - 8} more` : '');
}

function splitLines(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
}

function trimLines(lines: string[]): string[] {
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start]?.trim() === '') start++;
  while (end > start && lines[end - 1]?.trim() === '') end--;
  return lines.slice(start, end);
}

/** Takes away the longest indentation that all lines with text share. */
function dedent(lines: string[]): string[] {
  let shared: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (shared === undefined) shared = indent;
    else {
      let length = 0;
      while (length < shared.length && shared[length] === indent[length]) length++;
      shared = shared.slice(0, length);
    }
  }
  const width = shared?.length ?? 0;
  return lines.map((line) => (line.trim() === '' ? '' : line.slice(width)));
}

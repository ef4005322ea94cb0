/** Shows where two texts differ: the lines between the first and the last difference, with a little around them. */

const AROUND = 2;
const MAX_LINES = 30;

/**
 * @returns lines of `before` marked `-`, lines of `after` marked `+`, and up to two equal lines on either side; long
 *   stretches are cut in the middle.
 */
export function describeDifference(before: string, after: string): string {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end++;
  }
  const lead = now.slice(Math.max(0, start - AROUND), start).map((line) => `  ${line}`);
  const trail = now.slice(now.length - end, now.length - end + AROUND).map((line) => `  ${line}`);
  return [
    ...lead,
    ...cut(old.slice(start, old.length - end).map((line) => `- ${line}`)),
    ...cut(now.slice(start, now.length - end).map((line) => `+ ${line}`)),
    ...trail,
  ]
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

function cut(lines: string[]): string[] {
  if (lines.length <= MAX_LINES) return lines;
  const half = MAX_LINES / 2;
  const left = lines.length - MAX_LINES;
  return [...lines.slice(0, half), `  … ${left} more lines …`, ...lines.slice(-half)];
}

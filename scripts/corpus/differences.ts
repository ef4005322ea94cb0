/** Where GitHub and the site show a body differently, in places of the file. */
import type { Root } from 'mdast';
import { compareRenderings, githubOnly } from './divergence/index.js';
import { neutralise } from './guard.js';
import type { RenderedBody } from './rendered.js';
import type { LineIndex } from './text.js';
import type { Difference, Edit } from './types.js';

/**
 * Liquid's own changes are the business of the Liquid rules: where Liquid changes the text, both sides are compared on
 * what it leaves.
 *
 * @param tree remark's tree of the body as typed; null when the body was not parsed as a whole
 * @param body the text that kramdown gets, its tree and the way back to the file
 * @param lines lines of the whole file
 * @param base offset of the body in the file
 * @param parse remark
 */
export function findDifferences(
  tree: Root | null,
  body: RenderedBody,
  lines: LineIndex,
  base: number,
  parse: (text: string) => Root,
): Difference[] {
  const { text, map } = body;
  let github = tree;
  if (map && text !== lines.text.slice(base)) {
    if (neutralise(text).stretches.length > 0) return [];
    try {
      github = parse(text);
    } catch {
      return [];
    }
  }
  if (!github) return [];
  const place = (offset: number): number => base + (map ? map(offset) : offset);
  const found = [...compareRenderings(github, body.tree, text), ...githubOnly(github, text)];
  found.sort((a, b) => a.start - b.start);
  return found.map((found) => {
    const start = place(found.start);
    // The end of a stretch stands just after its last character, wherever Liquid has put what follows.
    const end = found.end > found.start ? place(found.end - 1) + 1 : start;
    return {
      kind: found.kind,
      range: lines.range(start, Math.max(start, end)),
      github: found.github,
      site: found.site,
      edits: sourceEdits(found.edits, text, lines.text, place),
    };
  });
}

/** The edits in the file; none when Liquid made one of the places. */
function sourceEdits(
  edits: readonly Edit[],
  text: string,
  source: string,
  place: (offset: number) => number,
): Edit[] {
  const moved: Edit[] = [];
  for (const edit of edits) {
    const start = place(edit.start);
    const end = start + edit.end - edit.start;
    const near = (from: string, at: number, to: number): string => from.slice(Math.max(0, at - 1), to + 1);
    if (near(text, edit.start, edit.end).trim() !== near(source, start, end).trim()) return [];
    moved.push({ start, end, text: edit.text });
  }
  return moved;
}

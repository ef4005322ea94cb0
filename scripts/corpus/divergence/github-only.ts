/** What GitHub adds to plain Markdown after rendering, and Jekyll does not: found by pattern, not by comparison. */
import type { Root } from 'mdast';
import type { Found } from './found.js';
import { githubLeaves } from './github.js';
import { SourceText } from './source-text.js';
import { MarkTable } from './stream.js';
import type { Leaf } from './types.js';

const MAYBE =
  /\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]|:[a-z][\w+-]*:|\$[^\s$]|(?:`{3}|~{3})\s*(?:mermaid|math)/i;
const ALERT = /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/i;
/** `:name:` between blanks, brackets or punctuation. */
const EMOJI = /(?<![\w:/])(?::\+1:|:-1:|:[a-z][a-z0-9_+-]*:)(?![\w:/])/g;
/** `$formula$` as GitHub takes it: no blank inside the dollar signs, no word character outside. */
const MATH = /(?<![\w$])\$(?![\s$])([^$\uE000-\uE0FF]{1,300}?)(?<!\s)\$(?![\w$])/g;

/**
 * Alerts, emoji names, formulas between single dollar signs and diagrams.
 *
 * @param tree remark's tree of `source`
 * @returns differences with offsets in `source`; which of them a site shows after all, its configuration says
 */
export function githubOnly(tree: Root, source: string): Found[] {
  if (!MAYBE.test(source)) return [];
  const text = new SourceText(source);
  const found: Found[] = [];
  for (const leaf of githubLeaves(tree, source, new MarkTable())) {
    if (leaf.kind === 'code') {
      const range = text.lines(leaf.first, leaf.last);
      if (leaf.language === 'mermaid')
        found.push({ kind: 'mermaid', ...range, github: '', site: '', edits: [] });
      if (leaf.language === 'math')
        found.push({ kind: 'dollar-math', ...range, github: '', site: '', edits: [] });
    } else if (leaf.kind === 'paragraph' || leaf.kind === 'heading' || leaf.kind === 'table')
      inText(leaf, source, found);
  }
  return found;
}

function inText(leaf: Leaf, source: string, found: Found[]): void {
  const typed = source.slice(leaf.start, leaf.end);
  if (!MAYBE.test(typed)) return;
  const stream = leaf.stream();
  const at = (index: number): number => stream.offsets[index] ?? leaf.start;
  const add = (kind: 'alert' | 'emoji' | 'dollar-math', index: number, shown: string): void => {
    const plain = !stream.marks[index]?.code && source[at(index) - 1] !== '\\';
    if (!plain) return;
    const end = at(index + shown.length - 1) + 1;
    found.push({ kind, start: at(index), end: Math.max(end, at(index)), github: shown, site: '', edits: [] });
  };
  const alert = leaf.path[leaf.path.length - 1]?.kind === 'quote' ? ALERT.exec(stream.text) : null;
  if (alert) add('alert', 0, alert[0]);
  for (const match of stream.text.matchAll(EMOJI)) add('emoji', match.index, match[0]);
  for (const match of stream.text.matchAll(MATH))
    if (/[\\^_{}]/.test(match[1] ?? '') || match[1]?.length === 1) add('dollar-math', match.index, match[0]);
}

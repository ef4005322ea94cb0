/** Names the cause of a difference within a block of text. */
import type { Hunk } from './diff.js';
import type { Found } from './found.js';
import type { SourceText } from './source-text.js';
import { BREAK, CELL_END, FOOTNOTE, ROW_END, type Marks, type Stream } from './stream.js';
import type { Leaf } from './types.js';

/** A hunk with the text and marks of both sides at hand. */
interface TextHunk {
  streams: [Stream, Stream];
  hunk: Hunk;
  left: string;
  right: string;
  leftMarks: readonly Marks[];
  rightMarks: readonly Marks[];
  /** Offsets of the hunk in the compared text. */
  start: number;
  end: number;
}

/** A pair of blocks whose text differs at a hunk of their streams (GitHub's first). */
export interface TextMismatch {
  github: Leaf;
  site: Leaf;
  streams: [Stream, Stream];
  hunk: Hunk;
}

/** The cause of a difference in the text of a block. */
export function classifyText({ github: leaf, site, streams, hunk }: TextMismatch, text: SourceText): Found {
  const view = viewOf(leaf, streams, hunk);
  const base = {
    start: view.start,
    end: view.end,
    github: readable(view.left),
    site: readable(view.right),
    edits: [],
  };
  const found = tableCause(leaf, view, base, text) ??
    syntaxCause(view, base, text) ??
    targetCause(view, base, text) ??
    markCause(view, base, text) ?? { kind: 'other', ...base };
  // A definition that one side does not know stands in the other's paragraph.
  if (found.kind === 'link-definition')
    return { ...found, ...text.lines(Math.min(leaf.first, site.first), Math.max(leaf.last, site.last)) };
  return found;
}

type Base = Omit<Found, 'kind'>;

function viewOf(leaf: Leaf, streams: [Stream, Stream], hunk: Hunk): TextHunk {
  const [github, site] = streams;
  const offsetAt = (index: number): number => {
    for (let at = index; at < github.length; at++)
      if ((github.offsets[at] ?? -1) >= 0) return github.offsets[at] ?? 0;
    return leaf.end;
  };
  let from = hunk.githubStart;
  while (from < hunk.githubEnd - 1 && github.text[from] === ' ') from++;
  const start = offsetAt(from);
  const last = hunk.githubEnd > hunk.githubStart ? (github.offsets[hunk.githubEnd - 1] ?? start) + 1 : start;
  return {
    streams,
    hunk,
    left: github.text.slice(hunk.githubStart, hunk.githubEnd),
    right: site.text.slice(hunk.siteStart, hunk.siteEnd),
    leftMarks: github.marks.slice(hunk.githubStart, hunk.githubEnd),
    rightMarks: site.marks.slice(hunk.siteStart, hunk.siteEnd),
    start: Math.min(start, leaf.end),
    end: Math.max(start, last),
  };
}

/** Longest excerpt that a difference carries. */
const MAX_EXCERPT = 60;

function readable(text: string): string {
  const shown = text.replace(/[\uE000-\uE0FF]+/g, ' ').trim();
  return shown.length > MAX_EXCERPT ? `${shown.slice(0, MAX_EXCERPT)}…` : shown;
}

function tableCause(leaf: Leaf, view: TextHunk, base: Base, text: SourceText): Found | null {
  if (leaf.kind !== 'table') return null;
  const line = text.lineOf(view.start);
  const row = { ...base, ...text.lines(line, line) };
  const cells = new RegExp(`[${CELL_END}${ROW_END}]`);
  if (/^\\+$/.test(view.right) && view.rightMarks.every(({ code }) => code))
    return { kind: 'table-code-escape', ...base };
  if (!cells.test(view.left) && !cells.test(view.right)) return null;
  const content = text.content(line);
  const isInCode = content
    .split('`')
    .slice(1, -1)
    .some((part) => part.includes('|'));
  return isInCode
    ? { kind: 'table-code-pipe', ...row }
    : { kind: 'table-cells', ...base, ...text.lines(leaf.first, leaf.last) };
}

/** Things that one side reads as an instruction. */
function syntaxCause(view: TextHunk, base: Base, text: SourceText): Found | null {
  const { left, right } = view;
  if (view.rightMarks.some(({ math }) => math)) return { kind: 'math', ...base };
  if (/\{::?|\{#|\{:/.test(left) && !/\{:/.test(right)) return { kind: 'attribute-list', ...base };
  if (left.includes(FOOTNOTE) || right.includes(FOOTNOTE)) return { kind: 'footnote', ...base };
  if (left.includes(BREAK) !== right.includes(BREAK) && left.length + right.length < 6)
    return { kind: 'line-break', ...base };
  if (/^\\+$/.test(right) && left === '') return escapeCause(view, base, text);
  if (/^\s*:\s/.test(left) && right === '') return { kind: 'definition-list', ...base };
  if (/^\*\[[^\]]*\]:/.test(left) && right === '') return { kind: 'abbreviation', ...base };
  return null;
}

/** Characters that GitHub lets an author escape and kramdown does not (kramdown/parser/kramdown/escaped_chars.rb). */
function escapeCause(view: TextHunk, base: Base, text: SourceText): Found {
  const at = view.start - 1;
  const character = text.source[view.start] ?? '';
  const isEscape = text.source[at] === '\\';
  const entity =
    character === '&' ? '&amp;' : character === '^' ? '&#94;' : character === '@' ? '&#64;' : character;
  const edits = isEscape ? [{ start: at, end: view.start + 1, text: entity }] : [];
  const range = isEscape ? { start: at, end: view.start + 1 } : {};
  return { kind: 'escape', ...base, ...range, github: character, site: `\\${character}`, edits };
}

const BARE = /^(?:https?:\/\/|www\.|ftp:\/\/|xmpp:|[\w.+-]+@[\w-])/i;

function targetCause(view: TextHunk, base: Base, text: SourceText): Found | null {
  const { streams, hunk } = view;
  const [github] = streams;
  const targets = (marks: readonly Marks[]): Set<string> =>
    new Set(marks.flatMap(({ target }) => (target === null ? [] : [target])));
  const [left, right] = [targets(view.leftMarks), targets(view.rightMarks)];
  const linked = view.leftMarks.findIndex(({ target }) => target !== null);
  if (linked !== -1) {
    const target = view.leftMarks[linked]?.target ?? null;
    let from = hunk.githubStart + linked;
    while (from > 0 && github.marks[from - 1]?.target === target) from--;
    let to = hunk.githubStart + linked;
    while (to < github.length && github.marks[to]?.target === target) to++;
    const start = github.offsets[from] ?? view.start;
    const end = (github.offsets[to - 1] ?? start) + 1;
    const typed = text.source.slice(start, end);
    if (BARE.test(typed) && !/[[<]/.test(text.source[start - 1] ?? '') && !right.has(target ?? ''))
      return {
        kind: 'bare-url',
        ...base,
        start,
        end,
        github: typed,
        site: '',
        edits: bareEdits(typed, start, end),
      };
  }
  if (left.size === right.size && [...left].every((target) => right.has(target))) return null;
  if (/^\[[^\]]+\]:/.test(view.right) || /\]:\s/.test(view.right))
    return { kind: 'link-definition', ...base };
  if (/[<>]/.test(view.right) && !/\]\(/.test(view.right)) return null;
  return { kind: 'link', ...base };
}

function bareEdits(typed: string, start: number, end: number): Found['edits'] {
  if (/[<>|\s]/.test(typed)) return [];
  if (/^www\./i.test(typed)) return [{ start, end, text: `[${typed}](http://${typed})` }];
  return [{ start, end, text: `<${typed}>` }];
}

function markCause(view: TextHunk, base: Base, text: SourceText): Found | null {
  const { left, right } = view;
  const some = (marks: readonly Marks[], name: 'em' | 'strong' | 'del' | 'code'): boolean =>
    marks.some((mark) => mark[name]);
  const differs = (name: 'em' | 'strong' | 'del' | 'code'): boolean =>
    some(view.leftMarks, name) !== some(view.rightMarks, name);
  if (differs('code')) return codeCause(view, base, text);
  if (differs('del') || /^~+$/.test(left + right)) return strikeCause(view, base, text);
  if (/<[/!A-Za-z]/.test(left) || /<[/!A-Za-z]/.test(right)) return { kind: 'html-inline', ...base };
  if (differs('em') || differs('strong') || /^[*_]+$/.test((left + right).trim()))
    return { kind: 'emphasis', ...base };
  if (/^`+$/.test((left + right).trim())) return { kind: 'code-span', ...base };
  if (/\]:\s*\S/.test(right)) return { kind: 'link-definition', ...base };
  if (/[[\]]/.test(left + right)) return { kind: 'link', ...base };
  if (view.leftMarks.some((mark, index) => mark !== view.rightMarks[index]))
    return { kind: 'emphasis', ...base };
  return null;
}

/** A single backtick before a space begins no code span in kramdown (kramdown/parser/kramdown/codespan.rb). */
function codeCause(view: TextHunk, base: Base, text: SourceText): Found {
  const { source } = text;
  const match = /` ([^`\n]*)`/y;
  for (let at = Math.max(0, view.start - 4); at <= view.start; at++) {
    match.lastIndex = at;
    const found = source[at - 1] === '`' ? null : match.exec(source);
    const end = match.lastIndex;
    const code = found?.[1]?.trim() ?? '';
    if (code === '' || source[end] === '`') continue;
    return {
      kind: 'code-span',
      ...base,
      start: at,
      end,
      edits: [{ start: at, end, text: `\`${code}\`` }],
    };
  }
  return { kind: 'code-span', ...base };
}

function strikeCause(view: TextHunk, base: Base, text: SourceText): Found {
  const [github] = view.streams;
  const first = view.leftMarks.findIndex(({ del }) => del);
  if (first === -1) return { kind: 'strikethrough', ...base };
  let from = view.hunk.githubStart + first;
  while (from > 0 && github.marks[from - 1]?.del) from--;
  let to = from;
  while (to < github.length && github.marks[to]?.del) to++;
  const start = github.offsets[from] ?? view.start;
  const end = (github.offsets[to - 1] ?? start) + 1;
  const { source } = text;
  const single =
    source[start - 1] === '~' && source[end] === '~' && source[start - 2] !== '~' && source[end + 1] !== '~';
  const edits = single
    ? [
        { start, end: start, text: '~' },
        { start: end, end, text: '~' },
      ]
    : [];
  return {
    kind: 'strikethrough',
    ...base,
    start: single ? start - 1 : start,
    end: single ? end + 1 : end,
    edits,
  };
}

/** What kramdown's typography shows in place of what was typed. */
const SYMBOLS: Readonly<Record<string, { typed: string; shown: string }>> = {
  ndash: { typed: '--', shown: '–' },
  mdash: { typed: '---', shown: '—' },
  hellip: { typed: '...', shown: '…' },
  laquo: { typed: '<<', shown: '«' },
  raquo: { typed: '>>', shown: '»' },
  laquo_space: { typed: '<<', shown: '«' },
  raquo_space: { typed: '>>', shown: '»' },
};

/** A symbol of kramdown's typography at a place of GitHub's text. */
export function classifySymbol(
  leaf: Leaf,
  github: Stream,
  index: number,
  name: string,
  text: SourceText,
): Found | null {
  const symbol = SYMBOLS[name];
  if (!symbol) return null;
  const { typed, shown } = symbol;
  const { source } = text;
  const guess = github.offsets[Math.min(index, github.length - 1)] ?? leaf.start;
  const near = source.startsWith(typed, guess)
    ? guess
    : source.indexOf(typed, Math.max(leaf.start, guess - 4));
  const start = near === -1 || near >= leaf.end ? guess : near;
  const end = Math.min(leaf.end, start + typed.length);
  const edits =
    source.slice(start, end) === typed
      ? [{ start, end, text: replacement(typed, shown, source, start) }]
      : [];
  return { kind: 'typography', start, end, github: typed, site: shown, edits };
}

/** An option (` --flag`) and shifts are meant as typed; dashes and dots between words as the symbol. */
function replacement(typed: string, shown: string, source: string, start: number): string {
  if (typed[0] === '<' || typed[0] === '>') return typed.replace(/./g, '\\$&');
  const before = source[start - 1] ?? ' ';
  const after = source[start + typed.length] ?? ' ';
  if (typed === '--' && /[\s([{"'/]/.test(before) && /[\w[<{]/.test(after)) return '\\--';
  return shown;
}

/** Names the cause of a difference between blocks, from the source lines that both sides read differently. */
import type { SourceText } from './source-text.js';
import type { Edit } from '../types.js';
import type { Found } from './found.js';
import { pairLeaves, type Group, type Mismatch } from './compare.js';
import type { Leaf } from './types.js';

/** Causes of a structural difference; at least one. */
export function classifyStructure(group: Group, text: SourceText): Found[] {
  const { github, site } = group;
  const paired = new Set<Leaf>();
  const pairs = pairLeaves(group);
  for (const [leaf, partner] of pairs) paired.add(leaf).add(partner);
  const lost = github.filter((leaf) => !paired.has(leaf));
  const gained = site.filter((leaf) => !paired.has(leaf));
  const found = causes(group, pairs, lost, gained, text);
  if (found.length === 0)
    return [{ kind: 'other', ...text.lines(group.first, group.last), github: '', site: '', edits: [] }];
  // What follows a cause within the group is its consequence.
  const { end } = text.lines(group.first, group.last);
  found.sort((a, b) => a.start - b.start);
  for (const [index, each] of found.entries())
    each.end = Math.max(each.end, Math.min(end, (found[index + 1]?.start ?? end + 1) - 1));
  return found;
}

function causes(
  group: Group,
  pairs: ReadonlyMap<Leaf, Leaf>,
  lost: Leaf[],
  gained: Leaf[],
  text: SourceText,
): Found[] {
  const tables = gained.filter((leaf) => leaf.kind === 'table');
  if (tables.length > 0 && !lost.some((leaf) => leaf.kind === 'table'))
    return tables.map((table) => tableGained(table, group, text));
  const found: Found[] = [];
  const firstItem = group.site.find((leaf) => leaf.path.some(isItem))?.first ?? Infinity;
  for (const leaf of lost) {
    if (leaf.kind === 'table') found.push(tableLost(leaf, text));
    else if (leaf.kind === 'code' && leaf.fenced) found.push(fenceLost(leaf, firstItem, text));
  }
  if (found.length > 0) return found;
  // Indented code takes in the lines of text that follow it (kramdown/parser/kramdown/codeblock.rb).
  for (const [leaf, partner] of pairs)
    if (leaf.kind === 'code' && partner.value !== leaf.value) return [codeValue(leaf, partner, text)];
  const heading = gained.find((leaf) => leaf.kind === 'heading');
  const codeGained = gained.some((leaf) => leaf.kind === 'code');
  for (const leaf of lost) {
    const cause = lostLeaf(leaf, heading, codeGained, text);
    if (cause) found.push(cause);
  }
  if (found.length > 0) return found;
  const codeLost = lost.some((leaf) => leaf.kind === 'code');
  for (const leaf of gained) {
    const cause = gainedLeaf(leaf, codeLost, text);
    if (cause) found.push(cause);
  }
  if (found.length > 0) return found;
  const list = listDifference(group, text);
  return list ? [list] : unreadLines(group, text);
}

/** Every part can match in one way only: with two for a blank cell, a row of them takes exponential time. */
const DELIMITER_ROW = /^\s*(?:\|\s*)?:?-+:?\s*(?:\|\s*(?:(?::?-+:?|::?)\s*)?)*$/;

function tableGained(table: Leaf, group: Group, text: SourceText): Found {
  const range = text.lines(table.first, table.last);
  for (let line = table.first; line <= table.last; line++) {
    if (DELIMITER_ROW.test(text.content(line)) && text.content(line).includes('|'))
      return { kind: 'delimiter-row', ...range, github: '', site: '', edits: [] };
  }
  const plain = group.github.some((leaf) => leaf.kind === 'paragraph' && leaf.first <= table.first);
  return {
    kind: 'pipe-paragraph',
    ...range,
    github: '',
    site: '',
    edits: plain ? escapePipes(range.start, range.end, text.source) : [],
  };
}

/** A backslash before every pipe that is outside code spans and not escaped yet. */
function escapePipes(start: number, end: number, source: string): Edit[] {
  const edits: Edit[] = [];
  for (let at = start; at < end; at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (character === '`') {
      let length = 1;
      while (source[at + length] === '`') length++;
      const close = findRun(source, at + length, end, length);
      at = (close === -1 ? at : close) + length - 1;
    } else if (character === '<') {
      const close = source.indexOf('>', at);
      if (close !== -1 && close < end && /^<[A-Za-z/!]/.test(source.slice(at, at + 2))) at = close;
    } else if (character === '|') edits.push({ start: at, end: at, text: '\\' });
  }
  return edits;
}

/** The next run of exactly `length` backticks. */
function findRun(source: string, from: number, end: number, length: number): number {
  for (let at = source.indexOf('`', from); at !== -1 && at < end; at = source.indexOf('`', at)) {
    let run = 1;
    while (source[at + run] === '`') run++;
    if (run === length) return at;
    at += run;
  }
  return -1;
}

function tableLost(table: Leaf, text: SourceText): Found {
  const range = text.lines(table.first, table.last);
  const base = { ...range, github: '', site: '' };
  const inQuote = table.path.some(({ kind }) => kind === 'quote');
  const edits: Edit[] = [];
  let kind: Found['kind'] = 'table-lost';
  for (let line = table.first + 1; line <= table.last; line++) {
    if (text.content(line).includes('|')) continue;
    kind = 'table-after';
    if (!inQuote) edits.push(text.blankBefore(line));
    break;
  }
  if (kind === 'table-lost' && table.last > table.first + 1 && !text.isBlank(table.last + 1)) {
    kind = 'table-after';
    if (!inQuote) edits.push(text.blankBefore(table.last + 1));
  }
  if (!text.isBlank(table.first - 1) && !startsItem(table)) {
    kind = 'table-before';
    if (!inQuote) edits.push(text.blankBefore(table.first));
  }
  if (table.last === table.first + 1) return { kind: 'table-no-body', ...base, edits: [] };
  return { kind, ...base, edits };
}

function startsItem(leaf: Leaf): boolean {
  return leaf.path.some(({ kind, line }) => kind === 'li' && line === leaf.first);
}

/** @param firstItem first line of the site's first list item in the group */
function fenceLost(fence: Leaf, firstItem: number, text: SourceText): Found {
  const range = text.lines(fence.first, fence.last);
  const base = { ...range, github: '', site: '' };
  const opening = text.source.slice(fence.start, text.lines(fence.first, fence.first).end);
  const marker = /^(?:`+|~+)/.exec(opening)?.[0] ?? '```';
  const info = opening.slice(marker.length).trim();
  const closing = text
    .content(fence.last)
    .trim()
    .replace(/^[>\s]+/, '');
  const closed = fence.last > fence.first && closing.startsWith(marker) && /^[`~]+$/.test(closing);
  if (!closed) return { kind: 'fence-unclosed', ...base, edits: [] };
  if (/\s/.test(info)) {
    const start = fence.start + opening.indexOf(info, marker.length);
    const word = /^\S+/.exec(info)?.[0] ?? info;
    const edits = [{ start: start + word.length, end: start + info.length, text: '' }];
    return { kind: 'fence-info', ...base, github: info, site: word, edits };
  }
  const before = text.content(fence.first - 1);
  if (before.trim() !== '' && !startsItem(fence)) {
    const edits = fence.path.some(({ kind }) => kind === 'quote') ? [] : [text.blankBefore(fence.first)];
    const inItem = firstItem < fence.first;
    return { kind: inItem ? 'fence-after-item' : 'fence-lost', ...base, edits };
  }
  return { kind: 'fence-lost', ...base, edits: [] };
}

/** @param heading the first heading that only the site shows in the group */
function lostLeaf(
  leaf: Leaf,
  heading: Leaf | undefined,
  codeGained: boolean,
  text: SourceText,
): Found | null {
  const range = text.lines(leaf.first, leaf.last);
  const base = { ...range, github: '', site: '', edits: [] as Edit[] };
  const inQuote = leaf.path.some(({ kind }) => kind === 'quote');
  switch (leaf.kind) {
    case 'heading': {
      const line = text.content(leaf.first);
      const inside = text.source.slice(leaf.start, leaf.end);
      if (!inside.startsWith('#')) {
        const lines = inside.slice(0, inside.lastIndexOf('\n')).split('\n');
        const body = lines.map((part) => part.trim()).join(' ');
        const edits =
          inQuote || leaf.path.length > 0
            ? []
            : [{ start: leaf.start, end: leaf.end, text: `${'#'.repeat(leaf.level ?? 1)} ${body}` }];
        return { kind: leaf.last > leaf.first + 1 ? 'heading-setext-lines' : 'heading-lost', ...base, edits };
      }
      if (/^#+\s*$/.test(inside)) return { kind: 'heading-empty', ...base };
      const indent = /^ {1,3}(?=#)/.exec(line);
      if (indent && leaf.path.length === 0) {
        const edits = [{ start: leaf.start - indent[0].length, end: leaf.start, text: '' }];
        return { kind: 'heading-indented', ...base, edits };
      }
      return {
        kind: indent || / {1,3}$/.test(text.before(leaf.start)) ? 'heading-indented' : 'heading-lost',
        ...base,
      };
    }
    case 'rule': {
      const edits = inQuote ? [] : [text.blankBefore(leaf.first)];
      if (!heading) return { kind: 'rule-lost', ...base, edits };
      return { kind: 'rule-heading', ...base, ...text.lines(heading.first, leaf.last), edits };
    }
    case 'code':
      return codeGained ? null : { kind: 'indented-code', ...base };
    default:
      return null;
  }
}

function gainedLeaf(leaf: Leaf, codeLost: boolean, text: SourceText): Found | null {
  const base = { ...text.lines(leaf.first, leaf.last), github: '', site: '', edits: [] as Edit[] };
  if (leaf.path.some(({ kind }) => kind === 'dd')) return { kind: 'definition-list', ...base };
  switch (leaf.kind) {
    case 'heading':
      return { kind: 'heading-gained', ...base };
    case 'code':
      if (codeLost) return null;
      return { kind: leaf.fenced ? 'fence-gained' : 'indented-code', ...base };
    case 'term':
      return { kind: 'definition-list', ...base };
    case 'math':
      return { kind: 'math', ...base };
    case 'rule':
      return { kind: 'other', ...base };
    default:
      return null;
  }
}

const isItem = ({ kind }: { kind: string }): boolean => kind === 'li';
const isQuote = ({ kind }: { kind: string }): boolean => kind === 'quote';

function listDifference({ github, site, first, last }: Group, text: SourceText): Found | null {
  const base = { ...text.lines(first, last), github: '', site: '', edits: [] as Edit[] };
  const items = (leaves: readonly Leaf[]): Set<number> =>
    new Set(leaves.flatMap((leaf) => leaf.path.filter(isItem).map(({ line }) => line)));
  const [left, right] = [items(github), items(site)];
  for (const line of left)
    if (!right.has(line)) {
      const marker = /^(\d{1,9})\)(?=\s|$)/.exec(text.content(line).trimStart());
      return {
        kind: marker ? 'list-paren' : 'list-lost',
        ...base,
        ...text.lines(line, Math.max(line, last)),
      };
    }
  for (const line of right)
    if (!left.has(line)) return { kind: 'list-gained', ...base, ...listGained(line, text) };
  if (github.some((leaf) => leaf.path.some(isQuote)) !== site.some((leaf) => leaf.path.some(isQuote)))
    return { kind: 'quote', ...base };
  return null;
}

function listGained(line: number, text: SourceText): { start: number; end: number; edits: Edit[] } {
  const range = text.lines(line, line);
  const marker = /^([\s>]*\d+)\.\s/.exec(text.content(line));
  const at = range.start + (marker?.[1]?.length ?? 0);
  return { ...range, edits: marker ? [{ start: at, end: at, text: '\\' }] : [] };
}

/** Lines that one side takes for a definition or an instruction and the other shows. */
function unreadLines({ github, site, first, last }: Group, text: SourceText): Found[] {
  for (let line = first; line <= last; line++) {
    const content = text.content(line).replace(/^[\s>]+/, '');
    const base = { ...text.lines(line, line), github: content, site: '', edits: [] as Edit[] };
    if (content.startsWith('{:')) return [{ kind: 'attribute-list', ...base }];
    if (content === '^')
      return [
        { kind: 'end-of-block', ...base, edits: [{ start: base.end - 1, end: base.end, text: '&#94;' }] },
      ];
    if (/^\*\[[^\]]+\]:/.test(content)) return [{ kind: 'abbreviation', ...base }];
    if (content.startsWith('[^')) return [{ kind: 'footnote', ...base }];
    if (/^\[[^\]]+\]:/.test(content)) return [{ kind: 'link-definition', ...base }];
    if (site.length === 0 && github.length > 0 && content.startsWith(':'))
      return [{ kind: 'definition-list', ...base }];
  }
  return [];
}

/** The cause of the same block standing in another list, item or quote. */
export function classifyPath(mismatch: Extract<Mismatch, { type: 'path' }>, text: SourceText): Found {
  const { github, site, depth } = mismatch;
  const [a, b] = [github.path[depth], site.path[depth]];
  const base = { ...text.lines(github.first, github.last), github: '', site: '', edits: [] as Edit[] };
  const deeper = site.path.length > github.path.length;
  const blank = github.path.some(isQuote) ? [] : [text.blankBefore(github.first)];
  if (a?.kind === 'dd' || b?.kind === 'dd') return { kind: 'definition-list', ...base };
  if (a?.kind === 'footnote' || b?.kind === 'footnote') return { kind: 'footnote', ...base };
  if (deeper && !text.isBlank(github.first - 1)) {
    if (github.kind === 'heading') return { kind: 'heading-in-item', ...base, edits: blank };
    if (github.kind === 'code' && github.fenced) return { kind: 'fence-after-item', ...base, edits: blank };
  }
  if (a?.kind === 'quote' || b?.kind === 'quote') return { kind: 'quote', ...base };
  if (a && b && a.kind !== b.kind) return { kind: 'list-type', ...base };
  const startsHere = (leaf: Leaf): boolean =>
    leaf.path.some(({ kind, line }) => kind === 'li' && line === leaf.first);
  if (startsHere(github) && !startsHere(site)) return { kind: 'list-lost', ...base };
  if (startsHere(site) && !startsHere(github))
    return { kind: 'list-gained', ...base, ...listGained(github.first, text) };
  return { kind: 'list-nesting', ...base };
}

/** The cause of a difference in a property of a block. */
export function classifyAttribute(
  mismatch: Extract<Mismatch, { type: 'attribute' }>,
  text: SourceText,
): Found {
  const { github, site, what } = mismatch;
  const base = { ...text.lines(github.first, github.last), github: '', site: '', edits: [] as Edit[] };
  switch (what) {
    case 'level':
      return { kind: 'heading-level', ...base, github: String(github.level), site: String(site.level) };
    case 'id':
      return { kind: 'heading-id', ...base, github: github.id ?? '', site: site.id ?? '' };
    case 'number': {
      const numberOf = (leaf: Leaf): number | undefined =>
        leaf.path.findLast(({ line, number }) => number !== undefined && line === leaf.first)?.number;
      const line = text.lines(github.first, github.first);
      return {
        kind: 'list-number',
        ...base,
        ...line,
        github: `${numberOf(github) ?? ''}`,
        site: `${numberOf(site) ?? ''}`,
      };
    }
    case 'language':
      return {
        kind: 'code-language',
        ...base,
        ...text.lines(github.first, github.first),
        github: github.language ?? '',
        site: site.language ?? '',
      };
    case 'value':
      return codeValue(github, site, text);
  }
}

function codeValue(github: Leaf, site: Leaf, text: SourceText): Found {
  const base = { ...text.lines(github.first, github.last), github: '', site: '', edits: [] as Edit[] };
  const stripped = (value: string | undefined): string => (value ?? '').replace(/^[ \t]+/gm, '');
  if (stripped(github.value) !== stripped(site.value)) return { kind: 'code-text', ...base };
  if (!github.fenced) return { kind: 'code-indent', ...base };
  const surplus = surplusIndent(github, site);
  const edits: Edit[] = [];
  if (surplus > 0)
    for (let line = github.first; line <= github.last; line++) {
      const { start, end } = text.lines(line, line);
      const content = text.source.slice(start, end);
      if (content.trim() === '') continue;
      const column = line === github.first ? github.start - start : (/^[ ]*/.exec(content)?.[0].length ?? 0);
      const cut = Math.min(surplus, column);
      if (line === github.first && content.slice(0, column).trim() !== '')
        return { kind: 'code-indent', ...base };
      edits.push({ start, end: start + cut, text: '' });
    }
  return { kind: 'code-indent', ...base, edits };
}

/** By how many columns kramdown indents every line of the code more than GitHub; 0 when it is not the same for all. */
function surplusIndent(github: Leaf, site: Leaf): number {
  const left = (github.value ?? '').split('\n');
  const right = (site.value ?? '').split('\n');
  if (left.length !== right.length) return 0;
  let surplus = 0;
  for (const [index, line] of left.entries()) {
    if (line.trim() === '') continue;
    const difference = (right[index] ?? '').length - line.length;
    if (difference > 0 && (surplus === 0 || difference === surplus)) surplus = difference;
    else if (difference !== surplus) return 0;
  }
  return surplus;
}

/** Fences that show a part of a file: compare and rewrite them. */
import type { CodeBlock, ListingReference, PageFacts } from '../../corpus/types.js';
import { LineIndex } from '../../corpus/text.js';
import { expectedText } from '../../listings/references.js';
import type { Excerpt } from '../../listings/regions.js';
import type { Site } from '../../site/types.js';
import type { Edit, RuleFinding, SiteContext } from '../types.js';
import { code } from './wording.js';

/** Info strings by file extension, for fences that `fix` writes. */
const LANGUAGES: Readonly<Record<string, string>> = {
  rs: 'rust',
  go: 'go',
  java: 'java',
  swift: 'swift',
  ts: 'ts',
  js: 'js',
  mjs: 'js',
  py: 'python',
  c: 'c',
  toml: 'toml',
  json: 'json',
  jsonl: 'json',
  yml: 'yaml',
  yaml: 'yaml',
  sh: 'sh',
  xml: 'xml',
};

/** Facts of every Markdown file that may show listings: the pages, then the files that Jekyll does not publish. */
export function markdownFacts(site: Site): PageFacts[] {
  return [...site.pages.filter((page) => page.markdown).map((page) => page.facts), ...site.others];
}

/** The reference as a path from the root, with its region: what an author searches for. */
export function referenceName(site: Site, reference: ListingReference): string {
  const region = reference.region === null ? '' : `#${reference.region}`;
  if (reference.kind === 'listing') return `${site.listings.folder}/${reference.target}${region}`;
  const [language, name, run] = reference.target.split('/');
  return `${site.listings.folder}/${language ?? ''}/${name ?? ''}/output/${run ?? ''}.txt${region}`;
}

/**
 * Findings about markers of one kind whose fence is missing or differs from what it shows.
 *
 * @param thing what a message calls the source, e.g. `listing`.
 */
export function* checkFences(
  context: SiteContext,
  kind: 'listing' | 'output',
  thing: string,
): Iterable<RuleFinding> {
  const { site } = context;
  const excerpts = new Map<string, Excerpt>();
  for (const facts of markdownFacts(site)) {
    for (const finding of misspeltMarkers(facts, kind)) yield { file: facts.path, ...finding };
    const references = facts.listings.filter((reference) => reference.kind === kind);
    const source = context.source(facts.path);
    if (references.length === 0 || source === undefined) continue;
    const lines = new LineIndex(source);
    const inline = new Set(facts.html.filter((html) => html.inline).map(({ range }) => range.start.offset));
    for (const reference of references) {
      const key = `${reference.target}#${reference.region ?? ''}`;
      const expected = excerpts.get(key) ?? expectedText(site.listings, reference);
      excerpts.set(key, expected);
      const page = { site, facts, lines, inline };
      const finding = checkFence(page, reference, expected, thing);
      if (finding) yield { file: facts.path, ...finding };
    }
  }
}

/** Comments that were meant to be markers: without the colon, in the plural, with a blank in the path. */
function* misspeltMarkers(facts: PageFacts, kind: 'listing' | 'output'): Iterable<RuleFinding> {
  const looksLike = new RegExp(`^<!--\\s{0,20}${kind}s?\\s{0,5}:?\\s{1,20}[^\\s/]{1,100}/\\S`, 'i');
  const known = new Set(facts.listings.map((reference) => reference.range.start.offset));
  for (const { value, range } of facts.html) {
    if (!looksLike.test(value) || known.has(range.start.offset)) continue;
    const form = kind === 'listing' ? 'language/package/path#region' : 'language/package/run#L2-L9';
    yield {
      range,
      message: `${code(value)} looks like a marker, but nothing reads it: expected \`<!-- ${kind}: ${form} -->\` on a line of its own; correct it`,
    };
  }
}

interface PageText {
  site: Site;
  facts: PageFacts;
  lines: LineIndex;
  /** Offsets of the comments that stand within other text. */
  inline: ReadonlySet<number>;
}

function checkFence(
  page: PageText,
  reference: ListingReference,
  expected: Excerpt,
  thing: string,
): RuleFinding | null {
  const { site, facts, lines } = page;
  if ('problem' in expected) {
    return { range: reference.range, message: `${expected.problem} (named by this ${thing} marker)` };
  }
  const name = code(referenceName(site, reference));
  const block = facts.codeBlocks[reference.codeBlock];
  if (!block) {
    const edit = insertedFence(page, reference, expected.text);
    return {
      range: reference.range,
      message: `no fence follows the marker of ${name}: expected the ${thing} in a fenced code block on the next line; ${edit ? 'run `corpus fix` to add it' : 'add it'}`,
      ...(edit && { edits: [edit] }),
    };
  }
  if (block.fence?.closed !== true) {
    return {
      range: reference.range,
      message: `the fence that shows ${name} is not closed; close it with ${code(block.fence?.marker ?? '```')}`,
    };
  }
  const shown = block.value.replace(/\r\n?/g, '\n');
  if (shown === expected.text) return null;
  const { line, message } = firstDifference(block, shown, expected.text, name);
  return {
    range: lines.lineRange(line),
    message: `${message}; run \`corpus fix\` to copy the ${thing}`,
    edits: [rewrittenFence(lines, block, expected.text)],
  };
}

function firstDifference(
  block: CodeBlock,
  value: string,
  text: string,
  name: string,
): { line: number; message: string } {
  const shown = value === '' ? [] : value.split('\n');
  const wanted = text === '' ? [] : text.split('\n');
  let index = 0;
  while (index < shown.length && index < wanted.length && shown[index] === wanted[index]) index++;
  const line = Math.min(block.range.start.line + 1 + index, block.range.end.line);
  const here = shown[index];
  const there = wanted[index];
  if (here === undefined) {
    const missing = wanted.length - shown.length;
    return { line, message: `the fence lacks the last ${missing} of ${wanted.length} lines of ${name}` };
  }
  if (there === undefined) {
    return { line, message: `the fence goes on after the ${wanted.length} lines of ${name}` };
  }
  const values = here.trim() === there.trim() ? 'other white space' : code(here.trim());
  return {
    line,
    message: `the fence shows ${values} where line ${index + 1} of ${name} is ${code(there.trim())}`,
  };
}

/** The whole fence anew: its info string stays, its marker grows when the text has one as long. */
function rewrittenFence(lines: LineIndex, block: CodeBlock, text: string): Edit {
  const { start, end } = block.range;
  const opening = lines.text.slice(start.offset, lines.lineRange(start.line).end.offset);
  const marker = block.fence?.marker ?? '```';
  const needed = markerFor(text, marker);
  const prefix = containerPrefix(lines, start.line, start.offset);
  const body = [needed + opening.slice(marker.length), ...fenceLines(text, needed, prefix)];
  return { start: start.offset, end: end.offset, text: body.join('\n') };
}

/** Null within a paragraph, a table or a quote, where a fence on the next line would end what stands there. */
function insertedFence(page: PageText, reference: ListingReference, text: string): Edit | null {
  const { lines, inline } = page;
  const { start, end } = reference.range;
  const extension = /\.(\w+)$/.exec(reference.target)?.[1] ?? '';
  const language = reference.kind === 'output' ? 'text' : (LANGUAGES[extension] ?? 'text');
  const marker = markerFor(text, '```');
  const prefix = containerPrefix(lines, start.line, start.offset);
  if (inline.has(start.offset) || prefix.includes('>')) return null;
  const body = [`${prefix}${marker}${language}`, ...fenceLines(text, marker, prefix)];
  // What stands on the marker's line stays behind the fence, on a line of its own.
  const rest = lines.text.slice(end.offset, lines.lineRange(end.line).end.offset).trim();
  return { start: end.offset, end: end.offset, text: `\n${body.join('\n')}${rest === '' ? '' : '\n'}` };
}

function fenceLines(text: string, marker: string, prefix: string): string[] {
  const body =
    text === '' ? [] : text.split('\n').map((line) => (line === '' ? prefix.trimEnd() : prefix + line));
  return [...body, prefix + marker];
}

/** What every line of a block begins with: quote marks stay, list markers become spaces. */
function containerPrefix(lines: LineIndex, line: number, offset: number): string {
  return lines.text.slice(lines.lineStart(line), offset).replace(/[^>\s]/g, ' ');
}

/** A fence that no line of the text can close. */
function markerFor(text: string, marker: string): string {
  const character = marker[0] ?? '`';
  const run = character === '~' ? /^ {0,3}(~{3,})[ \t]*$/ : /^ {0,3}(`{3,})[ \t]*$/;
  let length = marker.length;
  for (const line of text.split('\n')) length = Math.max(length, (run.exec(line)?.[1]?.length ?? 0) + 1);
  return character.repeat(length);
}

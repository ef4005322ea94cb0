/**
 * Today's extractor: remark (micromark + GFM) for what GitHub shows, kramdown's model for what Jekyll serves. The only
 * module that knows a parser's tree; everything else sees `PageFacts`.
 */
import { createHash } from 'node:crypto';
import GithubSlugger from 'github-slugger';
import type { Nodes, Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { DiagramChecker } from './diagrams.js';
import { parseFrontMatter } from './front-matter.js';
import { neutralise, stretchMessage } from './guard.js';
import { anchorsOf, startTags } from './html.js';
import { collectHtmlLinks } from './html-links.js';
import { destinationRange } from './destination.js';
import { findDifferences } from './differences.js';
import { readMarkers } from './markers.js';
import { renderBody } from './rendered.js';
import { dominantEol, LineIndex } from './text.js';
import type {
  Block,
  BlockKind,
  CodeBlock,
  Diagram,
  FileProblem,
  Heading,
  Html,
  Link,
  LinkKind,
  PageFacts,
  Range,
  Section,
} from './types.js';
import type { KramdownOptions } from '../engines/kramdown/index.js';
import type { Engine } from './config.js';

export interface ExtractOptions {
  engine: Engine;
  /** Is it Markdown? Other files get front matter and, for HTML, links and anchors. */
  markdown: boolean;
  /** The site's kramdown options; GitHub Pages' when absent. */
  kramdown?: Partial<KramdownOptions>;
  /** Problems met while the file was read. */
  problems?: FileProblem[];
  /** Already parsed tree of the whole text (an editor's), used instead of parsing. */
  tree?: Root;
}

const processor = unified().use(remarkParse).use(remarkGfm);

/** SHA-256 of text or bytes, hex. */
export function contentHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Facts of one page: a pure function of its text and the engine.
 *
 * @param path relative to the root
 * @param source the whole text of the file, byte order mark included
 */
export async function extractFacts(
  path: string,
  source: string,
  options: ExtractOptions,
): Promise<PageFacts> {
  const lines = new LineIndex(source);
  const { bodyOffset, ...frontMatter } = parseFrontMatter(source);
  const facts: PageFacts = {
    path,
    hash: contentHash(source),
    eol: dominantEol(source),
    bom: source.startsWith('\uFEFF'),
    lines: lines.count,
    problems: [...(options.problems ?? [])],
    frontMatter,
    body: lines.point(bodyOffset),
    headings: [],
    sections: [],
    rendered: { headings: [], anchors: [], emptyFootnotes: [] },
    differences: [],
    links: [],
    blocks: [],
    codeBlocks: [],
    codeSpans: [],
    html: [],
    listings: [],
    diagrams: [],
    suppressions: [],
  };
  if (options.markdown) {
    const tree = extractMarkdown(facts, source, lines, bodyOffset);
    const linesBefore = lines.point(bodyOffset).line - 1;
    const body = renderBody(source.slice(bodyOffset), linesBefore, options.engine, options.kramdown);
    facts.rendered = body.rendered;
    facts.differences = findDifferences(tree, body, lines, bodyOffset, (text) => processor.parse(text));
    facts.diagrams = await extractDiagrams(facts.codeBlocks);
  } else if (/\.(?:html?|xhtml)$/i.test(path)) {
    const tags = startTags(source.slice(bodyOffset));
    collectHtmlLinks(facts.links, tags, lines, bodyOffset);
    facts.rendered.anchors = anchorsOf(tags);
  }
  return facts;
}

/** One for the process: mermaid takes its time to load. */
const diagramChecker = new DiagramChecker();

async function extractDiagrams(codeBlocks: readonly CodeBlock[]): Promise<Diagram[]> {
  const diagrams: Diagram[] = [];
  for (const [index, block] of codeBlocks.entries())
    if (block.fence && block.language === 'mermaid')
      diagrams.push({ codeBlock: index, ...(await diagramChecker.check(block.value)) });
  return diagrams;
}

const BLOCK_KINDS: Partial<Record<Nodes['type'], BlockKind>> = {
  heading: 'heading',
  paragraph: 'paragraph',
  list: 'list',
  listItem: 'item',
  blockquote: 'quote',
  table: 'table',
  html: 'html',
  thematicBreak: 'rule',
  definition: 'definition',
  footnoteDefinition: 'footnote',
};

interface Visit {
  node: Nodes;
  /** Index of the enclosing block, -1 at the top. */
  parent: number;
  depth: number;
  inline: boolean;
}

/** Fills the facts that come from GitHub's side. Returns the tree, null when only a part of the text was parsed. */
function extractMarkdown(
  facts: PageFacts,
  source: string,
  lines: LineIndex,
  bodyOffset: number,
): Root | null {
  const bom = bodyOffset === 0 && facts.bom ? 1 : 0;
  const base = bodyOffset + bom;
  const guarded = neutralise(source.slice(base));
  for (const stretch of guarded.stretches) {
    const range = lines.range(base + stretch.start, base + stretch.end);
    facts.problems.push({
      code: 'too-deep',
      message: stretchMessage(stretch),
      range: { start: range.start, end: lines.lineRange(range.start.line).end },
    });
  }
  let tree: Root;
  try {
    tree = processor.parse(guarded.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    facts.problems.push({
      code: 'parser-failed',
      message: `the Markdown parser gave up on this file (${reason}): nothing below its front matter is checked; simplify its nesting`,
      range: lines.lineRange(facts.body.line),
    });
    return null;
  }
  const range = (node: Nodes): Range =>
    lines.range(base + (node.position?.start.offset ?? 0), base + (node.position?.end.offset ?? 0));
  const slugger = new GithubSlugger();
  const definitions = collectDefinitions(tree);

  const open: Visit[] = [{ node: tree, parent: -1, depth: 0, inline: false }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    const { node } = visit;
    let { parent } = visit;
    if (node.type === 'code') {
      parent = pushBlock(facts.blocks, {
        kind: isFenced(source, range(node)) ? 'fence' : 'code',
        range: range(node),
        parent,
      });
      facts.codeBlocks.push(codeBlock(node, source, lines, range(node), visit.depth));
    } else {
      const kind = BLOCK_KINDS[node.type];
      if (kind && !visit.inline) {
        const block: Block = { kind, range: range(node), parent };
        if (node.type === 'list') {
          block.ordered = node.ordered ?? false;
          if (node.ordered) block.first = node.start ?? 1;
        }
        parent = pushBlock(facts.blocks, block);
      }
    }
    switch (node.type) {
      case 'heading':
        facts.headings.push(heading(node, source, lines, range(node), slugger));
        if (visit.depth === 0)
          facts.sections.push({ heading: facts.headings.length - 1, contentRange: range(node) });
        break;
      case 'inlineCode':
        facts.codeSpans.push({ value: node.value, range: range(node) });
        break;
      case 'html': {
        const nodeRange = range(node);
        const tags = node.value.includes('=') ? startTags(node.value) : [];
        const html: Html = {
          value: node.value,
          range: nodeRange,
          inline: visit.inline,
          ids: anchorsOf(tags),
        };
        facts.html.push(html);
        collectHtmlLinks(facts.links, tags, lines, nodeRange.start.offset);
        break;
      }
      case 'link':
      case 'image':
      case 'linkReference':
      case 'imageReference':
      case 'definition': {
        const link = linkFact(node, source, lines, range, definitions);
        if (link) facts.links.push(link);
        break;
      }
      default:
    }
    if ('children' in node) {
      const inline =
        visit.inline || node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell';
      const depth = node.type === 'root' ? 0 : visit.depth + 1;
      for (let index = node.children.length - 1; index >= 0; index--)
        open.push({ node: node.children[index] as Nodes, parent, depth, inline });
    }
  }
  finishSections(facts.sections, facts.headings, lines, source.length);
  readMarkers(facts, lines, source);
  return guarded.stretches.length === 0 && bom === 0 ? tree : null;
}

function pushBlock(blocks: Block[], block: Block): number {
  blocks.push(block);
  return blocks.length - 1;
}

function isFenced(source: string, range: Range): boolean {
  const marker = source.slice(range.start.offset, range.start.offset + 3);
  return marker === '```' || marker === '~~~';
}

function codeBlock(
  node: Extract<RootContent, { type: 'code' }>,
  source: string,
  lines: LineIndex,
  range: Range,
  depth: number,
): CodeBlock {
  const fenced = isFenced(source, range);
  if (!fenced)
    return { fence: null, language: '', meta: '', value: node.value, range, valueRange: range, depth };
  const marker = /^(?:`+|~+)/.exec(source.slice(range.start.offset, range.start.offset + 512))?.[0] ?? '```';
  const lastLine = source.slice(lines.lineStart(range.end.line), range.end.offset).trim();
  const closed =
    range.end.line > range.start.line &&
    new RegExp(`^(?:[>\\s]*)${marker[0] ?? '`'}{${marker.length},}$`).test(lastLine);
  const firstLine = range.start.line + 1;
  const afterLast = closed ? range.end.line : range.end.line + 1;
  const start = Math.min(lines.lineStart(firstLine), range.end.offset);
  const end = Math.max(start, closed ? lines.lineStart(afterLast) : range.end.offset);
  return {
    fence: { marker, indent: range.start.column - 1, closed },
    language: node.lang ?? '',
    meta: node.meta ?? '',
    value: node.value,
    range,
    valueRange: lines.range(start, end),
    depth,
  };
}

function heading(
  node: Extract<RootContent, { type: 'heading' }>,
  source: string,
  lines: LineIndex,
  range: Range,
  slugger: GithubSlugger,
): Heading {
  const text = toString(node, { includeImageAlt: false, includeHtml: false });
  const first = node.children[0];
  const last = node.children[node.children.length - 1];
  const shift = range.start.offset - (node.position?.start.offset ?? 0);
  const textRange =
    first && last
      ? lines.range(shift + (first.position?.start.offset ?? 0), shift + (last.position?.end.offset ?? 0))
      : { start: range.end, end: range.end };
  return {
    level: node.depth,
    text,
    slug: slugger.slug(text),
    range,
    textRange,
    setext: !source.startsWith('#', range.start.offset),
  };
}

type Definition = Extract<RootContent, { type: 'definition' }>;

function collectDefinitions(tree: Root): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'definition') {
      const key = node.identifier.toUpperCase();
      const earlier = definitions.get(key);
      if (!earlier || (node.position?.start.offset ?? 0) < (earlier.position?.start.offset ?? 0))
        definitions.set(key, node);
    }
    if ('children' in node && node.type !== 'paragraph') for (const child of node.children) open.push(child);
  }
  return definitions;
}

function linkFact(
  node: Extract<Nodes, { type: 'link' | 'image' | 'linkReference' | 'imageReference' | 'definition' }>,
  source: string,
  lines: LineIndex,
  rangeOf: (node: Nodes) => Range,
  definitions: ReadonlyMap<string, Definition>,
): Link | null {
  const range = rangeOf(node);
  const text = 'alt' in node ? (node.alt ?? '') : node.type === 'definition' ? '' : toString(node);
  if (node.type === 'linkReference' || node.type === 'imageReference') {
    const definition = definitions.get(node.identifier.toUpperCase());
    if (!definition) return null;
    const target = destinationRange(definition, source, lines, rangeOf(definition), rangeOf);
    return {
      kind: node.type === 'linkReference' ? 'reference' : 'image-reference',
      destination: definition.url,
      raw: source.slice(target.start.offset, target.end.offset),
      text,
      title: definition.title ?? null,
      range,
      destinationRange: target,
      label: node.label ?? node.identifier,
    };
  }
  const target = destinationRange(node, source, lines, range, rangeOf);
  return {
    kind: linkKind(node, source, range),
    destination: node.url,
    raw: source.slice(target.start.offset, target.end.offset),
    text,
    title: node.title ?? null,
    range,
    destinationRange: target,
    label: node.type === 'definition' ? (node.label ?? node.identifier) : null,
  };
}

function linkKind(node: { type: 'link' | 'image' | 'definition' }, source: string, range: Range): LinkKind {
  if (node.type !== 'link') return node.type;
  const first = source[range.start.offset];
  return first === '<' ? 'autolink' : first === '[' ? 'link' : 'literal';
}

/** A section's content runs from the line after its heading to the next heading of the same or a higher level. */
function finishSections(
  sections: Section[],
  headings: readonly Heading[],
  lines: LineIndex,
  length: number,
): void {
  const open: { section: Section; level: number }[] = [];
  const close = (level: number, end: number): void => {
    for (let top = open[open.length - 1]; top && top.level >= level; top = open[open.length - 1]) {
      top.section.contentRange = { start: top.section.contentRange.start, end: lines.point(end) };
      open.pop();
    }
  };
  for (const section of sections) {
    const own = headings[section.heading];
    if (!own) continue;
    close(own.level, own.range.start.offset);
    const start = lines.lineStart(own.range.end.line + 1);
    section.contentRange = { start: lines.point(start), end: lines.point(length) };
    open.push({ section, level: own.level });
  }
  close(0, length);
}

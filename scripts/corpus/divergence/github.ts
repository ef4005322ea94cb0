/** GitHub's side of a comparison: the leaves of a remark tree. */
import type { Definition, Nodes, Parents, PhrasingContent, Root, Table } from 'mdast';
import { toString } from 'mdast-util-to-string';
import GithubSlugger from 'github-slugger';
import { scanHtml } from './html-text.js';
import type { MarkTable } from './stream.js';
import {
  BREAK,
  CELL_END,
  FOOTNOTE,
  IMAGE,
  NO_MARKS,
  normaliseTarget,
  ROW_END,
  Stream,
  type Marks,
} from './stream.js';
import type { Container, Leaf, LeafKind } from './types.js';

/** Everything that the leaves of one page share. */
export interface GithubPage {
  source: string;
  marks: MarkTable;
  definitions: ReadonlyMap<string, Definition>;
}

/**
 * Leaves of a page in document order. Link definitions have none; footnotes that nothing refers to neither.
 *
 * @param source the text that `tree` was parsed from
 */
export function githubLeaves(tree: Root, source: string, marks: MarkTable): Leaf[] {
  const { definitions, footnotes } = collect(tree);
  const page: GithubPage = { source, marks, definitions };
  const slugger = new GithubSlugger();
  const leaves: Leaf[] = [];
  const open: { node: Nodes; path: readonly Container[] }[] = [{ node: tree, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, path } = next;
    const line = node.position?.start.line ?? 1;
    switch (node.type) {
      case 'root':
        pushChildren(node, path);
        break;
      case 'blockquote':
        container(node, [...path, { kind: 'quote', line }]);
        break;
      case 'footnoteDefinition':
        if (footnotes.has(node.identifier)) container(node, [...path, { kind: 'footnote', line }]);
        break;
      case 'list': {
        const list: Container = { kind: node.ordered ? 'ol' : 'ul', line };
        const first = node.start ?? 1;
        for (let index = node.children.length - 1; index >= 0; index--) {
          const item = node.children[index];
          if (!item) continue;
          const own: Container = { kind: 'li', line: item.position?.start.line ?? line };
          if (node.ordered) own.number = first + index;
          open.push({ node: item, path: [...path, list, own] });
        }
        break;
      }
      case 'listItem':
        container(node, path);
        break;
      case 'heading':
        leaves.push({
          ...leaf('heading', node, path, (stream) => {
            inline(stream, node, page);
          }),
          level: node.depth,
          id: slugger.slug(toString(node, { includeImageAlt: false, includeHtml: false })),
        });
        break;
      case 'paragraph':
        leaves.push(
          leaf('paragraph', node, path, (stream) => {
            inline(stream, node, page);
          }),
        );
        break;
      case 'html':
        leaves.push(
          leaf('html', node, path, (stream) => {
            scanHtml(node.value, stream, page.marks, node.position?.start.offset ?? 0);
          }),
        );
        break;
      case 'table':
        leaves.push(
          leaf('table', node, path, (stream) => {
            table(stream, node, page);
          }),
        );
        break;
      case 'thematicBreak':
        leaves.push(leaf('rule', node, path));
        break;
      case 'code': {
        const start = node.position?.start.offset ?? 0;
        const fenced = /^[`~]/.test(source.slice(start, start + 1));
        leaves.push({
          ...leaf('code', node, path),
          // The kramdown model unifies line ends, as kramdown does.
          value: node.value.replace(/\r\n?/g, '\n'),
          language: node.lang ?? '',
          fenced,
        });
        break;
      }
      default:
    }
  }
  return leaves.sort((a, b) => a.first - b.first);

  function container(node: Extract<Nodes, { children: unknown[] }>, path: readonly Container[]): void {
    if (node.children.length === 0) leaves.push(leaf('empty', node, path));
    pushChildren(node, path);
  }
  function pushChildren(node: Extract<Nodes, { children: unknown[] }>, path: readonly Container[]): void {
    for (let index = node.children.length - 1; index >= 0; index--)
      open.push({ node: node.children[index] as Nodes, path });
  }
}

function leaf(
  kind: LeafKind,
  node: Nodes,
  path: readonly Container[],
  fill?: (stream: Stream) => void,
): Leaf {
  const { start, end } = node.position ?? { start: undefined, end: undefined };
  return {
    kind,
    first: start?.line ?? 1,
    last: end?.line ?? 1,
    path,
    start: start?.offset ?? 0,
    end: end?.offset ?? 0,
    stream: () => {
      const stream = new Stream();
      fill?.(stream);
      return stream.finish();
    },
  };
}

/** Link definitions (the first of a name counts) and the names of footnotes that are referred to. */
function collect(tree: Root): { definitions: Map<string, Definition>; footnotes: Set<string> } {
  const definitions = new Map<string, Definition>();
  const footnotes = new Set<string>();
  const open: Nodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'definition' && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
    if (node.type === 'footnoteReference') footnotes.add(node.identifier);
    if ('children' in node)
      for (let index = node.children.length - 1; index >= 0; index--)
        open.push(node.children[index] as Nodes);
  }
  return { definitions, footnotes };
}

function table(stream: Stream, node: Table, page: GithubPage): void {
  const columns = node.align?.length ?? node.children[0]?.children.length ?? 0;
  for (const row of node.children) {
    const end = row.position?.end.offset ?? -1;
    // GitHub pads short rows and drops what is beyond the last column.
    for (let column = 0; column < columns; column++) {
      const cell = row.children[column];
      if (cell) inline(stream, cell, page);
      stream.push(CELL_END, NO_MARKS, cell?.position?.end.offset ?? end);
    }
    stream.push(ROW_END, NO_MARKS, end);
  }
}

type Step = { node: PhrasingContent; marks: Marks };

/** Adds the text of inline nodes. Iterative: emphasis nests as deep as an author can type. */
function inline(stream: Stream, block: Parents & { children: PhrasingContent[] }, page: GithubPage): void {
  const open: Step[] = [];
  const pushAll = (nodes: readonly PhrasingContent[], marks: Marks): void => {
    const kept = page.marks.get(marks);
    for (let index = nodes.length - 1; index >= 0; index--) {
      const node = nodes[index];
      if (node) open.push({ node, marks: kept });
    }
  };
  pushAll(block.children, NO_MARKS);
  // Text around a bare address has no position of its own: it goes on where the text before it ends.
  let position = block.position?.start.offset ?? 0;
  let inAnchor = false;
  const formatting: { name: string; start: number; length: number }[] = [];
  for (let step = open.pop(); step; step = open.pop()) {
    const { node, marks } = step;
    const start = node.position?.start.offset ?? position;
    const end = node.position?.end.offset ?? page.source.length;
    position = start;
    switch (node.type) {
      case 'text':
        position = pushMapped(stream, node.value, marks, page.source, start, end);
        break;
      case 'inlineCode': {
        let from = start;
        while (page.source[from] === '`') from++;
        pushMapped(
          stream,
          node.value,
          page.marks.get({ ...marks, code: true }),
          page.source,
          from,
          end,
          true,
        );
        position = end;
        break;
      }
      case 'emphasis':
        pushAll(node.children, { ...marks, em: true });
        break;
      case 'strong':
        pushAll(node.children, { ...marks, strong: true });
        break;
      case 'delete':
        pushAll(node.children, { ...marks, del: true });
        break;
      case 'link':
        // A link within a raw `<a>` leads where that does.
        pushAll(node.children, inAnchor ? marks : { ...marks, target: normaliseTarget(node.url) });
        break;
      case 'linkReference': {
        const url = page.definitions.get(node.identifier)?.url ?? '';
        pushAll(node.children, { ...marks, target: normaliseTarget(url) });
        break;
      }
      case 'image':
        stream.push(IMAGE, page.marks.get({ ...marks, target: normaliseTarget(node.url) }), start);
        position = end;
        break;
      case 'imageReference': {
        const url = page.definitions.get(node.identifier)?.url ?? '';
        stream.push(IMAGE, page.marks.get({ ...marks, target: normaliseTarget(url) }), start);
        position = end;
        break;
      }
      case 'footnoteReference':
        stream.push(FOOTNOTE, NO_MARKS, start);
        position = end;
        break;
      case 'break':
        stream.push(BREAK, NO_MARKS, start);
        position = end;
        break;
      case 'html':
        if (/^<\/?a[\s>]/i.test(node.value)) inAnchor = node.value[1] !== '/';
        followFormatting(node.value, start, formatting);
        scanHtml(node.value, stream, page.marks, start, marks);
        position = end;
        break;
      default:
        if ('children' in node) pushAll((node as { children: PhrasingContent[] }).children, marks);
    }
  }
  const [unclosed] = formatting;
  if (unclosed) stream.unclosed ??= unclosed;
}

/** Elements that a browser opens again in every following block until they are closed. */
const FORMATTING = /^<(\/?)(a|b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s>])/i;

function followFormatting(
  html: string,
  start: number,
  open: { name: string; start: number; length: number }[],
): void {
  const tag = FORMATTING.exec(html);
  const name = tag?.[2]?.toLowerCase();
  if (!tag || name === undefined) return;
  if (tag[1] === '' && (name !== 'a' || /\shref\s*=/i.test(html)))
    open.push({ name, start, length: html.length });
  else if (tag[1] !== '') {
    const index = open.findLastIndex((other) => other.name === name);
    if (index !== -1) open.splice(index, 1);
  }
}

const ENTITY = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/y;

/** Adds text whose escapes and entities are undone, finding each character's place in the source. Returns the end. */
function pushMapped(
  stream: Stream,
  value: string,
  marks: Marks,
  source: string,
  start: number,
  end: number,
  verbatim = false,
): number {
  let at = start;
  for (let index = 0; index < value.length; index++) {
    const character = value[index] ?? '';
    let place = -1;
    while (at < end && place === -1) {
      if (!verbatim && source[at] === '&') {
        ENTITY.lastIndex = at;
        if (ENTITY.test(source) && (character !== '&' || value[index + 1] !== source[at + 1])) {
          place = at;
          at = ENTITY.lastIndex;
          break;
        }
      }
      if (source[at] === character || (character === ' ' && source[at] === '\n')) place = at;
      at++;
    }
    stream.push(character, marks, place === -1 ? Math.min(at, end) : place);
  }
  return at;
}

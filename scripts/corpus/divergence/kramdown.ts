/** The site's side of a comparison: the leaves of the tree that kramdown makes. */
import type { KramdownElement } from '../../engines/kramdown/index.js';
import { BLOCK_ELEMENTS, HIDDEN_ELEMENTS } from './html-text.js';
import { decodeReferences } from './references.js';
import {
  BREAK,
  CELL_END,
  FOOTNOTE,
  IMAGE,
  NO_MARKS,
  normaliseTarget,
  ROW_END,
  Stream,
  type MarkTable,
  type Marks,
} from './stream.js';
import type { Container, Leaf, LeafKind } from './types.js';

/**
 * Leaves of a page by line; footnotes that nothing refers to have none. Recursion is safe: kramdown's model
 * limits nesting (`maxBlockDepth`, `maxSpanDepth`).
 *
 * @param root the result of `parseKramdown`
 */
export function kramdownLeaves(root: KramdownElement, marks: MarkTable): Leaf[] {
  const leaves: Leaf[] = [];
  for (const child of root.children) visit(child, [], leaves, marks);
  const footnotes = root.document?.footnotes;
  if (footnotes && footnotes.size > 0) {
    for (const name of referenced(root, footnotes)) {
      const content = footnotes.get(name)?.content;
      if (!content) continue;
      const path: Container[] = [{ kind: 'footnote', line: content.startLine }];
      for (const child of content.children) visit(child, path, leaves, marks);
    }
  }
  return leaves.sort((a, b) => a.first - b.first);
}

/** Names of the footnotes that the page, or a footnote shown on it, refers to. */
function referenced(
  root: KramdownElement,
  footnotes: ReadonlyMap<string, { content: KramdownElement }>,
): Set<string> {
  const names = new Set<string>();
  const open: KramdownElement[] = [root];
  for (let element = open.pop(); element; element = open.pop()) {
    if (element.type === 'footnote' && element.name !== undefined && !names.has(element.name)) {
      names.add(element.name);
      const content = footnotes.get(element.name)?.content;
      if (content) open.push(content);
    }
    for (const child of element.children) open.push(child);
  }
  return names;
}

function visit(element: KramdownElement, path: readonly Container[], leaves: Leaf[], marks: MarkTable): void {
  const line = element.startLine;
  switch (element.type) {
    case 'blockquote':
      container(element, [...path, { kind: 'quote', line }], leaves, marks);
      return;
    case 'ul':
    case 'ol': {
      const list: Container = { kind: element.type, line };
      let number = 1;
      for (const item of element.children) {
        if (item.type !== 'li') continue;
        const own: Container = { kind: 'li', line: item.startLine };
        if (element.type === 'ol') own.number = number++;
        container(item, [...path, list, own], leaves, marks);
      }
      return;
    }
    case 'dl':
      for (const child of element.children) {
        if (child.type === 'dt') leaves.push(inlineLeaf('term', child, path, marks));
        else if (child.type === 'dd')
          container(child, [...path, { kind: 'dd', line: child.startLine }], leaves, marks);
      }
      return;
    case 'p':
      leaves.push(inlineLeaf('paragraph', element, path, marks));
      return;
    case 'header':
      leaves.push({
        ...inlineLeaf('heading', element, path, marks),
        level: element.level ?? 1,
        id: element.id ?? null,
      });
      return;
    case 'codeblock': {
      const language = /(?:^|\s)language-(\S+)/.exec(element.attributes.get('class') ?? '')?.[1] ?? '';
      leaves.push({
        ...leaf('code', element, path),
        value: (element.value ?? '').replace(/\n$/, ''),
        language,
        fenced: element.fenced ?? false,
      });
      return;
    }
    case 'hr':
      leaves.push(leaf('rule', element, path));
      return;
    case 'math':
      leaves.push(
        leaf('math', element, path, (stream) => {
          pushText(stream, `$$${element.value ?? ''}$$`, marks.get({ ...NO_MARKS, math: true }));
        }),
      );
      return;
    case 'table':
      leaves.push(
        leaf('table', element, path, (stream) => {
          for (const part of element.children)
            for (const row of part.children) {
              for (const cell of row.children) {
                inline(stream, cell, NO_MARKS, marks);
                stream.push(CELL_END, NO_MARKS, -1);
              }
              stream.push(ROW_END, NO_MARKS, -1);
            }
        }),
      );
      return;
    case 'html_element':
      if (element.contentModel === 'block' && !HIDDEN_ELEMENTS.has(element.tag ?? '')) {
        for (const child of element.children) visit(child, path, leaves, marks);
        return;
      }
      if (holdsMarkdown(element)) rawHtml(element, path, leaves, marks);
      else
        leaves.push(
          leaf('html', element, path, (stream) => {
            inlineElement(stream, element, NO_MARKS, marks);
          }),
        );
      return;
    default:
    // Blank lines, comments, marks of definitions and raw stretches are not compared.
  }
}

/** Is there an element below that is parsed as Markdown (`markdown="1"`) although this one is not? */
function holdsMarkdown(element: KramdownElement): boolean {
  return element.children.some(
    (child) =>
      child.type === 'html_element' &&
      (child.contentModel === 'block' || (child.category === 'block' && holdsMarkdown(child))),
  );
}

/** Raw HTML around Markdown: its own text is HTML, what the inner elements hold is compared block by block. */
function rawHtml(
  element: KramdownElement,
  path: readonly Container[],
  leaves: Leaf[],
  marks: MarkTable,
): void {
  for (const child of element.children) {
    if (child.type === 'html_element') visit(child, path, leaves, marks);
    else if ((child.value ?? '').trim() !== '')
      leaves.push(
        leaf('html', child, path, (stream) => {
          inlineElement(stream, child, NO_MARKS, marks);
        }),
      );
  }
}

function container(
  element: KramdownElement,
  path: readonly Container[],
  leaves: Leaf[],
  marks: MarkTable,
): void {
  const before = leaves.length;
  for (const child of element.children) visit(child, path, leaves, marks);
  if (leaves.length === before) leaves.push(leaf('empty', element, path));
}

function leaf(
  kind: LeafKind,
  element: KramdownElement,
  path: readonly Container[],
  fill?: (stream: Stream) => void,
): Leaf {
  return {
    kind,
    first: element.startLine,
    last: Math.max(element.startLine, element.endLine),
    path,
    start: -1,
    end: -1,
    stream: () => {
      const stream = new Stream();
      fill?.(stream);
      return stream.finish();
    },
  };
}

function inlineLeaf(
  kind: LeafKind,
  element: KramdownElement,
  path: readonly Container[],
  marks: MarkTable,
): Leaf {
  return leaf(kind, element, path, (stream) => {
    inline(stream, element, NO_MARKS, marks);
  });
}

function pushText(stream: Stream, text: string, marks: Marks): void {
  for (let index = 0; index < text.length; index++) stream.push(text[index] ?? '', marks, -1);
}

function inline(stream: Stream, element: KramdownElement, marks: Marks, table: MarkTable): void {
  const isRaw = element.type === 'html_element' && element.contentModel === 'raw';
  for (const child of element.children) {
    if (isRaw && child.type === 'text') pushText(stream, decodeReferences(child.value ?? ''), marks);
    else inlineElement(stream, child, marks, table);
  }
}

/** How an author writes the symbols that kramdown's typography replaces (kramdown/parser/kramdown/typographic_symbol.rb). */
const SYMBOL_SOURCE: Record<string, string> = {
  mdash: '---',
  ndash: '--',
  hellip: '...',
  laquo: '<<',
  raquo: '>>',
  laquo_space: '<< ',
  raquo_space: ' >>',
};

function inlineElement(stream: Stream, element: KramdownElement, marks: Marks, table: MarkTable): void {
  const value = element.value ?? '';
  switch (element.type) {
    case 'text':
    case 'raw_text':
      pushText(stream, value, marks);
      return;
    case 'entity':
      pushText(stream, value, marks);
      return;
    case 'smart_quote':
      stream.push(value === 'ldquo' || value === 'rdquo' ? '"' : "'", marks, -1);
      return;
    case 'typographic_sym': {
      const written = SYMBOL_SOURCE[value] ?? value;
      const symbol = written.trim();
      if (written.startsWith(' ')) stream.push(' ', marks, -1);
      stream.symbols.push({ index: stream.length, length: symbol.length, name: value });
      pushText(stream, symbol, marks);
      if (written.endsWith(' ')) stream.push(' ', marks, -1);
      return;
    }
    case 'codespan':
      pushText(stream, value, table.get({ ...marks, code: true }));
      return;
    case 'math':
      pushText(stream, `$$${value}$$`, table.get({ ...marks, math: true }));
      return;
    case 'em':
      inline(stream, element, table.get({ ...marks, em: true }), table);
      return;
    case 'strong':
      inline(stream, element, table.get({ ...marks, strong: true }), table);
      return;
    case 'del':
      inline(stream, element, table.get({ ...marks, del: true }), table);
      return;
    case 'a': {
      const target = normaliseTarget(element.attributes.get('href') ?? '');
      inline(stream, element, table.get({ ...marks, target }), table);
      return;
    }
    case 'img': {
      const target = normaliseTarget(element.attributes.get('src') ?? '');
      stream.push(IMAGE, table.get({ ...marks, target }), -1);
      return;
    }
    case 'br':
      stream.push(BREAK, NO_MARKS, -1);
      return;
    case 'footnote':
      stream.push(FOOTNOTE, NO_MARKS, -1);
      return;
    case 'abbreviation':
      pushText(stream, value, marks);
      return;
    case 'html_element': {
      const tag = element.tag ?? '';
      if (HIDDEN_ELEMENTS.has(tag.toLowerCase())) return;
      if (tag === 'br') stream.push(BREAK, NO_MARKS, -1);
      else if (tag === 'img') {
        const target = normaliseTarget(element.attributes.get('src') ?? '');
        stream.push(IMAGE, table.get({ ...marks, target }), -1);
      } else if (BLOCK_ELEMENTS.has(tag)) {
        stream.endBlock();
        inline(stream, element, marks, table);
        stream.endBlock();
      } else inline(stream, element, marks, table);
      return;
    }
    default:
      // Comments and raw stretches show nothing; blocks inside HTML are walked.
      if (element.children.length > 0) {
        inline(stream, element, marks, table);
        stream.endBlock();
      }
  }
}

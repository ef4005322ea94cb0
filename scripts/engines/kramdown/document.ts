/**
 * From text to finished tree (kramdown's Kramdown#parse and GFM#parse): blocks, then spans, attribute
 * lists, abbreviations, hard line breaks and heading ids.
 */
import { replaceAbbreviations } from './abbreviations.js';
import { BlockParser } from './block-parser.js';
import { appendValue, applyAttributeList, element } from './element.js';
import { assignIds, headingText, plainText } from './ids.js';
import { githubPagesOptions } from './options.js';
import { Source } from './source.js';
import { SpanParser } from './span-parser.js';
import type { KramdownDocument, KramdownElement, KramdownOptions } from './types.js';

/** Line endings become line feeds, and exactly the last one is made sure of (Base#adapt_source). */
function adaptSource(text: string): string {
  const unified = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return unified.endsWith('\n') ? unified : `${unified}\n`;
}

/**
 * Cells that short rows of a document's tables are given in all. kramdown fills every row, which makes
 * four million cells of a page of ten thousand characters.
 */
const maxAddedCells = 200_000;

/** Parses spans of headings and terms only, or of everything. */
type SpanScope = 'all' | 'headings';

/** Finishes the children of an element (Kramdown#update_tree). */
function finishBlocks(parent: KramdownElement, document: KramdownDocument, scope: SpanScope): void {
  const finished: KramdownElement[] = [];
  for (const child of parent.children) {
    switch (child.type) {
      case 'raw_text':
        if (scope === 'all' || parent.type === 'header') {
          for (const span of SpanParser.parse(document, child.value!, child.startLine)) finished.push(span);
        } else {
          finished.push(child);
        }
        break;
      case 'eob':
        break;
      case 'blank': {
        const last = finished.at(-1);
        if (last?.type === 'blank') {
          appendValue(last, child.value!);
          last.endLine = child.endLine;
        } else {
          finished.push(child);
        }
        break;
      }
      default:
        finishBlocks(child, document, scope);
        if (child.ial) applyAttributeList(child.attributes, child.ial, document);
        // Without GFM, the id of a heading is made of its source.
        if (document.options.input === 'GFM') {
          if (child.type === 'header' || child.type === 'dt') child.rawText = headingText(child);
        } else if (child.type === 'dt') {
          child.rawText = plainText(child);
        }
        finished.push(child);
    }
  }
  parent.children = finished;
}

/** Splits text at a backslash before a line feed (GFM#update_text_type). */
function hardBreaks(parent: KramdownElement, child: KramdownElement, mark: string): KramdownElement[] {
  const lines = child.value!.split(mark);
  // kramdown gives the root no category.
  const isBlock = !['em', 'strong', 'a', 'del', 'root'].includes(parent.type);
  const dropsLast = lines.at(-1) === '' && isBlock && parent.children.at(-1) === child;
  return lines.flatMap((line, index) => {
    const at = child.startLine + index;
    const text = element('text', at, index > 0 ? `\n${line}` : line);
    const hasBreak = index < lines.length - 2 || (index === lines.length - 2 && !dropsLast);
    return hasBreak ? [text, element('br', at)] : [text];
  });
}

/** Turns backslash line breaks into elements, but not inside HTML. */
function breakLines(parent: KramdownElement, mark: string): void {
  const children: KramdownElement[] = [];
  for (const child of parent.children) {
    if (child.type === 'text' && child.value!.includes(mark)) {
      for (const piece of hardBreaks(parent, child, mark)) children.push(piece);
      continue;
    }
    // A heading is one line and cannot have a break.
    if (child.type !== 'html_element' && child.type !== 'del' && child.type !== 'header')
      breakLines(child, mark);
    children.push(child);
  }
  parent.children = children;
}

function hasHeading(parent: KramdownElement): boolean {
  return parent.children.some((child) => child.type === 'header' || hasHeading(child));
}

/** Parses a text. `scope` says whose spans are parsed. */
export function parseDocument(
  text: string,
  given: Partial<KramdownOptions>,
  scope: SpanScope,
): KramdownElement {
  const document: KramdownDocument = {
    options: { ...githubPagesOptions, ...given },
    attributeLists: new Map(),
    links: new Map(),
    footnotes: new Map(),
    abbreviations: new Map(),
    cellsLeft: maxAddedCells,
  };
  // Options set in the text itself come too late for these.
  const { input, hardWrap } = document.options;
  const source = new Source(adaptSource(text), 1);
  const root = element('root', 1);
  root.document = document;
  new BlockParser(document, source, root, 0).parse();
  root.endLine = source.lineAt(source.text.length - 1);
  const definitions = Array.from(document.footnotes.values(), (footnote) => footnote.content);
  // Which footnotes are shown, and so which headings, is only known from all spans; and a span may set options.
  const needsAll = text.includes('{::options') || definitions.some(hasHeading);
  const needed = scope === 'headings' && needsAll ? 'all' : scope;
  finishBlocks(root, document, needed);
  if (needed === 'all') {
    if (document.abbreviations.size > 0) replaceAbbreviations(root, document);
    for (const definition of definitions) {
      finishBlocks(definition, document, needed);
      if (document.abbreviations.size > 0) replaceAbbreviations(definition, document);
    }
    if (input === 'GFM') breakLines(root, hardWrap ? '\n' : '\\\n');
  }
  assignIds(root);
  return root;
}

/**
 * Definition lists: a line starting with `: ` after a paragraph (kramdown's list.rb).
 */
import type { BlockParser } from './block-parser.js';
import { belongsToItem, itemAttributeList, markerIndent, readFirstLine, unindent } from './block-list.js';
import { endOfBlockMark, listMarkerEnd } from './boundaries.js';
import { appendValue, element, emptyAttributeList, parseAttributeList } from './element.js';
import { Source } from './source.js';
import type { KramdownElement } from './types.js';

/** True if the text before may be the terms: a paragraph, or one and a single line feed. */
function followsTerms(children: readonly KramdownElement[]): boolean {
  const last = children.at(-1);
  if (!last) return false;
  if (last.type === 'p') return true;
  return children.length > 1 && last.type === 'blank' && last.value === '\n' && children.at(-2)!.type === 'p';
}

/** Each line of the paragraph is a term. */
function termsOf(paragraph: KramdownElement): KramdownElement[] {
  const raw = paragraph.children[0];
  return (raw?.value ?? '').split('\n').map((line, index) => {
    const term = element('dt', paragraph.startLine + index);
    const opening = itemAttributeList(line);
    if (opening) {
      term.ial = emptyAttributeList();
      parseAttributeList(opening.content, term.ial);
    }
    const content = opening ? opening.rest : line;
    term.rawText = content;
    term.children.push(element('raw_text', term.startLine, content));
    return term;
  });
}

interface Definition {
  element: KramdownElement;
  lines: string[];
  line: number;
  indentation: number;
}

function collectDefinitions(parser: BlockParser, firstAsPara: boolean): Definition[] {
  const { source } = parser;
  const { text } = source;
  const definitions: Definition[] = [];
  let definition: Definition | undefined;
  let indent = 3;
  let afterBlank = false;
  let asPara = firstAsPara;
  while (!source.atEnd) {
    const { pos } = source;
    const next = source.nextLine(pos);
    const marker = listMarkerEnd(text, pos, 'dl', indent);
    if (marker !== -1) {
      const line = source.lineAt(pos);
      const first = readFirstLine(marker - pos, text.slice(marker, next));
      const dd = element('dd', line);
      dd.firstAsPara = asPara;
      if (first.ial) dd.ial = first.ial;
      definition = {
        element: dd,
        lines: [first.content],
        line: first.content === '' ? line + 1 : line,
        indentation: first.indentation,
      };
      definitions.push(definition);
      indent = markerIndent(first.indentation);
      asPara = afterBlank = false;
      source.pos = next;
      continue;
    }
    if (!definition || endOfBlockMark(source, pos) !== -1) break;
    const blank = source.blankLinesEnd(pos);
    if (blank !== -1) {
      definition.lines.push(text.slice(pos, blank));
      asPara = afterBlank = true;
      source.pos = blank;
      continue;
    }
    if (!belongsToItem(source, pos, definition.indentation, afterBlank)) break;
    definition.lines.push(unindent(text.slice(pos, next), definition.indentation).text);
    definition.element.endLine = source.lineAt(pos);
    asPara = afterBlank = false;
    source.pos = next;
  }
  return definitions;
}

/** Definitions for the terms just before; false if there are none. */
export function parseDefinitionList(parser: BlockParser): boolean {
  const { source } = parser;
  const siblings = parser.tree.children;
  if (listMarkerEnd(source.text, source.pos, 'dl', 3) === -1 || !followsTerms(siblings)) return false;
  const list = parser.block('dl');
  const start = source.pos;
  let paragraph = siblings.pop()!;
  const firstAsPara = paragraph.type === 'blank';
  if (firstAsPara) paragraph = siblings.pop()!;
  list.startLine = paragraph.startLine;
  list.children = termsOf(paragraph);
  if (paragraph.ial) list.ial = paragraph.ial;
  else delete list.ial;

  const definitions = collectDefinitions(parser, firstAsPara);
  list.endLine = parser.lastLine(start, source.pos);
  let trailing: KramdownElement | undefined;
  for (const definition of definitions) {
    const { element: item } = definition;
    list.children.push(item);
    parser.parseNested(new Source(definition.lines.join(''), definition.line), item);
    const { children } = item;
    if (children.length === 0) continue;
    trailing = children.at(-1)!.type === 'blank' ? children.pop() : undefined;
    const first = children[0];
    if (first?.type === 'p' && !item.firstAsPara) {
      if (children.length > 1) appendValue(first.children[0]!, '\n');
      first.transparent = true;
    }
  }
  appendTo(siblings, list);
  if (trailing) siblings.push(trailing);
  return true;
}

/** Adds the list, or its items to the list just before. */
function appendTo(siblings: KramdownElement[], list: KramdownElement): void {
  if (siblings.at(-1)?.type === 'blank' && siblings.at(-2)?.type === 'dl') siblings.pop();
  const before = siblings.at(-1);
  if (before?.type === 'dl') {
    for (const child of list.children) before.children.push(child);
    before.endLine = list.endLine;
  } else {
    siblings.push(list);
  }
}

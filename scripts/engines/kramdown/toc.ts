/** The table of contents that replaces a list marked `{:toc}` (Converter::Html#generate_toc_tree). */
import { element } from './element.js';
import type { KramdownElement } from './types.js';

/** A heading the table of contents may list. */
export interface TocEntry {
  level: number;
  id: string;
  children: readonly KramdownElement[];
}

/** Copies spans without links and footnote marks: the entry is a link itself. */
function withoutLinks(spans: readonly KramdownElement[]): KramdownElement[] {
  return spans.flatMap((span) => {
    if (span.type === 'footnote') return [];
    const children = withoutLinks(span.children);
    return span.type === 'a' ? children : [{ ...span, attributes: span.attributes, children }];
  });
}

/** The nested list of links to the headings. */
export function tableOfContents(
  entries: readonly TocEntry[],
  type: 'ul' | 'ol',
  attributes: ReadonlyMap<string, string>,
): KramdownElement {
  const root = element(type, 1);
  for (const [name, value] of attributes) root.attributes.set(name, value);
  if (!root.attributes.has('id')) root.attributes.set('id', 'markdown-toc');
  const open: { level: number; list: KramdownElement }[] = [];
  for (const entry of entries) {
    const item = element('li', 1);
    const paragraph = element('p', 1);
    paragraph.transparent = true;
    const link = element('a', 1);
    link.attributes.set('href', `#${entry.id}`);
    link.attributes.set('id', `${root.attributes.get('id')!}-${entry.id}`);
    link.children = withoutLinks(entry.children);
    paragraph.children.push(link);
    item.children.push(paragraph);
    while (open.length > 0 && open.at(-1)!.level >= entry.level) open.pop();
    (open.at(-1)?.list ?? root).children.push(item);
    const list = element(type, 1);
    open.push({ level: entry.level, list });
    item.children.push(list);
  }
  return withoutEmptyLists(root);
}

function withoutEmptyLists(list: KramdownElement): KramdownElement {
  for (const item of list.children) {
    const nested = item.children[1]!;
    if (nested.children.length === 0) item.children.pop();
    else withoutEmptyLists(nested);
  }
  return list;
}

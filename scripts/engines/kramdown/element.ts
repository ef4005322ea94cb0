import { lstrip } from '../ruby.js';
import type { AttributeList, KramdownDocument, KramdownElement, KramdownType } from './types.js';

/** Most elements have no attributes, and a page has very many elements: the map is made when asked for. */
class Node implements KramdownElement {
  children: KramdownElement[] = [];
  endLine: number;
  value?: string;
  private map: Map<string, string> | undefined;

  constructor(
    readonly type: KramdownType,
    public startLine: number,
  ) {
    this.endLine = startLine;
  }

  get attributes(): Map<string, string> {
    return (this.map ??= new Map());
  }

  set attributes(attributes: Map<string, string>) {
    this.map = attributes;
  }
}

/** A new element of one line, without children. */
export function element(type: KramdownType, line: number, value?: string): KramdownElement {
  const created = new Node(type, line);
  if (value !== undefined) created.value = value;
  return created;
}

/** Adds to the text of an element. */
export function appendValue(target: KramdownElement, text: string): void {
  target.value = (target.value ?? '') + text;
}

/** Appends text to the last child when it is of the same type, else adds a child (Base#add_text). */
export function addText(
  parent: KramdownElement,
  text: string,
  type: 'text' | 'raw_text',
  line: number,
): void {
  if (text === '') return;
  const last = parent.children.at(-1);
  if (last?.type === type) appendValue(last, text);
  else parent.children.push(element(type, line, text));
}

/** An attribute list that says nothing. */
export function emptyAttributeList(): AttributeList {
  return { attributes: new Map(), refs: [] };
}

/** Adds a class or sets any other attribute. */
function setAttribute(target: Map<string, string>, name: string, value: string): void {
  if (name === 'class') {
    target.set(name, lstrip(`${target.get(name) ?? ''} ${value}`));
  } else {
    target.set(name, value);
  }
}

/**
 * How many definitions an attribute list may lead to, directly or through others. kramdown overflows its stack
 * on a cycle and takes twice the time for every definition in a chain that names the next one twice.
 */
const maxReferences = 1000;

/** Applies an attribute list and the definitions it refers to (Kramdown#update_attr_with_ial). */
export function applyAttributeList(
  target: Map<string, string>,
  list: AttributeList,
  document: KramdownDocument,
  budget = { left: maxReferences },
): void {
  for (const ref of list.refs) {
    const definition = document.attributeLists.get(ref);
    if (definition && budget.left-- > 0) applyAttributeList(target, definition, document, budget);
  }
  for (const [name, value] of list.attributes) setAttribute(target, name, value);
}

/** Adds what `added` says to `list` (Kramdown#update_ial_with_ial). */
export function mergeAttributeList(list: AttributeList, added: AttributeList): void {
  for (const ref of added.refs) list.refs.push(ref);
  for (const [name, value] of added.attributes) setAttribute(list.attributes, name, value);
}

const spaceOrEnd = '(?=[ \\t\\r\\n\\f\\v]|$)';
const keyAndQuote = /([A-Za-z0-9_][\w-]*)=(["'])/y;
const reference = new RegExp(`[A-Za-z0-9_][\\w-]*${spaceOrEnd}`, 'y');
const idsAndClasses = new RegExp(`(?:#[A-Za-z][\\w:-]*|\\.[^ \\t\\r\\n\\f\\v.#]+)+${spaceOrEnd}`, 'y');
const idOrClass = /#([A-Za-z][\w:-]*)|\.([^ \t\r\n\f\v.#]+)/g;
const space = /[ \t\r\n\f\v]/;

/**
 * Position of the quote that ends a value: followed by white space or the end and not escaped, or the last
 * escaped one if there is no other (`path="C:\dir\"`); -1 if none.
 */
function valueEnd(text: string, from: number, quote: string): number {
  let escaped = -1;
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    if (at + 1 < text.length && !space.test(text[at + 1]!)) continue;
    if (at === from || text[at - 1] !== '\\') return at;
    escaped = at;
  }
  return escaped;
}

/** Reads the inside of `{: … }` into `list` (Kramdown#parse_attribute_list). */
export function parseAttributeList(text: string, list: AttributeList): void {
  const unterminated = new Set<string>();
  let at = 0;
  while (at < text.length) {
    if (space.test(text[at]!)) {
      at++;
      continue;
    }
    keyAndQuote.lastIndex = reference.lastIndex = idsAndClasses.lastIndex = at;
    const pair = keyAndQuote.exec(text);
    if (pair && !unterminated.has(pair[2]!)) {
      const start = keyAndQuote.lastIndex;
      const end = valueEnd(text, start, pair[2]!);
      if (end !== -1) {
        const value = text
          .slice(start, end)
          .replace(/\\([}"'])/g, (whole, escaped: string) =>
            escaped === '}' || escaped === pair[2] ? escaped : whole,
          );
        list.attributes.set(pair[1]!, value);
        at = end + 1;
        continue;
      }
      unterminated.add(pair[2]!);
    }
    const ref = reference.exec(text);
    const names = ref ? null : idsAndClasses.exec(text);
    if (ref) list.refs.push(ref[0]);
    for (const [, id, className] of names?.[0].matchAll(idOrClass) ?? []) {
      if (className !== undefined) setAttribute(list.attributes, 'class', className);
      else if (id !== undefined) list.attributes.set('id', id);
    }
    at += (ref ?? names)?.[0].length ?? 0;
    // Whatever is not understood is skipped up to the next white space.
    while (at < text.length && !space.test(text[at]!)) at++;
  }
}

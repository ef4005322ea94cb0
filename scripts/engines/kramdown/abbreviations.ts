/** Abbreviations: text that was defined by `*[text]: title` (kramdown's abbreviation.rb). */
import { applyAttributeList, element } from './element.js';
import { countNewlines, escapePattern } from './source.js';
import type { KramdownDocument, KramdownElement } from './types.js';

/**
 * Splits a text at abbreviations. A place is found where any of them stands between word boundaries; which one
 * is taken there is the longest, whatever follows: with `API` and `API key` defined, `API keys` begins with the
 * latter.
 */
function split(text: KramdownElement, names: string): KramdownElement[] {
  const value = text.value!;
  // Like Ruby's `(?=(?:\W|^)…)`: at the character before the name, or at the name where the search begins.
  const place = new RegExp(`(?:[^A-Za-z0-9_]|(?<![^\\n]))(?=(?:${names})(?![A-Za-z0-9_]))`, 'g');
  const first = new RegExp(`(?:${names})(?![A-Za-z0-9_])`, 'y');
  const any = new RegExp(names, 'y');
  const result: KramdownElement[] = [];
  let start = 0;
  let line = text.startLine;
  for (;;) {
    place.lastIndex = first.lastIndex = start;
    let at = start;
    if (!first.test(value)) {
      const match = place.exec(value);
      if (!match) break;
      at = match.index;
    }
    any.lastIndex = at;
    // A name that begins with the character before it is taken from there.
    if (!any.test(value)) at++;
    any.lastIndex = at;
    const name = any.exec(value)![0];
    result.push(element('text', line, value.slice(start, at)));
    line += countNewlines(value, start, at);
    result.push(element('abbreviation', line, name));
    start = at + name.length;
  }
  result.push(element('text', line, value.slice(start)));
  return result;
}

function replaceIn(parent: KramdownElement, names: string, any: RegExp): void {
  const children: KramdownElement[] = [];
  for (const child of parent.children) {
    if (child.type !== 'text' || parent.contentModel === 'raw') replaceIn(child, names, any);
    else if (any.test(child.value!)) {
      for (const piece of split(child, names)) children.push(piece);
      continue;
    }
    children.push(child);
  }
  parent.children = children;
}

/** Replaces the abbreviations in all text below an element, except in raw HTML. */
export function replaceAbbreviations(root: KramdownElement, document: KramdownDocument): void {
  for (const { mark } of document.abbreviations.values()) {
    if (mark.ial && mark.attributes.size === 0) applyAttributeList(mark.attributes, mark.ial, document);
  }
  // Sorting is stable and longest first, as several may begin alike.
  const sorted = [...document.abbreviations.keys()].sort((a, b) => b.length - a.length);
  const names = sorted.map(escapePattern).join('|');
  replaceIn(root, names, new RegExp(names));
}

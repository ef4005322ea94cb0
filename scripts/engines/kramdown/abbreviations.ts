/** Abbreviations: text that was defined by `*[text]: title` (kramdown's abbreviation.rb). */
import { applyAttributeList, element } from './element.js';
import { countNewlines } from './source.js';
import type { KramdownDocument, KramdownElement } from './types.js';

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Splits a text at abbreviations that stand between word boundaries. */
function split(text: KramdownElement, names: string): KramdownElement[] {
  const value = text.value!;
  const whole = new RegExp(`(?:${names})(?![A-Za-z0-9_])`, 'g');
  const result: KramdownElement[] = [];
  let start = 0;
  let line = text.startLine;
  for (let match = whole.exec(value); match; match = whole.exec(value)) {
    if (match.index > start && /[A-Za-z0-9_]/.test(value[match.index - 1]!)) {
      whole.lastIndex = match.index + 1;
      continue;
    }
    result.push(element('text', line, value.slice(start, match.index)));
    line += countNewlines(value, start, match.index);
    result.push(element('abbreviation', line, match[0]));
    start = whole.lastIndex;
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

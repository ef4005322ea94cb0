/** Character references (`&copy;`, `&#169;`) as both sides know them. */
import { namedEntity, numericEntity } from '../../engines/kramdown/entities.js';

const REFERENCE = /&(?:([A-Za-z][A-Za-z\d]{1,31})|#(\d{1,7})|#[xX]([\da-fA-F]{1,6}));/y;

/** The character that a reference at an offset stands for; null where there is none. */
export function referenceAt(text: string, at: number): { character: string; length: number } | null {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(text);
  if (!match) return null;
  const [whole, name, decimal, hex] = match;
  const character =
    name === undefined
      ? numericEntity(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)
      : namedEntity(name);
  return character === undefined ? null : { character, length: whole.length };
}

/** A text with its references undone. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  let decoded = '';
  for (let at = 0; at < text.length;) {
    const reference = text[at] === '&' ? referenceAt(text, at) : null;
    decoded += reference?.character ?? text[at] ?? '';
    at += reference?.length ?? 1;
  }
  return decoded;
}

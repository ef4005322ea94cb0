/** The visible text of raw HTML, without building a document. */
import { referenceAt } from './references.js';
import {
  BREAK,
  IMAGE,
  NO_MARKS,
  normaliseTarget,
  type MarkTable,
  type Marks,
  type Stream,
} from './stream.js';

/** Elements that begin and end a block of their own. */
export const BLOCK_ELEMENTS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset ' +
    'figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html legend li link main menu ' +
    'menuitem nav noframes ol optgroup option p param pre section source summary table tbody td template tfoot th ' +
    'thead title tr track ul'
  ).split(' '),
);

/** Elements whose content is not shown. */
export const HIDDEN_ELEMENTS: ReadonlySet<string> = new Set(['script', 'style', 'template']);

/**
 * Adds the text between the tags; block tags end a block, `<br>` and `<img>` are kept. Linear.
 *
 * @param start offset of `html` in the source
 */
export function scanHtml(
  html: string,
  stream: Stream,
  table: MarkTable,
  start: number,
  marks: Marks = NO_MARKS,
): void {
  let at = 0;
  let noClose = false;
  while (at < html.length) {
    const character = html[at] ?? '';
    if (character === '&') {
      const reference = referenceAt(html, at);
      stream.push(reference?.character ?? '&', marks, start + at);
      at += reference?.length ?? 1;
      continue;
    }
    if (character !== '<') {
      stream.push(character, marks, start + at);
      at++;
      continue;
    }
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      at = end === -1 ? html.length : end + 3;
      continue;
    }
    const end = noClose ? -1 : tagEnd(html, at);
    const name = /^<\/?([A-Za-z][\w-]*)/.exec(html.slice(at, at + 64))?.[1]?.toLowerCase();
    if (end === -1) noClose = true;
    if (end === -1 || (!name && !/[!?]/.test(html[at + 1] ?? ''))) {
      stream.push('<', marks, start + at);
      at++;
      continue;
    }
    if (name && html[at + 1] !== '/' && HIDDEN_ELEMENTS.has(name)) {
      const close = html.indexOf(`</${name}`, end);
      at = close === -1 ? html.length : close;
      continue;
    }
    if (name === 'br') stream.push(BREAK, NO_MARKS, start + at);
    else if (name === 'img') {
      const source = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(html.slice(at, end));
      const target = normaliseTarget(source?.[1] ?? source?.[2] ?? source?.[3] ?? '');
      stream.push(IMAGE, table.get({ ...marks, target }), start + at);
    } else if (name && BLOCK_ELEMENTS.has(name)) stream.endBlock(start + at);
    at = end;
  }
}

/** Offset just after a tag's `>`, quoted attribute values skipped; -1 when the tag never ends. */
function tagEnd(html: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < html.length; at++) {
    const character = html[at] ?? '';
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '>') return at + 1;
    else if ((character === '"' || character === "'") && html[at - 1] === '=') quote = character;
  }
  return -1;
}

/**
 * A model of how GitHub Pages' Jekyll reads Markdown: kramdown 2.4.0 with kramdown-parser-gfm 1.1.0,
 * written anew from their behaviour and held to it by differential tests against the Ruby gems.
 *
 * All functions are pure. Time grows with the length of the text: constructs that never close are looked
 * for once, and nesting is limited (`maxBlockDepth`, `maxSpanDepth`) where kramdown would overflow its stack.
 *
 * Known differences, all in text nobody means to write:
 * - blocks and HTML nested deeper than the limits are text;
 * - short rows of tables that would need hundreds of thousands of cells more stay short;
 * - a paragraph with hundreds of openers that never close: after a budget of work they are text unread;
 * - code indented and then starting with a form feed or vertical tab, on which kramdown never ends;
 * - with `input: 'kramdown'` (not GitHub Pages'): an indented fence closes one, and `#` alone is text;
 * - attribute list definitions that name each other in a circle, on which kramdown overflows its stack;
 * - options set in the text that change nothing but characters (`smart_quotes`, `entity_output` and the like);
 * - footnotes marked only inside a list that a table of contents takes the place of are shown;
 * - `}` in an attribute list that is preceded by a backslash and still ends it (kramdown backtracks).
 */
import { parseDocument } from './document.js';
import type { KramdownElement, KramdownOptions } from './types.js';

export { maxBlockDepth } from './block-parser.js';
export { toHtml } from './html-output.js';
export {
  anchors,
  emptyFootnotes,
  gfmId,
  renderedHeadings,
  type Anchor,
  type RenderedHeading,
} from './ids.js';
export { githubPagesOptions } from './options.js';
export { maxSpanDepth } from './span-parser.js';
export type {
  AttributeList,
  ContentModel,
  KramdownDocument,
  KramdownElement,
  KramdownOptions,
  KramdownType,
  TableAlignment,
} from './types.js';

/**
 * Parses Markdown without front matter and after Liquid.
 * `options` default to GitHub Pages'. Returns the root of the finished tree; never throws.
 */
export function parseKramdown(text: string, options: Partial<KramdownOptions> = {}): KramdownElement {
  return parseDocument(text, options, 'all');
}

/**
 * Like `parseKramdown`, but much faster: only the spans of headings are parsed, all other text stays as
 * `raw_text` children. Enough for `renderedHeadings` (which gives the same answer) and for block structure.
 */
export function parseBlocks(text: string, options: Partial<KramdownOptions> = {}): KramdownElement {
  return parseDocument(text, options, 'headings');
}

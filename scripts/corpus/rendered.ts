/** What kramdown makes of a body: the headings with the ids of the rendered page and every other anchor. */
import {
  anchors,
  emptyFootnotes,
  parseKramdown,
  renderedHeadings,
  type KramdownElement,
  type KramdownOptions,
} from '../engines/kramdown/index.js';
import { analyseLiquid, renderStatic } from '../engines/liquid/index.js';
import type { Engine } from './config.js';
import { LineIndex } from './text.js';
import type { PageFacts, YamlValue } from './types.js';

export interface RenderedBody {
  rendered: PageFacts['rendered'];
  /** The text that kramdown gets. */
  text: string;
  /** kramdown's tree of `text`. */
  tree: KramdownElement;
  /** Offset in the body of an offset in `text`; null where Liquid changes nothing. */
  map: ((offset: number) => number) | null;
}

/**
 * @param body the text after the front matter
 * @param linesBefore number of lines of the file before the body
 * @param options the site's, from `kramdownOptions`
 */
export function renderBody(
  body: string,
  linesBefore: number,
  engine: Engine,
  options: Partial<KramdownOptions> = {},
): RenderedBody {
  const { text, map } = applyLiquid(body, engine);
  const tree = parseKramdown(text, options);
  const sourceLine = map ? lineMapper(text, body, map) : (line: number) => line;
  return {
    rendered: {
      headings: renderedHeadings(tree).map((heading) => ({
        ...heading,
        line: sourceLine(heading.line) + linesBefore,
      })),
      anchors: [...new Set(anchors(tree).map(({ id }) => id))],
      emptyFootnotes: emptyFootnotes(tree).map(({ name, line }) => ({
        name,
        line: sourceLine(line) + linesBefore,
      })),
    },
    text,
    tree,
    map,
  };
}

/**
 * The options of `_config.yml` that change which headings and anchors a page has (kramdown's `options.rb`; Jekyll hands
 * them on as they are, `lib/jekyll/converters/markdown/kramdown_parser.rb`).
 *
 * @param value of the key `kramdown`
 */
export function kramdownOptions(value: YamlValue | undefined): Partial<KramdownOptions> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const options: Partial<KramdownOptions> = {};
  if (value['input'] === 'kramdown' || value['input'] === 'Kramdown') options.input = 'kramdown';
  if (typeof value['hard_wrap'] === 'boolean') options.hardWrap = value['hard_wrap'];
  if (typeof value['auto_ids'] === 'boolean') options.autoIds = value['auto_ids'];
  if (typeof value['auto_id_prefix'] === 'string') options.autoIdPrefix = value['auto_id_prefix'];
  if (typeof value['parse_block_html'] === 'boolean') options.parseBlockHtml = value['parse_block_html'];
  if (typeof value['footnote_prefix'] === 'string') options.footnotePrefix = value['footnote_prefix'];
  const quirks = value['gfm_quirks'];
  if (Array.isArray(quirks)) options.gfmQuirks = quirks.map(String);
  else if (typeof quirks === 'string') options.gfmQuirks = quirks.split(',').map((quirk) => quirk.trim());
  return options;
}

/** Tags and outputs where the destination of a link stands; only the site knows what they give. */
const TARGETS = /\{%-?\s*(?:link|post_url)\s[^%{}]*%\}|(?<=\]\(|\]:[ \t])\{\{[^{}\n]*\}\}/g;

/** Code between `{% highlight %}` and its end is code on the site; as a fence it is code in the comparison too. */
const HIGHLIGHT = /^( {0,3})(\{%-?[ \t]*(?:highlight[ \t][^%\n]*|endhighlight[ \t]*-?)%\})(?=[ \t]*$)/gm;

/**
 * The text that kramdown gets from a body. What stops the build is no page at all: such a body stays as it is typed.
 *
 * @returns the text and the way back from its offsets to the body's; null where nothing changed
 */
export function applyLiquid(
  body: string,
  engine: Engine,
): { text: string; map: ((offset: number) => number) | null } {
  if (!body.includes('{{') && !body.includes('{%')) return { text: body, map: null };
  if (analyseLiquid(body, engine).stopsBuild) return { text: body, map: null };
  // A stand-in of the same length keeps links links, and offsets in place.
  const typed = body
    .replace(TARGETS, (found) => `/${'x'.repeat(found.length - 1)}`)
    .replace(HIGHLIGHT, (_, indent: string, tag: string) => `${indent}~~~${' '.repeat(tag.length - 3)}`);
  const rendered = renderStatic(typed, engine);
  return { text: rendered.text, map: (offset) => rendered.map(offset) };
}

function lineMapper(
  output: string,
  source: string,
  map: (offset: number) => number,
): (line: number) => number {
  const outputLines = new LineIndex(output);
  const sourceLines = new LineIndex(source);
  return (line) => sourceLines.point(map(outputLines.lineStart(line))).line;
}

/** What kramdown makes of a body: the headings with the ids of the rendered page and every other anchor. */
import { anchors, parseKramdown, renderedHeadings, type KramdownElement } from '../engines/kramdown/index.js';
import { analyseLiquid, renderStatic } from '../engines/liquid/index.js';
import type { Engine } from './config.js';
import { LineIndex } from './text.js';
import type { PageFacts } from './types.js';

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
 */
export function renderBody(body: string, linesBefore: number, engine: Engine): RenderedBody {
  // What stops the build is no page at all: it is judged as it is typed.
  const hasLiquid = body.includes('{{') || body.includes('{%');
  const liquid = hasLiquid && !analyseLiquid(body, engine).stopsBuild ? renderStatic(body, engine) : null;
  const text = liquid?.text ?? body;
  const tree = parseKramdown(text);
  const sourceLine = liquid ? lineMapper(text, body, (offset) => liquid.map(offset)) : (line: number) => line;
  return {
    rendered: {
      headings: renderedHeadings(tree).map((heading) => ({
        ...heading,
        line: sourceLine(heading.line) + linesBefore,
      })),
      anchors: [...new Set(anchors(tree).map(({ id }) => id))],
    },
    text,
    tree,
    map: liquid ? (offset) => liquid.map(offset) : null,
  };
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

/** What kramdown makes of a body: the headings with the ids of the rendered page and every other anchor. */
import { anchors, parseKramdown, renderedHeadings } from '../engines/kramdown/index.js';
import { renderStatic } from '../engines/liquid/index.js';
import type { Engine } from './config.js';
import { LineIndex } from './text.js';
import type { PageFacts } from './types.js';

/**
 * @param body the text after the front matter
 * @param linesBefore number of lines of the file before the body
 */
export function renderBody(body: string, linesBefore: number, engine: Engine): PageFacts['rendered'] {
  const liquid = body.includes('{{') || body.includes('{%') ? renderStatic(body, engine) : null;
  const text = liquid?.text ?? body;
  const tree = parseKramdown(text);
  const sourceLine = liquid ? lineMapper(text, body, (offset) => liquid.map(offset)) : (line: number) => line;
  return {
    headings: renderedHeadings(tree).map((heading) => ({
      ...heading,
      line: sourceLine(heading.line) + linesBefore,
    })),
    anchors: [...new Set(anchors(tree).map(({ id }) => id))],
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

/** What kramdown makes of a body: the headings with the ids of the rendered page and every other anchor. */
import type { Engine } from './config.js';
import type { PageFacts } from './types.js';

/** Provisional until the kramdown model is complete: ATX headings only. */
export function renderBody(body: string, linesBefore: number, engine: Engine): PageFacts['rendered'] {
  void engine;
  const headings: PageFacts['rendered']['headings'] = [];
  const seen = new Map<string, number>();
  let fenced = false;
  for (const [index, line] of body.split('\n').entries()) {
    if (/^(?:```|~~~)/.test(line)) fenced = !fenced;
    const match = fenced ? null : /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!match) continue;
    const text = (match[2] ?? '').replace(/[`*]/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const base = text.toLowerCase().replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- \t]/gu, '').replace(/[ \t]/g, '-');
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    const id = count === 0 ? base : `${base}-${count}`;
    headings.push({ level: match[1]?.length ?? 1, text, id: id || null, explicit: false, line: index + 1 + linesBefore });
  }
  return { headings, anchors: headings.flatMap(({ id }) => (id ? [id] : [])) };
}

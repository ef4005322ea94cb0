/** Links and images of raw HTML as facts. */
import type { HtmlTag } from './html.js';
import type { LineIndex } from './text.js';
import type { Link, LinkKind } from './types.js';

/** Attributes of HTML elements that lead somewhere. */
const HTML_LINKS: Record<string, { attribute: string; kind: LinkKind }[]> = {
  a: [{ attribute: 'href', kind: 'html-link' }],
  img: [{ attribute: 'src', kind: 'html-image' }],
  source: [{ attribute: 'src', kind: 'html-other' }],
  video: [{ attribute: 'src', kind: 'html-other' }],
  audio: [{ attribute: 'src', kind: 'html-other' }],
  iframe: [{ attribute: 'src', kind: 'html-other' }],
  script: [{ attribute: 'src', kind: 'html-other' }],
  link: [{ attribute: 'href', kind: 'html-other' }],
};

/** Adds what the tags lead to; `base` is the offset of the HTML in the text that `lines` indexes. */
export function collectHtmlLinks(
  links: Link[],
  tags: readonly HtmlTag[],
  lines: LineIndex,
  base: number,
): void {
  for (const tag of tags) {
    for (const { attribute, kind } of HTML_LINKS[tag.name] ?? []) {
      const found = tag.attributes.find(({ name }) => name === attribute);
      if (!found) continue;
      const typed = lines.text.slice(base + found.start, base + found.end);
      const equals = typed.indexOf('=');
      const quote = /^\s*["']/.exec(typed.slice(equals + 1))?.[0] ?? '';
      const start = base + found.start + equals + 1 + quote.length;
      const end = base + found.end - (quote ? 1 : 0);
      links.push({
        kind,
        destination: found.value,
        raw: lines.text.slice(start, end),
        text: tag.attributes.find(({ name }) => name === 'alt')?.value ?? '',
        title: null,
        range: lines.range(base + tag.start, base + tag.end),
        destinationRange: lines.range(start, end),
        label: null,
      });
    }
  }
}

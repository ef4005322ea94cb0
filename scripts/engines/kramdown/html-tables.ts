/**
 * What kramdown knows about HTML elements (lib/kramdown/parser/html.rb, Constants).
 */
import type { ContentModel } from './types.js';

function words(list: string): Set<string> {
  return new Set(list.split(' '));
}

const blockContent = words(
  'address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form ' +
    'header hgroup iframe li main map menu nav noscript object section summary td',
);
const spanContent = words(
  'a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup ' +
    'p q rb rbc rp rt rtc ruby select small span strong sub sup th tt',
);
const rawContent = words('script style math option textarea pre code kbd samp var');

/** Elements that never start a block. */
export const spanElements = words(
  'a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp ' +
    'rt rtc ruby samp select small span strong sub sup tt u var',
);

/** Elements whose tags are shown as text inside a paragraph. */
export const blockElements = words(
  'address article aside applet body blockquote caption col colgroup dd div dl dt fieldset figcaption footer ' +
    'form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu li main map nav ol optgroup p pre ' +
    'section summary table tbody td th thead tfoot tr ul',
);

/** Elements without content. */
export const voidElements = words(
  'area base br col command embed hr img input keygen link meta param source track wbr',
);

/** Elements whose names are not case-sensitive. */
export const knownElements: ReadonlySet<string> = new Set([
  ...spanElements,
  ...blockElements,
  ...voidElements,
  ...blockContent,
  ...spanContent,
  ...rawContent,
]);

/** How the content of an element is parsed when Markdown is asked for; `raw` for unknown elements. */
export function contentModelOf(tag: string): ContentModel {
  if (blockContent.has(tag)) return 'block';
  return spanContent.has(tag) ? 'span' : 'raw';
}

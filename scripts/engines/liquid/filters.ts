import type { LiquidEngine, LiquidLookups } from './types.js';

/** How many arguments a filter takes after its input. */
export interface FilterArity {
  min: number;
  max: number;
}

/**
 * Arity of the filters, as `Method#parameters` of Ruby reports it: `name` (none), `name:n`, `name:min-max`.
 * Liquid's lib/liquid/standardfilters.rb and Jekyll's lib/jekyll/filters.rb and filters/; Jekyll's `sort` and
 * `where` take the place of Liquid's.
 */
const COMMON = `
  abs absolute_url append:1 array_to_sentence_string:0-1 at_least:1 at_most:1 capitalize ceil cgi_escape
  compact:0-1 concat:1 date:1 date_to_long_string:0-2 date_to_rfc822 date_to_string:0-2 date_to_xmlschema
  divided_by:1 downcase escape escape_once first floor group_by:1 group_by_exp:2 h inspect join:0-1 jsonify last
  lstrip map:1 markdownify minus:1 modulo:1 newline_to_br normalize_whitespace plus:1 pop:0-1 prepend:1 push:1
  relative_url remove:1 remove_first:1 replace:1-2 replace_first:1-2 reverse round:0-1 rstrip sample:0-1 sassify
  scssify shift:0-1 size slice:1-2 slugify:0-1 smartify sort:0-2 sort_natural:0-1 split:1 strip strip_html
  strip_index strip_newlines times:1 to_integer truncate:0-2 truncatewords:0-2 uniq:0-1 unshift:1 upcase
  uri_escape url_decode url_encode where:2 where_exp:2 xml_escape`;

/** Liquid 4.0.4 with Jekyll 3.10. */
const PAGES_ONLY = 'default:0-1 number_of_words';

/** Liquid 5.4 with Jekyll 4.3. */
const ACTIONS_ONLY = `
  base64_decode base64_encode base64_url_safe_decode base64_url_safe_encode default:0-2 find:2 find_exp:2
  number_of_words:0-1 remove_last:1 replace_last:2`;

function parseTable(...tables: string[]): Map<string, FilterArity> {
  const map = new Map<string, FilterArity>();
  for (const entry of tables.join(' ').split(/\s+/)) {
    if (entry === '') continue;
    const [name, range = '0'] = entry.split(':');
    const [min, max = min] = range.split('-');
    map.set(name!, { min: Number(min), max: Number(max) });
  }
  return map;
}

const TABLES: Readonly<Record<LiquidEngine, ReadonlyMap<string, FilterArity>>> = {
  pages: parseTable(COMMON, PAGES_ONLY),
  actions: parseTable(COMMON, ACTIONS_ONLY),
};

/** The arity of a filter, or undefined for one that nobody defines: Liquid then hands its input on. */
export function filterArity(
  name: string,
  engine: LiquidEngine,
  lookups: LiquidLookups,
): FilterArity | undefined {
  const extra = lookups.extraFilters;
  if (extra && Object.hasOwn(extra, name)) return extra[name];
  return TABLES[engine].get(name);
}

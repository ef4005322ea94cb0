import { strip } from '../ruby.js';
import type { KramdownOptions } from './types.js';

/** GitHub Pages' options (github-pages gem, lib/github-pages/configuration.rb) over kramdown's defaults. */
export const githubPagesOptions: KramdownOptions = {
  input: 'GFM',
  hardWrap: false,
  gfmQuirks: ['paragraph_end'],
  autoIds: true,
  autoIdPrefix: '',
  parseBlockHtml: false,
  parseSpanHtml: true,
  headerOffset: 0,
  footnoteNr: 1,
  footnotePrefix: '',
  footnoteBacklink: '&#8617;',
  tocLevels: [1, 2, 3, 4, 5, 6],
  mathEngine: 'mathjax',
};

/** `false` and the empty string are false, all else is true (Options.parse, type Boolean). */
function parseBoolean(value: string): boolean {
  return value !== '' && value.trim().toLowerCase() !== 'false';
}

/** A decimal number with white space around it (Ruby's `Integer`, which also reads other bases). */
function parseInteger(value: string): number | undefined {
  return /^[+-]?(?:0|[1-9]\d*)$/.test(strip(value)) ? Number(value) : undefined;
}

/** `2..4` or `2,3,4`, of levels 1 to 6 only. */
function parseLevels(value: string): number[] | undefined {
  const range = /^([1-6])\.\.([1-6])$/.exec(value);
  if (range) return [1, 2, 3, 4, 5, 6].slice(Number(range[1]) - 1, Number(range[2]));
  return /^[1-6](?:,[1-6])*$/.test(value) ? value.split(',').map(Number) : undefined;
}

/**
 * Sets one option as `{::options name="value" /}` does. Options this model does not know and values that
 * kramdown refuses are ignored (Options.parse and the validators in lib/kramdown/options.rb).
 */
export function setInlineOption(options: KramdownOptions, name: string, value: string): void {
  switch (name) {
    case 'auto_ids':
      options.autoIds = parseBoolean(value);
      break;
    case 'parse_block_html':
      options.parseBlockHtml = parseBoolean(value);
      break;
    case 'parse_span_html':
      options.parseSpanHtml = parseBoolean(value);
      break;
    case 'auto_id_prefix':
      options.autoIdPrefix = value;
      break;
    case 'footnote_prefix':
      options.footnotePrefix = value;
      break;
    case 'footnote_backlink':
      options.footnoteBacklink = value;
      break;
    case 'math_engine':
      if (/^:?mathjax$/.test(strip(value))) options.mathEngine = 'mathjax';
      if (/^:?(?:nil)?$/.test(strip(value))) options.mathEngine = null;
      break;
    case 'header_offset':
      options.headerOffset = parseInteger(value) ?? options.headerOffset;
      break;
    case 'footnote_nr':
      options.footnoteNr = parseInteger(value) ?? options.footnoteNr;
      break;
    case 'toc_levels':
      options.tocLevels = parseLevels(value) ?? options.tocLevels;
      break;
    default:
      break;
  }
}

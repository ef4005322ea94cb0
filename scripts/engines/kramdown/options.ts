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

/**
 * Sets one option as `{::options name="value" /}` does. Options this model does not know are ignored.
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
    case 'header_offset':
      if (/^-?\d+$/.test(value)) options.headerOffset = Number(value);
      break;
    case 'footnote_nr':
      if (/^\d+$/.test(value)) options.footnoteNr = Number(value);
      break;
    case 'toc_levels': {
      const range = /^(\d)\.\.(\d)$/.exec(value);
      if (range) {
        const first = Number(range[1]);
        options.tocLevels = Array.from(
          { length: Math.max(0, Number(range[2]) - first + 1) },
          (_, i) => first + i,
        );
      } else {
        options.tocLevels = value.split(',').map(Number);
      }
      break;
    }
    default:
      break;
  }
}

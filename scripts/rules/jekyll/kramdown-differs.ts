import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** GitHub and the site show the same page. */
export const kramdownDiffers = differenceRule({
  id: 'kramdown-differs',
  severity: 'error',
  fixable: false,
  summary: 'GitHub and the site show the same page.',
  documentation: `The checker compares what GitHub and kramdown make of each page, block by block. Differences with a known cause have rules
of their own; this one reports the rest, so that none passes in silence.

What to do: look at the page on both sides. Empty lines around blocks, indentation to the text of an item, and entities
for special characters remove most differences.

Source: the CommonMark and GFM specifications on one side, kramdown 2.4 with kramdown-parser-gfm 1.1 on the other.`,
  kinds: {
    other: {
      message: ({ github, site }) =>
        github || site
          ? `GitHub shows ${code(github)} here, the site ${code(site)}; write it in a form that both read alike`
          : 'GitHub and the site show different blocks here; put empty lines around each block and indent what belongs to a list item to its text',
    },
  },
  examples: [
    fine('plain text', 'text'),
    found(
      'a fence in a quote that is indented less than its list item',
      '- > a\n > b\n > ```\n > x\n > ```',
      1,
      'GitHub and the site show different blocks here; put empty lines around each block and indent what belongs to a list item to its text',
    ),
  ],
});

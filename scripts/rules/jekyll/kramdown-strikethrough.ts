import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides strike out the same words. */
export const kramdownStrikethrough = differenceRule({
  id: 'kramdown-strikethrough',
  severity: 'warning',
  fixable: true,
  summary: 'Both sides strike out the same words.',
  documentation: `GitHub strikes out text between single tildes as well as between double ones. kramdown knows \`~~\` only and shows single
tildes.

What to do: write \`~~text~~\`; \`fix\` does.

Source: \`STRIKETHROUGH_DELIM\` in kramdown-parser-gfm's \`gfm.rb\`; the strikethrough extension of the GFM specification.`,
  kinds: {
    strikethrough: {
      message:
        'GitHub strikes out this text, the site does not or strikes out other text; write two tildes on either side',
    },
  },
  examples: [
    fine('double tildes, and a tilde for about', '~~gone~~ and ~5 or ~6'),
    found(
      'single tildes',
      '~gone~ now',
      1,
      'GitHub strikes out this text, the site does not or strikes out other text; write two tildes on either side',
      '~~gone~~ now',
    ),
  ],
});

import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** No backslash shows on the site. */
export const kramdownEscape = differenceRule({
  id: 'kramdown-escape',
  severity: 'warning',
  fixable: true,
  summary: 'No backslash shows on the site.',
  documentation: `GitHub lets an author escape every ASCII punctuation character. kramdown knows fewer: before \`% & / @ , ; ? ^\` the
backslash is shown.

What to do: remove the backslash, or write the character as an entity where it would mean something; \`fix\` does.

Source: \`ESCAPED_CHARS\` in kramdown's \`parser/kramdown/escaped_chars.rb\` and in kramdown-parser-gfm's \`gfm.rb\`.`,
  kinds: {
    escape: {
      message: ({ github, site }) =>
        `GitHub shows ${code(github)}, the site ${code(site)}: kramdown does not know this escape; leave the backslash out or write an entity`,
    },
  },
  examples: [
    fine('escapes that both know', '\\* \\_ \\# \\| \\<'),
    found(
      'an escaped percent sign',
      '50 \\% of it',
      1,
      'GitHub shows `%`, the site `\\%`: kramdown does not know this escape; leave the backslash out or write an entity',
      '50 % of it',
    ),
    found(
      'an escaped at sign',
      'me\\@home',
      1,
      'GitHub shows `@`, the site `\\@`: kramdown does not know this escape; leave the backslash out or write an entity',
      'me&#64;home',
    ),
  ],
});

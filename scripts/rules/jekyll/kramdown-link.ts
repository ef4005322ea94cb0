import { code, differenceRule, examplePage, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same links. */
export const kramdownLink = differenceRule({
  id: 'kramdown-link',
  severity: 'error',
  fixable: false,
  summary: 'Both sides show the same links.',
  documentation: `kramdown accepts a blank in the address of \`[a](b c.md)\` where GitHub shows the brackets, wants a link definition on
a line of its own with a blank after the colon, and reads brackets next to brackets differently. A link that only one side
makes is text on the other.

What to do: no blanks in addresses (rename the file), definitions \`[label]: address\` between empty lines.

Source: \`parse_link\` and \`LINK_DEFINITION_START\` in kramdown's \`parser/kramdown/link.rb\`.`,
  kinds: {
    link: {
      message: ({ github, site }) =>
        `GitHub shows ${code(github)}, the site ${code(site)}, with another link; write \`[text](address)\` without blanks in the address, and escape brackets that are text`,
    },
    'link-definition': {
      message:
        'GitHub takes this line for the definition of a link, the site shows it as text, or the reverse; write `[label]: address` on a line of its own between empty lines',
    },
  },
  examples: [
    fine('links in brackets and by reference', '[a](#home) and [b][r]\n\n[r]: #home'),
    found(
      'a blank in the address',
      '[a](b c.md)',
      1,
      'GitHub shows `[a](b c.md)`, the site `a`, with another link; write `[text](address)` without blanks in the address, and escape brackets that are text',
    ),
    {
      name: 'a definition on two lines',
      files: { 'index.md': examplePage('See [b][r].\n\n[r]:\n#home') },
      findings: [
        {
          file: 'index.md',
          line: 7,
          message:
            'GitHub shows `b`, the site `[b][r]`, with another link; write `[text](address)` without blanks in the address, and escape brackets that are text',
        },
        {
          file: 'index.md',
          line: 9,
          message:
            'GitHub takes this line for the definition of a link, the site shows it as text, or the reverse; write `[label]: address` on a line of its own between empty lines',
        },
      ],
    },
  ],
});

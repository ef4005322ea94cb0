import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same headings and rules. */
export const kramdownHeading = differenceRule({
  id: 'kramdown-heading',
  severity: 'error',
  fixable: true,
  summary: 'Both sides show the same headings and rules.',
  documentation: `A \`#\` heading on the line after a list item is a heading of the page on GitHub; kramdown puts it into the item, indented
and in its bullet, so sections, ids and the table of contents are wrong. kramdown also wants \`#\` at the first column,
text after it, and one line of text above \`---\` or \`===\`. Below a list item \`---\` makes the item's text a heading, and
below a paragraph \`***\` is text.

What to do: an empty line before headings and rules, no blanks before \`#\`, headings of one line. \`fix\` does that.

Source: \`ATX_HEADER_START\` and \`SETEXT_HEADER_START\` in kramdown's \`parser/kramdown/header.rb\`, \`HR_START\` in
\`horizontal_rule.rb\`, \`parse_list\` in \`list.rb\`.`,
  kinds: {
    'heading-in-item': {
      message:
        'GitHub shows a heading of the page, the site puts it into the list item above; put an empty line before it',
    },
    'heading-indented': {
      message:
        'GitHub shows a heading, the site shows the `#` as text: it is indented; begin the line with `#`',
    },
    'heading-empty': {
      message:
        'GitHub shows an empty heading, the site shows the `#`; write a text after it or remove the line',
    },
    'heading-setext-lines': {
      message:
        'GitHub shows one heading of several lines, the site a paragraph; write it on one line after `#`',
    },
    'heading-lost': {
      message:
        'GitHub shows a heading, the site shows text; put empty lines around it and write it on one line after `#`',
    },
    'heading-gained': {
      message:
        'the site shows a heading, GitHub does not; put an empty line before and after the line, and write headings with `#`',
    },
    'heading-level': {
      message: ({ github, site }) =>
        `GitHub shows a heading of level ${github}, the site of level ${site}; write it with one to six \`#\``,
    },
    'heading-id': {
      severity: 'warning',
      message: ({ github, site }) =>
        `links to this heading end in ${code(github && `#${github}`)} on GitHub and in ${code(site && `#${site}`)} on the site; write the heading with letters, digits and single hyphens`,
    },
    'rule-heading': {
      message:
        'GitHub shows a rule across the page, the site makes the line above a heading; put an empty line before it',
    },
    'rule-lost': {
      message:
        'GitHub shows a rule across the page, the site shows the characters; put an empty line before and after it',
    },
  },
  examples: [
    fine('headings and rules between empty lines', '- a\n\n## Head\n\ntext\n\n***'),
    {
      name: 'front matter that Jekyll does not find looks like a heading and a rule',
      files: {
        'a.md': '\n---\ntitle: A\nnav_order: 1\n---\n\n# A\n',
        'b.md': '<!-- licence -->\n---\ntitle: B\n---\n\n# B\n',
        'c.md': '---\ntitle: C\n ---\n\n# C\n',
      },
      findings: [],
    },
    found(
      'a heading right after a list item',
      '- a\n## Head',
      2,
      'GitHub shows a heading of the page, the site puts it into the list item above; put an empty line before it',
      '- a\n\n## Head',
    ),
    found(
      'an indented heading',
      '  ## Head',
      1,
      'GitHub shows a heading, the site shows the `#` as text: it is indented; begin the line with `#`',
      '## Head',
    ),
    found(
      'a heading without text',
      '##',
      1,
      'GitHub shows an empty heading, the site shows the `#`; write a text after it or remove the line',
    ),
    found(
      'an underlined heading of two lines',
      'one\ntwo\n---',
      1,
      'GitHub shows one heading of several lines, the site a paragraph; write it on one line after `#`',
      '## one two',
    ),
    found(
      'a line of hyphens after a list item',
      '- a\n---',
      1,
      'GitHub shows a rule across the page, the site makes the line above a heading; put an empty line before it',
      '- a\n\n---',
    ),
    found(
      'a line of stars after a paragraph',
      'text\n***',
      2,
      'GitHub shows a rule across the page, the site shows the characters; put an empty line before and after it',
      'text\n\n***',
    ),
    found(
      'a heading that repeats the numbered id of another',
      '## P\n\n## P\n\n## P 1',
      5,
      'links to this heading end in `#p-1-1` on GitHub and in `#p-1` on the site; write the heading with letters, digits and single hyphens',
    ),
  ],
});

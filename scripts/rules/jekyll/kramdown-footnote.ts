import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same footnotes. */
export const kramdownFootnote = differenceRule({
  id: 'kramdown-footnote',
  severity: 'warning',
  fixable: false,
  summary: 'Both sides show the same footnotes.',
  documentation: `GitHub and kramdown find the text of a footnote by different rules: kramdown wants \`[^name]: text\` at the margin,
continuation lines indented by four columns, and knows no footnote within a footnote's first line. Where they
disagree one side shows the brackets.

What to do: write \`[^name]: text\` on a line of its own between empty lines, and indent more paragraphs by four columns.

Source: \`FOOTNOTE_DEFINITION_START\` and \`FOOTNOTE_MARKER_START\` in kramdown's \`parser/kramdown/footnote.rb\`.`,
  kinds: {
    footnote: {
      message:
        'GitHub and the site disagree on this footnote; write `[^name]: text` at the margin between empty lines, and indent its further lines by four columns',
    },
  },
  examples: [
    fine('a footnote on a line of its own', 'a[^1]\n\n[^1]: note'),
    found(
      'a footnote whose text is in a list item',
      '- a[^1]\n\n  [^1]: note',
      3,
      'GitHub and the site disagree on this footnote; write `[^name]: text` at the margin between empty lines, and indent its further lines by four columns',
    ),
  ],
});

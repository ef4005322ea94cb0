import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same code spans. */
export const kramdownCodeSpan = differenceRule({
  id: 'kramdown-code-span',
  severity: 'warning',
  fixable: true,
  summary: 'Both sides show the same code spans.',
  documentation: `A single backtick before a blank begins no code span in kramdown: the backticks are shown and the code between them is
read as Markdown. Backticks that pair differently, as in a cell with an odd number of them, do the same.

What to do: no blank after the opening backtick (\`fix\` does); two backticks around code that contains one.

Source: \`CODESPAN_DELIMITER\` and \`parse_codespan\` in kramdown's \`parser/kramdown/codespan.rb\`.`,
  kinds: {
    'code-span': {
      message:
        'GitHub shows code here, the site pairs the backticks otherwise; leave no blank after the opening backtick, and use two backticks around code that contains one',
    },
  },
  examples: [
    fine('code without blanks at its edges', '`a` and `` a ` b ``'),
    found(
      'a blank after the backtick',
      'Type ` a ` now.',
      1,
      'GitHub shows code here, the site pairs the backticks otherwise; leave no blank after the opening backtick, and use two backticks around code that contains one',
      'Type `a` now.',
    ),
  ],
});

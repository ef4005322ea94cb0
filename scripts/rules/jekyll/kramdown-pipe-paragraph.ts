import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** No paragraph becomes a table because every line of it has a pipe. */
export const kramdownPipeParagraph = differenceRule({
  id: 'kramdown-pipe-paragraph',
  severity: 'error',
  fixable: true,
  summary: 'No paragraph becomes a table because every line of it has a pipe.',
  documentation: `kramdown takes a paragraph for a table as soon as every one of its lines has a \`|\` that is neither escaped nor in a code
span. It needs no delimiter row. GitHub shows the text. A line of links such as \`[Back](a.md) | [Next](b.md)\`, a formula
with \`|x|\`, or a list item with one pipe is torn into cells on the site, and a pipe within link text destroys the link.

What to do: write \`\\|\`, which both sides show as a plain pipe (\`fix\` does), or \`·\` between links.

Source: \`TABLE_LINE\` and \`parse_table\` in kramdown's \`parser/kramdown/table.rb\`.`,
  kinds: {
    'pipe-paragraph': {
      message:
        'GitHub shows this as text, the site as a table: every line has a `|` outside code; write `\\|` for each',
    },
  },
  examples: [
    fine(
      'pipes in code, escaped, or in a paragraph with a line without any',
      'Use `a | b` or a \\| b.\n\none | two\nthree',
    ),
    found(
      'two links on one line',
      '[Back](#home) | [Next](#home)',
      1,
      'GitHub shows this as text, the site as a table: every line has a `|` outside code; write `\\|` for each',
      '[Back](#home) \\| [Next](#home)',
    ),
  ],
});

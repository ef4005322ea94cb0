import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same table. */
export const kramdownTable = differenceRule({
  id: 'kramdown-table',
  severity: 'error',
  fixable: true,
  summary: 'Both sides show the same table.',
  documentation: `GitHub begins a table at a header row with a delimiter row of as many cells, whatever stands before it, and ends it at
the next block. kramdown wants an empty line before and after the table, a row below the delimiter row, and reads a pipe
in a code span as part of the code where GitHub splits the cell. Where they disagree, one side shows raw pipes, lost
cells or a torn code span.

What to do: put empty lines around the table (\`fix\` does), give the delimiter row as many cells as the header, and write
code with a pipe in a cell as \`<code>a &#124; b</code>\`: no escape within backticks suits both.

Source: \`TABLE_LINE\`, \`TABLE_SEP_LINE\` and \`parse_table\` in kramdown's \`parser/kramdown/table.rb\`; the tables section of
the GFM specification.`,
  kinds: {
    'table-before': {
      message:
        'GitHub shows a table, the site raw pipes: the line before the table is not empty; put an empty line before it',
    },
    'table-after': {
      message:
        'GitHub shows a table, the site raw pipes: the line after the table is not empty; put an empty line after it',
    },
    'table-no-body': {
      message:
        'GitHub shows a table, the site raw pipes: the table has a header but no row; add a row or write the line as text',
    },
    'table-lost': {
      message:
        'GitHub shows a table, the site does not: give every row the same number of `|`, and put empty lines around the table',
    },
    'delimiter-row': {
      message:
        'GitHub shows raw pipes, the site a table: the delimiter row has another number of cells than the header row; give it as many',
    },
    'table-cells': {
      message:
        'GitHub and the site divide this row into different cells; give each row as many cells as the header, and write `&#124;` for a pipe that is text',
    },
    'table-code-pipe': {
      message:
        'GitHub ends the cell at the `|` within backticks, the site shows it as code; write `<code>a &#124; b</code>`',
    },
    'table-code-escape': {
      severity: 'warning',
      message:
        'the site shows the backslash of `\\|` within backticks, GitHub does not; write `<code>a &#124; b</code>`',
    },
  },
  examples: [
    fine('a table between empty lines', '| a | b |\n|---|---|\n| 1 | `x` |'),
    found(
      'a table right after text',
      'Text:\n| a | b |\n|---|---|\n| 1 | 2 |',
      2,
      'GitHub shows a table, the site raw pipes: the line before the table is not empty; put an empty line before it',
      'Text:\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    ),
    found(
      'text right after a table',
      '| a | b |\n|---|---|\n| 1 | 2 |\ntext',
      1,
      'GitHub shows a table, the site raw pipes: the line after the table is not empty; put an empty line after it',
      '| a | b |\n|---|---|\n| 1 | 2 |\n\ntext',
    ),
    found(
      'a table without rows',
      '| a | b |\n|---|---|',
      1,
      'GitHub shows a table, the site raw pipes: the table has a header but no row; add a row or write the line as text',
    ),
    found(
      'a delimiter row that is too short',
      '| a | b | c |\n|---|---|\n| 1 | 2 | 3 |',
      1,
      'GitHub shows raw pipes, the site a table: the delimiter row has another number of cells than the header row; give it as many',
    ),
    found(
      'a row with more cells than the header',
      '| a | b |\n|---|---|\n| 1 | 2 | 3 |',
      1,
      'GitHub and the site divide this row into different cells; give each row as many cells as the header, and write `&#124;` for a pipe that is text',
    ),
    found(
      'a pipe in a code span of a cell',
      '| a | b |\n|---|---|\n| `x | y` | 2 |',
      3,
      'GitHub ends the cell at the `|` within backticks, the site shows it as code; write `<code>a &#124; b</code>`',
    ),
    found(
      'an escaped pipe in a code span of a cell',
      '| a | b |\n|---|---|\n| `x \\| y` | 2 |',
      3,
      'the site shows the backslash of `\\|` within backticks, GitHub does not; write `<code>a &#124; b</code>`',
    ),
  ],
});

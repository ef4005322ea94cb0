import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same lists and quotes. */
export const kramdownList = differenceRule({
  id: 'kramdown-list',
  severity: 'error',
  fixable: true,
  summary: 'Both sides show the same lists and quotes.',
  documentation: `kramdown begins every ordered list at 1, knows no \`1)\`, nests by other columns than GitHub, and takes a number with a dot
at the start of a paragraph's second line for a list. A list split by a code block at the first column goes on counting on
GitHub and starts again on the site: readers see two steps 1.

What to do: indent what belongs to an item by the width of its marker (two columns under \`- \`, three under \`1. \`), write
\`1.\`, and put an empty line before a list.

Source: \`LIST_START_OL\`, \`LIST_START_UL\` and \`parse_list\` in kramdown's \`parser/kramdown/list.rb\`.`,
  kinds: {
    'list-number': {
      message: ({ github, site }) =>
        `GitHub numbers this item ${github}, the site ${site}: on the site every list begins at 1; indent what stands between the items to their text, or write the number as text (\`${github}\\.\`)`,
    },
    'list-nesting': {
      message:
        'GitHub and the site put this into different items: its indentation fits neither the text of the item above nor the margin; indent it to the text of its item',
    },
    'list-type': {
      message:
        'GitHub and the site disagree on the list that this item belongs to; indent it to the text of the item above to nest it, or put a paragraph between the lists',
    },
    'list-paren': {
      message: 'GitHub shows a list, the site shows text: it knows no `1)`; write `1.`',
    },
    'list-lost': {
      message:
        'GitHub shows a list item here, the site does not; give the item text on its first line and put an empty line before the list',
    },
    'list-gained': {
      message:
        'the site shows a list item here, GitHub does not; escape the marker (`1\\.`, `\\-`) or break the line elsewhere',
    },
    quote: {
      message:
        'GitHub and the site disagree on the block quote that this belongs to; begin each of its lines with `>`, or put an empty line before and after it',
    },
  },
  examples: [
    fine('items that begin at 1, with nested ones at the column of the text', '1. a\n   - b\n2. c'),
    found(
      'a list that begins at 3',
      '3. three',
      1,
      'GitHub numbers this item 3, the site 1: on the site every list begins at 1; indent what stands between the items to their text, or write the number as text (`3\\.`)',
    ),
    found(
      'a bullet between ordered items',
      '1. a\n  - b',
      2,
      'GitHub and the site disagree on the list that this item belongs to; indent it to the text of the item above to nest it, or put a paragraph between the lists',
    ),
    found(
      'a parenthesis after the number',
      '1) one\n2) two',
      1,
      'GitHub shows a list, the site shows text: it knows no `1)`; write `1.`',
    ),
    found(
      'a number at the start of a line of text',
      'The year was\n2015. We know.',
      2,
      'the site shows a list item here, GitHub does not; escape the marker (`1\\.`, `\\-`) or break the line elsewhere',
      'The year was\n2015\\. We know.',
    ),
  ],
});

import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Lines break at the same places on both sides. */
export const kramdownLineBreak = differenceRule({
  id: 'kramdown-line-break',
  severity: 'warning',
  fixable: false,
  summary: 'Lines break at the same places on both sides.',
  documentation: `Two blanks or a backslash at the end of a line break it on GitHub. kramdown does the same in most places, but not in all: a
backslash within a heading or struck-out text is shown.

What to do: write \`<br>\`, which breaks the line everywhere.

Source: \`LINE_BREAK\` in kramdown's \`parser/kramdown/line_break.rb\`; \`update_text_type\` in kramdown-parser-gfm's \`gfm.rb\`.`,
  kinds: {
    'line-break': {
      message:
        'only one side breaks the line here; write `<br>` for a break, or remove the backslash or the blanks at the end of the line',
    },
  },
  examples: [
    fine('a backslash and two blanks at the end of a line', 'one\\\ntwo  \nthree'),
    found(
      'two backslashes at the end of a line',
      'one\\\\\ntwo',
      1,
      'only one side breaks the line here; write `<br>` for a break, or remove the backslash or the blanks at the end of the line',
    ),
  ],
});

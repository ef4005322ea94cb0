import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides emphasise the same words. */
export const kramdownEmphasis = differenceRule({
  id: 'kramdown-emphasis',
  severity: 'warning',
  fixable: false,
  summary: 'Both sides emphasise the same words.',
  documentation: `Stars and underscores next to punctuation, blanks or letters without case begin or end emphasis by different rules:
GitHub shows the stars of \`**Bold:**text\`, kramdown makes it bold; of two runs of stars of different length kramdown may
pair others than GitHub.

What to do: leave a blank between the closing stars and the next word, escape stars that are text (\`\\*\`), or write
\`<strong>\`.

Source: \`EMPHASIS_START\` and \`parse_emphasis\` in kramdown's \`parser/kramdown/emphasis.rb\`; delimiter runs in the
CommonMark specification.`,
  kinds: {
    emphasis: {
      message: ({ github, site }) =>
        `GitHub shows ${code(github)} here, the site ${code(site)}, with other words emphasised; put a blank outside the stars or underscores, or escape those that are text`,
    },
  },
  examples: [
    fine('stars within words and between blanks', 'snake_case_name, a*b*c, 2 * 3 * 4'),
    found(
      'bold text that a letter follows',
      '**Bold:**text',
      1,
      'GitHub shows `**Bold:**` here, the site `Bold:`, with other words emphasised; put a blank outside the stars or underscores, or escape those that are text',
    ),
  ],
});

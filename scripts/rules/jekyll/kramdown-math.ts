import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Two dollar signs are not taken for a formula. */
export const kramdownMath = differenceRule({
  id: 'kramdown-math',
  severity: 'error',
  fixable: false,
  summary: 'Two dollar signs are not taken for a formula.',
  documentation: `Two \`$$\` in one paragraph begin and end a formula in kramdown, wherever they stand: a shell's process id, a price. The
site wraps what is between them in MathJax delimiters, \`\\(\` and \`\\)\`, and without MathJax on the page readers see
those. GitHub typesets the formula itself.

What to do: write \`\\$\\$\` for dollar signs that are text, or put them into a code span. Formulas that are meant need
MathJax in the theme; then switch the rule off for the site in corpus.yml.

Source: \`BLOCK_MATH_START\` and \`INLINE_MATH_START\` in kramdown's \`parser/kramdown/math.rb\`; \`converter/math_engine/mathjax.rb\`.`,
  kinds: {
    math: {
      message:
        'the site takes the text between the `$$` for a formula and shows it between `\\(` and `\\)` or `\\[` and `\\]` unless the theme loads MathJax; write `\\$\\$` for dollar signs that are text',
    },
  },
  examples: [
    fine('dollar signs in code, escaped, or one pair only', 'Cost $5, `echo $$ and $$`, \\$\\$ or $$.'),
    found(
      'two process ids',
      'echo $$ and $$ pid',
      1,
      'the site takes the text between the `$$` for a formula and shows it between `\\(` and `\\)` or `\\[` and `\\]` unless the theme loads MathJax; write `\\$\\$` for dollar signs that are text',
    ),
  ],
});

import { differenceRule, examplePage, fine, found } from '../shared/kramdown-difference.js';
import { loader, MATH } from '../shared/site-scripts.js';
import type { SiteContext } from '../types.js';

const differences = differenceRule({
  id: 'kramdown-math',
  severity: 'error',
  fixable: false,
  summary: 'Two dollar signs are not taken for a formula.',
  documentation: `Two \`$$\` in one paragraph begin and end a formula in kramdown, wherever they stand: a shell's process id, a price. The
site wraps what is between them in MathJax delimiters, \`\\(\` and \`\\)\`, and without MathJax on the page readers see
those. GitHub typesets the formula itself. Pages on which a layout, an include or a key such as \`mathjax: true\` loads MathJax
or KaTeX are left alone.

What to do: write \`\\$\\$\` for dollar signs that are text, or put them into a code span. Formulas that are meant need
MathJax; where the theme loads it without a sign in your files, switch the rule off for the site in corpus.yml.

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
    {
      name: 'formulas on a site that loads MathJax',
      files: {
        '_includes/head.html': '<script src="/assets/mathjax/tex-chtml.js"></script>\n',
        'index.md': examplePage('The area is $$a b$$, the volume $$a b c$$.'),
      },
      findings: [],
    },
    {
      name: 'one page of two has a key that loads MathJax',
      files: {
        'a.md': '---\ntitle: A\nmath: true\n---\n\nThe area is $$a b$$.\n',
        'b.md': '---\ntitle: B\n---\n\nThe area is $$a b$$.\n',
      },
      findings: [
        {
          file: 'b.md',
          line: 5,
          message:
            'the site takes the text between the `$$` for a formula and shows it between `\\(` and `\\)` or `\\[` and `\\]` unless the theme loads MathJax; write `\\$\\$` for dollar signs that are text',
        },
      ],
    },
  ],
});

/** Two dollar signs are not taken for a formula. */
export const kramdownMath = {
  ...differences,
  *check(context: SiteContext) {
    const typesets = loader(context, MATH);
    for (const finding of differences.check(context)) {
      const page = context.site.byPath.get(finding.file ?? '');
      if (page === undefined || !typesets(page)) yield finding;
    }
  },
};

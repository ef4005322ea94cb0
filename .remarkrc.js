import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkPresetLintConsistent from 'remark-preset-lint-consistent';
import remarkPresetLintRecommended from 'remark-preset-lint-recommended';
import corpus from 'jekyll-corpus/remark';

/** `npx remark docs` and every remark editor extension: the findings of `corpus check` plus remark-lint's style. */
export default {
  plugins: [
    remarkFrontmatter,
    remarkGfm,
    remarkPresetLintRecommended,
    remarkPresetLintConsistent,
    // The index format writes delimiter rows without blanks: `|:--------|`.
    ['remark-lint-table-cell-padding', false],
    corpus,
  ],
};

import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Attribute lists for kramdown are visible on GitHub. */
export const kramdownAttributeList = differenceRule({
  id: 'kramdown-attribute-list',
  severity: 'info',
  fixable: false,
  summary: 'Attribute lists for kramdown are visible on GitHub.',
  documentation: `\`{: .note}\`, \`{:toc}\`, \`{::nomarkdown}\` and \`{#id}\` after a heading tell kramdown what class, id or content to produce. GitHub
shows them as text, and its anchor of such a heading is another one. That is often accepted on a page that is read on
the site; the rule is a note.

What to do: nothing where the site matters more; else remove the list and link to the automatic id.

Source: \`ALD_START\`, \`IAL_BLOCK_START\` and \`EXT_BLOCK_START\` in kramdown's \`parser/kramdown/extensions.rb\`.`,
  kinds: {
    'attribute-list': {
      message: ({ github }) =>
        `the site obeys ${code(github)}, GitHub shows it as text; remove it if the page is read on GitHub too`,
    },
  },
  examples: [
    fine('braces in code', 'Use `{: .note}` here.'),
    found(
      'a class for a paragraph',
      'text\n{: .note}',
      2,
      'the site obeys `{: .note}`, GitHub shows it as text; remove it if the page is read on GitHub too',
    ),
    found(
      'an id for a heading',
      '## Head {#custom}',
      1,
      'the site obeys `{#custom}`, GitHub shows it as text; remove it if the page is read on GitHub too',
    ),
  ],
});

import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Markdown in HTML is shown as Markdown on both sides. */
export const kramdownHtml = differenceRule({
  id: 'kramdown-html',
  severity: 'error',
  fixable: true,
  summary: 'Markdown in HTML is shown as Markdown on both sides.',
  documentation: `GitHub reads Markdown again after an empty line within an HTML block such as \`<details>\` or \`<div>\`. kramdown does so
only in elements with \`markdown="1"\`; in all others it shows \`**\`, \`#\` and backticks as they are typed, and headings get
no id. Inline tags differ too: a tag that kramdown does not know, or one that stands alone, can end up as text.

What to do: write \`<details markdown="1">\` (\`fix\` does where one element is open); GitHub ignores the attribute.

Source: \`handle_html_start_tag\` and \`parse_block_html\` in kramdown's \`parser/kramdown/html.rb\`; the option
\`parse_block_html\`, off by default.`,
  kinds: {
    'html-markdown': {
      message:
        'GitHub shows Markdown here, the site shows its characters: the HTML element around it lacks `markdown="1"`; add it to the opening tag',
    },
    'html-text': {
      message:
        'GitHub and the site show the text in or right after this HTML differently; put an empty line after the tags, and `markdown="1"` on the element around Markdown',
    },
    'html-inline': {
      severity: 'warning',
      message: ({ github, site }) =>
        `GitHub and the site read an HTML tag here differently (${code(github)} and ${code(site)}); close the tag, or write \`&lt;\` for a \`<\` that is text`,
    },
  },
  examples: [
    fine(
      'an element with markdown="1"',
      '<details markdown="1">\n<summary>S</summary>\n\n**bold**\n\n</details>',
    ),
    found(
      'Markdown in a plain element',
      '<details>\n<summary>S</summary>\n\n**bold**\n\n</details>',
      4,
      'GitHub shows Markdown here, the site shows its characters: the HTML element around it lacks `markdown="1"`; add it to the opening tag',
      '<details markdown="1">\n<summary>S</summary>\n\n**bold**\n\n</details>',
    ),
    found(
      'a closing tag that nothing opens',
      'text </p> more',
      1,
      'GitHub and the site read an HTML tag here differently (nothing and `</p>`); close the tag, or write `&lt;` for a `<` that is text',
    ),
  ],
});

import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Both sides show the same code. */
export const kramdownFence = differenceRule({
  id: 'kramdown-fence',
  severity: 'error',
  fixable: true,
  summary: 'Both sides show the same code.',
  documentation: `kramdown knows a fence only when its info string is one word, when it is closed, and when no list item's text runs into
it; otherwise it shows the backticks and reads the code as Markdown. A fence indented beyond the text around it keeps
the surplus blanks in the code that readers copy. kramdown also cuts the language at \`?\`.

What to do: one word after the backticks, an empty line before the fence, its indentation exactly that of the text
around it (two columns under \`- \`, three under \`1. \`), and a closing line. \`fix\` does all but the last.

Source: \`FENCED_CODEBLOCK_MATCH\` in kramdown-parser-gfm's \`gfm.rb\`; \`parse_codeblock_fenced\` in kramdown's
\`parser/kramdown/codeblock.rb\`; \`parse_list\` in \`list.rb\`.`,
  kinds: {
    'fence-info': {
      message: ({ github, site }) =>
        `GitHub shows code, the site shows the backticks and reads the code as Markdown: ${code(github)} has a blank after the language; write ${code(site)}`,
    },
    'fence-unclosed': {
      message:
        'GitHub shows everything from here on as code, the site shows the backticks as text: the fence is never closed; close it',
    },
    'fence-after-item': {
      message:
        'GitHub shows code below the list, the site makes it part of the item above or shows the backticks; put an empty line before it, or indent it to the text of the item',
    },
    'fence-lost': {
      message:
        'GitHub shows code, the site shows the backticks as text; put empty lines around the fence and indent it like the text around it',
    },
    'fence-gained': {
      message:
        'the site shows code, GitHub does not; put empty lines around the fence, or escape the backticks',
    },
    'indented-code': {
      message:
        'only one side shows this as code: it is indented by four columns or a tab; write it between lines of three backticks, or indent it less',
    },
    'code-text': {
      message:
        'GitHub and the site end this code at different lines or show it with other text; put empty lines around it and indent it like the text around it',
    },
    'code-indent': {
      severity: 'warning',
      message:
        'the site shows the code with other indentation than GitHub: it is indented differently from the text around it; indent it exactly as far',
    },
    'code-language': {
      severity: 'warning',
      deliberate: ({ github }) => github === '',
      message: ({ github, site }) =>
        github === ''
          ? `the site highlights this as ${code(site)}, which an attribute list names, GitHub not at all; write the language after the fence`
          : `GitHub highlights this as ${code(github)}, the site as ${code(site)}; write the language alone`,
    },
  },
  examples: [
    fine('fences with one word at the column of their text', '1. item\n\n   ```js\n   x\n   ```'),
    found(
      'words after the language',
      '```js title="a.js"\nx\n```',
      1,
      'GitHub shows code, the site shows the backticks and reads the code as Markdown: `js title="a.js"` has a blank after the language; write `js`',
      '```js\nx\n```',
    ),
    found(
      'a fence that is never closed',
      '```js\nx',
      1,
      'GitHub shows everything from here on as code, the site shows the backticks as text: the fence is never closed; close it',
    ),
    found(
      'a fence right after a list item',
      '- item\n```\nx\n```',
      2,
      'GitHub shows code below the list, the site makes it part of the item above or shows the backticks; put an empty line before it, or indent it to the text of the item',
      '- item\n\n```\nx\n```',
    ),
    found(
      'a fence deeper than its item',
      '- item\n\n    ```js\n    x\n    ```',
      3,
      'the site shows the code with other indentation than GitHub: it is indented differently from the text around it; indent it exactly as far',
      '- item\n\n  ```js\n  x\n  ```',
    ),
    found(
      'a question mark in the language',
      '```js?line=1\nx\n```',
      1,
      'GitHub highlights this as `js?line=1`, the site as `js`; write the language alone',
    ),
    found(
      'a language in an attribute list',
      '~~~\nx\n~~~\n{: .language-js}',
      1,
      'the site highlights this as `js`, which an attribute list names, GitHub not at all; write the language after the fence',
    ),
  ],
});

import { differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** No text is taken for a definition list, an abbreviation or an end of block. */
export const kramdownDefinition = differenceRule({
  id: 'kramdown-definition',
  severity: 'error',
  fixable: true,
  summary: 'No text is taken for a definition list, an abbreviation or an end of block.',
  documentation: `kramdown has syntax that GitHub shows as text: a line that begins with \`: \` after a paragraph makes it a definition list,
\`*[HTML]: Hyper Text\` defines an abbreviation and vanishes, and a line of only \`^\` ends a block and vanishes.

A definition list is a note only, except in the tutorial preset: who writes one for the site means it.

What to do: escape the first character (\`\\:\`, \`&#94;\`) or join the line to the one before.

Source: \`DEFINITION_LIST_START\` in kramdown's \`parser/kramdown/list.rb\`, \`ABBREV_DEFINITION_START\` in \`abbreviation.rb\`,
\`EOB_MARKER\` in \`eob.rb\`.`,
  kinds: {
    'definition-list': {
      // A colon and a blank at the start of a line are seldom an accident.
      deliberate: () => true,
      message:
        'GitHub shows text, the site a definition list: a line begins with `: `; write `\\:` or join the lines',
    },
    abbreviation: {
      message:
        'GitHub shows this line, the site takes it for the definition of an abbreviation and shows nothing; escape the star (`\\*`)',
    },
    'end-of-block': {
      message:
        'GitHub shows `^`, the site takes the line for the end of a block and shows nothing; write `&#94;`',
    },
  },
  examples: [
    fine('a colon after a word', 'Term: meaning'),
    found(
      'a line that begins with a colon',
      'Term\n: meaning',
      1,
      'GitHub shows text, the site a definition list: a line begins with `: `; write `\\:` or join the lines',
    ),
    found(
      'an abbreviation',
      'The HTML page.\n\n*[HTML]: Hyper Text',
      3,
      'GitHub shows this line, the site takes it for the definition of an abbreviation and shows nothing; escape the star (`\\*`)',
    ),
    found(
      'a line of only a caret',
      'text\n\n^\n\nmore',
      3,
      'GitHub shows `^`, the site takes the line for the end of a block and shows nothing; write `&#94;`',
      'text\n\n&#94;\n\nmore',
    ),
  ],
});

import { LineIndex } from '../../corpus/text.js';
import { siteRule } from '../types.js';

const page = (body: string): string => `---\ntitle: Home\n---\n\n# Home\n\n${body}\n`;

/** Markdown on which kramdown itself raises an error. */
export const kramdownStops = siteRule({
  id: 'kramdown-stops',
  theme: 'jekyll',
  severity: 'error',
  preset: 'recommended',
  fixable: false,
  summary: 'No Markdown makes kramdown raise an error.',
  documentation: `A footnote that the text refers to, and whose definition has nothing but an attribute list, has no last
paragraph to put the link back into. kramdown's HTML converter raises \`NoMethodError\`, and the whole build stops without
naming the footnote. GitHub shows the page.

What to do: write the footnote's text, or remove the reference.

Source: \`insert_footnote_backlink\` and \`footnote_content\` in kramdown's \`converter/html.rb\`.`,
  examples: [
    { name: 'a footnote with text', files: { 'index.md': page('Text.[^1]\n\n[^1]: A note.') }, findings: [] },
    {
      name: 'a footnote with an attribute list only',
      files: { 'index.md': page('Text.[^1]\n\n[^1]: {: .wide}') },
      findings: [
        {
          file: 'index.md',
          line: 9,
          column: 1,
          message:
            'the footnote `1` is referred to but has no content, so kramdown stops the build; write its text or remove the reference',
        },
      ],
    },
  ],
  *check({ site, source }) {
    for (const { facts, markdown } of site.pages) {
      if (!markdown || facts.rendered.emptyFootnotes.length === 0) continue;
      const lines = new LineIndex(source(facts.path) ?? '');
      for (const { name, line } of facts.rendered.emptyFootnotes)
        yield {
          file: facts.path,
          range: lines.lineRange(line),
          message: `the footnote \`${name}\` is referred to but has no content, so kramdown stops the build; write its text or remove the reference`,
        };
    }
  },
});

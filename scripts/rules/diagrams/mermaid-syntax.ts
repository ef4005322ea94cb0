import { LineIndex } from '../../corpus/text.js';
import { count } from '../shared/wording.js';
import { pageRule } from '../types.js';

const page = (diagram: string): string => `---\ntitle: Lamp\n---\n\n# Lamp\n\n${diagram}\n`;

export const mermaidSyntax = pageRule({
  id: 'mermaid-syntax',
  theme: 'jekyll',
  severity: 'error',
  preset: 'tutorial',
  fixable: false,
  summary: 'Mermaid can draw every diagram.',
  documentation: `
Triggered by a \`mermaid\` fence whose text mermaid 11's own grammar refuses, or whose first word names no diagram type that it
knows. The line that is reported is the one in the page.

GitHub and just-the-docs (its \`_includes/components/mermaid.html\`) hand the text to mermaid in the reader's browser. No build
step sees a mistake: the reader gets a box that says "Syntax error" where the picture should be.

Correct the line. Text with brackets, quotes, semicolons or the word \`end\` often needs quotes: \`a["end (of file)"]\`.

The check needs mermaid itself, which is large and therefore not installed with the tool. Where it is missing, each page
with a diagram gets a note that says so: run \`npm install --save-dev mermaid@11 jsdom\`.
`,
  *check({ facts, source }) {
    const unchecked = facts.diagrams.filter((diagram) => diagram.unchecked !== null);
    const [first] = unchecked;
    const wrong = facts.diagrams.filter((diagram) => diagram.error !== null);
    if (!first && wrong.length === 0) return;
    const lines = new LineIndex(source);
    if (first)
      yield {
        severity: 'info',
        range: lines.lineRange(facts.codeBlocks[first.codeBlock]?.range.start.line ?? 1),
        message: `diagram check skipped for ${count(unchecked.length, 'diagram')} of this page: ${first.unchecked ?? ''}`,
      };
    for (const { codeBlock, error } of wrong) {
      const block = facts.codeBlocks[codeBlock];
      if (!block || !error) continue;
      const line = Math.min(block.range.start.line + error.line, block.range.end.line);
      yield {
        range: lines.lineRange(line),
        message: `mermaid cannot draw this diagram: ${error.message}; correct its line ${error.line}`,
      };
    }
  },
  examples: [
    {
      name: 'a flowchart, and a fence of another language',
      files: {
        'index.md': page(
          '```mermaid\nflowchart LR\n  a["Switch (on)"] --> b\n```\n\n```text\nflowchart\n  a -->\n```',
        ),
      },
      findings: [],
    },
    {
      name: 'a statement that is not finished',
      files: {
        'index.md': page(
          'Power:\n\n```mermaid\nflowchart LR\n  %% from left to right\n  a --> b\n  b --> [c\n```',
        ),
      },
      findings: [
        {
          file: 'index.md',
          line: 13,
          message:
            "mermaid cannot draw this diagram: found `[` where mermaid's grammar expects `AMP`, `COLON`, `PIPE`, `TESTSTR`, `DOWN` or 8 other tokens; correct its line 4",
        },
      ],
    },
    {
      name: 'a type that does not exist',
      files: { 'index.md': page('```mermaid\nflowchrt LR\n  a --> b\n```') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          message:
            'mermaid cannot draw this diagram: `flowchrt LR` names no diagram type that mermaid 11 knows; begin with one such as `flowchart LR`, `sequenceDiagram` or `stateDiagram-v2`; correct its line 1',
        },
      ],
    },
    {
      name: 'an empty diagram',
      files: { 'index.md': page('```mermaid\n```') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          message:
            'mermaid cannot draw this diagram: the diagram is empty; begin it with its type, for example `flowchart LR`; correct its line 1',
        },
      ],
    },
  ],
});

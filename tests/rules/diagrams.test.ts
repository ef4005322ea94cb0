/** What the examples of `mermaid-syntax` cannot show, since they run with mermaid installed. */
import { expect, it } from 'vitest';
import { extractFacts } from '../../scripts/corpus/extract.js';
import { defaultConfig } from '../../scripts/corpus/config.js';
import { mermaidSyntax } from '../../scripts/rules/diagrams/mermaid-syntax.js';

it('notes once for a page that its diagrams were not checked', async () => {
  const fence = '```mermaid\nflowchart LR\n```';
  const source = `# A\n\n${fence}\n\n${fence}\n`;
  const facts = await extractFacts('a.md', source, { engine: 'pages', markdown: true });
  for (const diagram of facts.diagrams) diagram.unchecked = '`mermaid` is not installed; install it';
  const context = { facts, source, config: defaultConfig(), options: undefined };
  expect([...mermaidSyntax.check(context)]).toMatchObject([
    {
      severity: 'info',
      range: { start: { line: 3 } },
      message: 'diagram check skipped for 2 diagrams of this page: `mermaid` is not installed; install it',
    },
  ]);
});

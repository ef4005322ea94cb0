/** What the comparison of the two renderings of a page finds. */

/** One way in which the two sides differ; each has one cause in the source. */
export const DIFFERENCE_KINDS = [
  // Tables
  'pipe-paragraph',
  'delimiter-row',
  'table-before',
  'table-after',
  'table-no-body',
  'table-lost',
  'table-cells',
  'table-code-pipe',
  'table-code-escape',
  // Headings and rules
  'heading-in-item',
  'heading-indented',
  'heading-empty',
  'heading-setext-lines',
  'heading-lost',
  'heading-gained',
  'heading-level',
  'heading-id',
  'rule-lost',
  'rule-heading',
  // Code
  'fence-info',
  'fence-unclosed',
  'fence-after-item',
  'fence-lost',
  'fence-gained',
  'code-language',
  'code-indent',
  'code-text',
  'indented-code',
  // Lists and quotes
  'list-number',
  'list-nesting',
  'list-type',
  'list-paren',
  'list-gained',
  'list-lost',
  'quote',
  // HTML
  'html-markdown',
  'html-text',
  'html-inline',
  // Things only one side knows
  'math',
  'definition-list',
  'abbreviation',
  'end-of-block',
  'attribute-list',
  'footnote',
  // Text
  'bare-url',
  'escape',
  'emphasis',
  'code-span',
  'strikethrough',
  'link',
  'link-definition',
  'line-break',
  'typography',
  'other',
  // What GitHub makes of plain Markdown and kramdown does not
  'mermaid',
  'alert',
  'emoji',
  'dollar-math',
] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/**
 * Random Markdown for comparing the model of kramdown with kramdown itself: documents that are likely to
 * be right (nested blocks with proper indentation), and heaps of syntax that are likely to be wrong.
 */
import fc from 'fast-check';

const words = [
  'alpha',
  'Beta',
  'γάμμα',
  'snake_case',
  'x1',
  '中文',
  'naïve',
  'A',
  '2024',
  'fooBar',
  '🚀',
  'é',
];

/** Inline pieces, whole or broken off. */
const inlinePieces = [
  ...words,
  ...words,
  ' ',
  ' ',
  ' ',
  '\n',
  '*em*',
  '**strong**',
  '_em_',
  '__strong__',
  '***both***',
  '*',
  '**',
  '_',
  '`code`',
  '`` a ` b ``',
  '`',
  '``',
  '~~gone~~',
  '~~',
  '[text](target.md)',
  '[text](target.md "title")',
  '[text](<a b.md>)',
  '[text][ref]',
  '[ref]',
  '[ref][]',
  '![alt](image.png)',
  '![*alt*][ref]',
  '[',
  ']',
  '](',
  ')',
  '(',
  '![',
  '<https://example.com/a_b>',
  '<me@example.com>',
  'https://example.com',
  '<b>bold *x*</b>',
  '<br>',
  '<br/>',
  '<kbd>*k*</kbd>',
  '<span class="a" id=b>',
  '</span>',
  '<T>',
  '</div>',
  '<div>',
  '<!-- c -->',
  '<!--',
  '<',
  '>',
  '&amp;',
  '&nbsp;',
  '&bogus;',
  '&#8212;',
  '&#x1F600;',
  '&',
  '\\*',
  '\\_',
  '\\`',
  '\\%',
  '\\~',
  '\\',
  '\\\n',
  '  \n',
  '--',
  '---',
  '...',
  '<<',
  '>>',
  '<< ',
  ' >>',
  '"quoted"',
  "'single'",
  '"',
  "'",
  "it's",
  "'80s",
  '$$x_1$$',
  '$$',
  '$',
  '[^1]',
  '[^note]',
  '[^none]',
  '{: .cls}',
  '{: #id key="v w"}',
  '{:',
  '}',
  '{::comment}c{:/comment}',
  '{::nomarkdown}*raw*{:/}',
  '|',
  '\\|',
  ' | ',
  'HTML',
  '!',
  '.',
  ',',
  ':',
  '-',
  '+',
  '#',
  '^',
  '=',
];

const inline = fc
  .array(fc.constantFrom(...inlinePieces), { minLength: 1, maxLength: 9 })
  .map((pieces) => pieces.join(''));

const line = inline.map((text) => text.replaceAll('\n', ' '));

/** Lines that begin or end blocks, or look as if they did. */
const blockLines = [
  '',
  '',
  '',
  '   ',
  '# Heading',
  '## Heading ##',
  '### A -- B {#own}',
  ' # Indented',
  '#NoSpace',
  '#',
  '## ',
  'Setext',
  '---',
  '===',
  '***',
  '- - -',
  '___',
  '- item',
  '- ',
  '-',
  '* star',
  '+ plus',
  '  - two',
  '    - four',
  '\t- tab',
  '      - six',
  '1. one',
  '2. two',
  '10. ten',
  '1) paren',
  '   1. three',
  '- [ ] todo',
  '- [x] done',
  '- {:.cls} item',
  '-|pipe',
  '-\ttab',
  '  text at two',
  '   text at three',
  '    text at four',
  '\ttext at tab',
  '        text at eight',
  'text',
  'text  ',
  ' \ttext',
  '  \t- tabbed',
  '\u00a0no-break',
  '* * twice',
  '> quote',
  '>quote',
  '> - item',
  '> # Heading',
  '>',
  '>> deep',
  '  > indented',
  '```',
  '```js',
  '``` js',
  '```js title="x"',
  '```js?a=1',
  '````',
  '~~~',
  '~~~ ruby',
  '  ```',
  '   ```',
  '    ```',
  '`~`',
  ': definition',
  ':   wide',
  '  : indented',
  '| a | b |',
  '|---|---|',
  '|:--|--:|',
  '|===|===|',
  'a | b',
  '`a|b` | c',
  '<code>a|b</code> | c',
  '| a',
  '- x | y',
  '--|--',
  '<div>',
  '<div markdown="1">',
  '<div markdown="block">',
  '<p markdown="span">',
  '<section markdown="0">',
  '</div>',
  '</p>',
  '</section>',
  '<details>',
  '<summary>S</summary>',
  '</details>',
  '<details markdown="1"><summary>*S*</summary>',
  '<table><tr><td>',
  '</td></tr></table>',
  '<hr>',
  '<br>',
  '<a name="x"></a>',
  '<a id="y"/>',
  '<img src="a.png">',
  '<script>',
  'if (a < b) {}',
  '</script>',
  '<pre>',
  '</pre>',
  '<style>p{}</style> after',
  '<unknown>',
  '</unknown>',
  '<?pi x?>',
  '<!-- comment -->',
  '<!-- open',
  'close -->',
  '  <!-- indented -->',
  '<div',
  'class="x">',
  '[ref]: target.md',
  '[ref]: <a b.md> "Title"',
  "[other]: x 'T'",
  '"next line title"',
  '[^1]: footnote',
  '[^note]: text *em*',
  '*[HTML]: Hyper Text',
  '{: .block}',
  '{: #bid}',
  '{:name: .a #b k="v"}',
  '{: name}',
  '{:toc}',
  '{::options auto_ids="false" /}',
  '{::options parse_block_html="true" /}',
  '{::comment}',
  '{:/comment}',
  '{:/}',
  '{::nomarkdown}',
  '^',
  '$$',
  '$$x$$',
  '\\$$x$$',
  'HTML here',
];

const heap = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...blockLines) }, { weight: 1, arbitrary: inline }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((lines) => `${lines.join('\n')}\n`);

/** Prefixes all lines but the first differently. */
function indent(lines: string[], first: string, rest: string): string[] {
  return lines.map((text, index) => (text === '' && index > 0 ? '' : (index === 0 ? first : rest) + text));
}

type Block = string[];

const { block } = fc.letrec<{ block: Block; blocks: Block }>((tie) => ({
  blocks: fc
    .array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: 'blocks' })
    .chain((children) =>
      fc
        .boolean()
        .map((spaced) => children.flatMap((child, index) => (index > 0 && spaced ? ['', ...child] : child))),
    ),
  block: fc.oneof(
    { depthIdentifier: 'blocks', maxDepth: 4 },
    { weight: 4, arbitrary: fc.array(line, { minLength: 1, maxLength: 3 }) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: 6 }), line)
        .map(([n, text]) => [`${'#'.repeat(n)} ${text}`]),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom('```', '~~~', '````'),
          fc.constantFrom('', 'js', 'rust,ignore', 'x y'),
          fc.array(line, { maxLength: 3 }),
        )
        .map(([fence, info, body]) => [fence + info, ...body, fence]),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.array(fc.tuple(line, line), { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([rows, header]) => {
          const lines = rows.map(([a, b]) => `| ${a} | ${b} |`);
          return header ? [lines[0]!, '|---|:-:|', ...lines.slice(1)] : lines;
        }),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom('- ', '* ', '-   ', '1. ', '10. ', '+ '),
          fc.integer({ min: -1, max: 1 }),
          tie('blocks'),
          tie('blocks'),
        )
        .map(([marker, shift, one, two]) => {
          const rest = ' '.repeat(Math.max(0, marker.length + shift));
          return [...indent(one, marker, rest), ...indent(two, marker, rest)];
        }),
    },
    {
      weight: 2,
      arbitrary: tie('blocks').map((inner) => indent(inner, '> ', '> ').map((text) => text || '>')),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom('<div markdown="1">', '<div>', '<details>', '<section markdown="block">'),
          tie('blocks'),
        )
        .map(([tag, inner]) => [tag, '', ...inner, '', `</${/\w+/.exec(tag)![0]}>`]),
    },
    { weight: 1, arbitrary: fc.tuple(line, line).map(([term, text]) => [term, `: ${text}`]) },
    { weight: 1, arbitrary: line.map((text) => [`[^1]: ${text}`]) },
    { weight: 1, arbitrary: line.map((text) => [`    ${text}`]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Block[]>(
        ['{: .note}'],
        ['---'],
        ['[ref]: a.md "T"'],
        ['*[HTML]: Hyper'],
        ['^'],
        ['$$', 'x', '$$'],
      ),
    },
  ),
}));

const tree = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .chain((blocks) =>
    fc
      .constantFrom('\n', '\n\n')
      .map((between) => blocks.map((lines) => lines.join('\n')).join(between) + '\n'),
  );

/** A whole document of any kind. */
export const markdownDocument: fc.Arbitrary<string> = fc.oneof(
  tree,
  heap,
  inline.map((text) => `${text}\n`),
);

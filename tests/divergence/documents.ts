/** Random pages of the constructs on which GitHub and kramdown disagree, in random nestings. */
import fc from 'fast-check';

const word = fc.constantFrom('alpha', 'Beta', 'snake_case', 'x1', '中文', '2024', 'naïve', 'AT&T');
const inline = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: word },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '*em*',
          '**strong**',
          '_em_',
          '`code`',
          '`a | b`',
          '[link](a.md)',
          '![image](a.png)',
          '<https://example.com>',
          '~~gone~~',
          '&copy;',
          '\\*',
          '<br>',
          '<kbd>K</kbd>',
          '(a, b)',
          '"quoted"',
          "it's",
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '|',
          '\\|',
          '--',
          '--flag',
          '...',
          '<<',
          '>>',
          '$$',
          'https://example.com/a_b',
          'www.example.com',
          'me@example.com',
          '\\%',
          '\\@',
          '~one~',
          '` a `',
          '**Bold:**text',
          '<T>',
          '</p>',
          '{: .note}',
          '[a](b c.md)',
          '*',
          '**',
          '`',
          '[x]',
          '{{ site.title }}',
          '{% raw %}{{ x }}{% endraw %}',
          '2 * 3',
        ),
      },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pieces) => pieces.join(' '));

type Lines = string[];

function indent(lines: Lines, first: string, rest: string): Lines {
  return lines.map((line, index) => (index === 0 ? first + line : line === '' ? '' : rest + line));
}

const { blocks } = fc.letrec<{ block: Lines; blocks: Lines }>((tie) => ({
  blocks: fc
    .array(fc.tuple(tie('block'), fc.integer({ min: 0, max: 5 })), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) =>
      // An empty line stands between most blocks, as in real pages.
      parts.flatMap(([lines, gap], index) => (index > 0 && gap > 0 ? ['', ...lines] : lines)),
    ),
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.array(inline, { minLength: 1, maxLength: 3 }),
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), inline, fc.constantFrom('', '', '', ' '))
      .map(([level, text, before]): Lines => [`${before}${'#'.repeat(level)} ${text}`]),
    fc
      .tuple(
        fc.constantFrom('', 'js', 'js title="x"', 'rust,ignore', 'js?x=1'),
        fc.constantFrom('', '', '', '  '),
        fc.boolean(),
      )
      .map(([info, before, blank]): Lines =>
        [`\`\`\`${info}`, 'code | x', ...(blank ? [''] : []), '  more()', '```'].map((line) =>
          line === '' ? '' : before + line,
        ),
      ),
    fc
      .tuple(
        fc.array(fc.tuple(inline, inline), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 9 }),
      )
      .map(([rows, odd]): Lines => {
        const lines = rows.map(([a, b]) => `| ${a} | ${b} |`);
        return [lines[0] ?? '', odd === 0 ? '|---|' : '|---|---|', ...lines.slice(1)];
      }),
    fc
      .tuple(
        fc.constantFrom('- ', '- ', '* ', '1. ', '1. ', '3. ', '1) '),
        fc.constantFrom(0, 0, 0, 0, 1, -1, 2),
        fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }),
      )
      .map(([marker, shift, items]): Lines =>
        items.flatMap((item) => indent(item, marker, ' '.repeat(Math.max(0, marker.length + shift)))),
      ),
    tie('blocks').map((inner) => indent(inner, '> ', '> ').map((line) => line || '>')),
    fc
      .tuple(
        fc.constantFrom('<div>', '<details>', '<details markdown="1">', '<div markdown="1">'),
        fc.boolean(),
        tie('blocks'),
      )
      .map(([tag, blank, inner]): Lines => {
        const gap = blank ? [''] : [];
        return [tag, ...gap, ...inner, ...gap, `</${/\w+/.exec(tag)?.[0] ?? 'div'}>`];
      }),
    fc.constantFrom<Lines>(
      ['---'],
      ['***'],
      ['Setext', '---'],
      ['two', 'lines', '---'],
      ['{: .note}'],
      ['Term', ': meaning'],
      ['text[^1]', '', '[^1]: note'],
      ['[ref]', '', '[ref]: a.md "T"'],
      ['*[HTML]: Hyper Text'],
      ['^'],
      ['    indented code'],
      ['<!-- comment -->'],
      ['- [ ] todo', '- [x] done'],
      ['> [!NOTE]', '> text'],
      ['```js', 'never closed'],
      ['$$', 'x^2', '$$'],
    ),
  ),
}));

/** A page body. */
export const page: fc.Arbitrary<string> = blocks.map((lines) => `${lines.join('\n')}\n`);

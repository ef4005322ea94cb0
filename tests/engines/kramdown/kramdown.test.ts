/** What the model adds to kramdown: positions, headings, anchors and limits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anchors,
  emptyFootnotes,
  maxBlockDepth,
  parseBlocks,
  parseKramdown,
  renderedHeadings,
  toHtml,
  type KramdownElement,
} from '../../../scripts/engines/kramdown/index.js';
import { markdownDocument } from '../../support/kramdown-documents.js';

/** `type first-last` of every block below an element, blank lines left out, nested by indentation. */
function outline(parent: KramdownElement, depth = 0): string[] {
  return parent.children.flatMap((child) => {
    const isSpan =
      child.category === 'span' || ['text', 'raw_text', 'em', 'codespan', 'a'].includes(child.type);
    if (isSpan || child.type === 'blank') return [];
    const own = `${'  '.repeat(depth)}${child.type} ${child.startLine}-${child.endLine}`;
    return [own, ...outline(child, depth + 1)];
  });
}

function paragraphs(parent: KramdownElement): KramdownElement[] {
  return parent.children.flatMap((child) => (child.type === 'p' ? [child] : paragraphs(child)));
}

function depthOf(element: KramdownElement): number {
  let deepest = 0;
  const stack: [KramdownElement, number][] = [[element, 0]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    deepest = Math.max(deepest, next[1]);
    for (const child of next[0].children) stack.push([child, next[1] + 1]);
  }
  return deepest;
}

/** Lines of sixteen backticks and tildes, no two alike. */
function mixedFences(count: number): string {
  const line = (number: number): string => number.toString(2).padStart(16, '0');
  const lines = Array.from({ length: count }, (_, number) => line(number));
  return `${lines.join('x\n').replaceAll('0', '`').replaceAll('1', '~')}\n`;
}

const page = [
  '# Title', // 1
  'One', // 2
  'two.', // 3
  '', // 4
  '- item', // 5
  '', // 6
  '  ```js', // 7
  '  x', // 8
  '  ```', // 9
  '- > quote', // 10
  '  > ## In', // 11
  '', // 12
  '', // 13
  '| a | b |', // 14
  '|---|---|', // 15
  '| 1 | 2 |', // 16
  '', // 17
  '<div markdown="1">', // 18
  '', // 19
  'Set', // 20
  '---', // 21
  '', // 22
  '</div>', // 23
  '', // 24
  'Term', // 25
  ': Meaning', // 26
  '  more', // 27
  '', // 28
  '-', // 29
  '  \t', // 30
  '1. ', // 31
  '   text', // 32
  '', // 33
  '        code', // 34
  '', // 35
  '[^1]:# In a note', // 36
].join('\n');

describe('positions', () => {
  it('gives the lines of blocks, nested ones too', () => {
    expect(outline(parseKramdown(page))).toEqual([
      'header 1-1',
      'p 2-3',
      'ul 5-11',
      '  li 5-9',
      '    p 5-5',
      '    codeblock 7-9',
      '  li 10-11',
      '    blockquote 10-11',
      '      p 10-10',
      '      header 11-11',
      'table 14-16',
      '  thead 14-14',
      '    tr 14-14',
      '      td 14-14',
      '      td 14-14',
      '  tbody 16-16',
      '    tr 16-16',
      '      td 16-16',
      '      td 16-16',
      'html_element 18-23',
      '  header 20-21',
      'dl 25-27',
      '  dt 25-25',
      '  dd 26-27',
      '    p 26-27',
      'p 29-29',
      'ol 31-34',
      '  li 31-34',
      '    p 32-32',
      '    codeblock 34-34',
    ]);
  });

  it('finds every line of every paragraph of random documents in its line of the source', () => {
    const property = fc.property(markdownDocument, (text) => {
      const source = text.split('\n');
      for (const paragraph of paragraphs(parseBlocks(text))) {
        // Where options or footnotes call for it, spans are parsed after all.
        if (paragraph.children[0]?.type !== 'raw_text') continue;
        const lines = paragraph.children[0].value!.trimEnd().split('\n');
        // A task's box is no longer what the author wrote.
        lines[0] = lines[0]!.replace(/^<input [^>]*>/, '');
        lines.forEach((line, index) => {
          expect(source[paragraph.startLine - 1 + index]).toContain(line.trim());
        });
        expect(paragraph.endLine).toBe(paragraph.startLine + lines.length - 1);
      }
    });
    fc.assert(property, { seed: 42, numRuns: 3000 });
  });

  it('gives the line on which a span begins', () => {
    const [paragraph] = parseKramdown('one\ntwo `x`\nthree *y\nz* [a](b)').children;
    const spans = paragraph!.children.filter((child) => child.type !== 'text');
    expect(spans.map((span) => [span.type, span.startLine])).toEqual([
      ['codespan', 2],
      ['em', 3],
      ['a', 4],
    ]);
  });

  it('counts Windows and old Mac line ends as one line each', () => {
    expect(renderedHeadings(parseKramdown('a\r\n\r\n# b\r\r# c'))).toMatchObject([{ line: 3 }, { line: 5 }]);
  });
});

describe('renderedHeadings', () => {
  it('lists headings of lists, quotes and HTML with their ids', () => {
    const text =
      '# A & B\n\n- ## In `list`\n\n> # A & B\n\n<div markdown="1">\n# 1. Ünï 2\n</div>\n\n# Own {#mine}\n';
    expect(renderedHeadings(parseKramdown(text))).toEqual([
      { level: 1, text: 'A & B', id: 'a--b', explicit: false, line: 1 },
      { level: 2, text: 'In list', id: 'in-list', explicit: false, line: 3 },
      { level: 1, text: 'A & B', id: 'a--b-1', explicit: false, line: 5 },
      { level: 1, text: '1. Ünï 2', id: 'n-2', explicit: false, line: 8 },
      { level: 1, text: 'Own', id: 'mine', explicit: true, line: 11 },
    ]);
  });

  it('reports no id where kramdown writes none', () => {
    expect(renderedHeadings(parseKramdown('# 🎉\n\n# !!!')).map(({ id }) => id)).toEqual([null, '-1']);
    expect(renderedHeadings(parseKramdown('# a', { autoIds: false }))[0]!.id).toBeNull();
  });

  it('gives the same answer without the spans of other text', () => {
    const text = `${page}\n\n[a]: b\n\n# [a] and *b*\n\nNote.[^1]\n`;
    const full = renderedHeadings(parseKramdown(text));
    expect(full.map(({ id }) => id)).toEqual(['title', 'in', 'set', 'a-and-b', 'in-a-note']);
    expect(renderedHeadings(parseBlocks(text))).toEqual(full);
  });
});

describe('anchors', () => {
  it('finds ids of headings, attribute lists, HTML, footnotes and the table of contents', () => {
    const text = [
      '* toc',
      '{:toc}',
      '',
      '# One',
      '',
      'Text.[^n] Again.[^n]',
      '{: #para}',
      '',
      '<a name="old"></a>',
      '',
      '<div id="box"><p id="inner">x</p></div>',
      '',
      '*x*{: #span}',
      '',
      '[^n]: Note.',
    ].join('\n');
    expect(anchors(parseKramdown(text))).toEqual([
      { id: 'markdown-toc', line: 1 },
      { id: 'one', line: 4 },
      { id: 'para', line: 6 },
      { id: 'fnref:n', line: 6 },
      { id: 'fnref:n:1', line: 6 },
      { id: 'old', line: 9 },
      { id: 'box', line: 11 },
      { id: 'inner', line: 11 },
      { id: 'span', line: 13 },
      { id: 'fn:n', line: 15 },
    ]);
  });
});

describe('emptyFootnotes', () => {
  it('finds the footnotes that stop a build', () => {
    const empty = '[^1]: {: .x}\n';
    expect(emptyFootnotes(parseKramdown(`a[^1]\n\n${empty}`))).toEqual([{ name: '1', line: 3 }]);
    expect(emptyFootnotes(parseKramdown(`a\n\n${empty}`))).toEqual([]);
  });
});

describe('limits', () => {
  it.each([
    ['quotes', '>'.repeat(10_000)],
    ['lists', '* + '.repeat(10_000)],
    ['HTML', '<div>'.repeat(10_000)],
    ['HTML with Markdown', '<div markdown="1">\n'.repeat(10_000)],
    ['inline HTML', `a ${'<b>'.repeat(10_000)}`],
    ['images', '!['.repeat(10_000) + ']()'.repeat(10_000)],
  ])('survives deeply nested %s', (_name, text) => {
    const root = parseKramdown(text);
    expect(depthOf(root)).toBeLessThan(4 * maxBlockDepth);
    expect(toHtml(root).length).toBeGreaterThan(0);
  });

  it('keeps every character of a line full of unclosed openers', () => {
    const text = '*a _b `c [d <e $$f '.repeat(5_000).trim();
    const [paragraph] = parseKramdown(text).children;
    expect(paragraph!.type).toBe('p');
    const shown = toHtml(parseKramdown(text)).replace(/<\/?(?:p|em|code)>/g, '');
    for (const letter of 'abcdef') expect(shown.split(letter).length - 1, letter).toBe(5_000);
  });

  /** Minutes or more where time grows faster than the text; a fraction of a second else. */
  it.each([
    ['link targets that end at one quote', `${'[a](('.repeat(200_000)} "x`],
    [
      'attribute lists that each name the next one twice',
      `${Array.from({ length: 60 }, (_, i) => `{:a${i}: a${i + 1} a${i + 1}}\n`).join('')}\np\n{: a0}\n`,
    ],
    ['attribute lists that name themselves', '{:a: a a}\n\np\n{: a}\n'],
    ['a long line of mixed fence characters', `\`~\`\n${'`~``~`'.repeat(300_000)}\n`],
    ['many kinds of mixed fences', mixedFences(60_000)],
    ['rows of a table much shorter than the first', `${'|a'.repeat(20_000)}\n${'|b\n'.repeat(20_000)}`],
    [
      'many names of extensions',
      Array.from({ length: 100_000 }, (_, i) => `{::n${i}}\n\nx {::n${i}}\n\n`).join(''),
    ],
  ])('reads %s in time', (_name, text) => {
    expect(toHtml(parseKramdown(text))).not.toBe('');
  });

  it('fills short rows of tables up to a limit', () => {
    const cells = (text: string): number => toHtml(parseKramdown(text)).split('<td>').length - 1;
    expect(cells(`${'|a'.repeat(100)}\n${'|b\n'.repeat(100)}`)).toBe(101 * 100);
    expect(cells(`${'|a'.repeat(2000)}\n${'|b\n'.repeat(2000)}`)).toBe(2000 + 2000 + 200_000);
  });

  it('parses empty texts', () => {
    expect(parseKramdown('').children.map(({ type }) => type)).toEqual(['blank']);
    expect(toHtml(parseKramdown(''))).toBe('\n');
  });
});

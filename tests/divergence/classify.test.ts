/** What the classifiers make of text that a careless expression reads for minutes or for ever. */
import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { compareRenderings } from '../../scripts/corpus/divergence/index.js';
import { parseKramdown } from '../../scripts/engines/kramdown/index.js';

const remark = unified().use(remarkParse).use(remarkGfm);

/** Kind and replacement texts of every difference. */
function differences(text: string): (string | string[])[][] {
  const tree: Root = remark.parse(text);
  return compareRenderings(tree, parseKramdown(text), text).map(({ kind, edits }) => [
    kind,
    edits.map((edit) => edit.text),
  ]);
}

const kinds = (text: string): unknown[] => differences(text).map(([kind]) => kind);

describe('classification', () => {
  it('tells a delimiter row from a paragraph with pipes', () => {
    expect(differences('a | b\n-|x\n')).toEqual([['pipe-paragraph', ['\\', '\\']]]);
    for (const row of ['-|', '|-|:-:|', ' | :- | | ', '-|:|::|--:'])
      expect(differences(`a | b | c | d | e\n${row}\n1 | 2 | 3 | 4 | 5\n`), row).toEqual([
        ['delimiter-row', []],
      ]);
  });

  it('reads a row of blank cells that is nearly a delimiter row in time', () => {
    expect(kinds(`a | b\n-${'|   '.repeat(60)}|x\n`)).toEqual(['pipe-paragraph']);
  });

  it('reads a long gap in a code span that ends on the next line in time', () => {
    expect(differences(`\` a${' '.repeat(600_000)}c\nb\` c\n`)).toEqual([['code-span', []]]);
    expect(differences('A ` b  c ` d\n')).toEqual([['code-span', ['`b  c`']]]);
  });

  it('reads a long gap in a heading of several lines in time', () => {
    const gap = ' '.repeat(600_000);
    expect(differences(`a\nb${gap}x\nc\n===\n`)).toEqual([['heading-setext-lines', [`# a b${gap}x c`]]]);
  });

  it('names the pipe in a code span of a row', () => {
    expect(kinds('| a | b |\n|---|---|\n| `x | y` | z |\n')).toEqual(['table-code-pipe']);
    expect(kinds('| a | b |\n|---|---|\n| `x` | y |\n')).toEqual([]);
  });
});

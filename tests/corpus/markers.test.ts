import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../scripts/corpus/extract.js';
import type { PageFacts } from '../../scripts/corpus/types.js';

const factsOf = (text: string): Promise<PageFacts> =>
  extractFacts('a.md', text, { engine: 'pages', markdown: true });

describe('listing markers', () => {
  const MARKER = '<!-- listing: rust/lamp/src/main.rs -->';
  it.each([
    ['directly below', `${MARKER}\n\`\`\`rs\nx\n\`\`\`\n`, [0]],
    ['below further comments', `${MARKER}\n\n<!-- why -->\n\n${MARKER}\n\n\`\`\`rs\nx\n\`\`\`\n`, [0, 0]],
    ['below text', `${MARKER}\n\nText.\n\n\`\`\`rs\nx\n\`\`\`\n`, [-1]],
    ['below an element', `${MARKER}\n\n<div></div>\n\n\`\`\`rs\nx\n\`\`\`\n`, [-1]],
    ['that is indented code', `${MARKER}\n\n    x\n`, [-1]],
    ['that is not there', `${MARKER}\n`, [-1]],
  ])('finds the fence %s', async (_name, text, expected) => {
    const { listings } = await factsOf(text);
    expect(listings.map(({ codeBlock }) => codeBlock)).toEqual(expected);
  });
});

describe('suppressions', () => {
  const ranges = async (text: string): Promise<(number | string)[][]> =>
    (await factsOf(text)).suppressions.map(({ rules, reason, fromLine, toLine, ended }) => [
      rules.join(' '),
      reason,
      fromLine,
      toLine === Number.MAX_SAFE_INTEGER ? 'end' : toLine,
      ...[...ended].flat(),
    ]);

  it('last for a line of text, up to the end that names them, or to the end of the page', async () => {
    const text = [
      '<!-- corpus-disable-next-line a -- one -->',
      '',
      'Text.',
      '',
      '<!-- corpus-disable b, c -- two -->',
      '',
      '<!-- corpus-disable d -- three -->',
      '',
      '<!-- corpus-enable c -->',
      '',
      '<!-- corpus-disable-file e -->',
      '',
    ];
    expect(await ranges(text.join('\n'))).toEqual([
      ['a', 'one', 3, 3],
      ['b c', 'two', 5, 'end', 'c', 9],
      ['d', 'three', 7, 'end'],
      ['e', '', 1, 'end'],
    ]);
  });
  it('end rule by rule, and those of the whole page never do', async () => {
    const text = [
      '<!-- corpus-disable-file e -->',
      '<!-- corpus-disable b, c -- two -->',
      'Text.',
      '<!-- corpus-enable c -->',
      'Text.',
      '<!-- corpus-enable b, c, e -->',
      'Text.',
      '<!-- corpus-enable -->',
    ];
    expect(await ranges(text.join('\n\n'))).toEqual([
      ['e', '', 1, 'end'],
      ['b c', 'two', 3, 11, 'c', 7, 'b', 11],
    ]);
  });
  it('all end where an end names none', async () => {
    const text = '<!-- corpus-disable a -->\n\n<!-- corpus-disable b -->\n\n<!-- corpus-enable -->\n';
    expect(await ranges(text)).toEqual([
      ['a', '', 1, 5],
      ['b', '', 3, 5],
    ]);
  });
  it('are none in a comment that text follows', async () => {
    expect(await ranges('<!-- corpus-disable a --> and more\n')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { MAX_LINES, neutralise } from '../../scripts/corpus/guard.js';

const BRACKETS = '['.repeat(3000);

describe('neutralise', () => {
  it.each([
    ['plain text', `Text.\n\n${BRACKETS}\n`],
    ['text after a line of backticks that opens no fence', `\`\`\` \`\n\n${BRACKETS}\n`],
    ['text after an HTML block with backticks', `<div>\n\`\`\`\n</div>\n\n${BRACKETS}\n`],
    ['text after a fence', `\`\`\`js\nx\n\`\`\`\n${BRACKETS}\n`],
  ])('blanks a monster in %s, keeping its length and lines', (_name, text) => {
    const { text: safe, stretches } = neutralise(text);
    expect(stretches).toMatchObject([{ reason: 'paragraph-too-long', start: text.indexOf(BRACKETS) }]);
    expect(safe).toBe(text.replace(BRACKETS, ' '.repeat(BRACKETS.length)));
  });

  it.each([
    ['a fence', `\`\`\`\n${BRACKETS}\n\`\`\`\n`],
    ['a fence of tildes with a backtick behind them', `~~~ \`\n${BRACKETS}\n~~~\n`],
    ['a fence directly below inline HTML', `<b>x</b>\n\`\`\`\n${BRACKETS}\n\`\`\`\n`],
    ['few brackets', `${'['.repeat(100)}\n`],
  ])('leaves %s alone', (_name, text) => {
    expect(neutralise(text)).toEqual({ text, stretches: [] });
  });

  it('blanks a page from where its lines of text are too many', () => {
    const text = '# a\n\n'.repeat(MAX_LINES) + 'b\n\nc\n';
    const { text: safe, stretches } = neutralise(text);
    expect(stretches).toEqual([{ start: text.indexOf('b'), end: text.length, reason: 'page-too-long' }]);
    expect(safe).toBe(text.replace('b', ' ').replace('c', ' '));
    expect(neutralise('# a\n\n'.repeat(MAX_LINES)).stretches).toEqual([]);
  });
});

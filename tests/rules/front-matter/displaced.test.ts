/** Front matter that Jekyll does not find looks like a heading above a rule; no repair may take it for one. */
import { describe, expect, it } from 'vitest';
import { fixCorpus } from '../../../scripts/index.js';
import { readCorpus, writeCorpus } from '../../support/corpus.js';

const fields = 'title: Lamp -- a light\nsee: https://example.com\nnav_order: 1\n';
const page = `---\n${fields}---\n\n# Lamp\n`;
const crlf = (text: string): string => text.replace(/\n/g, '\r\n');

describe('fix with every rule', () => {
  it.each<[string, string, string]>([
    ['an empty line before it', `\n${page}`, page],
    ['several of them, with Windows line endings', crlf(`\n\n${page}`), crlf(page)],
    ['blanks before the opening line', `  ${page}`, page],
    ['more than three dashes', `-----\n${fields}-----\n\n# Lamp\n`, page],
    ['more than three dashes at the opening line', `----\n${fields}---\n\n# Lamp\n`, page],
    ['a byte order mark', `\uFEFF${page}`, page],
    ['a byte order mark and an empty line', `\uFEFF\n${page}`, `\uFEFF\n${page}`],
    ['a comment before it', `<!-- licence -->\n${page}`, `<!-- licence -->\n${page}`],
    ['an indented closing line', `---\n${fields} ---\n\n# Lamp\n`, `---\n${fields} ---\n\n# Lamp\n`],
    ['no closing line', `---\n${fields}\n# Lamp\n`, `---\n${fields}\n# Lamp\n`],
  ])('keeps the fields: %s', async (_, typed, wanted) => {
    const root = await writeCorpus({
      '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\n',
      'lamp.md': typed,
    });
    await fixCorpus({ root });
    expect((await readCorpus(root))['lamp.md']).toBe(wanted);
  });
});

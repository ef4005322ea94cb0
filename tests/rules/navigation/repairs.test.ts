/** What can be derived comes back byte for byte, whichever of the rules finds it. */
import { describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../../scripts/index.js';
import { rules as files } from '../../../scripts/rules/files/index.js';
import { rules as frontMatter } from '../../../scripts/rules/front-matter/index.js';
import { rules as navigation } from '../../../scripts/rules/navigation/index.js';
import { readCorpus, writeCorpus } from '../../support/corpus.js';

const only = new Set([...files, ...frontMatter, ...navigation].map((rule) => rule.id));
const folder = 'tutorials/engine-tutorial';
const index = `${folder}/README.md`;
const first = `${folder}/01-first-steps.md`;
const second = `${folder}/02-cafe-and-cards.md`;
const corpus: Record<string, string> = {
  'corpus.yml': 'preset: tutorial\nengine: actions\n',
  '_config.yml':
    'theme: just-the-docs\nplugins: [jekyll-readme-index, jekyll-relative-links]\nreadme_index: {enabled: true, with_frontmatter: true}\n',
  'README.md': '---\nlayout: default\ntitle: "Home"\nnav_order: 1\n---\n\n# Home\n',
  [index]:
    '---\nlayout: default\ntitle: "Engine Tutorial"\nnav_order: 2\nhas_children: true\nformat_version: v2\n---\n\n# Engine Tutorial: From Cards to Programs\n',
  [first]:
    '---\nlayout: default\ntitle: "Chapter 1: First Steps"\nparent: "Engine Tutorial"\nnav_order: 1\n---\n\n# Chapter 1: First Steps\n\nText.\n',
  [second]:
    '---\r\nlayout: default\r\ntitle: "Chapter 2: Café and Cards"\r\nparent: "Engine Tutorial"\r\nnav_order: 2\r\n---\r\n\r\n# Chapter 2: Café and Cards\r\n\r\nText.\r\n',
};

type Change = [name: string, file: string, from: string, to: string, rules: string[]];
const changes: Change[] = [
  ['a byte order mark', first, '---\nlayout', '\uFEFF---\nlayout', ['front-matter-valid']],
  ['an empty line at the top', second, '---\r\nlayout', '\r\n---\r\nlayout', ['front-matter-valid']],
  ['four dashes', first, '---\nlayout', '----\nlayout', ['front-matter-valid']],
  ['another nav_order', first, 'nav_order: 1', 'nav_order: 4', ['chapter-sequence']],
  ['nav_order as text', second, 'nav_order: 2', 'nav_order: "2"', ['chapter-sequence', 'nav-order']],
  ['no nav_order', second, 'nav_order: 2\r\n', '', ['chapter-sequence', 'nav-order']],
  ['an octal nav_order', first, 'nav_order: 1', 'nav_order: 01', ['nav-order']],
  ['another parent', first, 'parent: "Engine Tutorial"', 'parent: "Engine tutorial"', ['nav-parent']],
  ['no parent', second, 'parent: "Engine Tutorial"\r\n', '', ['nav-parent']],
  ['another number in the title', first, '"Chapter 1:', '"Chapter 7:', ['chapter-sequence']],
  ['no number in the title', second, '"Chapter 2: ', '"', ['chapter-sequence']],
  ['another title', second, '"Chapter 2: Café', '"Chapter 2: Tea', ['title-matches-heading']],
  [
    'another heading',
    first,
    '# Chapter 1: First Steps',
    '# Chapter 1: Last Steps',
    ['title-matches-heading'],
  ],
  ['no heading', first, '# Chapter 1: First Steps\n\n', '', ['title-matches-heading']],
  [
    'another heading of the index',
    index,
    '# Engine Tutorial:',
    '# Motor Tutorial:',
    ['title-matches-heading'],
  ],
  ['no layout', first, 'layout: default\n', '', ['front-matter-schema']],
  ['no has_children', index, 'has_children: true\n', '', ['front-matter-schema']],
  ['has_children as text', index, 'has_children: true', 'has_children: "true"', ['front-matter-schema']],
  ['children hidden', index, 'has_children: true', 'has_children: false', ['nav-parent']],
  ['no format_version', index, '\nformat_version: v2', '', ['front-matter-schema']],
];

describe('fix', () => {
  it('has nothing to do in a corpus that is in order', async () => {
    const { findings } = await checkCorpus({ root: await writeCorpus(corpus), only });
    expect(findings).toEqual([]);
  });

  it.each(changes)('repairs %s', async (_, file, from, to, expected) => {
    const before = corpus[file]!;
    expect(before).toContain(from);
    const root = await writeCorpus({ ...corpus, [file]: before.replace(from, () => to) });
    const { findings } = await checkCorpus({ root, only });
    const found = new Set(findings.filter((finding) => finding.file === file).map((finding) => finding.rule));
    for (const rule of expected) expect([...found]).toContain(rule);
    await fixCorpus({ root, only });
    expect(await readCorpus(root)).toEqual(corpus);
  });
});

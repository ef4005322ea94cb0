import { describe, expect, test } from 'vitest';
import { linkOf, siteOf } from './support.js';

const page = (body: string): string => `---\ntitle: T\n---\n# T\n\n${body}\n`;

const files = {
  '_config.yml': 'baseurl: /repo\nexclude: [secret]\n',
  'index.md': page('[up](../outside.md) [far](../../x)'),
  'LICENSE.md': 'Licence.\n',
  'a/one.md': page(
    '[two](two.md#t) [nowhere](two.md#no) [titled](two.md "x") [gone](tow.md) [folder](../b/) [bare](../b) ' +
      '[empty](../c/) [case](TWO.md) [angle](<two.md>) [root](/a/two.md) [site](/a/two.html) [bad](100%.md) ' +
      '[raw](../LICENSE.md) [secret](../secret/x.md) [liquid]({{site.x}}) [mail](mailto:a@b.example) ' +
      '[space](with%20space.md) [extension](two) [text](#t) [web](https://a.example/two.md)',
  ),
  'a/two.md': page('`[code](one.md)` <a id="t2"></a>'),
  'a/with space.md': page(''),
  'b/index.md': page(''),
  'c/other.md': page(''),
  'secret/x.md': page(''),
};

describe('the links of a page', () => {
  test.each([
    [
      'two.md#t',
      { status: 'page', rewritten: true, href: '/repo/a/two.html#t', fragmentExists: true, reason: null },
    ],
    ['two.md#no', { status: 'page', fragment: 'no', fragmentExists: false }],
    ['tow.md', { status: 'broken', reason: 'missing', suggestion: 'two.md' }],
    [
      '../b/',
      { status: 'page', rewritten: false, target: 'b/index.html', targetSource: 'b/index.md', reason: null },
    ],
    ['../b', { status: 'page', reason: 'redirect', suggestion: '../b/index.md' }],
    ['../c/', { status: 'broken', reason: 'no-index', suggestion: null }],
    ['TWO.md', { status: 'broken', reason: 'missing', suggestion: 'two.md' }],
    [
      '/a/two.md',
      { status: 'broken', reason: 'missing-baseurl', engineDependent: true, suggestion: 'two.md' },
    ],
    ['/a/two.html', { status: 'broken', reason: 'missing-baseurl', suggestion: 'two.md' }],
    ['100%.md', { status: 'broken', reason: 'malformed' }],
    ['../LICENSE.md', { status: 'file', reason: 'raw-markdown' }],
    ['../secret/x.md', { status: 'broken', reason: 'unpublished', suggestion: null }],
    ['{{site.x}}', { status: 'dynamic' }],
    ['mailto:a@b.example', { status: 'other' }],
    [
      'with%20space.md',
      { status: 'broken', reason: 'not-rewritten', engineDependent: true, suggestion: null },
    ],
    ['two', { status: 'page', target: 'a/two.html' }],
    ['#t', { status: 'fragment', fragmentExists: true }],
    ['https://a.example/two.md', { status: 'external' }],
  ])('%s', async (raw, expected) => {
    const site = await siteOf(files);
    expect(linkOf(site, 'a/one.md', raw)).toMatchObject(expected);
  });

  test('forms that the plugin leaves alone', async () => {
    const site = await siteOf(files);
    const titled = site.byPath.get('a/one.md')?.links.filter(({ link }) => link.raw === 'two.md');
    expect(titled).toMatchObject([
      { rewritten: false, reason: 'not-rewritten', engineDependent: true },
      { rewritten: false, reason: 'not-rewritten', engineDependent: false },
    ]);
  });

  test('paths above the site and above the repository', async () => {
    const site = await siteOf(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`docs/${name}`, text])),
    );
    expect(linkOf(site, 'docs/index.md', '../outside.md').reason).toBe('outside-site');
    expect(linkOf(site, 'docs/index.md', '../../x').reason).toBe('outside-root');
  });

  test('what the plugin rewrites in code', async () => {
    const site = await siteOf(files);
    expect(site.byPath.get('a/two.md')?.rewrittenNonLinks).toMatchObject([
      {
        path: 'one.md',
        href: '/repo/a/one.html',
        within: 'code-span',
        range: { start: { line: 6, column: 9 } },
      },
    ]);
  });

  test('pretty permalinks shift what is left alone', async () => {
    const site = await siteOf({
      ...files,
      '_config.yml': 'permalink: pretty\n',
      'a/pic.svg': '<svg/>',
      'a/raw.md': page('<img src="pic.svg">'),
    });
    expect(linkOf(site, 'a/raw.md', 'pic.svg')).toMatchObject({
      status: 'broken',
      reason: 'shifted',
      suggestion: null,
    });
  });
});

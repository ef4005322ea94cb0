import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCorpus } from '../../scripts/corpus/load.js';
import { modelSchema, modelToJson } from '../../scripts/site/json.js';
import { buildSite } from '../../scripts/site/model.js';
import { writeCorpus } from '../support/corpus.js';
import { siteOf } from './support.js';

const tutorial = {
  'docs/_config.yml': 'readme_index: {with_frontmatter: true}\n',
  'docs/README.md':
    '---\ntitle: Home\n---\n# Home\n\nTo the [tutorial](tutorials/lamp-tutorial/README.md).\n',
  'docs/tutorials/lamp-tutorial/README.md': '---\ntitle: Lamp\n---\n# Lamp\n',
  'docs/tutorials/lamp-tutorial/10-last.md': '---\ntitle: "Chapter 10: Last"\nparent: Lamp\n---\n# Last\n',
  'docs/tutorials/lamp-tutorial/02-first.md': '---\ntitle: "Chapter 2: First"\nparent: Lamp\n---\n# First\n',
  'docs/tutorials/lamp-tutorial/notes.md': '---\ntitle: Notes\nparent: Lamp\n---\n# Notes\n',
  'docs/tutorials/other/README.md': '---\ntitle: Other\n---\n',
  'README.md': '# Outside the source\n',
};

describe('the model', () => {
  test('tutorials with their chapters in order', async () => {
    const site = await siteOf(tutorial);
    expect(site.home?.path).toBe('docs/README.md');
    expect(site.tutorials).toMatchObject([
      {
        folder: 'docs/tutorials/lamp-tutorial',
        slug: 'lamp-tutorial',
        index: { url: '/tutorials/lamp-tutorial/' },
        chapters: [
          { number: 2, title: 'First' },
          { number: 10, title: 'Last' },
          { number: null, title: 'Notes' },
        ],
      },
    ]);
  });

  test('its JSON keeps to the schema', async () => {
    const json = modelToJson(await siteOf(tutorial));
    expect(modelSchema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    expect(json.pages.map(({ source }) => source)).toEqual([
      'docs/README.md',
      'docs/tutorials/lamp-tutorial/02-first.md',
      'docs/tutorials/lamp-tutorial/10-last.md',
      'docs/tutorials/lamp-tutorial/README.md',
      'docs/tutorials/lamp-tutorial/notes.md',
      'docs/tutorials/other/README.md',
    ]);
    expect(json.pages[0]?.links).toEqual([
      {
        line: 6,
        column: 8,
        kind: 'link',
        destination: 'tutorials/lamp-tutorial/README.md',
        href: '/tutorials/lamp-tutorial/',
        rewritten: true,
        status: 'page',
        target: 'tutorials/lamp-tutorial/index.html',
        targetSource: 'docs/tutorials/lamp-tutorial/README.md',
        fragment: null,
        fragmentExists: null,
        reason: null,
      },
    ]);
    expect(json.navigation.map(({ title }) => title)).toEqual(['Home', 'Lamp', 'Other']);
  });

  test('two sources of one output, and Markdown that is no page', async () => {
    const site = await siteOf({
      'dup.md': '---\n---\n',
      'dup.html': '---\n---\n',
      'hidden.md': '---\npublished: false\n---\n',
    });
    expect(site.outputs.get('dup.html')).toEqual(['dup.html', 'dup.md']);
    expect(site.others.map(({ path: source }) => source)).toEqual(['hidden.md']);
  });

  test('a configuration that is not YAML counts as empty and says so', async () => {
    const site = await siteOf({ '_config.yml': 'a: b: c\n', 'index.md': '---\n---\n' });
    expect(site.config.file.state).toBe('invalid');
    expect(site.home?.path).toBe('index.md');
  });

  test('symbolic links: followed inside the source, dropped by GitHub Pages outside it, loops end', async () => {
    const root = await writeCorpus({
      'docs/_config.yml': '',
      'docs/plain.md': '---\ntitle: P\n---\n# Plain\n',
      'docs/sub/inner.md': '---\ntitle: I\n---\n# Inner\n',
      'shared/outer.md': '---\ntitle: O\n---\n# Outer\n',
    });
    await symlink('plain.md', path.join(root, 'docs/link.md'));
    await symlink('sub', path.join(root, 'docs/twin'));
    await symlink('..', path.join(root, 'docs/sub/loop'));
    await symlink('../shared', path.join(root, 'docs/shared'));
    await mkdir(path.join(root, 'docs/empty'));
    await writeFile(path.join(root, 'docs/empty/x.txt'), 'x');
    const site = buildSite(await loadCorpus(root, { engine: 'pages' }));
    expect([...site.outputs.keys()].sort()).toEqual([
      'empty/x.txt',
      'link.html',
      'plain.html',
      'sub/inner.html',
      'twin/inner.html',
    ]);
    expect(site.byPath.get('docs/link.md')).toMatchObject({ url: '/link.html', title: 'P' });
  });

  test.each([
    ['2024-12-30', '2025/W01/1-Mon-Monday/Dec-December-365/p.html'],
    ['2021-01-03', '2020/W53/7-Sun-Sunday/Jan-January-003/p.html'],
    ['2020-12-31', '2020/W53/4-Thu-Thursday/Dec-December-366/p.html'],
    ['2016-02-29', '2016/W09/1-Mon-Monday/Feb-February-060/p.html'],
    ['2023-01-01', '2022/W52/7-Sun-Sunday/Jan-January-001/p.html'],
  ])('weeks, days and months of a post of %s, as Jekyll 4.3.1 wrote them', async (day, output) => {
    const permalink =
      '/:w_year/W:week/:w_day-:short_day-:long_day/:short_month-:long_month-:y_day/:title:output_ext';
    const files = { '_config.yml': `permalink: ${permalink}\n`, [`_posts/${day}-p.md`]: '---\n---\n' };
    expect((await siteOf(files, 'actions')).pages.map((page) => page.output)).toEqual([output]);
  });
  test('the style of permalinks by week', async () => {
    const files = { '_config.yml': 'permalink: weekdate\n', '_posts/2021-01-03-p.md': '---\n---\n' };
    expect((await siteOf(files, 'actions')).pages.map((page) => page.output)).toEqual([
      '2021/W53/Sun/p.html',
    ]);
  });
  test('a collection in a folder whose name ends like its own', async () => {
    const site = await siteOf({
      '_config.yml': 'collections_dir: my_docs\ncollections: {docs: {output: true}}\n',
      'my_docs/_docs/sub/b.md': '---\n---\n',
      'my_docs/_docs/s.txt': 'x',
    });
    expect(site.pages.map((page) => page.output)).toEqual(['docs/sub/b.html']);
    expect(site.staticFiles.map((file) => file.output)).toEqual(['docs/s.txt']);
  });
});

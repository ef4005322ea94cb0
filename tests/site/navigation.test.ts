import { describe, expect, test } from 'vitest';
import type { NavigationNode } from '../../scripts/site/types.js';
import type { Engine } from '../../scripts/corpus/config.js';
import { siteOf } from './support.js';

async function undrawn(
  pages: Record<string, string>,
  engine: Engine = 'pages',
): Promise<Record<string, string>> {
  const files = Object.entries(pages).map(([name, matter]): [string, string] => [
    name,
    `---\n${matter}\n---\n`,
  ]);
  const site = await siteOf({ 'index.md': '---\ntitle: Home\n---\n', ...Object.fromEntries(files) }, engine);
  return Object.fromEntries(site.undrawn.map(({ page, reason }) => [page.path, reason]));
}

describe('why a page is not drawn', () => {
  test.each<[string, Record<string, string>, Record<string, string>]>([
    ['excluded', { 'a.md': 'title: A\nnav_exclude: true' }, { 'a.md': 'nav-exclude' }],
    [
      'below an excluded page',
      { 'a.md': 'title: A\nnav_exclude: true', 'b.md': 'title: B\nparent: A' },
      { 'a.md': 'nav-exclude', 'b.md': 'parent-undrawn' },
    ],
    ['no such parent', { 'a.md': 'title: A\nparent: home' }, { 'a.md': 'parent-not-found' }],
    ['its own parent', { 'a.md': 'title: A\nparent: A' }, { 'a.md': 'cycle' }],
    [
      'a cycle and what hangs on it',
      { 'a.md': 'title: A\nparent: B', 'b.md': 'title: B\nparent: A', 'c.md': 'title: C\nparent: A' },
      { 'a.md': 'cycle', 'b.md': 'cycle', 'c.md': 'parent-undrawn' },
    ],
    ['grand_parent', { 'a.md': 'title: A\nparent: Home\ngrand_parent: Home' }, { 'a.md': 'grand-parent' }],
    ['ancestor', { 'a.md': 'title: A\nparent: Home\nancestor: X' }, { 'a.md': 'ancestor' }],
    [
      'hidden children',
      { 'a.md': 'title: A\nhas_children: false', 'b.md': 'title: B\nparent: A' },
      { 'b.md': 'children-hidden' },
    ],
    ['a parent drawn as ∞', { 'a.md': 'title: Home\nparent: Home', 'b.md': 'title: B\nparent: Home' }, {}],
  ])('%s', async (_name, pages, expected) => {
    expect(await undrawn(pages)).toEqual(expected);
  });

  test('a number-like parent is lost on Jekyll 4 only', async () => {
    const pages = { 'a.md': 'title: "1.10"', 'b.md': 'title: B\nparent: "1.10"' };
    expect(await undrawn(pages)).toEqual({});
    expect(await undrawn(pages, 'actions')).toEqual({ 'b.md': 'numeric-title' });
  });
});

test('titles that multiply the tree end, and a long chain of parents does', async () => {
  const files: Record<string, string> = {};
  for (let level = 0; level < 30; level++)
    for (const copy of ['x', 'y'])
      files[`${String(level)}${copy}.md`] =
        `---\ntitle: L${String(level)}\n${level === 0 ? '' : `parent: L${String(level - 1)}\n`}---\n`;
  for (let link = 0; link < 300; link++)
    files[`chain${String(link)}.md`] =
      `---\ntitle: C${String(link)}\n${link === 0 ? '' : `parent: C${String(link - 1)}\n`}---\n`;
  const site = await siteOf(files);
  expect(count(site.navigation)).toBeLessThan(25_000);
  expect(site.undrawn.find(({ page }) => page.path === 'chain299.md')?.reason).toBe('parent-undrawn');
});

function count(nodes: readonly NavigationNode[]): number {
  let total = 0;
  const open = [...nodes];
  for (let node = open.pop(); node; node = open.pop()) {
    total++;
    open.push(...node.children);
  }
  return total;
}

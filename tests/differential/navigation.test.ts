/**
 * The navigation against the theme's own includes, rendered by real Jekyll. The theme is read from the folder that
 * `JUST_THE_DOCS` names or from the installed gem; nothing of it is part of this repository.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../scripts/corpus/config.js';
import { loadCorpus } from '../../scripts/corpus/load.js';
import { buildSite } from '../../scripts/site/model.js';
import type { NavigationNode, Site } from '../../scripts/site/types.js';
import { relativeUrl } from '../../scripts/site/urls.js';
import { writeCorpus } from '../support/corpus.js';
import { buildWithJekyll, hasJekyll, pagesLibraries, type BuiltSite } from '../support/jekyll.js';
import { navigationCases, type NavigationCase } from './navigation-cases.js';

/** The theme's folder; null when it is not on this machine. */
function themeFolder(): string | null {
  const given = process.env.JUST_THE_DOCS;
  if (given) return given;
  const script = "print Gem::Specification.find_by_name('just-the-docs').gem_dir";
  const found = spawnSync('ruby', ['-e', script], { encoding: 'utf8' });
  return found.status === 0 && existsSync(found.stdout) ? found.stdout : null;
}

const theme = themeFolder();

interface Drawn {
  title: string;
  href: string;
  children: Drawn[];
}

/** A page without title, so that the navigation does not list it. */
const PROBE = '---\nlayout: null\n---\n{% include components/site_nav.html %}\n';

/** Small random sites from a fixed seed: few titles, so that they repeat, miss and form cycles. */
function randomCases(count: number): Record<string, NavigationCase> {
  let state = 20240101;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = (values: readonly string[]): string => values[random(values.length)] ?? '';
  const titles = ['A', 'B', 'C', 'D', '"1"', '1', '1.0', 'a', '"10"'];
  const cases: Record<string, NavigationCase> = {};
  for (let index = 0; index < count; index++) {
    const pages: NavigationCase = { 'index.md': 'title: Home' };
    for (let page = 0; page < 9; page++) {
      const lines = [`title: ${pick(titles)}`];
      // Distinct numbers: the theme promises no order among equal ones.
      lines.push(`nav_order: ${String((page * 7) % 9)}${pick(['', '', '.5'])}`);
      if (random(4) > 0) lines.push(`parent: ${pick(titles)}`);
      if (random(6) === 0) lines.push(`grand_parent: ${pick(titles)}`);
      if (random(6) === 0) lines.push(`ancestor: ${pick(titles)}`);
      if (random(9) === 0)
        lines.push(pick(['nav_exclude: true', 'has_children: false', 'child_nav_order: desc']));
      pages[`p${String(page)}.md`] = lines.join('\n');
    }
    cases[`random site ${String(index + 1)}`] = pages;
  }
  return cases;
}

const allCases = { ...navigationCases, ...randomCases(40) };
const sorts = ['case_sensitive', 'case_insensitive'] as const;
const variants = Object.entries(allCases).flatMap(([name, pages]) =>
  (name.startsWith('random') ? sorts.slice(0, 1) : sorts).map((sort) => ({
    name: `${name}, ${sort}`,
    pages,
    sort,
  })),
);

const engines: { engine: Engine; name: string; present: boolean }[] = [
  { engine: 'actions', name: 'Jekyll 4', present: hasJekyll() },
  {
    engine: 'pages',
    name: 'the versions of GitHub Pages',
    present: hasJekyll() && pagesLibraries !== undefined,
  },
];

describe.each(engines)('the navigation and the theme on $name agree', ({ engine, present }) => {
  const results = new Map<string, { site: Site; built: BuiltSite }>();

  describe.skipIf(!present || theme === null)(
    theme === null ? 'theme not installed' : 'theme installed',
    () => {
      beforeAll(async () => {
        const roots: string[] = [];
        for (const { pages, sort } of variants) roots.push(await writeSite(pages, sort));
        const built = await buildWithJekyll(roots, engine);
        for (const [index, { name }] of variants.entries()) {
          const corpus = await loadCorpus(roots[index] ?? '', { engine });
          results.set(name, { site: buildSite(corpus), built: built[index] as BuiltSite });
        }
      });

      test.each(variants.map(({ name }) => name))('%s', (name) => {
        const { site, built } = results.get(name) as { site: Site; built: BuiltSite };
        expect(built.error).toBeNull();
        expect(site.navigation.map((node) => drawnNode(node, site))).toEqual(
          readTree(built.pages.get('probe.html')?.html ?? ''),
        );
      });
    },
  );
});

/** A folder with the pages of a case, the theme's includes and a page that draws the navigation. */
async function writeSite(pages: NavigationCase, sort: string): Promise<string> {
  const files: Record<string, string> = {
    '_config.yml': `baseurl: /b\nnav_sort: ${sort}\nrequire_front_matter: true\ntitles_from_headings: {enabled: false}\n`,
    'probe.html': PROBE,
  };
  for (const [file, matter] of Object.entries(pages)) files[file] = `---\n${matter}\n---\nText.\n`;
  const root = await writeCorpus(files);
  const includes = path.join(root, '_includes/components');
  await mkdir(includes, { recursive: true });
  for (const name of ['nav', 'site_nav.html'])
    await cp(path.join(theme ?? '', '_includes/components', name), path.join(includes, name), {
      recursive: true,
    });
  return root;
}

/** The model's tree in the form of the page's: titles as a browser shows them. */
function drawnNode(node: NavigationNode, site: Site): Drawn {
  return {
    title: node.repeated ? '∞' : shown(node),
    href: relativeUrl(node.page.url, site.config.baseurl),
    children: node.children.map((child) => drawnNode(child, site)),
  };
}

/** Liquid joins the items of a list; tags in a title become tags of the page. */
function shown({ page, title }: NavigationNode): string {
  const { value } = page.data.get('title') ?? { value: null };
  return (Array.isArray(value) ? value.map(String).join('') : title).replace(/<[^>]*>/g, '').trim();
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function elements(node: Node): Element[] {
  return 'childNodes' in node ? node.childNodes.filter((child): child is Element => 'tagName' in child) : [];
}

function readTree(html: string): Drawn[] {
  const open: Node[] = [parse(html)];
  for (let node = open.pop(); node; node = open.pop()) {
    if ('tagName' in node && node.tagName === 'nav') {
      const list = elements(node).find(({ tagName }) => tagName === 'ul');
      return list ? readList(list) : [];
    }
    open.push(...elements(node));
  }
  return [];
}

function readList(list: Element): Drawn[] {
  return elements(list).map((item) => {
    const link = elements(item).find(({ tagName }) => tagName === 'a');
    const nested = elements(item).find(({ tagName }) => tagName === 'ul');
    return {
      title: link ? textOf(link).trim() : '',
      href: link?.attrs.find(({ name }) => name === 'href')?.value ?? '',
      children: nested ? readList(nested) : [],
    };
  });
}

function textOf(element: Element): string {
  let text = '';
  for (const child of element.childNodes) {
    if ('value' in child) text += child.value;
    else if ('tagName' in child) text += textOf(child);
  }
  return text;
}

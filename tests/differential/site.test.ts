/**
 * The model against real Jekyll 4.3 with the plugins of Debian: output paths, heading ids, every link's final
 * attribute and whether its target exists. The engine is right: a difference is a mistake of the model.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../scripts/corpus/config.js';
import { loadCorpus } from '../../scripts/corpus/load.js';
import { buildSite } from '../../scripts/site/model.js';
import type { Page, Site } from '../../scripts/site/types.js';
import { writeCorpus } from '../support/corpus.js';
import { buildWithJekyll, hasJekyll, pagesLibraries, type BuiltSite } from '../support/jekyll.js';
import { awkwardCorpora } from './awkward.js';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/site');
const DOCS = path.join(import.meta.dirname, '../../docs');
const fixtures = readdirSync(FIXTURES).sort();

interface Case {
  site: Site;
  built: BuiltSite;
}

const engines: { engine: Engine; name: string; present: boolean }[] = [
  { engine: 'actions', name: 'Jekyll 4', present: hasJekyll() },
  {
    engine: 'pages',
    name: 'the versions of GitHub Pages',
    present: hasJekyll() && pagesLibraries !== undefined,
  },
];

describe.each(engines)('the model and $name agree', ({ engine, present }) => {
  describe.skipIf(!present)(present ? 'installed' : 'not installed', () => {
    compare(engine);
  });
});

function compare(engine: Engine): void {
  /** Built once for all tests of this engine. */
  const cases = new Map<string, Case>();

  beforeAll(async () => {
    const sources = new Map<string, string>(fixtures.map((name) => [name, path.join(FIXTURES, name)]));
    for (const [name, files] of Object.entries(awkwardCorpora)) sources.set(name, await writeCorpus(files));
    sources.set('docs', DOCS);
    const built = await buildWithJekyll([...sources.values()], engine);
    for (const [index, [name, source]] of [...sources].entries()) {
      const corpus = await loadCorpus(source, { engine });
      cases.set(name, { site: buildSite(corpus), built: built[index] as BuiltSite });
    }
  });

  describe.each([...fixtures, ...Object.keys(awkwardCorpora), 'docs'])('%s', (name) => {
    const find = (): Case => cases.get(name) as Case;

    test('builds', () => {
      expect(find().built.error).toBeNull();
      expect(find().site.config.file.state).not.toBe('invalid');
    });

    test('output paths', () => {
      const { site, built } = find();
      // The sass converter that is installed writes source maps; that of GitHub Pages (1.5.2) does not.
      const real = built.outputs.filter((output) => engine === 'actions' || !output.endsWith('.css.map'));
      expect([...site.outputs.keys()].sort()).toEqual(real);
    });

    test('URLs and titles of pages', () => {
      const { site, built } = find();
      const model = site.pages
        .filter(({ kind }) => kind === 'page')
        .map(({ source, url, title }): [string, string, unknown] => [source, url, title]);
      expect(model.sort(byText)).toEqual(
        built.sitePages.filter(([, url]) => !url.endsWith('.css.map')).sort(byText),
      );
    });

    test('heading ids, in order', () => {
      const { site, built } = find();
      for (const page of rendered(site)) {
        const real = built.pages.get(page.output)?.headings.filter(({ id }) => id !== null);
        const model = page.headings.filter(({ id }) => id !== null).map(({ level, id }) => ({ level, id }));
        expect(withoutRaw(model, page), page.path).toEqual(withoutRaw(real ?? [], page));
      }
    });

    test('anchors', () => {
      const { site, built } = find();
      for (const page of rendered(site)) {
        const real = new Set(built.pages.get(page.output)?.anchors);
        expect([...page.anchors].sort(), page.path).toEqual([...real].sort());
      }
    });

    test('links', () => {
      const { site, built } = find();
      for (const page of rendered(site)) compareLinks(site, page, built);
    });

    test('targets', () => {
      const { site, built } = find();
      for (const page of rendered(site)) {
        for (const { href, status, target, link } of page.links) {
          if (['external', 'other', 'dynamic'].includes(status)) continue;
          expect(target, `${page.path}: ${link.raw}`).toBe(served(href, page, site, built));
        }
      }
    });
  });
}

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}

/** Pages whose HTML is theirs alone (two sources of one output overwrite each other). */
function rendered(site: Site): Page[] {
  return site.pages.filter(
    (page) => /\.x?html?$/.test(page.output) && site.outputs.get(page.output)?.length === 1,
  );
}

/** kramdown's headings only: raw HTML headings are anchors in the model. */
function withoutRaw<Heading extends { id: string | null }>(headings: Heading[], page: Page): Heading[] {
  const known = new Set(page.headings.map(({ id }) => id));
  return headings.filter(({ id }) => known.has(id) || !page.anchors.has(id ?? ''));
}

/**
 * Every link of the model is in the page with just that attribute. What else the page links is what only kramdown sees
 * as a link, and stands among the texts that the model says the plugin rewrites, or comes from Liquid.
 */
function compareLinks(site: Site, page: Page, built: BuiltSite): void {
  const html = built.pages.get(page.output);
  const left = [...(html?.links ?? [])];
  let dynamic = 0;
  const missing: string[] = [];
  for (const { link, href, status } of page.links) {
    if (link.kind === 'definition' || link.kind === 'literal') continue;
    if (status === 'dynamic') {
      dynamic++;
      continue;
    }
    const at = left.indexOf(href);
    if (at === -1) missing.push(`${link.raw} as ${href}`);
    else left.splice(at, 1);
  }
  expect(missing, `${page.path}: links of the model that Jekyll does not write`).toEqual([]);
  const rewritten = new Set(page.rewrittenNonLinks.map(({ href }) => href));
  const unexplained = left.filter((href) => !rewritten.has(href));
  expect(unexplained.length, `${page.path}: ${unexplained.join(' ')}`).toBe(dynamic);
  for (const { href, path: typed } of page.rewrittenNonLinks)
    expect(html?.html, `${page.path}: ${typed} in code`).toContain(href);
  expect(site.byOutput.get(page.output)).toBe(page);
}

/** What a server delivers for an attribute, computed from the folder that Jekyll wrote. */
function served(href: string, page: Page, site: Site, built: BuiltSite): string | null {
  const { baseurl } = site.config;
  const url = new URL(href, `http://host${baseurl}${page.url}`);
  let pathname: string;
  try {
    pathname = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (href === '' || href.startsWith('#')) return page.output;
  if (pathname !== baseurl && !pathname.startsWith(`${baseurl}/`)) return null;
  const below = pathname.slice(baseurl.length + 1);
  const candidates =
    pathname.endsWith('/') || below === ''
      ? [`${below}index.html`]
      : [below, `${below}.html`, `${below}/index.html`];
  return candidates.find((candidate) => built.outputs.includes(candidate)) ?? null;
}

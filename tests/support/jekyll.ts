/** Sites built with the Jekyll of this machine, and what a browser would find in them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../scripts/corpus/config.js';
import { inUtf8 } from '../../scripts/jekyll/run.js';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';

/** Is a Jekyll with the plugins of the tests installed? */
export function hasJekyll(): boolean {
  const plugins = [
    'jekyll-relative-links',
    'jekyll-readme-index',
    'jekyll-optional-front-matter',
    'jekyll-titles-from-headings',
    'jekyll-default-layout',
    'jekyll-sitemap',
  ];
  const requires = ['jekyll', ...plugins].flatMap((name) => ['-r', name]);
  return spawnSync('ruby', [...requires, '-e', ''], { stdio: 'ignore' }).status === 0;
}

/** One page of a built site. */
export interface BuiltPage {
  headings: { level: number; id: string | null }[];
  /** Values of `href` and `src`, footnotes' own links left out. */
  links: string[];
  /** Every `id`, and `name` of `a`. */
  anchors: string[];
  html: string;
}

export interface BuiltSite {
  error: string | null;
  /** `site.pages` after the build: path below the source folder, `page.url`, `page.title`. */
  sitePages: [source: string, url: string, title: unknown][];
  /** Paths of the output folder, sorted. */
  outputs: string[];
  pages: Map<string, BuiltPage>;
}

/** Library folders of GitHub Pages' own versions, joined with `:`; undefined when they are not on this machine. */
export const pagesLibraries = process.env.PAGES_LIBRARIES;

/**
 * Builds each folder with one Ruby process and reads the results.
 *
 * @param engine `pages` needs `pagesLibraries`
 */
export async function buildWithJekyll(
  sources: readonly string[],
  engine: Engine = 'actions',
): Promise<BuiltSite[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corpus-jekyll-'));
  try {
    const sites = sources.map((source, index) => ({
      source: path.resolve(source),
      destination: path.join(folder, String(index)),
    }));
    const driver = path.join(import.meta.dirname, 'jekyll-build.rb');
    const answer = execFileSync('ruby', [driver], {
      input: JSON.stringify(sites),
      encoding: 'utf8',
      env: { ...inUtf8(process.env), PAGES_LIBRARIES: engine === 'pages' ? pagesLibraries : '' },
    });
    const results = JSON.parse(answer) as { error: string | null; pages: BuiltSite['sitePages'] }[];
    return await Promise.all(
      sites.map(async ({ destination }, index) => ({
        error: results[index]?.error ?? null,
        sitePages: results[index]?.pages ?? [],
        ...(await readBuilt(destination)),
      })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readBuilt(folder: string): Promise<Pick<BuiltSite, 'outputs' | 'pages'>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const outputs = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  const pages = new Map<string, BuiltPage>();
  for (const output of outputs)
    if (/\.x?html?$/.test(output))
      pages.set(output, readPage(await readFile(path.join(folder, output), 'utf8')));
  return { outputs, pages };
}

type Element = DefaultTreeAdapterTypes.Element;

/** Headings, links and anchors of an HTML document, in document order. */
export function readPage(html: string): BuiltPage {
  const page: BuiltPage = { headings: [], links: [], anchors: [], html };
  const open: DefaultTreeAdapterTypes.Node[] = [parse(html)];
  for (let node = open.pop(); node; node = open.pop()) {
    if ('tagName' in node) readElement(node, page);
    const children =
      'content' in node ? node.content.childNodes : 'childNodes' in node ? node.childNodes : [];
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) open.push(child);
    }
  }
  return page;
}

function readElement(element: Element, page: BuiltPage): void {
  const attribute = (name: string): string | null =>
    element.attrs.find((candidate) => candidate.name === name)?.value ?? null;
  const id = attribute('id');
  if (id !== null) page.anchors.push(id);
  const name = element.tagName === 'a' ? attribute('name') : null;
  if (name !== null) page.anchors.push(name);
  const level = /^h([1-6])$/.exec(element.tagName)?.[1];
  if (level !== undefined) page.headings.push({ level: Number(level), id });
  if (/\b(?:reverse)?footnote\b/.test(attribute('class') ?? '')) return;
  for (const key of ['href', 'src']) {
    const value = attribute(key);
    if (value !== null) page.links.push(value);
  }
}

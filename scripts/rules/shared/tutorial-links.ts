/** Labels and relative destinations of the links between the pages of a tutorial and the hub pages. */
import { posix } from 'node:path';
import type { CorpusConfig } from '../../corpus/config.js';
import { relativePath as pathFromFolder } from '../../site/links.js';
import type { Chapter, Page, Site } from '../../site/types.js';

/** Path of a page as a link on another page writes it (both relative to the root). */
export function relativePath(from: string, to: string): string {
  return pathFromFolder(posix.dirname(from), to);
}

/** A path below the Jekyll source folder, relative to the root. */
export function fromSource(site: Site, path: string): string {
  return site.config.source === '.' ? path : `${site.config.source}/${path}`;
}

/** `Chapter 3: Transports`; null when the page's name or title does not say which chapter it is. */
export function chapterLabel(chapter: Chapter): string | null {
  return chapter.number === null || chapter.title === ''
    ? null
    : `Chapter ${chapter.number}: ${chapter.title}`;
}

/** A page's title as text; null when it has none or it is no text. */
export function pageTitle(page: Page): string | null {
  return typeof page.title === 'string' && page.title !== '' ? page.title : null;
}

/** File name of a page: what a link on a page of the same folder writes. */
export function fileName(page: Page): string {
  return posix.basename(page.path);
}

export type Hub = 'catalog' | 'directory' | 'queryHub' | 'categoryHubs';

/** Heading on the catalog page that a hub link leads to, and its id where the page does not exist. */
const CATALOG_HEADINGS: Partial<Record<Hub, { ends: string; id: string }>> = {
  catalog: { ends: 'Tutorial Catalog', id: '-tutorial-catalog' },
  categoryHubs: { ends: 'Category Hubs', id: 'category-hubs' },
};

/** The link that leads from a page to a hub page, as `corpus.yml` names it, with the id of the heading meant. */
export function hubDestination(site: Site, config: CorpusConfig, from: string, hub: Hub): string {
  const heading = CATALOG_HEADINGS[hub];
  const target = fromSource(
    site,
    hub === 'directory' || hub === 'queryHub' ? config.pages[hub] : config.pages.catalog,
  );
  const path = relativePath(from, target);
  if (!heading) return path;
  const rendered = site.byPath
    .get(target)
    ?.headings.find((candidate) => candidate.text.trim().endsWith(heading.ends));
  return `${path}#${rendered?.id ?? heading.id}`;
}

/** READMEs that a reader takes for the page of their folder and Jekyll does not. */
import { posix } from 'node:path';
import type { Page, Site } from '../../site/types.js';

/**
 * Is the page a README with front matter that is not the index of its folder, in a folder without another index?
 * One with a `permalink` stands where its author put it.
 */
export function isOrdinaryReadme(site: Site, page: Page): boolean {
  if (!/(?:^|\/)readme\.[^./]+$/iu.test(page.source) || !page.markdown) return false;
  if (page.facts.frontMatter.state !== 'valid' || page.url.endsWith('/') || page.data.has('permalink'))
    return false;
  const folder = posix.dirname(page.source);
  return !site.outputs.has(folder === '.' ? 'index.html' : `${folder}/index.html`);
}

/** READMEs that become the index of their folder (jekyll-readme-index 0.3.0, lib/jekyll-readme-index/generator.rb). */
import type { PageMaker, ReadStatic } from './pages.js';
import { directoryOf } from './ruby.js';
import type { Page, SiteConfig } from './types.js';

/**
 * Static READMEs become pages first, then with `with_frontmatter` those that are pages already move.
 *
 * @param pages gets the new pages and has its READMEs moved
 * @returns the static files that are left
 */
export function promoteReadmes(
  maker: PageMaker,
  config: SiteConfig,
  pages: Page[],
  statics: ReadStatic[],
): ReadStatic[] {
  const extensions = new Set(config.markdownExtensions);
  const isReadme = (source: string): boolean => {
    const name = source.slice(source.lastIndexOf('/') + 1);
    // The word in any case, the extension as configured.
    return /^readme\./i.test(name) && extensions.has(name.slice('readme.'.length));
  };
  const indexed = new Set<string>();
  const noteIndex = (url: string): void => {
    const index = /^(.*\/)(?:index\.(?:html?|xhtml|xml))?$/i.exec(url);
    if (index) indexed.add((index[1] ?? '').toLowerCase());
  };
  for (const { url } of pages) noteIndex(url);
  for (const { made } of statics) noteIndex(made.url);
  const folderUrl = (url: string): string => {
    const folder = directoryOf(url);
    return folder.endsWith('/') ? folder : `${folder}/`;
  };
  const promoted = new Set<object>();
  for (const entry of statics) {
    if (!isReadme(entry.file.source)) continue;
    const permalink = folderUrl(entry.made.url);
    const facts = maker.factsOf(entry.file);
    if (indexed.has(permalink.toLowerCase()) || !facts) continue;
    const page = maker.page(entry.file, facts, permalink);
    pages.push(page);
    noteIndex(page.url);
    promoted.add(entry);
  }
  if (config.readmeIndex.withFrontMatter) {
    for (const page of pages) {
      if (!isReadme(page.source)) continue;
      const permalink = folderUrl(page.url);
      if (indexed.has(permalink.toLowerCase())) continue;
      maker.relocate(page, permalink);
      noteIndex(page.url);
    }
  }
  return config.readmeIndex.removeOriginals ? statics.filter((entry) => !promoted.has(entry)) : statics;
}

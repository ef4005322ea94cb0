/** Files that plugins write without a source. */
import type { YamlValue } from '../corpus/types.js';
import { option } from './config.js';
import { extensionOf } from './ruby.js';
import type { Page, SiteConfig, StaticFile } from './types.js';

/**
 * Output paths of jekyll-sitemap 1.4.0 (`sitemap.xml`, `robots.txt`), jekyll-feed 0.17.0 (`feed.xml`) and
 * jekyll-redirect-from 0.16.0 (`redirects.json` and one page per `redirect_from`), and the source maps that Jekyll 4's
 * jekyll-sass-converter 2.2 writes beside each style sheet. A file of the site with the same
 * URL takes their place.
 */
export function generatedOutputs(
  pages: readonly Page[],
  staticFiles: readonly StaticFile[],
  config: SiteConfig,
): string[] {
  const urls = new Set([...pages, ...staticFiles].map(({ url }) => url));
  const outputs: string[] = [];
  const add = (name: string): void => {
    if (!urls.has(`/${name}`)) outputs.push(name);
  };
  if (config.plugins.has('jekyll-sitemap')) {
    add('sitemap.xml');
    add('robots.txt');
  }
  if (config.plugins.has('jekyll-feed')) add('feed.xml');
  if (config.plugins.has('jekyll-redirect-from')) {
    add('redirects.json');
    for (const page of pages)
      for (const from of texts(page.data.get('redirect_from')?.value)) outputs.push(redirectOutput(from));
  }
  if (config.engine === 'actions' && option(config.data, 'sass', 'sourcemap') !== 'never')
    for (const { source, output } of pages) if (/\.s[ac]ss$/i.test(source)) outputs.push(`${output}.map`);
  return outputs;
}

function texts(value: YamlValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A redirect is a page of its own: `/old/` is `old/index.html`, `/old` is `old.html`. */
function redirectOutput(from: string): string {
  const path = from.replace(/^\/+/, '').replace(/\/{2,}/g, '/');
  if (path === '' || path.endsWith('/')) return `${path}index.html`;
  return extensionOf(path) === '' ? `${path}.html` : path;
}

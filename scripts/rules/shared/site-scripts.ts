/** Libraries that a site loads for its pages by layouts, includes or keys of its own. */
import type { Page } from '../../site/types.js';
import type { SiteContext } from '../types.js';
import { fromSource } from './tutorial-links.js';

/** A library by what tells of it. */
export interface Library {
  /** In a layout or an include. */
  name: RegExp;
  /** Keys of `_config.yml` or of a page with which themes load it. */
  keys: readonly string[];
}

/** MathJax or KaTeX; the keys are those of Chirpy, Minimal Mistakes and al-folio. */
export const MATH: Library = {
  name: /mathjax|katex/iu,
  keys: ['mathjax', 'math', 'katex', 'use_math', 'enable_math'],
};
/** mermaid; just-the-docs has a mapping under the key, Chirpy a switch in the page. */
export const MERMAID: Library = { name: /\bmermaid\b/iu, keys: ['mermaid'] };

/** Tells for each page whether the site loads a library on it, as far as its own files and keys say so. */
export function loader(
  { site, source }: Pick<SiteContext, 'site' | 'source'>,
  { name, keys }: Library,
): (page: Page) => boolean {
  const isOn = (value: unknown): boolean => value !== undefined && value !== null && value !== false;
  const parts = ['_includes/', '_layouts/'].map((folder) => fromSource(site, folder));
  const everywhere =
    keys.some((key) => isOn(site.config.data[key])) ||
    [...site.files.keys()].some(
      (path) => parts.some((folder) => path.startsWith(folder)) && name.test(source(path) ?? ''),
    );
  return (page) => everywhere || keys.some((key) => isOn(page.data.get(key)?.value));
}

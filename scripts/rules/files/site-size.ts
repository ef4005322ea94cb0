import { z } from 'zod';
import { isListed, usesNavigation } from '../shared/navigation.js';
import { fileStart } from '../shared/wording.js';
import { siteRule } from '../types.js';

interface Options {
  pages: number;
  megabytes: number;
}

/** Kilobytes of one page without navigation, of one navigation entry, and of one page in the search index. */
const PAGE_KB = 47;
const ENTRY_KB = 0.18;
const SEARCH_KB = 13.5;

/**
 * The size of a just-the-docs site.
 *
 * @param pages number of HTML pages
 * @param entries number of navigation entries, all of which stand in every page
 * @returns megabytes (10^6 bytes), measured on sites of 200 and 800 pages within 4 %
 */
export function predictedMegabytes(pages: number, entries: number): number {
  return (pages * (PAGE_KB + ENTRY_KB * entries + SEARCH_KB)) / 1000;
}

/** Sites that come near the limits of GitHub Pages. */
export const siteSize = siteRule<Options>({
  id: 'site-size',
  theme: 'files',
  severity: 'warning',
  preset: 'recommended',
  summary: 'The site stays well below the size limit of GitHub Pages.',
  fixable: false,
  options: z.strictObject({
    pages: z.number().int().positive().default(500).describe('Pages from which the size is reported.'),
    megabytes: z.number().positive().default(900).describe('Predicted size that is an error.'),
  }),
  documentation: `
Every page of a just-the-docs site carries the whole navigation tree, so the site grows with the square of the number
of pages, and so does the time that GitHub has for building it (10 minutes). A published site may have 1 GB.

The rule predicts the size of the HTML and of the search index: 60.5 KB a page and 0.18 KB for every pair of page and
navigation entry. From 500 pages it is a warning, above 900 MB an error (options \`pages\` and \`megabytes\`).

Split the site, or set \`nav_exclude: true\` on pages that are reached from their index.

Source: measured builds of 50 to 1,836 pages with just-the-docs 0.12; the documented limits of GitHub Pages.`,
  examples: [
    {
      name: 'a small site',
      files: { 'a.md': '---\ntitle: A\nnav_order: 1\n---\n\n# A\n' },
      findings: [],
    },
    {
      name: 'as many pages as the configured limit',
      config: 'rules: {site-size: {options: {pages: 2}}}\n',
      files: {
        'a.md': '---\ntitle: A\nnav_order: 1\n---\n\n# A\n',
        'b.md': '---\ntitle: B\nnav_order: 2\n---\n\n# B\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          message:
            'The site has 2 pages and 2 navigation entries, which the theme turns into about 1 MB (GitHub Pages allows 1000 MB and 10 minutes for a build), and size and time grow with the square of the pages. Split the site, or set `nav_exclude: true` on pages that their index lists.',
        },
      ],
    },
    {
      name: 'more than the configured size',
      config: 'rules: {site-size: {options: {megabytes: 0.1}}}\n',
      files: {
        'a.md': '---\ntitle: A\nnav_order: 1\n---\n\n# A\n',
        'b.md': '---\ntitle: B\nnav_order: 2\n---\n\n# B\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          message:
            'The site has 2 pages and 2 navigation entries, which the theme turns into about 1 MB (GitHub Pages allows 1000 MB and 10 minutes for a build), and size and time grow with the square of the pages. Split the site, or set `nav_exclude: true` on pages that their index lists.',
        },
      ],
    },
  ],
  *check({ site, config, options }) {
    if (!usesNavigation(site, config)) return;
    const pages = site.pages.filter((page) => page.html);
    const entries = pages.filter((page) => isListed(page) && page.data.get('nav_exclude')?.value !== true);
    const size = predictedMegabytes(pages.length, entries.length);
    if (pages.length < options.pages && size <= options.megabytes) return;
    yield {
      file: site.config.path ?? site.home?.path,
      range: fileStart,
      severity: size > options.megabytes ? 'error' : 'warning',
      message: `The site has ${pages.length} pages and ${entries.length} navigation entries, which the theme turns into about ${Math.max(1, Math.round(size))} MB (GitHub Pages allows 1000 MB and 10 minutes for a build), and size and time grow with the square of the pages. Split the site, or set \`nav_exclude: true\` on pages that their index lists.`,
    };
  },
});

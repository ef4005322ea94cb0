import type { Site } from '../../site/types.js';
import { PAGES_LAYOUTS, THEME_LAYOUTS } from '../shared/known-keys.js';
import { Nearest, didYouMean } from '../../corpus/nearest.js';
import { rangeOf } from '../shared/fields.js';
import { drawnByJustTheDocs } from '../shared/theme.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** Layout names that lead nowhere. */
export const layoutExists = siteRule({
  id: 'layout-exists',
  theme: 'front-matter',
  severity: 'error',
  preset: 'recommended',
  summary: 'The layout of a page exists.',
  fixable: false,
  documentation: `
A page whose \`layout\` does not exist is rendered without any layout: no navigation, no style, no search. The build only
prints a warning.

The rule knows the layouts of the site's \`_layouts\` folder, those of just-the-docs 0.12, and for a site without theme
the usual ones of GitHub Pages. With another theme, whose layouts cannot be seen in the files, it says nothing.

Source: \`place_in_layout?\` and the "layout does not exist" warning in Jekyll's \`renderer.rb\`.`,
  examples: [
    {
      name: 'layouts of the theme and of the site',
      files: {
        '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\n',
        '_layouts/wide.html': '{{ content }}\n',
        'a.md': '---\ntitle: A\nlayout: default\n---\n\n# A\n',
        'b.md': '---\ntitle: B\nlayout: wide\n---\n\n# B\n',
      },
      findings: [],
    },
    {
      name: 'another theme has layouts of its own',
      files: { '_config.yml': 'remote_theme: ada/theme@v1.0.0\n', 'a.md': '---\nlayout: wiki\n---\n' },
      findings: [],
    },
    {
      name: 'a site without theme has its own layouts',
      config: 'engine: actions\n',
      files: {
        '_layouts/wide.html': '{{ content }}\n',
        'a.md': '---\nlayout: wide\n---\n',
        'b.md': '---\nlayout: narrow\n---\n',
      },
      findings: [
        {
          file: 'b.md',
          line: 2,
          column: 9,
          message:
            'The layout `narrow` exists neither in `_layouts` nor in the theme, so the page is rendered without navigation and style. Name an existing layout.',
        },
      ],
    },
    {
      name: 'a misspelt layout',
      files: {
        '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\n',
        'a.md': '---\ntitle: A\nlayout: defualt\n---\n\n# A\n',
      },
      findings: [
        {
          file: 'a.md',
          line: 3,
          column: 9,
          message:
            'The layout `defualt` exists neither in `_layouts` nor in the theme, so the page is rendered without navigation and style. Name an existing layout. Did you mean `default`?',
        },
      ],
    },
  ],
  *check({ site }) {
    const layouts = knownLayouts(site);
    if (layouts === null) return;
    const nearest = new Nearest(layouts);
    for (const page of site.pages) {
      const layout = page.data.get('layout');
      if (layout === undefined || layout.type !== 'string' || typeof layout.value !== 'string') continue;
      // `none` and `null` are the documented ways to ask for no layout.
      if (layouts.has(layout.value) || ['none', 'null', ''].includes(layout.value)) continue;
      yield {
        file: page.path,
        range: rangeOf(page, 'layout'),
        message: `The layout ${code(layout.value)} exists neither in \`_layouts\` nor in the theme, so the page is rendered without navigation and style. Name an existing layout.${didYouMean(nearest.find(layout.value))}`,
      };
    }
  },
});

/** Null when the layouts that the site can use are not known. */
function knownLayouts(site: Site): Set<string> | null {
  const { data } = site.config;
  const themes = [data['theme'], data['remote_theme']].filter((name) => typeof name === 'string');
  const own = ownLayouts(site);
  if (drawnByJustTheDocs(site)) return new Set([...THEME_LAYOUTS, ...own]);
  if (themes.length > 0) return null;
  if (site.engine === 'pages') return new Set([...PAGES_LAYOUTS, ...own]);
  // An own build may get its layouts from elsewhere; with a folder of them the site brings its own.
  return own.size > 0 ? own : null;
}

function ownLayouts(site: Site): Set<string> {
  const custom = site.config.data['layouts_dir'];
  const base = site.config.source === '.' ? '' : `${site.config.source}/`;
  const folder = `${base}${typeof custom === 'string' ? custom : '_layouts'}/`;
  const layouts = new Set<string>();
  for (const path of site.files.keys()) {
    if (path.startsWith(folder)) layouts.add(path.slice(folder.length).replace(/\.[^./]+$/u, ''));
  }
  return layouts;
}

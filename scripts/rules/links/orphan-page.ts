import type { NavigationNode, Page, Site } from '../../site/types.js';
import { siteRule } from '../types.js';

/** Sources of every page that the navigation draws. */
function drawnPages(site: Site): Set<string> {
  const drawn = new Set<string>();
  const open: NavigationNode[] = [...site.navigation];
  for (let node = open.pop(); node; node = open.pop()) {
    drawn.add(node.page.path);
    open.push(...node.children);
  }
  return drawn;
}

/** Sources of every page that another page links. */
function linkedPages(site: Site): Set<string> {
  const linked = new Set<string>();
  for (const page of site.pages)
    for (const { targetSource } of page.links)
      if (targetSource !== null && targetSource !== page.path) linked.add(targetSource);
  return linked;
}

/** Pages that are reached otherwise: the home page, the server's error page, posts and what moves a reader on. */
function reachedOtherwise(site: Site, page: Page): boolean {
  return page.path === site.home?.path || page.output === '404.html' || page.data.has('redirect_to');
}

export const orphanPage = siteRule({
  id: 'orphan-page',
  theme: 'links',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A page can be reached: another page or the navigation leads to it.',
  documentation: `
A page to which no other page links and which the navigation does not draw is reported. The home page, \`404.html\` and
pages that redirect are excepted. What the navigation draws is the tree of just-the-docs
(\`_includes/components/nav/pages.html\`): a page without title, with \`nav_exclude: true\` or below a parent that does not
exist is not in it.

Nobody finds such a page, except by the search or by guessing its address.

Link it from a page that leads to the subject, give it a title and a parent that exist, or remove it.
`,
  fixable: false,
  *check({ site }) {
    const drawn = drawnPages(site);
    const linked = linkedPages(site);
    for (const page of site.pages) {
      if (!page.output.endsWith('.html') || drawn.has(page.path) || linked.has(page.path)) continue;
      if (reachedOtherwise(site, page)) continue;
      yield {
        file: page.path,
        range: page.anchorRange,
        message: `no page links to \`/${page.output}\` and the navigation does not draw it: expected a way for readers to get here; link the page or give it a title and a parent that exists`,
      };
    }
  },
  examples: [
    {
      name: 'pages are drawn or linked',
      files: {
        'index.md': '---\ntitle: Home\n---\n\n[Notes](notes.md)\n',
        'notes.md': '---\ntitle: Notes\nnav_exclude: true\n---\n\nText.\n',
        'lamp.md': '---\ntitle: Lamp\n---\n\nText.\n',
        '404.md': '---\ntitle: Not found\nnav_exclude: true\npermalink: /404.html\n---\n\nGone.\n',
      },
      findings: [],
    },
    {
      name: 'a page below a parent that does not exist links only itself',
      files: {
        'index.md': '---\ntitle: Home\n---\n\nText.\n',
        'lamp.md': '---\ntitle: Lamp\nparent: Lights\n---\n\n[Again](lamp.md)\n',
      },
      findings: [
        {
          file: 'lamp.md',
          line: 1,
          message:
            'no page links to `/lamp.html` and the navigation does not draw it: expected a way for readers to get here; link the page or give it a title and a parent that exists',
        },
      ],
    },
  ],
});

import type { NavigationNode, Page, Site } from '../../site/types.js';
import { navigationGraph, parentsOf } from '../shared/navigation.js';
import { drawnByJustTheDocs } from '../shared/theme.js';
import { fromSource } from '../shared/tutorial-links.js';
import { siteRule, type SiteContext } from '../types.js';

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

/** Sources that `{% link PATH %}` tags of the corpus lead to; CommonMark takes them for no link. */
function taggedPages(context: SiteContext): Set<string> {
  const tagged = new Set<string>();
  for (const page of context.site.pages) {
    const source = context.source(page.path);
    if (!source?.includes('{%')) continue;
    for (const [, path] of source.matchAll(/\{%-?[ \t]*link[ \t]+([^\s%]+)/g))
      if (path !== undefined) tagged.add(fromSource(context.site, path.replace(/^\//, '')));
  }
  return tagged;
}

/**
 * Sources of the pages that their parent's page lists. Its table of contents is cut from the tree with the pages that
 * `nav_exclude` hides (`_includes/components/children_nav.html` of just-the-docs, `all=true`).
 */
function listedPages(site: Site): Set<string> {
  const listed = new Set<string>();
  const graph = navigationGraph(site);
  const isOff = ({ data }: Page, key: string): boolean => data.get(key)?.value === false;
  for (const entry of graph.entries)
    for (const parent of parentsOf(entry))
      if (
        graph.reachable.has(parent) &&
        !isOff(parent.page, 'has_toc') &&
        !isOff(parent.page, 'has_children')
      )
        listed.add(entry.page.path);
  return listed;
}

/** Is the way through the site known? Layouts of the site's own, and other themes, may list pages as they like. */
function navigationIsKnown(site: Site): boolean {
  if (drawnByJustTheDocs(site)) return true;
  if (['theme', 'remote_theme'].some((key) => key in site.config.data)) return false;
  const layouts = fromSource(site, '_layouts/');
  return ![...site.files.keys()].some((path) => path.startsWith(layouts));
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
pages that redirect are excepted, and so is a site with layouts of its own or with another theme, whose navigation is not
known. What the navigation draws is the tree of just-the-docs
(\`_includes/components/nav/pages.html\`): a page without title, with \`nav_exclude: true\` or below a parent that does not
exist is not in it. A parent's page also lists children that the tree leaves out by \`nav_exclude\`.

Nobody finds such a page, except by the search or by guessing its address.

Link it from a page that leads to the subject, give it a title and a parent that exist, or remove it.
`,
  fixable: false,
  *check(context) {
    const { site } = context;
    if (!navigationIsKnown(site)) return;
    const reached = [drawnPages(site), listedPages(site), linkedPages(site), taggedPages(context)];
    for (const page of site.pages) {
      if (!page.output.endsWith('.html') || reached.some((pages) => pages.has(page.path))) continue;
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
      name: "a parent's page lists a child that the navigation leaves out",
      files: {
        'index.md': '---\ntitle: Home\n---\n\nText.\n',
        'lamp.md': '---\ntitle: Lamp\n---\n\nText.\n',
        'bulb.md': '---\ntitle: Bulb\nparent: Lamp\nnav_exclude: true\n---\n\nText.\n',
      },
      findings: [],
    },
    {
      name: 'a parent lists no children',
      files: {
        'index.md': '---\ntitle: Home\n---\n\nText.\n',
        'lamp.md': '---\ntitle: Lamp\nhas_toc: false\n---\n\nText.\n',
        'bulb.md': '---\ntitle: Bulb\nparent: Lamp\nnav_exclude: true\n---\n\nText.\n',
      },
      findings: [
        {
          file: 'bulb.md',
          line: 1,
          message:
            'no page links to `/bulb.html` and the navigation does not draw it: expected a way for readers to get here; link the page or give it a title and a parent that exists',
        },
      ],
    },
    {
      name: 'a tag of Liquid leads to a page',
      files: {
        'index.md': '---\ntitle: Home\n---\n\n[Notes]({% link notes.md %})\n',
        'notes.md': '---\ntitle: Notes\nnav_exclude: true\n---\n\nText.\n',
      },
      findings: [],
    },
    {
      name: 'a layout of the site may list every page',
      files: {
        '_layouts/default.html': '<html><body>{{ content }}</body></html>\n',
        'index.md': '---\ntitle: Home\n---\n\nText.\n',
        'notes.md': '---\ntitle: Notes\nnav_exclude: true\n---\n\nText.\n',
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

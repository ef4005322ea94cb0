import { rangeOf } from '../shared/fields.js';
import {
  childrenOf,
  navigationGraph,
  siblingGroups,
  usesNavigation,
  type NavigationEntry,
} from '../shared/navigation.js';
import { code, count, place } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** Pages drawn side by side under one title. */
export const navUniqueTitle = siteRule({
  id: 'nav-unique-title',
  theme: 'navigation',
  severity: 'error',
  preset: 'recommended',
  summary: 'Pages that stand side by side in the navigation have different titles.',
  fixable: false,
  documentation: `
Two entries of one title beside each other cannot be told apart. When one of them has children the theme draws these
under both, because it finds children by the title alone. Two top-level pages of one title without children are a
warning only. The same title in different branches is fine as long as no page has it as \`parent\`.

Give each page a title of its own. The rule looks at sites that draw the navigation of just-the-docs: by their theme, or
by keys such as \`nav_order\` in a page.

Source: \`_includes/components/nav/children.html\` of just-the-docs 0.12, which groups pages by \`parent\`.`,
  examples: [
    {
      name: 'one title in different branches',
      files: {
        'a.md': '---\ntitle: A\n---\n',
        'b.md': '---\ntitle: B\n---\n',
        'a/o.md': '---\ntitle: Overview\nparent: A\n---\n',
        'b/o.md': '---\ntitle: Overview\nparent: B\n---\n',
      },
      findings: [],
    },
    {
      name: 'two children of one page have one title',
      files: {
        'a.md': '---\ntitle: A\n---\n',
        'b.md': '---\ntitle: Setup\nparent: A\n---\n',
        'c.md': '---\ntitle: Setup\nparent: A\n---\n',
      },
      findings: [
        {
          file: 'c.md',
          line: 2,
          column: 8,
          message:
            'The title `Setup` is also that of `b.md:2`, which stands beside this page in the navigation, so readers cannot tell the two apart. Give each a title of its own.',
        },
      ],
    },
    {
      name: 'pages of one title on a site with another theme, which draws no such navigation',
      files: {
        '_config.yml': 'theme: minima\n',
        'b.md': '---\ntitle: Setup\n---\n',
        'de/b.md': '---\ntitle: Setup\nparent: /de/\n---\n',
      },
      findings: [],
    },
    {
      name: 'two top-level pages have one title',
      files: {
        'a.md': '---\ntitle: A\nnav_order: 1\n---\n',
        'b.md': '---\ntitle: Setup\nnav_order: 2\n---\n',
        'c.md': '---\ntitle: Setup\nnav_order: 3\n---\n',
      },
      findings: [
        {
          file: 'c.md',
          line: 2,
          column: 8,
          message:
            'The title `Setup` is also that of `b.md:2`, which stands beside this page in the navigation, so readers cannot tell the two apart. Give each a title of its own.',
        },
      ],
    },
    {
      name: 'pages of one title have children',
      files: {
        'b.md': '---\ntitle: Setup\n---\n',
        'c.md': '---\ntitle: Setup\n---\n',
        'd.md': '---\ntitle: Linux\nparent: Setup\n---\n',
      },
      findings: [
        {
          file: 'c.md',
          line: 2,
          column: 8,
          message:
            'The title `Setup` is also that of `b.md:2`, which stands beside this page in the navigation, and the 1 child of that title is drawn under both. Give each a title of its own.',
        },
      ],
    },
  ],
  *check({ site, config }) {
    if (!usesNavigation(site, config)) return;
    const graph = navigationGraph(site);
    for (const group of siblingGroups(graph)) {
      const firsts = new Map<string, NavigationEntry>();
      for (const entry of [...group].sort((a, b) => (a.page.path < b.page.path ? -1 : 1))) {
        // An empty title is nav-title's finding; hidden pages cannot be confused.
        if (entry.title.trim() === '' || entry.page.data.get('nav_exclude')?.value === true) continue;
        const first = firsts.get(entry.title);
        if (first === undefined) {
          firsts.set(entry.title, entry);
          continue;
        }
        const children = childrenOf(graph, entry).length;
        const range = rangeOf(first.page, 'title');
        yield {
          file: entry.page.path,
          range: rangeOf(entry.page, 'title'),
          severity: entry.parent === '' && children === 0 ? 'warning' : 'error',
          message: `The title ${code(entry.title)} is also that of ${place(first.page.path, range)}, which stands beside this page in the navigation, ${
            children === 0
              ? 'so readers cannot tell the two apart'
              : `and the ${count(children, 'child', 'children')} of that title ${children === 1 ? 'is' : 'are'} drawn under both`
          }. Give each a title of its own.`,
          related: [{ file: first.page.path, range, message: 'the first page of this title' }],
        };
      }
    }
  },
});

import { posix } from 'node:path';
import type { Page, ResolvedLink, Site } from '../../site/types.js';
import { shownLinks } from '../shared/links.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

/** Address of a file of the repository on GitHub, from the keys of the theme's edit link; null without them. */
function onGitHub(site: Site, page: Page, { link }: ResolvedLink): string | null {
  const { gh_edit_repository: repository, gh_edit_branch: branch } = site.config.data;
  const [, typed = '', fragment = ''] = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/s.exec(link.destination) ?? [];
  const path = posix.join(posix.dirname(page.path), decoded(typed)).replace(/\/$/, '');
  const entry = site.files.get(path);
  if (typeof repository !== 'string' || (!entry && path !== '.')) return null;
  const folder = !entry || entry.kind === 'directory' || entry.targetKind === 'directory';
  const base = `${repository.replace(/\/+$/, '')}/${folder ? 'tree' : 'blob'}`;
  const below = path === '.' ? '' : `/${path.split('/').map(encodeURIComponent).join('/')}`;
  return `${base}/${typeof branch === 'string' ? branch : 'main'}${below}${fragment}`;
}

/** The file name that a destination means; a malformed escape is link-target's finding. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function finding(site: Site, page: Page, resolved: ResolvedLink): RuleFinding | null {
  const { link, reason } = resolved;
  const typed = code(link.destination);
  const place = { file: page.path, range: link.destinationRange };
  if (reason === 'outside-root')
    return {
      ...place,
      message: `${typed} leads out of the repository: expected a path within it; correct the path or write a full address`,
    };
  if (reason !== 'outside-site') return null;
  if (link.destination.startsWith('/'))
    return {
      ...place,
      severity: 'warning',
      message: `${typed} leads to the host's root, outside ${code(site.config.baseurl)}: expected a page of this site; write a relative path, or the full address of the other site`,
    };
  const address = onGitHub(site, page, resolved);
  const folder = site.config.source === '.' ? 'the root' : code(`${site.config.source}/`);
  return {
    ...place,
    message: `${typed} leads out of ${folder}, the folder that is published: expected a page of the site; ${address === null ? "write the file's full address on GitHub" : `write ${code(address)}`}`,
  };
}

const HEAD = '---\ntitle: Lamp\n---\n\n';

export const linkOutsideSite = siteRule({
  id: 'link-outside-site',
  theme: 'links',
  severity: 'error',
  preset: 'recommended',
  summary: 'A link or image does not leave the published folder by a relative path.',
  documentation: `
Jekyll publishes one folder of the repository. A relative path that climbs out of it, such as \`../src/main.rs\` on a page of
\`docs/\`, works on GitHub and leads to nothing on the site: jekyll-relative-links finds no page of that path and leaves the
link alone (\`url_for_path\` in \`lib/jekyll-relative-links/generator.rb\`). The rule reports such links, and links that leave
the repository. A path from the root of the host that lies outside \`baseurl\` is reported as a warning.

The reader gets the error page, or a page of somebody else.

Write the full address of the file on GitHub, or move the file into the published folder. With \`gh_edit_repository\` in
\`_config.yml\` the message names the address.
`,
  fixable: false,
  *check(context) {
    for (const page of context.site.pages)
      for (const resolved of shownLinks(page)) {
        if (resolved.status !== 'broken') continue;
        const found = finding(context.site, page, resolved);
        if (found) yield found;
      }
  },
  examples: [
    {
      name: 'links stay within the folder or have a full address',
      files: {
        'docs/_config.yml': '',
        'docs/a/lamp.md': `${HEAD}[Home](../index.md) [code](https://github.com/lamp/lamp/blob/main/lamp.py)\n`,
        'docs/index.md': '---\ntitle: Home\n---\n',
      },
      findings: [],
    },
    {
      name: 'a link leads out of the published folder',
      files: {
        'docs/_config.yml': '',
        'docs/lamp.md': `${HEAD}[code](../lamp.py)\n`,
        'lamp.py': 'print("light")\n',
      },
      findings: [
        {
          file: 'docs/lamp.md',
          line: 5,
          column: 8,
          message:
            "`../lamp.py` leads out of `docs/`, the folder that is published: expected a page of the site; write the file's full address on GitHub",
        },
      ],
    },
    {
      name: 'the repository is known',
      files: {
        'docs/_config.yml': 'gh_edit_repository: https://github.com/lamp/lamp\ngh_edit_branch: trunk\n',
        'docs/lamp.md': `${HEAD}[code](../src/)\n`,
        'src/lamp.py': 'print("light")\n',
      },
      findings: [
        {
          file: 'docs/lamp.md',
          line: 5,
          column: 8,
          message:
            '`../src/` leads out of `docs/`, the folder that is published: expected a page of the site; write `https://github.com/lamp/lamp/tree/trunk/src`',
        },
      ],
    },
    {
      name: 'the address on GitHub keeps the fragment and escapes blanks',
      files: {
        'docs/_config.yml': 'gh_edit_repository: https://github.com/lamp/lamp/\n',
        'docs/lamp.md': `${HEAD}[start](../README.md#start) [plan](../my%20plan.txt) [all](..)\n`,
        'README.md': '# Lamp\n',
        'my plan.txt': 'Light.\n',
      },
      findings: [
        {
          file: 'docs/lamp.md',
          line: 5,
          column: 9,
          message:
            '`../README.md#start` leads out of `docs/`, the folder that is published: expected a page of the site; write `https://github.com/lamp/lamp/blob/main/README.md#start`',
        },
        {
          file: 'docs/lamp.md',
          line: 5,
          column: 36,
          message:
            '`../my%20plan.txt` leads out of `docs/`, the folder that is published: expected a page of the site; write `https://github.com/lamp/lamp/blob/main/my%20plan.txt`',
        },
        {
          file: 'docs/lamp.md',
          line: 5,
          column: 60,
          message:
            '`..` leads out of `docs/`, the folder that is published: expected a page of the site; write `https://github.com/lamp/lamp/tree/main`',
        },
      ],
    },
    {
      name: 'a link leads out of the repository',
      files: { 'lamp.md': `${HEAD}[notes](../notes.md)\n` },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          column: 9,
          message:
            '`../notes.md` leads out of the repository: expected a path within it; correct the path or write a full address',
        },
      ],
    },
    {
      name: 'a path from the root leaves the site',
      files: { '_config.yml': 'baseurl: /lamp\n', 'lamp.md': `${HEAD}[shop](/shop/)\n` },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          column: 8,
          message:
            "`/shop/` leads to the host's root, outside `/lamp`: expected a page of this site; write a relative path, or the full address of the other site",
        },
      ],
    },
  ],
});

import { usesNavigation } from '../shared/navigation.js';
import { fileStart } from '../shared/wording.js';
import { siteRule, type Severity } from '../types.js';

/** Files that GitHub Pages never turns into pages on their own (jekyll-optional-front-matter's list), any case. */
const COMMUNITY_FILE =
  /(?:^|\/)(?:readme|licen[sc]e|copying|code_of_conduct|contributing|issue_template|pull_request_template)\.[^./]+$/iu;

/** CHANGELOG.md, SECURITY.md and their like at the root speak about the repository; where no plugin renders them, nobody misses a page. */
const REPOSITORY_FILE = /^[A-Z][A-Z_-]*\.[^./]+$/u;

/** Markdown files that begin without any front matter. */
export const frontMatterMissing = siteRule({
  id: 'front-matter-missing',
  theme: 'front-matter',
  severity: 'error',
  preset: 'recommended',
  summary: 'Every Markdown file of the site begins with front matter.',
  fixable: false,
  documentation: `
Without front matter the two ways to build the site differ. The branch build of GitHub Pages makes a page of the
Markdown file anyway, takes its first heading as title and so puts it at the top level of the navigation. An own build
without jekyll-optional-front-matter copies the file as it is: the page does not exist.

Add front matter with at least a \`title\`, or list the file under \`exclude\` in \`_config.yml\`. README and the usual
community files (LICENSE, CONTRIBUTING …) are left alone, and in an own build also files such as CHANGELOG.md at the root. On a site without the just-the-docs navigation the finding on
a page that does get rendered is a warning.

Source: jekyll-optional-front-matter and jekyll-titles-from-headings as GitHub Pages configures them.`,
  examples: [
    {
      name: 'pages with front matter, and a README without',
      files: { 'README.md': '# Home\n', 'a.md': '---\ntitle: A\nnav_order: 1\n---\n\n# A\n' },
      findings: [],
    },
    {
      name: 'a page of a just-the-docs site has no front matter',
      files: { 'a.md': '---\ntitle: A\nnav_order: 1\n---\n\n# A\n', 'b.md': '# B\n' },
      findings: [
        {
          file: 'b.md',
          line: 1,
          message:
            'The file has no front matter: GitHub Pages shows it at the top level of the navigation under its first heading, and an Actions build does not render it. Begin it with a `---` block that sets `title`, or add it to `exclude` in `_config.yml`.',
        },
      ],
    },
    {
      name: 'an Actions build leaves the file out, and files about the repository',
      config: 'engine: actions\n',
      files: {
        'a.md': '---\ntitle: A\nnav_order: 1\n---\n\n# A\n',
        'b.md': '# B\n',
        'CHANGELOG.md': '# Changes\n',
      },
      findings: [
        {
          file: 'b.md',
          line: 1,
          message:
            'The file has no front matter, so the build copies it as it is and the page does not exist. Begin it with a `---` block that sets `title`, or add it to `exclude` in `_config.yml`.',
        },
      ],
    },
    {
      name: 'a page of a site with another theme has no front matter',
      files: { 'b.md': '# B\n' },
      findings: [
        {
          file: 'b.md',
          line: 1,
          message:
            'The file has no front matter: GitHub Pages renders it all the same, an Actions build does not. Begin it with a `---` block, or add it to `exclude` in `_config.yml`.',
        },
      ],
    },
  ],
  *check({ site, config }) {
    const navigation = usesNavigation(site, config);
    const state = new Map(site.others.map((facts) => [facts.path, facts.frontMatter.state]));
    for (const page of site.pages) {
      if (page.facts.frontMatter.state !== 'none' || !page.markdown) continue;
      if (COMMUNITY_FILE.test(page.path) || page.facts.problems.length > 0) continue;
      const severity: Severity = navigation ? 'error' : 'warning';
      yield {
        file: page.path,
        range: fileStart,
        severity,
        message: navigation
          ? 'The file has no front matter: GitHub Pages shows it at the top level of the navigation under its first heading, and an Actions build does not render it. Begin it with a `---` block that sets `title`, or add it to `exclude` in `_config.yml`.'
          : 'The file has no front matter: GitHub Pages renders it all the same, an Actions build does not. Begin it with a `---` block, or add it to `exclude` in `_config.yml`.',
      };
    }
    for (const file of site.staticFiles) {
      if (state.get(file.path) !== 'none' || site.byPath.has(file.path)) continue;
      if (COMMUNITY_FILE.test(file.path) || REPOSITORY_FILE.test(file.source)) continue;
      yield {
        file: file.path,
        range: fileStart,
        message:
          'The file has no front matter, so the build copies it as it is and the page does not exist. Begin it with a `---` block that sets `title`, or add it to `exclude` in `_config.yml`.',
      };
    }
  },
});

import { ConfigPlaces } from '../shared/config-places.js';
import { rangeOf } from '../shared/fields.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** Permalinks that move pages away from where their links expect them. */
export const configPermalink = siteRule({
  id: 'config-permalink',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  summary: 'The permalink style keeps pages in the folder of their source, and 404.md becomes 404.html.',
  fixable: false,
  documentation: `
With \`permalink: pretty\`, or any style that ends with \`/\`, the page \`guide/setup.md\` is served as \`guide/setup/\`, one
folder deeper than its source. A relative link or image that jekyll-relative-links does not rewrite then leads one folder
astray on the site, although it works on GitHub. The style itself is a note; each link that breaks has a finding of its own.

GitHub Pages shows \`404.html\` for a missing address. With such a style \`404.md\` becomes \`404/index.html\` and is never
shown (an error): give it \`permalink: /404.html\`.

Source: \`Page#template\` and \`Utils.add_permalink_suffix\` in Jekyll; GitHub's documentation of custom 404 pages.`,
  examples: [
    {
      name: 'the default style',
      files: {
        '_config.yml': 'permalink: /:path/:basename:output_ext\n',
        '404.md': '---\ntitle: Lost\n---\n',
      },
      findings: [],
    },
    {
      name: 'pretty permalinks',
      files: {
        '_config.yml': 'permalink: pretty\n',
        '404.md': '---\ntitle: Lost\npermalink: /404.html\n---\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 12,
          message:
            'The permalink style `pretty` moves every page one folder deeper than its source, so relative links and images that Jekyll does not rewrite break (`link-target` and `link-form` name them). Delete `permalink` on a new site; on one that is published its addresses would change.',
        },
      ],
    },
    {
      name: 'the error page is moved',
      files: { '404.md': '---\ntitle: Lost\npermalink: /404/\n---\n' },
      findings: [
        {
          file: '404.md',
          line: 3,
          column: 12,
          message:
            'The error page is published as `404/index.html`, but GitHub Pages shows only `404.html`. Set `permalink: /404.html`.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    const style = config?.value('permalink') ?? null;
    if (config !== null && typeof style === 'string' && (style === 'pretty' || style.endsWith('/'))) {
      yield {
        file: config.path,
        range: config.range('permalink'),
        severity: 'info',
        message: `The permalink style ${code(style)} moves every page one folder deeper than its source, so relative links and images that Jekyll does not rewrite break (\`link-target\` and \`link-form\` name them). Delete \`permalink\` on a new site; on one that is published its addresses would change.`,
      };
    }
    if (context.site.outputs.has('404.html')) return;
    const lost = context.site.pages.find((page) => /^404\.[^/]+$/u.test(page.source));
    if (lost === undefined) return;
    yield {
      file: lost.path,
      range: rangeOf(lost, 'permalink'),
      severity: 'error',
      message: `The error page is published as ${code(lost.output)}, but GitHub Pages shows only \`404.html\`. Set \`permalink: /404.html\`.`,
    };
  },
});

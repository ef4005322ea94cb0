import { code, fileStart, listing } from '../shared/wording.js';
import { siteRule, type Severity } from '../types.js';

interface Trouble {
  pattern: RegExp;
  severity: Severity;
  name(match: string): string;
  consequence: string;
}

/** From worst to least; the first that matches gives the message. */
const TROUBLES: Trouble[] = [
  {
    pattern: /\?/u,
    severity: 'error',
    name: code,
    consequence:
      'Jekyll leaves it as it is in addresses, where it begins the query, so no address reaches the file',
  },
  {
    // eslint-disable-next-line no-control-regex
    pattern: /[\u0000-\u001f\u007f\\]/u,
    severity: 'error',
    name: (match) => (match === '\\' ? 'a backslash' : 'a control character'),
    consequence: 'addresses and other systems cannot hold it',
  },
  {
    pattern: /[#%:]/u,
    severity: 'warning',
    name: code,
    consequence:
      'it has a meaning of its own in addresses, so links must escape it and jekyll-relative-links does not find the file',
  },
  {
    pattern: /\s/u,
    severity: 'warning',
    name: () => 'a blank',
    consequence:
      'links to it must be written `%20`, which jekyll-relative-links on GitHub Pages does not resolve',
  },
  {
    pattern: /\P{ASCII}/u,
    severity: 'info',
    name: code,
    consequence:
      'escaped links to it are not resolved on GitHub Pages, and systems disagree on how to store it',
  },
];

/** File and folder names that do not survive as addresses. */
export const fileName = siteRule({
  id: 'file-name',
  theme: 'files',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Names of published files and folders need no escaping in addresses.',
  fixable: false,
  documentation: `
The name of a file becomes its address. A \`?\` is not escaped by Jekyll, so the page is published but cannot be reached
(an error). \`#\`, \`%\`, \`:\` and blanks must be escaped in every link, and jekyll-relative-links on GitHub Pages
compares names byte by byte, so it does not find the file behind an escaped link (warnings). Other characters outside
ASCII have the same trouble with escaped links and differ between file systems in how accents are stored (info).

Use lower-case letters, digits, \`-\`, \`_\` and \`.\`. A folder is reported once, at its first file.

Source: \`Jekyll::URL.escape_path\`; \`url_for_path\` in jekyll-relative-links 0.6.`,
  examples: [
    { name: 'plain names', files: { 'a-b_c.1.md': '---\ntitle: A\n---\n' }, findings: [] },
    {
      name: 'a question mark makes a page unreachable',
      files: { 'why?.md': '---\ntitle: A\n---\n' },
      findings: [
        {
          file: 'why?.md',
          line: 1,
          message:
            'The name `why?.md` contains `?`: Jekyll leaves it as it is in addresses, where it begins the query, so no address reaches the file. Rename it with lower-case letters, digits and `-`.',
        },
      ],
    },
    {
      name: 'names that links must escape',
      files: {
        '100%.md': '---\ntitle: A\n---\n',
        'my folder/a.md': '---\ntitle: B\n---\n',
        'my folder/b.md': '---\ntitle: C\n---\n',
        'über.md': '---\ntitle: D\n---\n',
      },
      findings: [
        {
          file: '100%.md',
          line: 1,
          message:
            'The name `100%.md` contains `%`: it has a meaning of its own in addresses, so links must escape it and jekyll-relative-links does not find the file. Rename it with lower-case letters, digits and `-`.',
        },
        {
          file: 'my folder/a.md',
          line: 1,
          message:
            'The name `my folder` contains a blank: links to it must be written `%20`, which jekyll-relative-links on GitHub Pages does not resolve. Rename it with lower-case letters, digits and `-`.',
        },
        {
          file: 'über.md',
          line: 1,
          message:
            'The name `über.md` contains `ü`: escaped links to it are not resolved on GitHub Pages, and systems disagree on how to store it. Rename it with lower-case letters, digits and `-`.',
        },
      ],
    },
  ],
  *check({ site }) {
    const seen = new Set<string>();
    const published = [...site.pages, ...site.staticFiles].sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const { path, source } of published) {
      const segments = source.split('/');
      let upTo = '';
      for (const segment of segments) {
        upTo += `/${segment}`;
        if (seen.has(upTo)) continue;
        seen.add(upTo);
        const trouble = TROUBLES.find(({ pattern }) => pattern.test(segment));
        if (trouble === undefined) continue;
        const found = Array.from(segment).filter((character) => trouble.pattern.test(character));
        const names = [...new Set(found.map((character) => trouble.name(character)))];
        yield {
          file: path,
          range: fileStart,
          severity: trouble.severity,
          message: `The name ${code(segment)} contains ${listing(names)}: ${trouble.consequence}. Rename it with lower-case letters, digits and \`-\`.`,
        };
      }
    }
  },
});

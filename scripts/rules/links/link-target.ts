import { missingTargets, targetOptions, type TargetOptions } from '../shared/missing-targets.js';
import { siteRule } from '../types.js';

const HOME = '---\ntitle: Home\n---\n\n';
const LAMP = '---\ntitle: Lamp\n---\n\nText.\n';

export const linkTarget = siteRule<TargetOptions>({
  id: 'link-target',
  theme: 'links',
  severity: 'error',
  preset: 'recommended',
  summary: 'A link leads to a page or file that the site delivers.',
  documentation: `
Every link within the site is followed as the published site would: first jekyll-relative-links rewrites it
(\`lib/jekyll-relative-links/generator.rb\`), then a browser resolves what is left against the address of the page, then
GitHub Pages looks for the file, for \`PATH.html\` and for \`PATH/index.html\`. The rule reports links to nothing, to a folder
without index page, to a file that Jekyll does not publish, links that leave out \`baseurl\`, and malformed escapes.

The reader gets the error page.

Correct the path. \`corpus fix\` does it where the target is beyond doubt: a folder whose README is a page of its own, and a
path from the root of the host.

What another build puts beside the site, such as \`/api/**\`, or a plugin of the site makes, is named in the option
\`elsewhere\`, a list of globs.
`,
  fixable: true,
  options: targetOptions,
  check: (context) => missingTargets(context, false),
  examples: [
    {
      name: 'links lead to pages, files, folders with an index and other hosts',
      files: {
        'index.md': `${HOME}[Lamp](lamp.md), [program](lamp.py), [parts](parts/), [shop](https://example.com/), [mail](mailto:a@example.com)\n`,
        'lamp.md': LAMP,
        'lamp.py': 'print("light")\n',
        'parts/index.md': '---\ntitle: Parts\n---\n\n[Up](../index.md) and [here](#parts)\n\n## Parts\n',
      },
      findings: [],
    },
    {
      name: 'another build delivers what is linked',
      config: 'rules: {link-target: {options: {elsewhere: ["/api/**"]}}}\n',
      files: { 'index.md': `${HOME}[API](/api/lamp/index.html#on)\n` },
      findings: [],
    },
    {
      name: 'a link leads to nothing',
      files: { 'index.md': `${HOME}See [the lamp](lmap.md) and [the moon](moon.md).\n`, 'lamp.md': LAMP },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 16,
          message:
            '`lmap.md` leads to nothing: expected the path of a page or file of the site, relative to this one; did you mean `lamp.md`?',
        },
        {
          file: 'index.md',
          line: 5,
          column: 40,
          message:
            '`moon.md` leads to nothing: expected the path of a page or file of the site, relative to this one; correct the path or remove the link',
        },
      ],
    },
    {
      name: 'a definition leads to nothing and is used twice',
      files: { 'index.md': `${HOME}[Lamp][] and [again][lamp]\n\n[lamp]: light.md\n[unused]: dark.md\n` },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 9,
          message:
            '`light.md` leads to nothing: expected the path of a page or file of the site, relative to this one; correct the path or remove the link',
        },
      ],
    },
    {
      name: 'a folder has a README that is a page of its own',
      files: { 'index.md': `${HOME}[Parts](parts/)\n`, 'parts/README.md': LAMP },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 9,
          message: '`parts/` leads to a folder without index page: expected a page; write `parts/README.md`',
        },
      ],
      fixed: { 'index.md': `${HOME}[Parts](parts/README.md)\n` },
    },
    {
      name: 'a folder has no page at all',
      files: { 'index.md': `${HOME}[Parts](parts/)\n`, 'parts/switch.txt': 'On or off.\n' },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 9,
          message:
            '`parts/` leads to a folder without index page: expected a page; link a page in it or add a README.md',
        },
      ],
    },
    {
      name: 'the file is not published',
      files: {
        'index.md': `${HOME}[Draft](draft.md)\n`,
        'draft.md': '---\ntitle: Draft\npublished: false\n---\n',
      },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 9,
          message:
            '`draft.md` leads to a file that Jekyll does not publish (by its name, `exclude` or `published: false`): expected a page or file of the site; publish the file or link another',
        },
      ],
    },
    {
      name: 'a link begins at the root of the host',
      files: {
        '_config.yml': 'baseurl: /lamp\n',
        'index.md': `${HOME}[Switch](/parts/switch.html#on)\n`,
        'parts/switch.md': '---\ntitle: Switch\n---\n\n## On\n',
      },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 10,
          message:
            '`/parts/switch.html#on` begins at the root of the host, and the site is published below `/lamp`: expected a relative path; write `parts/switch.md#on`',
        },
      ],
      fixed: { 'index.md': `${HOME}[Switch](parts/switch.md#on)\n` },
    },
    {
      name: 'an escape is malformed',
      files: { 'index.md': `${HOME}[Offer](50%off.md)\n` },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 9,
          message:
            '`50%off.md` has a `%` without two hexadecimal digits: expected a percent escape; write `%25` for the character itself',
        },
      ],
    },
  ],
});

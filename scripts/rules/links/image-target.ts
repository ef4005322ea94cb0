import { missingTargets, targetOptions, type TargetOptions } from '../shared/missing-targets.js';
import { siteRule } from '../types.js';

const HEAD = '---\ntitle: Lamp\n---\n\n';

export const imageTarget = siteRule<TargetOptions>({
  id: 'image-target',
  theme: 'links',
  severity: 'error',
  preset: 'recommended',
  summary: 'An image leads to a file that the site delivers.',
  documentation: `
Images of the site, in Markdown and in HTML, are followed like links: rewritten by jekyll-relative-links
(\`lib/jekyll-relative-links/generator.rb\`) where it does so, else resolved by the browser against the address of the page.
The rule reports images that lead to nothing, to a file that Jekyll does not publish, that leave out \`baseurl\`, and
malformed escapes.

The reader sees a broken frame, or the alternative text.

Correct the path, or add the file. \`corpus fix\` rewrites a path from the root of the host. The option
\`elsewhere\` lists globs of images that something else than Jekyll delivers.
`,
  fixable: true,
  options: targetOptions,
  check: (context) => missingTargets(context, true),
  examples: [
    {
      name: 'images exist',
      files: {
        'lamp.md': `${HEAD}![On](img/on.svg) <img src="img/on.svg" alt="on"> ![Far](https://example.com/far.png)\n`,
        'img/on.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
      },
      findings: [],
    },
    {
      name: 'images lead to nothing',
      files: {
        'lamp.md': `${HEAD}![On](img/onn.svg)\n\n<img src="off.png" alt="off">\n`,
        'img/on.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
      },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          column: 7,
          message:
            '`img/onn.svg` leads to nothing: expected the path of an image of the site, relative to this one; did you mean `img/on.svg`?',
        },
        {
          file: 'lamp.md',
          line: 7,
          column: 11,
          message:
            '`off.png` leads to nothing: expected the path of an image of the site, relative to this one; correct the path or remove the link',
        },
      ],
    },
    {
      name: 'an image begins at the root of the host',
      files: {
        '_config.yml': 'baseurl: /lamp\n',
        'parts/lamp.md': `${HEAD}![On](/img/on.svg)\n`,
        'img/on.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
      },
      findings: [
        {
          file: 'parts/lamp.md',
          line: 5,
          column: 7,
          message:
            '`/img/on.svg` begins at the root of the host, and the site is published below `/lamp`: expected a relative path; write `../img/on.svg`',
        },
      ],
      fixed: { 'parts/lamp.md': `${HEAD}![On](../img/on.svg)\n` },
    },
  ],
});

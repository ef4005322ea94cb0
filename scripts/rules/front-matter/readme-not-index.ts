import { posix } from 'node:path';
import { isOrdinaryReadme } from '../shared/readmes.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** READMEs with front matter that do not become the index of their folder. */
export const readmeNotIndex = siteRule({
  id: 'readme-not-index',
  theme: 'front-matter',
  severity: 'error',
  preset: 'recommended',
  summary: 'A README with front matter is the index page of its folder.',
  fixable: false,
  documentation: `
GitHub shows README.md when a folder is opened. Jekyll does so only for a README *without* front matter; one with front
matter is an ordinary page at \`folder/README.html\`, and every link to the folder is dead.

Set \`readme_index: {enabled: true, with_frontmatter: true}\` in \`_config.yml\` (and list jekyll-readme-index among the
plugins of an own build), give the README a \`permalink\`, or name it \`index.md\`. Folders that have another index page
are left alone.

Source: jekyll-readme-index 0.3, \`lib/jekyll-readme-index/generator.rb\`.`,
  examples: [
    {
      name: 'READMEs with front matter are made indexes by the configuration',
      files: {
        '_config.yml': 'readme_index:\n  enabled: true\n  with_frontmatter: true\n',
        'guide/README.md': '---\ntitle: Guide\n---\n\n# Guide\n',
      },
      findings: [],
    },
    {
      name: 'the folder has another index page',
      files: {
        'guide/README.md': '---\ntitle: About\n---\n\n# About\n',
        'guide/index.md': '---\ntitle: Guide\n---\n\n# Guide\n',
      },
      findings: [],
    },
    {
      name: 'a README with front matter is an ordinary page',
      files: { 'guide/README.md': '---\ntitle: Guide\n---\n\n# Guide\n' },
      findings: [
        {
          file: 'guide/README.md',
          line: 1,
          message:
            'This README has front matter, so its address is `/guide/README.html` and `/guide/` does not exist; readers and links expect it to be the index of its folder. Set `readme_index: {enabled: true, with_frontmatter: true}` in `_config.yml`, or give it `permalink: /guide/`.',
        },
      ],
    },
  ],
  *check({ site }) {
    for (const page of site.pages) {
      if (!isOrdinaryReadme(site, page)) continue;
      const directory = posix.dirname(page.source);
      const folder = directory === '.' ? '/' : `/${directory}/`;
      yield {
        file: page.path,
        range: page.anchorRange,
        message: `This README has front matter, so its address is ${code(page.url)} and ${code(folder)} does not exist; readers and links expect it to be the index of its folder. Set \`readme_index: {enabled: true, with_frontmatter: true}\` in \`_config.yml\`, or give it \`permalink: ${folder}\`.`,
      };
    }
  },
});

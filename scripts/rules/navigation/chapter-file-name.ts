import { posix } from 'node:path';
import { chapterPattern } from '../../corpus/config.js';
import { rangeOf } from '../shared/fields.js';
import { chapterTitle, fileSlug, titleSlug, tutorialParts } from '../shared/kinds.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** Names of chapter files. */
export const chapterFileName = siteRule({
  id: 'chapter-file-name',
  theme: 'navigation',
  severity: 'error',
  preset: 'tutorial',
  summary: 'The file name of a chapter is its two-digit number and the slug of its title.',
  fixable: false,
  documentation: `
The file name is the address of a chapter, on GitHub and on the site. It is made from the title, so that a reader can
guess one from the other and a renamed chapter does not keep a misleading address: the title without \`Chapter N: \`, in
lower case, with one \`-\` for everything between letters and digits, accents and apostrophes dropped, after the
two-digit number of the chapter.

Rename the file and the links to it, or correct the title. The pattern of chapter files is the key \`chapter\` of
\`corpus.yml\`.

Source: the format of the tutorials.`,
  examples: [
    {
      name: 'a file name made from the title',
      files: {
        'tutorials/t-tutorial/README.md': '---\ntitle: T\n---\n\n# T\n',
        'tutorials/t-tutorial/03-transports-stdio-http-and-what-s-new.md':
          '---\ntitle: "Chapter 3: Transports: stdio, HTTP, and What-s New?"\n---\n',
      },
      findings: [],
    },
    {
      name: 'the title was changed and the file name was not',
      files: {
        'tutorials/t-tutorial/README.md': '---\ntitle: T\n---\n\n# T\n',
        'tutorials/t-tutorial/01-first-step.md': '---\nlayout: default\ntitle: "Chapter 1: Last Step"\n---\n',
      },
      findings: [
        {
          file: 'tutorials/t-tutorial/01-first-step.md',
          line: 3,
          column: 8,
          message:
            'The title `Chapter 1: Last Step` gives the file name `01-last-step.md`, but the file is `01-first-step.md`. Rename the file and the links to it, or correct the title.',
        },
      ],
    },
    {
      name: 'a page of a tutorial is no chapter by its name',
      files: {
        'tutorials/t-tutorial/README.md': '---\ntitle: T\n---\n\n# T\n',
        'tutorials/t-tutorial/1-first-step.md': '---\ntitle: "Chapter 1: First Step"\n---\n',
      },
      findings: [
        {
          file: 'tutorials/t-tutorial/1-first-step.md',
          line: 1,
          message:
            'The file name `1-first-step.md` does not match the pattern of chapters, `^(\\d{2})-(.+)\\.md$`: two digits, `-` and the slug of the title, such as `01-first-step.md`. Rename the file, or move it out of the tutorial.',
        },
      ],
    },
  ],
  *check({ site, config }) {
    const pattern = chapterPattern(config);
    for (const [page, { chapter }] of tutorialParts(site)) {
      if (chapter === null) continue;
      const name = posix.basename(page.path);
      const title = typeof page.title === 'string' ? page.title : '';
      const parts = chapterTitle(title);
      const wanted = titleSlug(parts?.rest ?? title);
      const slug = fileSlug(page.path, pattern);
      if (slug === null || chapter.number === null) {
        const number = (parts?.number ?? 'NN').padStart(2, '0');
        yield {
          file: page.path,
          range: page.anchorRange,
          message: `The file name ${code(name)} does not match the pattern of chapters, ${code(config.chapter)}: two digits, \`-\` and the slug of the title, such as ${code(`${number}-${wanted === '' ? 'title' : wanted}.md`)}. Rename the file, or move it out of the tutorial.`,
        };
      } else if (wanted !== '' && slug !== wanted) {
        const renamed =
          name.slice(0, name.lastIndexOf(slug)) + wanted + name.slice(name.lastIndexOf(slug) + slug.length);
        yield {
          file: page.path,
          range: rangeOf(page, 'title'),
          message: `The title ${code(title)} gives the file name ${code(renamed)}, but the file is ${code(name)}. Rename the file and the links to it, or correct the title.`,
        };
      }
    }
  },
});

import type { Example } from '../../types.js';

const folder = 'tutorials/t-tutorial';
const index = '---\ntitle: T\n---\n\n# T\n';
const chapter = (title: string, order: string): string =>
  `---\nlayout: default\ntitle: "${title}"\nparent: T\nnav_order: ${order}\n---\n\nText.\n`;

export const chapterSequenceExamples: Example[] = [
  {
    name: 'numbers, order and titles agree',
    files: {
      [`${folder}/README.md`]: index,
      [`${folder}/01-a.md`]: chapter('Chapter 1: A', '1'),
      [`${folder}/02-b.md`]: chapter('Chapter 2: B', '2'),
    },
    findings: [],
  },
  {
    name: 'a chapter number is left out',
    files: {
      [`${folder}/README.md`]: index,
      [`${folder}/01-a.md`]: chapter('Chapter 1: A', '1'),
      [`${folder}/03-c.md`]: chapter('Chapter 3: C', '3'),
    },
    findings: [
      {
        file: `${folder}/03-c.md`,
        line: 1,
        message: `Chapter \`03\` follows chapter \`01\` (\`${folder}/01-a.md:1\`); \`02\` is missing. Add it, or renumber the files that follow.`,
      },
    ],
  },
  {
    name: 'the first chapter has another number',
    files: { [`${folder}/README.md`]: index, [`${folder}/02-b.md`]: chapter('Chapter 2: B', '2') },
    findings: [
      {
        file: `${folder}/02-b.md`,
        line: 1,
        message: 'The first chapter has the number `02`; chapters begin with `01`. Renumber the files.',
      },
    ],
  },
  {
    name: 'two chapters have one number',
    files: {
      [`${folder}/README.md`]: index,
      [`${folder}/01-a.md`]: chapter('Chapter 1: A', '1'),
      [`${folder}/01-b.md`]: chapter('Chapter 1: B', '1'),
    },
    findings: [
      {
        file: `${folder}/01-b.md`,
        line: 1,
        message: `The chapter number \`01\` is also that of \`${folder}/01-a.md:1\`; every chapter has its own. Renumber one of the two files.`,
      },
    ],
  },
  {
    name: 'order and title have other numbers than the file name',
    files: { [`${folder}/README.md`]: index, [`${folder}/01-a.md`]: chapter('Chapter 2: A', '7') },
    findings: [
      {
        file: `${folder}/01-a.md`,
        line: 3,
        column: 8,
        message:
          'The title `Chapter 2: A` does not begin with `Chapter 1: `, the number in the file name. Write `Chapter 1: A`.',
      },
      {
        file: `${folder}/01-a.md`,
        line: 5,
        column: 12,
        message:
          'The `nav_order` of the chapter is `7`, but its file name has the number `01`. Write `nav_order: 1`.',
      },
    ],
    fixed: { [`${folder}/01-a.md`]: chapter('Chapter 1: A', '1') },
  },
  {
    name: 'order and number are left out',
    files: {
      [`${folder}/README.md`]: index,
      [`${folder}/01-a.md`]: '---\nlayout: default\ntitle: "A"\nparent: T\n---\n\nText.\n',
    },
    findings: [
      {
        file: `${folder}/01-a.md`,
        line: 1,
        message: 'The chapter has no `nav_order`, but its file name has the number `01`. Add `nav_order: 1`.',
      },
      {
        file: `${folder}/01-a.md`,
        line: 3,
        column: 8,
        message:
          'The title `A` does not begin with `Chapter 1: `, the number in the file name. Write `Chapter 1: A`.',
      },
    ],
    fixed: { [`${folder}/01-a.md`]: chapter('Chapter 1: A', '1') },
  },
  {
    name: 'a tutorial has no index page',
    files: { [`${folder}/01-a.md`]: chapter('Chapter 1: A', '1') },
    findings: [
      {
        file: `${folder}/01-a.md`,
        line: 1,
        message: `The tutorial folder \`${folder}\` has chapters but no index page. Add a \`README.md\` with front matter to it.`,
      },
    ],
  },
];

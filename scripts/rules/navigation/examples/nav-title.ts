import type { Example } from '../../types.js';

const page = (title: string): string => `---\ntitle: ${title}\nnav_order: 1\n---\n\n# Heading\n`;

export const navTitleExamples: Example[] = [
  {
    name: 'plain texts, and an error page without title',
    files: {
      'a.md': page('"Part 1: A & B"'),
      'b.md': page('C++ and snake_case, 5 < 6'),
      '404.md': '---\npermalink: /404.html\n---\n\n# Not found\n',
    },
    findings: [],
  },
  {
    name: 'a site without navigation needs no titles',
    files: { 'a.md': '---\nlayout: default\n---\n\n# A\n' },
    findings: [],
  },
  {
    name: 'a page has no title',
    files: { 'a.md': page('A'), 'b.md': '---\nnav_order: 2\n---\n\n# Second `b`\n' },
    findings: [
      {
        file: 'b.md',
        line: 1,
        message:
          'The page has no `title`: GitHub Pages lists it under its first heading at the top level, and an Actions build leaves it out of the navigation. Add a `title`, such as its heading `Second b`.',
      },
    ],
    fixed: { 'b.md': '---\ntitle: "Second b"\nnav_order: 2\n---\n\n# Second `b`\n' },
  },
  {
    name: 'a title key has no value and the page no heading',
    files: { 'a.md': page('A'), 'b.md': '---\ntitle:\nparent: A\n---\n\nText.\n' },
    findings: [
      {
        file: 'b.md',
        line: 2,
        message:
          'The `title` is empty: GitHub Pages lists it under its first heading, and an Actions build leaves it out of the navigation. Add a `title`.',
      },
    ],
  },
  {
    name: 'an empty title',
    files: { 'a.md': page('""') },
    findings: [
      {
        file: 'a.md',
        line: 2,
        column: 8,
        message:
          'The title is empty, so the theme draws every top-level page a second time below this one. Give the page a title.',
      },
    ],
  },
  {
    name: 'a list as title',
    files: { 'a.md': page('[x, y]') },
    findings: [
      {
        file: 'a.md',
        line: 2,
        column: 8,
        message:
          'The title is a list, which the navigation shows as one odd entry and an Actions build as a second copy of the whole tree. Write a text in quotes.',
      },
    ],
  },
  {
    name: 'YAML reads titles as a date, a boolean and a number',
    files: { 'a.md': page('2024-01-01'), 'b.md': page('yes'), 'c.md': page('2.10') },
    findings: [
      {
        file: 'a.md',
        line: 2,
        column: 8,
        message:
          'YAML reads the title `2024-01-01` as a date; beside other titles it stops the build. Put it in quotes.',
      },
      {
        file: 'b.md',
        line: 2,
        column: 8,
        message:
          'YAML reads the title `yes` as a boolean; beside other titles it stops the build. Put it in quotes.',
      },
      {
        file: 'c.md',
        line: 2,
        column: 8,
        message:
          'YAML reads the title `2.10` as the number `2.1`, which is sorted before all texts. Put it in quotes.',
      },
    ],
    fixed: { 'a.md': page('"2024-01-01"'), 'b.md': page('"yes"'), 'c.md': page('"2.10"') },
  },
  {
    name: 'HTML and Markdown in titles',
    files: { 'a.md': page('Vec<T> explained'), 'b.md': page("'Use `git`'"), 'c.md': page('A &nbsp; B') },
    findings: [
      {
        file: 'a.md',
        line: 2,
        column: 8,
        message:
          'The title contains `<T>`, which is taken for an HTML tag and not shown in the navigation. Write it as plain text.',
      },
      {
        file: 'b.md',
        line: 2,
        column: 8,
        message:
          'The title contains `` `git` ``, which is shown with its markup characters in the navigation. Write it as plain text.',
      },
      {
        file: 'c.md',
        line: 2,
        column: 8,
        message:
          'The title contains `&nbsp;`, which is shown as the character it stands for in the navigation. Write it as plain text.',
      },
    ],
  },
];

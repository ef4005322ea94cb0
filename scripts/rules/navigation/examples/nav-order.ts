import type { Example } from '../../types.js';

const page = (title: string, order: string): string => `---\ntitle: ${title}\nnav_order: ${order}\n---\n`;

export const navOrderExamples: Example[] = [
  {
    name: 'numbers, negative and decimal, all different',
    files: { 'a.md': page('A', '-1'), 'b.md': page('B', '1.5'), 'c.md': page('C', '10') },
    findings: [],
  },
  {
    name: 'the same number under different parents',
    files: {
      'a.md': page('A', '1'),
      'b.md': page('B', '2'),
      'a/c.md': '---\ntitle: C\nparent: A\nnav_order: 1\n---\n',
      'b/d.md': '---\ntitle: D\nparent: B\nnav_order: 1\n---\n',
    },
    findings: [],
  },
  {
    name: 'two siblings have the same number',
    files: { 'a.md': page('A', '2'), 'b.md': page('B', '2') },
    findings: [
      {
        file: 'b.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `2` is also that of `a.md:3`, a sibling, and the theme promises no order for equal values. Give each sibling a number of its own.',
      },
    ],
  },
  {
    name: 'a text stands among numbers',
    files: { 'a.md': page('A', '1'), 'b.md': page('B', '"2"'), 'c.md': page('C', 'last') },
    findings: [
      {
        file: 'b.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `"2"` is a text, but siblings such as `a.md:3` have numbers, which all come first. Write a number without quotes.',
      },
      {
        file: 'c.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `last` is a text, but siblings such as `a.md:3` have numbers, which all come first. Write a number.',
      },
    ],
    fixed: { 'b.md': page('B', '2') },
  },
  {
    name: 'a leading zero makes a text of what is no octal number',
    files: { 'a.md': page('A', '1'), 'b.md': page('B', '08'), 'c.md': page('C', '"010"') },
    findings: [
      {
        file: 'b.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `08` is a text, but siblings such as `a.md:3` have numbers, which all come first. Write a number: `8`.',
      },
      {
        file: 'c.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `"010"` is a text, but siblings such as `a.md:3` have numbers, which all come first. Write a number: `10`.',
      },
    ],
    fixed: { 'b.md': page('B', '8'), 'c.md': page('C', '10') },
  },
  {
    name: 'number-like texts are sorted in two ways',
    files: { 'a.md': page('A', '"10"'), 'b.md': page('B', '"2"') },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `"10"` is a text: GitHub Pages sorts it among its siblings letter by letter (`10` before `2`), Jekyll 4 by value. Write the number without quotes.',
      },
      {
        file: 'b.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `"2"` is a text: GitHub Pages sorts it among its siblings letter by letter (`10` before `2`), Jekyll 4 by value. Write the number without quotes.',
      },
    ],
    fixed: { 'a.md': page('A', '10'), 'b.md': page('B', '2') },
  },
  {
    name: 'a boolean and a list cannot be compared',
    files: { 'a.md': page('A', '1'), 'b.md': page('B', 'yes'), 'c.md': page('C', '[1, 2]') },
    findings: [
      {
        file: 'b.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `yes` is a boolean, which cannot be compared with other values: GitHub Pages stops the build when a sibling has another `nav_order`. Write a number.',
      },
      {
        file: 'c.md',
        line: 3,
        column: 12,
        message:
          'The `nav_order` `[1, 2]` is a list, which cannot be compared with other values: GitHub Pages stops the build when a sibling has another `nav_order`. Write a number.',
      },
    ],
  },
  {
    name: 'a leading zero makes an octal number',
    files: { 'a.md': page('A', '010') },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 12,
        message:
          'YAML reads the `nav_order` `010` as `8`, because a leading zero means another base. Write `10`.',
      },
    ],
    fixed: { 'a.md': page('A', '10') },
  },
  {
    name: 'some siblings have no number',
    files: { 'a.md': page('A', '1'), 'b.md': '---\ntitle: B\n---\n', 'c.md': '---\ntitle: C\n---\n' },
    findings: [
      {
        file: 'b.md',
        line: 1,
        message:
          'This page and 1 sibling have no `nav_order`, so they stand after the 1 sibling that has one. Number all siblings or none.',
      },
    ],
  },
];

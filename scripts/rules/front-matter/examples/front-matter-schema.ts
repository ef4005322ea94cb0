import type { Example } from '../../types.js';

const index = (...fields: string[]): string => `---\n${fields.join('\n')}\n---\n\n# T: all of it\n`;
const COMPLETE = [
  'layout: default',
  'title: "T"',
  'nav_order: 1',
  'has_children: true',
  'format_version: v2',
];
const README = 'tutorials/t-tutorial/README.md';
const TUTORIAL = 'preset: tutorial\n';

export const schemaExamples: Example[] = [
  {
    name: 'fields of Jekyll and of the author',
    files: { 'a.md': '---\ntitle: A\nlayout: default\ndifficulty: hard\nreviewed_by: ada\n---\n\n# A\n' },
    findings: [],
  },
  {
    name: 'a complete tutorial index and chapter',
    config: TUTORIAL,
    files: {
      [README]: index(...COMPLETE),
      'tutorials/t-tutorial/01-a.md':
        '---\nlayout: default\ntitle: "Chapter 1: A"\nparent: "T"\nnav_order: 1\n---\n\n# Chapter 1: A\n',
    },
    findings: [],
  },
  {
    name: 'field names are near misses',
    files: { 'a.md': '---\ntitle: A\nnav-order: 1\ngrandparent: B\nhas_childern: true\n---\n\n# A\n' },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 1,
        message: 'Nothing reads the field `nav-order`; the known field is `nav_order`. Rename it.',
      },
      {
        file: 'a.md',
        line: 4,
        column: 1,
        message: 'Nothing reads the field `grandparent`; the known field is `grand_parent`. Rename it.',
      },
      {
        file: 'a.md',
        line: 5,
        column: 1,
        message: 'Nothing reads the field `has_childern`; the known field is `has_children`. Rename it.',
      },
    ],
  },
  {
    name: 'YAML reads text as another type',
    files: { 'a.md': '---\ntitle: A\ndescription: 2024-01-01\nsummary: yes\n---\n\n# A\n' },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 14,
        message:
          'YAML reads the value `2024-01-01` of `description` as a date, but the field is a text. Put it in quotes.',
      },
      {
        file: 'a.md',
        line: 4,
        column: 10,
        message:
          'YAML reads the value `yes` of `summary` as a boolean, but the field is a text. Put it in quotes.',
      },
    ],
    fixed: { 'a.md': '---\ntitle: A\ndescription: "2024-01-01"\nsummary: "yes"\n---\n\n# A\n' },
  },
  {
    name: 'a switch is written as text',
    files: { 'a.md': '---\ntitle: A\npublished: "false"\nhas_toc: never\n---\n\n# A\n' },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 12,
        message:
          'The value `"false"` of `published` is a string, which is not the boolean that the field needs. Write `false` without quotes.',
      },
      {
        file: 'a.md',
        line: 4,
        column: 10,
        message:
          'The value `never` of `has_toc` is a string, which is not the boolean that the field needs. Write `true` or `false`.',
      },
    ],
    fixed: { 'a.md': '---\ntitle: A\npublished: false\nhas_toc: never\n---\n\n# A\n' },
  },
  {
    name: 'an empty field does not override a default',
    files: {
      '_config.yml': 'defaults:\n  - scope: {path: ""}\n    values: {description: Common}\n',
      'a.md': '---\ntitle: A\ndescription:\n---\n\n# A\n',
    },
    findings: [
      {
        file: 'a.md',
        line: 3,
        message:
          'The empty value of `description` does not override the default `Common` of `_config.yml`. Give the field a value, or delete it.',
      },
    ],
  },
  {
    name: 'GitHub Pages ignores render_with_liquid',
    files: { 'a.md': '---\ntitle: A\nrender_with_liquid: false\n---\n\n# A\n' },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 1,
        message:
          'GitHub Pages (Jekyll 3) ignores `render_with_liquid` and runs Liquid on this page all the same. Wrap literal braces in `{% raw %}` and `{% endraw %}`, and delete the field.',
      },
    ],
  },
  {
    name: 'a tutorial index lacks fields that can be derived',
    config: TUTORIAL,
    files: { [README]: index('title: "T"', 'nav_order: 1') },
    findings: [
      {
        file: README,
        line: 1,
        message:
          'The field `format_version` is missing from the front matter of a tutorial index. Add `format_version: v2`.',
      },
      {
        file: README,
        line: 1,
        message:
          'The field `has_children` is missing from the front matter of a tutorial index. Add `has_children: true`.',
      },
      {
        file: README,
        line: 1,
        message:
          'The page has no `layout` and no default gives it one, so an Actions build renders it without navigation and style. Add `layout: default`.',
      },
    ],
    fixed: { [README]: index(...COMPLETE) },
  },
  {
    name: 'a tutorial index lacks its place or has another format',
    config: TUTORIAL,
    files: {
      [README]: index('layout: default', 'title: "T"', 'has_children: true', 'format_version: v1'),
      'tutorials/u-tutorial/README.md': index(
        'layout: default',
        'title: "U"',
        'nav_order: "2"',
        'has_children: true',
        'format_version: v2',
      ),
    },
    findings: [
      {
        file: README,
        line: 1,
        message:
          'The field `nav_order` is missing from the front matter of a tutorial index. Add an integer that no other tutorial has.',
      },
      {
        file: README,
        line: 5,
        column: 17,
        message:
          'The field `format_version` of a tutorial index is `v1`, not `v2`. Write `format_version: v2`.',
      },
      {
        file: 'tutorials/u-tutorial/README.md',
        line: 4,
        column: 12,
        message:
          'The `nav_order` of a tutorial index is `"2"`, a string; tutorials are ordered by integers. Write an integer without quotes.',
      },
    ],
    fixed: { [README]: index('layout: default', 'title: "T"', 'has_children: true', 'format_version: v2') },
  },
  {
    name: 'the tutorial format knows no such field',
    config: TUTORIAL,
    files: { 'a.md': '---\nlayout: default\ntitle: A\ndifficulty: hard\n---\n\n# A\n' },
    findings: [
      {
        file: 'a.md',
        line: 4,
        column: 1,
        message:
          'The field `difficulty` does not belong to the front matter of a page. Delete it, or allow it with the option `fields` of this rule in `corpus.yml`.',
      },
    ],
  },
  {
    name: 'the configuration allows a field',
    config: 'preset: tutorial\nrules: {front-matter-schema: {options: {fields: [difficulty]}}}\n',
    files: { 'a.md': '---\nlayout: default\ntitle: A\ndifficulty: hard\n---\n\n# A\n' },
    findings: [],
  },
];

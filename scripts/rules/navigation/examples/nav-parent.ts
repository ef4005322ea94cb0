import type { Example } from '../../types.js';

const page = (title: string, ...fields: string[]): string =>
  `---\n${[`title: ${title}`, ...fields].join('\n')}\n---\n`;

export const navParentExamples: Example[] = [
  {
    name: 'three levels, with a title that occurs in two branches',
    files: {
      'a.md': page('A', 'has_children: true'),
      'b.md': page('B'),
      'a/setup.md': page('Setup', 'parent: A'),
      'b/setup.md': page('Setup', 'parent: B'),
      'a/linux.md': page('Linux', 'parent: Setup', 'grand_parent: A'),
      'b/linux.md': page('Linux', 'parent: Setup', 'ancestor: B'),
    },
    findings: [],
  },
  {
    name: 'the parent is the title of no page',
    files: {
      'guide.md': page('User Guide'),
      'b.md': page('B', 'parent: User guide'),
      'c.md': page('C', 'parent: B'),
      'd.md': page('D', 'parent: Elsewhere'),
    },
    findings: [
      {
        file: 'b.md',
        line: 3,
        column: 9,
        message:
          'The parent `User guide` is the title of no page, so this page and 1 page below it vanish from the navigation. Write the title of an existing page, letter by letter. Did you mean `User Guide` (`guide.md:2`)?',
      },
      {
        file: 'd.md',
        line: 3,
        column: 9,
        message:
          'The parent `Elsewhere` is the title of no page, so this page vanishes from the navigation. Write the title of an existing page, letter by letter.',
      },
    ],
  },
  {
    name: 'the parent is a list or the page itself',
    files: { 'a.md': page('A', 'parent: [B, C]'), 'b.md': page('B', 'parent: B') },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 9,
        message:
          'The `parent` is a list, which equals no title, so this page vanishes from the navigation. Name exactly one page.',
      },
      {
        file: 'b.md',
        line: 3,
        column: 9,
        message:
          'The parent `B` is the title of this page itself, so this page vanishes from the navigation. Name the page above it, or delete `parent`.',
      },
    ],
  },
  {
    name: 'the parent is not published',
    files: { 'a.md': page('A', 'published: false'), 'b.md': page('B', 'parent: A') },
    findings: [
      {
        file: 'b.md',
        line: 3,
        column: 9,
        message:
          'The parent `A` is the title of `a.md:3` (`published: false`), which is not published, so this page vanishes from the navigation. Publish that page, or name another parent.',
      },
    ],
  },
  {
    name: 'parents form a circle',
    files: { 'a.md': page('A', 'parent: B'), 'b.md': page('B', 'parent: A'), 'c.md': page('C', 'parent: A') },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 9,
        message:
          'The parents form a circle (`A` → `B` → `A`), so this page and 2 pages below it vanish from the navigation. Give one of these pages a parent outside the circle, or none.',
      },
      {
        file: 'b.md',
        line: 3,
        column: 9,
        message:
          'The parents form a circle (`A` → `B` → `A`), so this page and 2 pages below it vanish from the navigation. Give one of these pages a parent outside the circle, or none.',
      },
    ],
  },
  {
    name: 'several pages have the title of the parent',
    files: {
      'a.md': page('A'),
      'b.md': page('B'),
      'a/o.md': page('Overview', 'parent: A'),
      'b/o.md': page('Overview', 'parent: B'),
      'c.md': page('C', 'parent: Overview'),
    },
    findings: [
      {
        file: 'c.md',
        line: 3,
        column: 9,
        message:
          'The parent `Overview` is the title of 2 pages (`a/o.md:2` and `b/o.md:2`), and this page is drawn under each of them. Add `grand_parent` or `ancestor`, or give one of them another title.',
      },
    ],
  },
  {
    name: 'the title of the parent is also that of a top-level page',
    files: {
      'a.md': page('A'),
      'o.md': page('Overview'),
      'a/o.md': page('Overview', 'parent: A'),
      'c.md': page('C', 'parent: Overview'),
    },
    findings: [
      {
        file: 'c.md',
        line: 3,
        column: 9,
        message:
          'The parent `Overview` is the title of a top-level page and of 1 nested page (`a/o.md:2`); the theme takes the top-level one. Add `grand_parent` if a nested one is meant, or give one of them another title.',
      },
    ],
  },
  {
    name: 'grand_parent and ancestor fit no page',
    files: {
      'a.md': page('A'),
      'b.md': page('B', 'parent: A'),
      'c.md': page('C', 'parent: A', 'grand_parent: A'),
      'd.md': page('D', 'parent: B', 'grand_parent: X'),
      'e.md': page('E', 'parent: B', 'ancestor: X'),
    },
    findings: [
      {
        file: 'c.md',
        line: 4,
        column: 15,
        message:
          'The `grand_parent` `A` is set, but `A` (`a.md:2`) is a top-level page and has no parent, so this page vanishes from the navigation. Delete `grand_parent`.',
      },
      {
        file: 'd.md',
        line: 4,
        column: 15,
        message:
          'The `grand_parent` `X` is not the `parent` of `B` (`b.md:2`) (that is `A`), so this page vanishes from the navigation. Correct `grand_parent`, or delete it.',
      },
      {
        file: 'e.md',
        line: 4,
        column: 11,
        message:
          'The `ancestor` `X` is the title of no page above `B` (`b.md:2`), so this page vanishes from the navigation. Correct `ancestor`, or delete it.',
      },
    ],
  },
  {
    name: 'a grand_parent of another type',
    files: {
      'a.md': page('"12"'),
      'b.md': page('B', 'parent: "12"'),
      'c.md': page('C', 'parent: B', 'grand_parent: 12'),
      'd.md': page('D', 'parent: 12'),
    },
    findings: [
      {
        file: 'c.md',
        line: 4,
        column: 15,
        message:
          'The `grand_parent` `12` is an integer, but the `parent` of `B` (`b.md:2`) is of another type, so this page vanishes from the navigation. Write both in the same way, in quotes.',
      },
      {
        file: 'd.md',
        line: 3,
        column: 9,
        message:
          'The `parent` `12` is an integer that matches a title only because both are compared as text. Put it in quotes.',
      },
    ],
  },
  {
    name: 'a page has the title of a page above it',
    files: {
      'a.md': page('A'),
      'b.md': page('B', 'parent: A'),
      'c.md': page('A', 'parent: B', 'grand_parent: A'),
    },
    findings: [
      {
        file: 'c.md',
        line: 2,
        column: 8,
        message:
          'The title `A` is also that of `a.md:2`, a page above this one, so the theme draws `∞` instead of this page and nothing below it. Give one of the two another title.',
      },
    ],
  },
  {
    name: 'Jekyll 4 loses the children of a number-like title',
    files: { 'a.md': page('"1.10"'), 'b.md': page('B', 'parent: "1.10"') },
    findings: [
      {
        file: 'a.md',
        line: 2,
        column: 8,
        message:
          'The title `1.10` looks like a number: Jekyll 4 groups its 1 child under `1.1`, so they vanish from the navigation of an Actions build. Add a word to the title and to their `parent`.',
      },
    ],
  },
  {
    name: 'switches that hide, or do nothing',
    files: {
      'a.md': page('A', 'has_children: false'),
      'b.md': page('B', 'parent: A'),
      'c.md': page('C', 'has_children: true'),
      'd.md': page('D', 'nav_exclude: true'),
      'e.md': page('E', 'parent: D'),
      'f.md': page('F', 'nav_exclude: "true"', 'child_nav_order: reverse'),
    },
    findings: [
      {
        file: 'a.md',
        line: 3,
        column: 15,
        message:
          'The page has `has_children: false`, which hides its 1 child (`b.md:3`) from the navigation. Write `true`, or delete the field.',
      },
      {
        file: 'c.md',
        line: 3,
        column: 15,
        message:
          'The page has `has_children: true`, but no page names its title as `parent`. Check the `parent` of the pages that belong under it, or delete the field.',
      },
      {
        file: 'd.md',
        line: 3,
        column: 14,
        message:
          'The page has `nav_exclude: true`, so the 1 page below it (`e.md:3`) is absent from the navigation too. Make sure that something else links to it.',
      },
      {
        file: 'f.md',
        line: 3,
        column: 14,
        message:
          'The `nav_exclude` `"true"` is a string; only the boolean `true` has an effect, so the page is drawn. Write `true` without quotes.',
      },
      {
        file: 'f.md',
        line: 4,
        column: 18,
        message:
          'The `child_nav_order` `reverse` is ignored; the theme knows `desc` and `reversed`. Write one of them. Did you mean `reversed`?',
      },
    ],
    fixed: { 'f.md': page('F', 'nav_exclude: true', 'child_nav_order: reverse') },
  },
  {
    name: 'chapters of a tutorial have another parent or none',
    config: 'preset: tutorial\n',
    files: {
      'tutorials/t-tutorial/README.md': page('"T Tutorial"', 'has_children: false'),
      'tutorials/t-tutorial/01-a.md': page('"Chapter 1: A"', 'parent: "T Tutorials"'),
      'tutorials/t-tutorial/02-b.md': page('"Chapter 2: B"', 'nav_order: 2'),
      'tutorials/t-tutorial/03-c.md': page('"Chapter 3: C"', 'parent: "T Tutorial"'),
    },
    findings: [
      {
        file: 'tutorials/t-tutorial/01-a.md',
        line: 3,
        column: 9,
        message:
          'The `parent` of the chapter is `T Tutorials`, but its tutorial has the title `T Tutorial` (`tutorials/t-tutorial/README.md:2`). Write that title.',
      },
      {
        file: 'tutorials/t-tutorial/02-b.md',
        line: 1,
        message:
          'The chapter has no `parent`, so it stands at the top level of the navigation; its parent is `T Tutorial`, the title of its tutorial (`tutorials/t-tutorial/README.md:2`). Add `parent`.',
      },
      {
        file: 'tutorials/t-tutorial/README.md',
        line: 3,
        column: 15,
        message:
          'The page has `has_children: false`, which hides its 1 child (`tutorials/t-tutorial/03-c.md:3`) from the navigation. Write `true`, or delete the field.',
      },
    ],
    fixed: {
      'tutorials/t-tutorial/README.md': page('"T Tutorial"', 'has_children: true'),
      'tutorials/t-tutorial/01-a.md': page('"Chapter 1: A"', 'parent: "T Tutorial"'),
      'tutorials/t-tutorial/02-b.md': page('"Chapter 2: B"', 'parent: "T Tutorial"', 'nav_order: 2'),
    },
  },
];

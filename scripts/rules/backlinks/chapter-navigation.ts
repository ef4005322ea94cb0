import type { Link } from '../../corpus/types.js';
import type { Page, Tutorial } from '../../site/types.js';
import { checkDerivedSection, type DerivedEntry } from '../shared/derived-list.js';
import {
  chapterPage,
  FIRST_NAVIGATION,
  FIRST_PATH,
  lampTutorial,
  lineOf,
  SECOND,
  SECOND_NAVIGATION,
  SECOND_PATH,
} from '../shared/example-tutorial.js';
import { chapterLabel, fileName, hubDestination, pageTitle } from '../shared/tutorial-links.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';

const SECTION = 'Navigation & Backlinks';

const LABELS: [RegExp, string][] = [
  [/^Previous:/i, 'previous'],
  [/^Next:/i, 'next'],
  [/^Index:/i, 'index'],
  [/^Back to Main Catalog$/i, 'catalog'],
];

/** Which derived entry a link of the list is, by the words it begins with. */
function recognise(link: Link): string | null {
  return LABELS.find(([label]) => label.test(link.text.trim()))?.[1] ?? null;
}

/** The list that a chapter must have; null when a title that it quotes is missing. */
function expectedEntries(context: SiteContext, tutorial: Tutorial, position: number): DerivedEntry[] | null {
  const entries: DerivedEntry[] = [];
  const neighbour = (key: string, word: string, index: number): boolean => {
    const chapter = tutorial.chapters[index];
    if (!chapter) return true;
    const label = chapterLabel(chapter);
    if (label === null) return false;
    entries.push({
      key,
      name: `the ${key} chapter`,
      text: `${word}: ${label}`,
      destination: fileName(chapter.page),
    });
    return true;
  };
  if (!neighbour('previous', 'Previous', position - 1) || !neighbour('next', 'Next', position + 1))
    return null;
  if (tutorial.index) {
    const title = pageTitle(tutorial.index);
    if (title === null) return null;
    entries.push({
      key: 'index',
      name: 'the index of the tutorial',
      text: `Index: ${title}`,
      destination: fileName(tutorial.index),
    });
  }
  const page = tutorial.chapters[position]?.page.path ?? '';
  entries.push({
    key: 'catalog',
    name: 'the main catalog',
    text: 'Back to Main Catalog',
    destination: hubDestination(context.site, context.config, page, 'catalog'),
  });
  return entries;
}

function checkChapter(page: Page, source: string, entries: readonly DerivedEntry[]): RuleFinding[] {
  const section = { title: SECTION, entries, ordered: false, order: [SECTION] };
  const surplus = 'leads from this chapter to none beside it';
  const missing = `${entries.length} links at its end`;
  return checkDerivedSection({ page, source, ...section, recognise, surplus, missing }, 'chapter');
}

export const chapterNavigation = siteRule({
  id: 'chapter-navigation',
  theme: 'backlinks',
  severity: 'error',
  preset: 'tutorial',
  summary: 'A chapter links its neighbours, its index and the main catalog.',
  documentation: `
The list under \`## Navigation & Backlinks\` of a chapter is derived: the previous chapter, the next chapter, the index
of the tutorial and the catalog, each with its title. The rule reports a missing section, a missing or outdated entry,
an entry that leads nowhere any more and entries in another order. It keeps whatever you write beside the list, after a
link or as an entry of its own.

A reader on GitHub has no side bar: these links are the only way on. The theme draws no previous and next links either
(just-the-docs has no include for them).

Run \`corpus fix\`; it rewrites the list and nothing else.
`,
  fixable: true,
  *check(context) {
    for (const tutorial of context.site.tutorials)
      for (const [position, chapter] of tutorial.chapters.entries()) {
        const source = context.source(chapter.page.path);
        const entries = expectedEntries(context, tutorial, position);
        if (source !== undefined && entries) yield* checkChapter(chapter.page, source, entries);
      }
  },
  examples: [
    { name: 'every chapter has its links', files: lampTutorial(), findings: [] },
    {
      name: 'text of the author stands beside the derived links',
      files: lampTutorial({
        [FIRST_PATH]: chapterPage(
          1,
          'Switch',
          `Where to go from here:\n\n${FIRST_NAVIGATION}\n- [Buy a switch](https://example.com/shop)`,
        ),
      }),
      findings: [],
    },
    {
      name: 'the link to the next chapter has an old title',
      files: lampTutorial({
        [FIRST_PATH]: chapterPage(1, 'Switch', FIRST_NAVIGATION.replace('2: Bulb', '2: Candle')),
      }),
      findings: [
        {
          file: FIRST_PATH,
          line: 14,
          message:
            '`[Next: Chapter 2: Candle](02-bulb.md)` is out of date: expected `[Next: Chapter 2: Bulb](02-bulb.md)` for the next chapter; replace it',
        },
      ],
      fixed: { [FIRST_PATH]: chapterPage(1, 'Switch', FIRST_NAVIGATION) },
    },
    {
      name: 'a backlink is left out, and the author has an entry of their own',
      files: lampTutorial({
        [SECOND_PATH]: chapterPage(
          2,
          'Bulb',
          '- [Previous: Chapter 1: Switch](01-switch.md) (read it first)\n- [Buy a bulb](https://example.com/shop)\n- [Index: Lamp Tutorial](README.md)',
        ),
      }),
      findings: [
        {
          file: SECOND_PATH,
          line: 12,
          message:
            'section `Navigation & Backlinks` has no link to the main catalog: expected `[Back to Main Catalog](../../README.md#-tutorial-catalog)`; add it',
        },
      ],
      fixed: {
        [SECOND_PATH]: chapterPage(
          2,
          'Bulb',
          `${SECOND_NAVIGATION.replace('(01-switch.md)', '(01-switch.md) (read it first)')}\n- [Buy a bulb](https://example.com/shop)`,
        ),
      },
    },
    {
      name: 'the first chapter has a previous one',
      files: lampTutorial({
        [FIRST_PATH]: chapterPage(
          1,
          'Switch',
          `- [Previous: Chapter 0: Wire](00-wire.md)\n${FIRST_NAVIGATION}`,
        ),
      }),
      findings: [
        {
          file: FIRST_PATH,
          line: 14,
          message:
            '`[Previous: Chapter 0: Wire](00-wire.md)` leads from this chapter to none beside it; remove the entry',
        },
      ],
      fixed: { [FIRST_PATH]: chapterPage(1, 'Switch', FIRST_NAVIGATION) },
    },
    {
      name: 'the links are in another order',
      files: lampTutorial({
        [SECOND_PATH]: chapterPage(
          2,
          'Bulb',
          '- [Index: Lamp Tutorial](README.md)\n- [Previous: Chapter 1: Switch](01-switch.md)\n- [Back to Main Catalog](../../README.md#-tutorial-catalog)',
        ),
      }),
      findings: [
        {
          file: SECOND_PATH,
          line: 15,
          message:
            '`[Previous: Chapter 1: Switch](01-switch.md)` is out of order: expected the previous chapter before the index of the tutorial; move it up',
        },
      ],
      fixed: { [SECOND_PATH]: SECOND },
    },
    {
      name: 'a link is there twice',
      files: lampTutorial({
        [SECOND_PATH]: chapterPage(2, 'Bulb', `${SECOND_NAVIGATION}\n- [Index: Lamp Tutorial](README.md)`),
      }),
      findings: [
        {
          file: SECOND_PATH,
          line: 17,
          message:
            '`[Index: Lamp Tutorial](README.md)` is listed twice: expected one entry for the index of the tutorial; remove this one',
        },
      ],
      fixed: { [SECOND_PATH]: SECOND },
    },
    {
      name: 'the section has no list',
      files: lampTutorial({ [SECOND_PATH]: chapterPage(2, 'Bulb', 'Well done.') }),
      findings: [
        {
          file: SECOND_PATH,
          line: lineOf(SECOND, '## Navigation'),
          message:
            'section `Navigation & Backlinks` has no list: expected 3 entries beginning with `[Previous: Chapter 1: Switch](01-switch.md)`; add it',
        },
      ],
      fixed: { [SECOND_PATH]: chapterPage(2, 'Bulb', `Well done.\n\n${SECOND_NAVIGATION}`) },
    },
    {
      name: 'the section is missing',
      files: lampTutorial({ [SECOND_PATH]: SECOND.slice(0, SECOND.indexOf('\n## Navigation')) }),
      findings: [
        {
          file: SECOND_PATH,
          line: 1,
          message:
            'chapter has no section `## Navigation & Backlinks`: expected one with 3 links at its end; add it',
        },
      ],
      fixed: { [SECOND_PATH]: SECOND },
    },
  ],
});

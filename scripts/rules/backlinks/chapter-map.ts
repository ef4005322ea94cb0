import { chapterPattern } from '../../corpus/config.js';
import type { Link } from '../../corpus/types.js';
import type { Tutorial } from '../../site/types.js';
import { checkDerivedSection, tutorialIndexes, type DerivedEntry } from '../shared/derived-list.js';
import { INDEX_PATH, indexPage, lampTutorial, lineOf, MAP, SECOND_PATH } from '../shared/example-tutorial.js';
import { INDEX_SECTIONS } from '../shared/sections.js';
import { chapterLabel, fileName } from '../shared/tutorial-links.js';
import { siteRule } from '../types.js';

const SECTION = 'Full Chapter Map';

/** One entry a chapter; null when a chapter's number or title is missing and the map cannot be derived. */
function expectedEntries(tutorial: Tutorial): DerivedEntry[] | null {
  const entries: DerivedEntry[] = [];
  for (const chapter of tutorial.chapters) {
    const label = chapterLabel(chapter);
    if (label === null) return null;
    entries.push({
      key: String(chapter.number),
      name: `chapter ${String(chapter.number)}`,
      text: label,
      destination: fileName(chapter.page),
    });
  }
  return entries;
}

export const chapterMap = siteRule({
  id: 'chapter-map',
  theme: 'backlinks',
  severity: 'error',
  preset: 'tutorial',
  summary: 'The chapter map of an index lists the chapters that exist, in order.',
  documentation: `
The numbered list under \`## Full Chapter Map\` of a tutorial's index is derived from the chapter files: one entry a
chapter, with its number, its title and its file name. The rule reports entries that are missing, outdated, left over,
doubled or out of order. Notes after a link stay.

A reader uses the map to jump to a chapter. An entry without a page is a dead link, a page without an entry is not
found on GitHub, where no side bar shows it.

Run \`corpus fix\`; it rewrites the list from the files.
`,
  fixable: true,
  *check(context) {
    const pattern = chapterPattern(context.config);
    const recognise = (link: Link): string | null => {
      const number = pattern.exec(link.destination)?.[1] ?? /^Chapter (\d+):/.exec(link.text)?.[1];
      return number === undefined ? null : String(Number(number));
    };
    for (const { tutorial, index: page, source } of tutorialIndexes(context)) {
      const entries = expectedEntries(tutorial);
      if (!entries) continue;
      const section = { title: SECTION, entries, ordered: true, order: INDEX_SECTIONS };
      const surplus = 'leads to no chapter of this tutorial';
      const missing = 'a numbered list of the chapters';
      yield* checkDerivedSection({ page, source, ...section, recognise, surplus, missing }, 'index');
    }
  },
  examples: [
    { name: 'the map lists every chapter', files: lampTutorial(), findings: [] },
    {
      name: 'a note follows an entry',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ map: `${MAP} (twenty minutes)` }) }),
      findings: [],
    },
    {
      name: 'a chapter is missing from the map',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ map: '1. [Chapter 1: Switch](01-switch.md)' }) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Full Chapter Map'),
          message:
            'section `Full Chapter Map` has no link to chapter 2: expected `[Chapter 2: Bulb](02-bulb.md)`; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'a chapter was renamed',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ map: MAP.replace('02-bulb', '02-candle') }) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '2. [Chapter 2'),
          message:
            '`[Chapter 2: Bulb](02-candle.md)` is out of date: expected `[Chapter 2: Bulb](02-bulb.md)` for chapter 2; replace it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'the map lists a chapter that does not exist, with a note of the author',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({ map: `${MAP}\n3. [Chapter 3: Socket](03-socket.md) comes in spring` }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '2. [Chapter 2') + 1,
          message:
            '`[Chapter 3: Socket](03-socket.md)` leads to no chapter of this tutorial; remove the entry',
        },
      ],
    },
    {
      name: 'the map counts from 0',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({ map: MAP.replace('1. ', '0. ').replace('2. [', '1. [') }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '1. [Chapter 1'),
          message: 'number `0.` does not fit the entry: expected `1.`; renumber the list',
        },
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '2. [Chapter 2'),
          message: 'number `1.` does not fit the entry: expected `2.`; renumber the list',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'the section is missing',
      files: lampTutorial({
        [INDEX_PATH]: indexPage().slice(0, indexPage().indexOf('\n## Full Chapter Map')),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: 1,
          message:
            'index has no section `## Full Chapter Map`: expected one with a numbered list of the chapters; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'a tutorial has no chapters yet',
      files: { [INDEX_PATH]: indexPage({ map: 'The chapters follow.' }) },
      findings: [],
    },
    {
      name: 'the title of a chapter changes',
      files: lampTutorial({
        [SECOND_PATH]: '---\ntitle: "Chapter 2: Bulb [LED]"\n---\n\n# Chapter 2: Bulb [LED]\n',
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '2. [Chapter 2'),
          message:
            '`[Chapter 2: Bulb](02-bulb.md)` is out of date: expected `[Chapter 2: Bulb \\[LED\\]](02-bulb.md)` for chapter 2; replace it',
        },
      ],
      fixed: {
        [INDEX_PATH]: indexPage({ map: MAP.replace('[Chapter 2: Bulb]', '[Chapter 2: Bulb \\[LED\\]]') }),
      },
    },
  ],
});

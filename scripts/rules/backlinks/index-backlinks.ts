import type { Link } from '../../corpus/types.js';
import type { Page, Tutorial } from '../../site/types.js';
import {
  checkDerivedSection,
  markdownLink,
  tutorialIndexes,
  type DerivedEntry,
} from '../shared/derived-list.js';
import {
  BACKLINKS,
  INDEX_PATH,
  indexPage,
  lampTutorial,
  lineOf,
  START_LINE,
} from '../shared/example-tutorial.js';
import { findSection, INDEX_SECTIONS, topBlocks } from '../shared/sections.js';
import { chapterLabel, fileName, hubDestination } from '../shared/tutorial-links.js';
import { exact } from '../shared/wording.js';
import { siteRule, type Edit, type RuleFinding, type SiteContext } from '../types.js';

const SECTION = 'Navigation & Backlinks';

const HUBS = [
  ['catalog', 'Back to Main Catalog', 'the main catalog'],
  ['directory', 'Browse A-Z Tutorial Directory', 'the tutorial directory'],
  ['queryHub', 'Search by Intent', 'the query hub'],
  ['categoryHubs', 'Explore Category Hubs', 'the category hubs'],
] as const;

function recognise(link: Link): string | null {
  const text = link.text.trim();
  if (/^Start Here:/i.test(text)) return 'start';
  return HUBS.find(([, label]) => label.toLowerCase() === text.toLowerCase())?.[0] ?? null;
}

/** Label and file name of the first chapter; null when there is none or it has no title. */
function firstChapter(tutorial: Tutorial): { label: string; file: string } | null {
  const chapter = tutorial.chapters[0];
  const label = chapter ? chapterLabel(chapter) : null;
  return chapter && label !== null ? { label, file: fileName(chapter.page) } : null;
}

/** The list of the section: the start entry (where there is a chapter) and the four hubs. */
function expectedEntries(context: SiteContext, tutorial: Tutorial, index: Page): DerivedEntry[] {
  const first = firstChapter(tutorial);
  const start: DerivedEntry[] = first
    ? [
        {
          key: 'start',
          name: 'the first chapter',
          text: `Start Here: ${first.label}`,
          destination: first.file,
        },
      ]
    : [];
  const hubs = HUBS.map(([key, text, name]) => ({
    key,
    name,
    text,
    destination: hubDestination(context.site, context.config, index.path, key),
  }));
  return [...start, ...hubs];
}

function checkList(context: SiteContext, tutorial: Tutorial, page: Page, source: string): RuleFinding[] {
  const entries = expectedEntries(context, tutorial, page);
  const section = { title: SECTION, entries, ordered: false, order: INDEX_SECTIONS };
  const surplus = 'leads to no chapter of this tutorial';
  const missing = `${entries.length} links`;
  return checkDerivedSection({ page, source, ...section, recognise, surplus, missing }, 'index');
}

/** "Start with [Chapter 1: …](…)." before the section of backlinks. */
function* checkStartLine(tutorial: Tutorial, index: Page, source: string): Iterable<RuleFinding> {
  const first = firstChapter(tutorial);
  const section = findSection(index.facts, SECTION);
  if (!first || !section) return;
  const link = markdownLink(first.label, first.file);
  const before = { start: index.facts.body, end: section.heading.range.start };
  const paragraph = topBlocks(index.facts, before, 'paragraph')
    .map(({ block }) => block.range)
    .findLast((range) => /^Start with\b/.test(source.slice(range.start.offset, range.start.offset + 11)));
  if (!paragraph) {
    const at = section.heading.range.start.offset;
    const edits: Edit[] = [{ start: at, end: at, text: `Start with ${link}.\n\n` }];
    yield {
      file: index.path,
      range: section.heading.range,
      message: `index has no start line: expected ${exact(`Start with ${link}.`)} before this section; add it`,
      edits,
    };
    return;
  }
  const typed = index.facts.links.find(
    ({ range }) => range.start.offset >= paragraph.start.offset && range.end.offset <= paragraph.end.offset,
  );
  const start = typed?.range.start.offset ?? paragraph.start.offset;
  const end = typed?.range.end.offset ?? paragraph.end.offset;
  if (source.slice(start, end) === link) return;
  yield {
    file: index.path,
    range: typed?.range ?? paragraph,
    message: `${exact(source.slice(start, end).replace(/\s+/g, ' '))} is out of date: expected ${exact(typed ? link : `Start with ${link}.`)}; replace it`,
    edits: [{ start, end, text: typed ? link : `Start with ${link}.` }],
  };
}

export const indexBacklinks = siteRule({
  id: 'index-backlinks',
  theme: 'backlinks',
  severity: 'error',
  preset: 'tutorial',
  summary: 'An index leads to its first chapter and back to the catalog, the directory and the hubs.',
  documentation: `
Two parts of a tutorial's index are derived: the line "Start with …" above \`## Navigation & Backlinks\`, and the list in
that section (start, main catalog, tutorial directory, query hub, category hubs). The paths come from \`pages\` in
\`corpus.yml\`, the fragments from the headings of the catalog page whose text ends with "Tutorial Catalog" and "Category
Hubs". The rule reports missing, outdated, doubled and misplaced entries. It keeps your own entries and the text behind
a link.

Somebody who lands on an index from a search engine finds the rest of the corpus only through these links.

Run \`corpus fix\`; it rewrites the list and the link of the start line.
`,
  fixable: true,
  *check(context) {
    for (const { tutorial, index, source } of tutorialIndexes(context)) {
      yield* checkStartLine(tutorial, index, source);
      yield* checkList(context, tutorial, index, source);
    }
  },
  examples: [
    { name: 'all links are there', files: lampTutorial(), findings: [] },
    {
      name: 'the catalog has an emoji in its heading',
      files: lampTutorial({
        'README.md': '---\ntitle: Home\n---\n\n# Home\n\n## 📚 Tutorial Catalog\n\n### Category Hubs\n',
      }),
      findings: [],
    },
    {
      name: 'a backlink is dropped',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({
          backlinks: BACKLINKS.replace('- [Search by Intent](../../discoverability/query-hub.md)\n', ''),
        }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Navigation'),
          message:
            'section `Navigation & Backlinks` has no link to the query hub: expected `[Search by Intent](../../discoverability/query-hub.md)`; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'the heading of the catalog is another',
      files: lampTutorial({ 'README.md': '---\ntitle: Home\n---\n\n# Home\n\n## Our Tutorial Catalog\n' }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '- [Back to Main'),
          message:
            '`[Back to Main Catalog](../../README.md#-tutorial-catalog)` is out of date: expected `[Back to Main Catalog](../../README.md#our-tutorial-catalog)` for the main catalog; replace it',
        },
      ],
      fixed: {
        [INDEX_PATH]: indexPage({
          backlinks: BACKLINKS.replace('#-tutorial-catalog', '#our-tutorial-catalog'),
        }),
      },
    },
    {
      name: 'the start line has an old title',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({ start: 'Start with [Chapter 1: Button](01-switch.md). It is short.' }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), 'Start with'),
          message:
            '`[Chapter 1: Button](01-switch.md)` is out of date: expected `[Chapter 1: Switch](01-switch.md)`; replace it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage({ start: `${START_LINE} It is short.` }) },
    },
    {
      name: 'the start line is no link',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ start: 'Start with chapter 1.' }) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), 'Start with'),
          message:
            '`Start with chapter 1.` is out of date: expected `Start with [Chapter 1: Switch](01-switch.md).`; replace it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'the start line is missing',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace(`${START_LINE}\n\n`, '') }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Navigation') - 2,
          message:
            'index has no start line: expected `Start with [Chapter 1: Switch](01-switch.md).` before this section; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'the section is missing',
      files: lampTutorial({
        [INDEX_PATH]: indexPage().replace(`## Navigation & Backlinks\n\n${BACKLINKS}\n\n`, ''),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: 1,
          message: 'index has no section `## Navigation & Backlinks`: expected one with 5 links; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
  ],
});

import { chapterPattern } from '../../corpus/config.js';
import { LineIndex } from '../../corpus/text.js';
import type { Link, PageFacts } from '../../corpus/types.js';
import type { Chapter, Page, Tutorial } from '../../site/types.js';
import { markdownLink, tutorialIndexes } from '../shared/derived-list.js';
import { GUIDE, INDEX_PATH, indexPage, lampTutorial, lineOf } from '../shared/example-tutorial.js';
import { findSection, topBlocks } from '../shared/sections.js';
import { readTable, type TableRow } from '../shared/tables.js';
import { chapterLabel, fileName } from '../shared/tutorial-links.js';
import { exact } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

const SECTION = 'Chapter Guide';
const HEADER = ['Chapter', 'Key Question', 'Outcome'];

interface GuideRow {
  row: TableRow;
  /** Number of the chapter that the row is about; null when its first cell does not say. */
  number: number | null;
}

/** `[03 - Transports](03-transports.md)`: the first cell of a chapter's row. */
function firstCell(chapter: Chapter): string {
  const number = String(chapter.number).padStart(2, '0');
  return markdownLink(`${number} - ${chapter.title}`, fileName(chapter.page));
}

/** The chapter that a row is about: by the file that its first cell links, else by the number it begins with. */
function rowNumber(row: TableRow, linkAt: ReadonlyMap<number, Link>, pattern: RegExp): number | null {
  const cell = row.cells[0];
  if (!cell) return null;
  const link = linkAt.get(cell.start);
  const number = (link && pattern.exec(link.destination)?.[1]) ?? /^\[?(\d{1,3}) - /.exec(cell.text)?.[1];
  return number === undefined ? null : Number(number);
}

function linksByStart(facts: PageFacts): Map<number, Link> {
  return new Map(facts.links.map((link) => [link.range.start.offset, link]));
}

function* checkGuide(
  tutorial: Tutorial,
  index: Page,
  source: string,
  pattern: RegExp,
): Iterable<RuleFinding> {
  const file = index.path;
  const section = findSection(index.facts, SECTION);
  if (!section) {
    yield {
      file,
      range: index.anchorRange,
      message: `index has no section ${exact(`## ${SECTION}`)}: expected a table ${exact(HEADER.join(' | '))} with a row for each chapter; add it after ${exact('## Mental Model')}`,
    };
    return;
  }
  const table = topBlocks(index.facts, section.content, 'table')[0]?.block.range;
  const [header, ...body] = table ? readTable(source, table) : [];
  if (!table || !header) {
    yield {
      file,
      range: section.heading.range,
      message: `section ${exact(SECTION)} has no table: expected ${exact(HEADER.join(' | '))} with a row for each chapter; add it`,
    };
    return;
  }
  const lines = new LineIndex(source);
  const columns = header.cells.map((cell) => cell.text).slice(0, HEADER.length);
  if (columns.join('|') !== HEADER.join('|'))
    yield {
      file,
      range: lines.range(header.start, header.end),
      message: `columns of the guide are ${exact(columns.join(' | '))}: expected ${exact(HEADER.join(' | '))}; rename them`,
    };
  const linkAt = linksByStart(index.facts);
  const rows = body.map((row) => ({ row, number: rowNumber(row, linkAt, pattern) }));
  yield* checkRows(tutorial, index, source, lines, rows);
  const covered = new Set(rows.map(({ number }) => number));
  for (const chapter of tutorial.chapters)
    if (!covered.has(chapter.number))
      yield {
        file,
        range: section.heading.range,
        message: `guide has no row for chapter ${String(chapter.number)}: expected one that begins ${exact(`| ${firstCell(chapter)} |`)}; add it with the chapter's key question and its outcome`,
      };
}

function* checkRows(
  tutorial: Tutorial,
  index: Page,
  source: string,
  lines: LineIndex,
  rows: readonly GuideRow[],
): Iterable<RuleFinding> {
  const file = index.path;
  const chapters = new Map(tutorial.chapters.map((chapter) => [chapter.number, chapter]));
  const seen = new Set<number>();
  let previous = -Infinity;
  let ordered = true;
  for (const { row, number } of rows) {
    const cell = row.cells[0];
    const range = lines.range(cell?.start ?? row.start, cell?.end ?? row.end);
    const typed = exact(cell?.text ?? '');
    const chapter = number === null ? undefined : chapters.get(number);
    if (number === null || !chapter) {
      yield {
        file,
        range,
        message: `row ${typed} is about no chapter of this tutorial: expected rows for its ${tutorial.chapters.length} chapters only; write the chapter or remove the row`,
      };
      continue;
    }
    if (seen.has(number)) {
      yield {
        file,
        range,
        message: `row ${typed} is the second one for chapter ${number}: expected one row a chapter; merge the two`,
      };
      continue;
    }
    seen.add(number);
    const expected = firstCell(chapter);
    if (cell && cell.text !== expected)
      yield {
        file,
        range,
        message: `cell ${typed} is out of date: expected ${exact(expected)}; replace it`,
        edits: [{ start: cell.start, end: cell.end, text: expected }],
      };
    for (const [column, name] of HEADER.entries())
      if (column > 0 && (row.cells[column]?.text ?? '') === '')
        yield {
          file,
          range,
          message: `row of chapter ${number} has no ${exact(name)}: expected a few words that tell the reader why to open the chapter; fill the cell in`,
        };
    if (number < previous) ordered = false;
    else previous = number;
  }
  if (!ordered) yield outOfOrder(file, source, lines, rows);
}

/** The finding about rows in another order than the chapters, with the edit that sorts them. */
function outOfOrder(file: string, source: string, lines: LineIndex, rows: readonly GuideRow[]): RuleFinding {
  const rank = ({ number }: GuideRow): number => number ?? Infinity;
  const sorted = [...rows].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
  const at = rows.findIndex((row, index) => row !== sorted[index]);
  const misplaced = rows[at]?.row;
  const start = rows[0]?.row.start ?? 0;
  const end = rows[rows.length - 1]?.row.end ?? start;
  const text = sorted.map(({ row }) => source.slice(row.start, row.end)).join('\n');
  return {
    file,
    range: lines.range(misplaced?.start ?? start, misplaced?.end ?? end),
    message: `rows of the guide are out of order: expected chapter ${String(sorted[at]?.number)} here; sort the rows by chapter`,
    edits: [{ start, end, text }],
  };
}

export const chapterGuide = siteRule({
  id: 'chapter-guide',
  theme: 'backlinks',
  severity: 'error',
  preset: 'tutorial',
  summary: 'The guide table of an index has one row a chapter, in order, that begins with its link.',
  documentation: `
The table under \`## Chapter Guide\` of a tutorial's index has the columns \`Chapter\`, \`Key Question\` and \`Outcome\`, and
one row a chapter. The first cell is derived from the chapter: \`[01 - Title](01-title.md)\`. The other cells are yours.
The rule reports rows that are missing, doubled, left over, out of order or with an outdated first cell, and empty
cells.

The guide is what a reader decides by. A row that promises a chapter which does not exist is a dead link.

Run \`corpus fix\` to update first cells and to sort the rows. A missing row is yours to write: its question and outcome
cannot be derived.
`,
  fixable: true,
  *check(context) {
    const pattern = chapterPattern(context.config);
    for (const { tutorial, index, source } of tutorialIndexes(context)) {
      const { chapters } = tutorial;
      if (chapters.length === 0 || chapters.some((chapter) => chapterLabel(chapter) === null)) continue;
      yield* checkGuide(tutorial, index, source, pattern);
    }
  },
  examples: [
    { name: 'every chapter has its row', files: lampTutorial(), findings: [] },
    {
      name: 'the first cell has an old title and an old file name',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({
          guide: GUIDE.replace('[02 - Bulb](02-bulb.md)', '[02 - Candle](02-candle.md)'),
        }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '| [02'),
          message:
            'cell `[02 - Candle](02-candle.md)` is out of date: expected `[02 - Bulb](02-bulb.md)`; replace it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'a chapter has no row',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({ guide: GUIDE.split('\n').slice(0, 3).join('\n') }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Chapter Guide'),
          message:
            "guide has no row for chapter 2: expected one that begins `| [02 - Bulb](02-bulb.md) |`; add it with the chapter's key question and its outcome",
        },
      ],
    },
    {
      name: 'the rows are in another order',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({
          guide: [...GUIDE.split('\n').slice(0, 2), ...GUIDE.split('\n').slice(2).reverse()].join('\n'),
        }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '| [01'),
          message: 'rows of the guide are out of order: expected chapter 1 here; sort the rows by chapter',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
    {
      name: 'a row promises a chapter that does not exist',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({
          guide: `${GUIDE}\n| [03 - Socket](03-socket.md) | What holds it? | A socket |`,
        }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '| [02') + 1,
          message:
            'row `[03 - Socket](03-socket.md)` is about no chapter of this tutorial: expected rows for its 2 chapters only; write the chapter or remove the row',
        },
      ],
    },
    {
      name: 'a chapter has two rows',
      files: lampTutorial({
        [INDEX_PATH]: indexPage({ guide: `${GUIDE}\n| [02 - Bulb](02-bulb.md) | What glows? | Light |` }),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '| [02') + 1,
          message:
            'row `[02 - Bulb](02-bulb.md)` is the second one for chapter 2: expected one row a chapter; merge the two',
        },
      ],
    },
    {
      name: 'a cell is empty',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ guide: GUIDE.replace('A lit lamp', '') }) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '| [02'),
          message:
            'row of chapter 2 has no `Outcome`: expected a few words that tell the reader why to open the chapter; fill the cell in',
        },
      ],
    },
    {
      name: 'a column has another name',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ guide: GUIDE.replace('Key Question', 'Topic') }) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '| Chapter |'),
          message:
            'columns of the guide are `Chapter | Topic | Outcome`: expected `Chapter | Key Question | Outcome`; rename them',
        },
      ],
    },
    {
      name: 'the section has no table',
      files: lampTutorial({ [INDEX_PATH]: indexPage({ guide: 'See the map.' }) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Chapter Guide'),
          message:
            'section `Chapter Guide` has no table: expected `Chapter | Key Question | Outcome` with a row for each chapter; add it',
        },
      ],
    },
    {
      name: 'the section is missing',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace(`## Chapter Guide\n\n${GUIDE}\n\n`, '') }),
      findings: [
        {
          file: INDEX_PATH,
          line: 1,
          message:
            'index has no section `## Chapter Guide`: expected a table `Chapter | Key Question | Outcome` with a row for each chapter; add it after `## Mental Model`',
        },
      ],
    },
  ],
});

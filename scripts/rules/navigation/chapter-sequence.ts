import type { Chapter, Page, Tutorial } from '../../site/types.js';
import {
  liquidText,
  ownField,
  rangeOf,
  replaceValue,
  setField,
  valueOf,
  yamlString,
} from '../shared/fields.js';
import { chapterTitle } from '../shared/kinds.js';
import { code, codeValue, place } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';
import { chapterSequenceExamples } from './examples/chapter-sequence.js';

interface Numbered extends Chapter {
  number: number;
}

/** The numbers of chapters: file name, order and title agree, without gap or repetition. */
export const chapterSequence = siteRule({
  id: 'chapter-sequence',
  theme: 'navigation',
  severity: 'error',
  preset: 'tutorial',
  summary:
    'Chapters are numbered 01, 02, 03 …; the same number is their `nav_order` and stands in their title.',
  fixable: true,
  documentation: `
A reader goes through a tutorial by its numbers: in the file list on GitHub, in the navigation of the site and in the
titles. The number in the file name is the one that counts. The rule reports a number that is missing or used twice, a
\`nav_order\` that is another number (or missing), and a title that does not begin with \`Chapter N: \` of that number;
\`fix\` derives the last two from the file name. A folder of chapters without an index page is reported too.

Source: the format of the tutorials; \`_includes/components/nav/sorted.html\` of just-the-docs 0.12 sorts by \`nav_order\`.`,
  examples: chapterSequenceExamples,
  *check(context) {
    for (const tutorial of context.site.tutorials) {
      yield* missingIndex(tutorial);
      const chapters = tutorial.chapters
        .filter((chapter): chapter is Numbered => chapter.number !== null)
        .sort((a, b) => a.number - b.number || (a.page.path < b.page.path ? -1 : 1));
      yield* sequence(chapters);
      for (const chapter of chapters) {
        if (chapter.page.facts.frontMatter.state !== 'valid') continue;
        yield* order(context, chapter);
        yield* title(chapter);
      }
    }
  },
});

function* missingIndex(tutorial: Tutorial): Generator<RuleFinding> {
  const [first] = tutorial.chapters;
  if (tutorial.index !== null || first === undefined) return;
  yield {
    file: first.page.path,
    range: first.page.anchorRange,
    message: `The tutorial folder ${code(tutorial.folder)} has chapters but no index page. Add a \`README.md\` with front matter to it.`,
  };
}

function* sequence(chapters: readonly Numbered[]): Generator<RuleFinding> {
  let previous: Numbered | null = null;
  for (const chapter of chapters) {
    const last: number = previous?.number ?? 0;
    const at = { file: chapter.page.path, range: chapter.page.anchorRange };
    if (previous !== null && chapter.number === last) {
      yield {
        ...at,
        message: `The chapter number ${digits(chapter.number)} is also that of ${place(previous.page.path, previous.page.anchorRange)}; every chapter has its own. Renumber one of the two files.`,
        related: [
          { file: previous.page.path, range: previous.page.anchorRange, message: 'has the same number' },
        ],
      };
    } else if (chapter.number !== last + 1) {
      yield {
        ...at,
        message:
          previous === null
            ? `The first chapter has the number ${digits(chapter.number)}; chapters begin with \`01\`. Renumber the files.`
            : `Chapter ${digits(chapter.number)} follows chapter ${digits(last)} (${place(previous.page.path, previous.page.anchorRange)}); ${digits(last + 1)} is missing. Add it, or renumber the files that follow.`,
      };
    }
    previous = chapter;
  }
}

function digits(number: number): string {
  return code(String(number).padStart(2, '0'));
}

function* order(context: SiteContext, { page, number }: Numbered): Generator<RuleFinding> {
  const value = valueOf(page, 'nav_order');
  if (value?.type === 'integer' && value.value === number) return;
  yield {
    file: page.path,
    range: rangeOf(page, 'nav_order'),
    message:
      value === undefined || value.value === null
        ? `The chapter has no \`nav_order\`, but its file name has the number ${digits(number)}. Add \`nav_order: ${number}\`.`
        : `The \`nav_order\` of the chapter is ${shownOrder(page)}, but its file name has the number ${digits(number)}. Write \`nav_order: ${number}\`.`,
    edits: setField(page.facts.frontMatter, context.source(page.path), 'nav_order', String(number)),
  };
}

function shownOrder(page: Page): string {
  const field = ownField(page, 'nav_order');
  return field === undefined ? codeValue(valueOf(page, 'nav_order')?.value ?? null) : code(field.raw);
}

function* title({ page, number }: Numbered): Generator<RuleFinding> {
  const field = ownField(page, 'title');
  // A missing or empty title is nav-title's finding.
  if (field === undefined || field.type !== 'string' || liquidText(field.value).trim() === '') return;
  const text = liquidText(field.value).replace(/\s+/gu, ' ').trim();
  const parts = chapterTitle(text);
  if (parts?.number === String(number)) return;
  // "Rust Tutorial - Chapter 2: Types" and "chapter 2. Types" mean "Types".
  const loose = /\bchapter\s+\d+\s*(?:[-:.–—]\s*)?(\S.*)$/isu.exec(text);
  const wanted = `Chapter ${number}: ${parts?.rest ?? loose?.[1] ?? text}`;
  yield {
    file: page.path,
    range: field.valueRange,
    message: `The title ${code(text)} does not begin with ${code(`Chapter ${number}: `)}, the number in the file name. Write ${code(wanted)}.`,
    edits: [replaceValue(field, yamlString(wanted, field.raw))],
  };
}

import type { Block, Range } from '../../corpus/types.js';
import type { Page } from '../../site/types.js';
import { tutorialIndexes } from '../shared/derived-list.js';
import { INDEX_PATH, indexPage, lampTutorial, lineOf, START_LINE } from '../shared/example-tutorial.js';
import { findSection, INDEX_SECTIONS, topBlocks } from '../shared/sections.js';
import { exact } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

/** Sections whose absence another rule reports, because it knows what stands in them. */
const REPORTED_ELSEWHERE = new Set<string>([
  'Current Snapshot (auto-updated)',
  'Chapter Guide',
  'Navigation & Backlinks',
  'Full Chapter Map',
]);
const BADGES = 3;

/** Number of sentences of a block quote: ends of sentences outside code spans, abbreviations not counted. */
function countSentences(quote: string): number {
  const text = quote
    .replace(/^[ \t]*>[ \t]?/gm, '')
    .replace(/`+[^`]*`+/g, 'x')
    .replace(/\b(?:e\.g|i\.e|etc|vs|cf)\./gi, 'x')
    .trim();
  const ends = text.match(/[.!?]["')\]*_]*(?=\s|$)/g)?.length ?? 0;
  return /[.!?]["')\]*_]*$/.test(text) ? ends : ends + 1;
}

/** Heading of level 1, block quote and badges: what stands above the first section. */
function* checkHead(page: Page, source: string, blocks: readonly Block[]): Iterable<RuleFinding> {
  const file = page.path;
  const text = (range: Range): string => source.slice(range.start.offset, range.end.offset);
  const [first, quote, badges] = blocks;
  const heading = page.facts.headings.find(({ range }) => range.start.offset === first?.range.start.offset);
  if (heading?.level !== 1) {
    yield {
      file,
      range: first?.range ?? page.anchorRange,
      message: `index begins with something else than its title: expected a heading ${exact('# Title: Subtitle')} first; move it up or add it`,
    };
    return;
  }
  if (quote?.kind !== 'quote') {
    yield {
      file,
      range: heading.range,
      message: `no block quote follows the title: expected ${exact('> One sentence that says what the reader can do afterwards.')}; add it below the title`,
    };
    return;
  }
  const sentences = countSentences(text(quote.range));
  if (sentences !== 1)
    yield {
      file,
      range: quote.range,
      message: `block quote below the title has ${sentences} sentences: expected one; move the rest to ${exact('## Why This Track Matters')}`,
    };
  const count = badges?.kind === 'paragraph' ? countBadges(text(badges.range)) : 0;
  if (count < BADGES)
    yield {
      file,
      range: count === 0 || !badges ? quote.range : badges.range,
      message: `${count === 0 ? 'no badges follow' : `${count} of ${BADGES} badges follow`} the block quote: expected linked images for the repository, the package and the latest release; add them`,
    };
}

/** Linked images of a paragraph that has nothing else; 0 for any other paragraph. */
function countBadges(paragraph: string): number {
  const lines = paragraph.trim().split(/\r?\n/);
  return lines.every((line) => /^\s*\[!\[[^\]]+\]\([^)]+\)\]\([^)]+\)\s*$/.test(line)) ? lines.length : 0;
}

/** The sections of level 2, compared with those of the format. */
function* checkSections(page: Page): Iterable<RuleFinding> {
  const file = page.path;
  const rank = new Map<string, number>(INDEX_SECTIONS.map((title, index) => [title, index]));
  const seen = new Set<string>();
  let previous = -1;
  for (const heading of page.facts.headings) {
    if (heading.level !== 2) continue;
    const title = heading.text.trim();
    const position = rank.get(title);
    const typed = exact(`## ${title}`);
    if (position === undefined)
      yield {
        file,
        range: heading.range,
        message: `${typed} is no section of an index: expected only the ${INDEX_SECTIONS.length} sections of format v2; move its text into one of them or into a chapter`,
      };
    else if (seen.has(title))
      yield {
        file,
        range: heading.range,
        message: `${typed} is there twice: expected one section of that name; merge the two`,
      };
    else {
      if (position < previous)
        yield {
          file,
          range: heading.range,
          message: `${typed} is out of order: expected it before ${exact(`## ${INDEX_SECTIONS[previous] ?? ''}`)}; move the section up`,
        };
      else previous = position;
      seen.add(title);
    }
  }
  for (const [position, title] of INDEX_SECTIONS.entries()) {
    if (seen.has(title) || REPORTED_ELSEWHERE.has(title)) continue;
    const next = INDEX_SECTIONS.slice(position + 1).find((later) => seen.has(later));
    const before = page.facts.headings.find(({ level, text }) => level === 2 && text.trim() === next);
    yield {
      file,
      range: before?.range ?? page.anchorRange,
      message: `index has no section ${exact(`## ${title}`)}: expected it ${before ? 'before this one' : 'at the end'}; add it`,
    };
  }
}

/** What single sections must contain. */
function* checkContents(page: Page, source: string): Iterable<RuleFinding> {
  for (const title of INDEX_SECTIONS) {
    const section = findSection(page.facts, title);
    if (!section) continue;
    const { start, end } = section.content;
    const range = section.heading.range;
    if (source.slice(start.offset, end.offset).trim() === '')
      yield {
        file: page.path,
        range,
        message: `section ${exact(title)} is empty: expected the text that format v2 has there; write it`,
      };
    else if (
      title === 'Mental Model' &&
      !page.facts.codeBlocks.some(
        (block) =>
          block.language === 'mermaid' &&
          block.range.start.offset >= start.offset &&
          block.range.end.offset <= end.offset,
      )
    )
      yield {
        file: page.path,
        range,
        message: `section ${exact(title)} has no diagram: expected a fence with the language ${exact('mermaid')}; draw one`,
      };
  }
}

/** The rule that sets the start line off. */
function* checkRule(page: Page, source: string): Iterable<RuleFinding> {
  const section = findSection(page.facts, 'Navigation & Backlinks');
  if (!section) return;
  const blocks = topBlocks(page.facts, { start: page.facts.body, end: section.heading.range.start });
  const at = blocks.findLastIndex(
    ({ block }) =>
      block.kind === 'paragraph' &&
      source.slice(block.range.start.offset, block.range.start.offset + 11) === 'Start with ',
  );
  const start = blocks[at]?.block.range;
  if (!start || blocks[at - 1]?.block.kind === 'rule') return;
  yield {
    file: page.path,
    range: start,
    message: `no rule stands above the start line: expected ${exact('---')} between the related tutorials and this line; add it`,
    edits: [{ start: start.start.offset, end: start.start.offset, text: '---\n\n' }],
  };
}

export const formatV2 = siteRule({
  id: 'format-v2',
  theme: 'backlinks',
  severity: 'error',
  preset: 'tutorial',
  summary: "A tutorial's index has the parts of format v2, in order.",
  documentation: `
The index of a tutorial has these parts, in this order and no others: the title (level 1), a block quote of one sentence,
badges (repository, package, latest release), the sections ${INDEX_SECTIONS.map((title) => `*${title}*`).join(', ')}, and between
*Related Tutorials* and *Navigation & Backlinks* a rule (\`---\`) with the start line. *Mental Model* holds a mermaid diagram.
The rule reports what is missing, doubled, unknown, empty or out of order. Where a section is derived from the chapters
or from a snapshot, the rule that derives it reports its absence.

Readers compare tutorials by their indexes: the same question is answered at the same place in each. Tools that derive
sections find them by these headings.

Move or write the part that the message names. \`corpus fix\` adds a missing rule above the start line; the rest is text
that only you can write.
`,
  fixable: true,
  *check(context) {
    for (const { index, source } of tutorialIndexes(context)) {
      const blocks = index.facts.blocks.filter((block) => block.parent === -1);
      yield* checkHead(index, source, blocks);
      yield* checkSections(index);
      yield* checkContents(index, source);
      yield* checkRule(index, source);
    }
  },
  examples: [
    { name: 'the index has every part', files: lampTutorial(), findings: [] },
    {
      name: 'the block quote has two sentences',
      files: lampTutorial({
        [INDEX_PATH]: indexPage().replace('and a bulb.', 'and a bulb. You need `v1.2`, e.g. from a shop.'),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '> Build'),
          message:
            'block quote below the title has 2 sentences: expected one; move the rest to `## Why This Track Matters`',
        },
      ],
    },
    {
      name: 'the block quote is missing',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace('> Build', 'Build') }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '# Lamp'),
          message:
            'no block quote follows the title: expected `> One sentence that says what the reader can do afterwards.`; add it below the title',
        },
      ],
    },
    {
      name: 'the page begins with text',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace('# Lamp', 'Welcome.\n\n# Lamp') }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '# Lamp'),
          message:
            'index begins with something else than its title: expected a heading `# Title: Subtitle` first; move it up or add it',
        },
      ],
    },
    {
      name: 'a badge is missing',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace(/\[!\[Package.*\n/, '') }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '[![Repository'),
          message:
            '2 of 3 badges follow the block quote: expected linked images for the repository, the package and the latest release; add them',
        },
      ],
    },
    {
      name: 'all badges are missing',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace(/(?:\[!\[.*\n)+\n/, '') }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '> Build'),
          message:
            'no badges follow the block quote: expected linked images for the repository, the package and the latest release; add them',
        },
      ],
    },
    {
      name: 'a section is missing',
      files: lampTutorial({
        [INDEX_PATH]: indexPage().replace('## What You Will Learn\n\n- how to close a circuit\n\n', ''),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## What You'),
          message: 'index has no section `## What You Will Learn`: expected it before this one; add it',
        },
      ],
    },
    {
      name: 'two sections are swapped, one is unknown and one is doubled',
      files: lampTutorial({
        [INDEX_PATH]: indexPage()
          .replace('## What You Will Learn', '## Sources')
          .replace('## Source References', '## What You Will Learn')
          .replace('## Sources', '## Source References')
          .concat('\n## Tips\n\nDim the light.\n\n## Full Chapter Map\n\nSee above.\n'),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Source References'),
          message:
            '`## What You Will Learn` is out of order: expected it before `## Source References`; move the section up',
        },
        {
          file: INDEX_PATH,
          line: indexPage().split('\n').length + 1,
          message:
            '`## Tips` is no section of an index: expected only the 9 sections of format v2; move its text into one of them or into a chapter',
        },
        {
          file: INDEX_PATH,
          line: indexPage().split('\n').length + 5,
          message: '`## Full Chapter Map` is there twice: expected one section of that name; merge the two',
        },
      ],
    },
    {
      name: 'a section is empty and the mental model has no diagram',
      files: lampTutorial({
        [INDEX_PATH]: indexPage()
          .replace('- [Lamp handbook](https://example.com/handbook)\n\n', '')
          .replace('```mermaid', '```text'),
      }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Mental Model'),
          message:
            'section `Mental Model` has no diagram: expected a fence with the language `mermaid`; draw one',
        },
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), '## Source References'),
          message:
            'section `Source References` is empty: expected the text that format v2 has there; write it',
        },
      ],
    },
    {
      name: 'the rule above the start line is missing',
      files: lampTutorial({ [INDEX_PATH]: indexPage().replace(`---\n\n${START_LINE}`, START_LINE) }),
      findings: [
        {
          file: INDEX_PATH,
          line: lineOf(indexPage(), START_LINE) - 2,
          message:
            'no rule stands above the start line: expected `---` between the related tutorials and this line; add it',
        },
      ],
      fixed: { [INDEX_PATH]: indexPage() },
    },
  ],
});

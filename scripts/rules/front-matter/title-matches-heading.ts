import { chapterPattern } from '../../corpus/config.js';
import type { Field, Heading } from '../../corpus/types.js';
import { fileSlug, chapterTitle, mayBePage, titleSlug } from '../shared/kinds.js';
import { liquidText, replaceValue, yamlString } from '../shared/fields.js';
import { code } from '../shared/wording.js';
import { pageRule, type Edit, type PageContext, type RuleFinding } from '../types.js';

const MARKDOWN = /\.(?:markdown|mkdown|mkdn|mkd|md)$/iu;

/** Characters that mean something to Markdown inside a heading. */
const MARKUP = /[\\`*_[\]<>&{}|#~$]/u;

/** The heading of a page and its title say the same. */
export const titleMatchesHeading = pageRule({
  id: 'title-matches-heading',
  theme: 'front-matter',
  severity: 'error',
  preset: 'tutorial',
  summary: 'A page has exactly one first-level heading, which equals its title or begins with it.',
  fixable: true,
  documentation: `
The theme shows the \`title\` in the navigation, in search results and in the browser's tab; the first-level heading is
what stands on the page and on GitHub. A reader who follows an entry must arrive under the same name. The heading equals
the title, or is the title followed by a colon and a subtitle, as on a tutorial's index page.

\`fix\` adds a missing heading, and rewrites the heading from the title. On a chapter whose file name agrees with the
heading rather than with the title it rewrites the title instead.

Source: \`_includes/title.html\`, \`nav/links.html\` and the search data of just-the-docs 0.12, all of which use \`page.title\`.`,
  examples: [
    {
      name: 'headings that equal the title or continue it',
      config: 'preset: tutorial\n',
      files: {
        'a.md': '---\ntitle: A\n---\n\n# A\n\n## B\n',
        'b.md': '---\ntitle: "B Tutorial"\n---\n\n# B Tutorial: From Zero\n',
      },
      findings: [],
    },
    {
      name: 'the heading is another one',
      config: 'preset: tutorial\n',
      files: { 'a.md': '---\ntitle: "First Steps"\n---\n\n# First Step\n\nText.\n' },
      findings: [
        {
          file: 'a.md',
          line: 5,
          column: 3,
          message:
            'The heading `First Step` differs from the title `First Steps` on line 2; it must equal the title or begin with `First Steps: `. Make the two agree.',
        },
      ],
      fixed: { 'a.md': '---\ntitle: "First Steps"\n---\n\n# First Steps\n\nText.\n' },
    },
    {
      name: 'the file name shows that the title is wrong',
      config: 'preset: tutorial\n',
      files: {
        'tutorials/t-tutorial/01-first-steps.md':
          '---\ntitle: "Chapter 1: First Step"\n---\n\n# Chapter 1: First Steps\n',
      },
      findings: [
        {
          file: 'tutorials/t-tutorial/01-first-steps.md',
          line: 5,
          column: 3,
          message:
            'The heading `Chapter 1: First Steps` differs from the title `Chapter 1: First Step` on line 2; it must equal the title or begin with `Chapter 1: First Step: `. Make the two agree.',
        },
      ],
      fixed: {
        'tutorials/t-tutorial/01-first-steps.md':
          '---\ntitle: "Chapter 1: First Steps"\n---\n\n# Chapter 1: First Steps\n',
      },
    },
    {
      name: 'the page has no first-level heading',
      config: 'preset: tutorial\n',
      files: { 'a.md': '---\ntitle: A\n---\n\n## B\n' },
      findings: [
        {
          file: 'a.md',
          line: 2,
          column: 8,
          message:
            'The page has no first-level heading, so its title `A` does not stand on it. Begin the text with `# A`.',
        },
      ],
      fixed: { 'a.md': '---\ntitle: A\n---\n\n# A\n\n## B\n' },
    },
    {
      name: 'a page has two first-level headings',
      config: 'preset: tutorial\n',
      files: { 'a.md': '---\ntitle: A\n---\n\n# A\n\n# B\n' },
      findings: [
        {
          file: 'a.md',
          line: 7,
          column: 1,
          message:
            'The first-level heading `B` is one too many on this page (first: `A` on line 5); a page has exactly one. Make it `## B`.',
        },
      ],
    },
  ],
  *check(context) {
    const { facts } = context;
    const title = Object.hasOwn(facts.frontMatter.fields, 'title')
      ? facts.frontMatter.fields['title']
      : undefined;
    if (
      !MARKDOWN.test(facts.path) ||
      !mayBePage(facts.path) ||
      facts.frontMatter.state !== 'valid' ||
      title?.type !== 'string'
    )
      return;
    // HTML shows line ends and runs of blanks, which block scalars bring, as one blank.
    const text = liquidText(title.value).replace(/\s+/gu, ' ').trim();
    if (text === '') return;
    const [first, ...others] = facts.headings.filter((heading) => heading.level === 1);
    if (first === undefined) yield missingHeading(context, title, text);
    else if (first.text !== text && !first.text.startsWith(`${text}: `))
      yield differing(context, first, title, text);
    for (const heading of others) {
      yield {
        range: heading.range,
        message: `The first-level heading ${code(heading.text)} is one too many on this page (first: ${code(first?.text ?? '')} on line ${first?.range.start.line ?? 1}); a page has exactly one. Make it ${code(`## ${heading.text}`)}.`,
        related:
          first === undefined ? [] : [{ file: facts.path, range: first.range, message: 'the first one' }],
      };
    }
  },
});

function missingHeading({ facts, source }: PageContext, title: Field, text: string): RuleFinding {
  const finding = {
    range: title.valueRange,
    message: `The page has no first-level heading, so its title ${code(text)} does not stand on it. Begin the text with ${code(`# ${text}`)}.`,
  };
  if (MARKUP.test(text)) return finding;
  const at = facts.body.offset;
  const blank = /^\r?\n/u.exec(source.slice(at, at + 2));
  const heading = `# ${text}\n`;
  if (blank === null) return { ...finding, edits: [{ start: at, end: at, text: `\n${heading}\n` }] };
  const after = at + blank[0].length;
  return { ...finding, edits: [{ start: after, end: after, text: `${heading}\n` }] };
}

function differing(context: PageContext, heading: Heading, title: Field, text: string): RuleFinding {
  const edits = repair(context, heading, title, text);
  return {
    range: heading.textRange,
    message: `The heading ${code(heading.text)} differs from the title ${code(text)} on line ${title.valueRange.start.line}; it must equal the title or begin with ${code(`${text}: `)}. Make the two agree.`,
    related: [{ file: context.facts.path, range: title.valueRange, message: 'the title' }],
    ...(edits === null ? {} : { edits }),
  };
}

function repair(
  { facts, source, config }: PageContext,
  heading: Heading,
  title: Field,
  text: string,
): Edit[] | null {
  const wanted = fileSlug(facts.path, chapterPattern(config));
  const slugOf = (name: string): string => titleSlug(chapterTitle(name)?.rest ?? name);
  if (wanted !== null && slugOf(text) !== wanted && slugOf(heading.text) === wanted) {
    return [replaceValue(title, yamlString(heading.text, title.raw))];
  }
  const { start, end } = heading.textRange;
  // A heading with markup would lose it, and a title with special characters would gain some.
  if (source.slice(start.offset, end.offset) !== heading.text || MARKUP.test(text)) return null;
  const subtitle = heading.text.indexOf(': ');
  const keepSubtitle = wanted === null && subtitle !== -1 && !text.includes(': ');
  const replacement = keepSubtitle ? text + heading.text.slice(subtitle) : text;
  return [{ start: start.offset, end: end.offset, text: replacement }];
}

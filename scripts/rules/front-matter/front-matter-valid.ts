import type { FrontMatter, PageFacts, Range } from '../../corpus/types.js';
import { mayBePage } from '../shared/kinds.js';
import { code } from '../shared/wording.js';
import { pageRule, type Edit, type RuleFinding } from '../types.js';

/** Front matter that Jekyll does not read as the author meant it. */
export const frontMatterValid = pageRule({
  id: 'front-matter-valid',
  theme: 'front-matter',
  severity: 'error',
  preset: 'recommended',
  summary: 'Front matter is found, closed and read as a mapping by Jekyll.',
  fixable: true,
  documentation: `
Front matter counts only when the very first bytes of a file are a line \`---\`, when a later line \`---\` or \`...\`
closes it, and when the YAML between them is a mapping. Jekyll says little or nothing when one of these fails: the page
loses its title, its place in the navigation and its layout, or the YAML itself is shown to the reader.

The rule reports

- a byte order mark, blanks or an empty line before the opening line, and an opening line of more than three dashes
  (\`fix\` removes what is too much);
- front matter that is never closed, in Markdown and HTML;
- YAML that Ruby's parser refuses, at the place where it gives up;
- a list or a single value instead of a mapping: the build stops;
- a key that occurs twice (the last one wins) and values with a Ruby or custom tag.

Source: \`YAML_FRONT_MATTER_REGEXP\` and \`read_yaml\` in Jekyll's \`document.rb\` and \`convertible.rb\`.`,
  examples: [
    {
      name: 'front matter from the first byte to a closing line',
      files: { 'a.md': '---\ntitle: "A: part one"\n---\n\n# A\n' },
      findings: [],
    },
    {
      name: 'a byte order mark stands before the front matter',
      files: { 'a.md': '\uFEFF---\ntitle: A\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'A byte order mark stands before the front matter, so Jekyll copies the file as it is instead of rendering it; the first byte must be the `-` of `---`. Save the file as UTF-8 without byte order mark.',
        },
      ],
      fixed: { 'a.md': '---\ntitle: A\n---\n\n# A\n' },
    },
    {
      name: 'an empty line stands before the front matter',
      files: { 'a.md': '\n---\ntitle: A\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'An empty line stands before the front matter, so Jekyll shows the YAML as text of the page and may give the page an empty title; the file must begin with `---`. Delete the empty line.',
        },
      ],
      fixed: { 'a.md': '---\ntitle: A\n---\n\n# A\n' },
    },
    {
      name: 'a blank stands before the opening line',
      files: { 'a.md': ' ---\ntitle: A\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'Blanks stand before the opening `---` of the front matter, so Jekyll shows the YAML as text of the page; the line must begin with `---`. Delete the blanks.',
        },
      ],
      fixed: { 'a.md': '---\ntitle: A\n---\n\n# A\n' },
    },
    {
      name: 'the opening line has four dashes',
      files: { 'a.md': '----\ntitle: A\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'The front matter opens with `----`, so Jekyll shows the YAML as text of the page; it must open with exactly three dashes. Write `---`.',
        },
      ],
      fixed: { 'a.md': '---\ntitle: A\n---\n\n# A\n' },
    },
    {
      name: 'the front matter is never closed',
      files: { 'a.md': '---\ntitle: A\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'The front matter that opens here is never closed, so the page has no data and shows its YAML as text; a later line must be `---`. Add that line after the last field.',
        },
      ],
    },
    {
      name: 'a data file that begins like front matter, and a file that is excluded',
      files: {
        '_config.yml': 'exclude: [old]\n',
        'styles/rule.yml': '---\nextends: existence\n',
        'old/a.md': '---\ntitle: A\n',
      },
      findings: [],
    },
    {
      name: 'a value contains a colon and is not quoted',
      files: { 'a.md': '---\nlayout: default\ntitle: Part: one\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 3,
          message:
            'The front matter is not YAML that Jekyll can read (`Nested mappings are not allowed in compact mappings`), so the page loses all its data. Put the value in double quotes.',
        },
      ],
    },
    {
      name: 'the front matter is a list',
      files: { 'a.md': '---\n- title\n- A\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'The front matter is a list or a single value, which stops the build; it must be a mapping. Write `key: value` lines between the two `---` lines.',
        },
      ],
    },
    {
      name: 'a key occurs twice',
      files: { 'a.md': '---\ntitle: A\nlayout: default\ntitle: B\n---\n\n# B\n' },
      findings: [
        {
          file: 'a.md',
          line: 4,
          column: 1,
          message:
            'The key `title` occurs twice (first on line 2) and the last value wins silently. Delete one of the two.',
        },
      ],
    },
    {
      name: 'a value has a Ruby tag',
      files: { 'a.md': '---\ntitle: A\nobject: !ruby/object {}\n---\n\n# A\n' },
      findings: [
        {
          file: 'a.md',
          line: 3,
          message:
            'The value has the tag `!ruby/object`, which an Actions build refuses (the page then loses all its data) and GitHub Pages ignores. Delete the tag.',
        },
      ],
    },
  ],
  *check({ facts, source }) {
    if (!mayBePage(facts.path)) return;
    const { frontMatter } = facts;
    if (frontMatter.state === 'displaced') yield displaced(facts, source);
    // A data file such as `x.yml` begins with `---` for reasons of its own, and is published as it stands.
    if (frontMatter.state === 'unclosed' && /\.(?:markdown|mkdown|mkdn|mkd|md|html?)$/iu.test(facts.path)) {
      yield {
        range: firstLine(source),
        message:
          'The front matter that opens here is never closed, so the page has no data and shows its YAML as text; a later line must be `---`. Add that line after the last field.',
      };
    }
    if (frontMatter.state === 'not-a-mapping') {
      yield {
        range: firstLine(source),
        message:
          'The front matter is a list or a single value, which stops the build; it must be a mapping. Write `key: value` lines between the two `---` lines.',
      };
    }
    yield* yamlFindings(frontMatter);
  },
});

const MAX_ERRORS = 10;

function* yamlFindings(frontMatter: FrontMatter): Generator<RuleFinding> {
  const lines = new Set<number>();
  // One slip makes the parser stumble several times on a line, and a broken file hundreds of times: the first of each line tells it.
  for (const error of frontMatter.errors) {
    if (lines.has(error.range.start.line)) continue;
    lines.add(error.range.start.line);
    if (lines.size > MAX_ERRORS) break;
    yield {
      range: error.range,
      message: `The front matter is not YAML that Jekyll can read (${code(error.message)}), so the page loses all its data. ${remedy(error.message)}`,
    };
  }
  for (const { key, range, first } of frontMatter.duplicates) {
    yield {
      range,
      severity: 'warning',
      message: `The key ${code(key)} occurs twice (first on line ${first.start.line}) and the last value wins silently. Delete one of the two.`,
    };
  }
  for (const { tag, range } of frontMatter.tags) {
    yield {
      range,
      message: `The value has the tag ${code(tag)}, which an Actions build refuses (the page then loses all its data) and GitHub Pages ignores. Delete the tag.`,
    };
  }
}

/** What to do about a parser's complaint, for those that are common. */
function remedy(reason: string): string {
  if (/nested mappings|compact mapping/iu.test(reason)) return 'Put the value in double quotes.';
  if (/tab/iu.test(reason)) return 'Indent with spaces.';
  if (/quote/iu.test(reason)) return 'Close the quotes, and write `\\"` for a quote inside double quotes.';
  return 'Repair this line.';
}

function firstLine(source: string): Range {
  const newline = source.search(/[\r\n]/u);
  const end = newline === -1 ? source.length : newline;
  return {
    start: { line: 1, column: 1, offset: 0 },
    end: { line: 1, column: end + 1, offset: end },
  };
}

function displaced(facts: PageFacts, source: string): RuleFinding {
  const range = firstLine(source);
  switch (facts.frontMatter.nearMiss) {
    case 'byte-order-mark':
      return {
        range,
        message:
          'A byte order mark stands before the front matter, so Jekyll copies the file as it is instead of rendering it; the first byte must be the `-` of `---`. Save the file as UTF-8 without byte order mark.',
        edits: [{ start: 0, end: 1, text: '' }],
      };
    case 'leading-blank-line':
      return {
        range,
        message:
          'An empty line stands before the front matter, so Jekyll shows the YAML as text of the page and may give the page an empty title; the file must begin with `---`. Delete the empty line.',
        edits: [{ start: 0, end: source.indexOf('---'), text: '' }],
      };
    case 'leading-space':
      return {
        range,
        message:
          'Blanks stand before the opening `---` of the front matter, so Jekyll shows the YAML as text of the page; the line must begin with `---`. Delete the blanks.',
        edits: [{ start: 0, end: source.indexOf('---'), text: '' }],
      };
    default: {
      const dashes = /^-+/u.exec(source)?.[0] ?? '---';
      return {
        range,
        message: `The front matter opens with ${code(dashes)}, so Jekyll shows the YAML as text of the page; it must open with exactly three dashes. Write \`---\`.`,
        edits: [{ start: 0, end: dashes.length, text: '---' }, ...closingDashes(source, dashes.length)],
      };
    }
  }
}

/** The closing line of as many dashes, shortened too; nothing when a proper closing line comes first. */
function closingDashes(source: string, after: number): Edit[] {
  const closing = /\n(-{3,}|\.\.\.)[ \t]*(?=\r?\n|$)/gu;
  closing.lastIndex = after;
  const match = closing.exec(source);
  const dashes = match?.[1];
  if (match === null || dashes === undefined || dashes.length === 3) return [];
  return [{ start: match.index + 1, end: match.index + 1 + dashes.length, text: '---' }];
}

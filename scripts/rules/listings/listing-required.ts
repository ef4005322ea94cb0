import { z } from 'zod';
import type { Html, PageFacts } from '../../corpus/types.js';
import { lampProgram, LISTING_PAGE } from '../shared/listing-examples.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

const LANGUAGES = [
  ...['rust', 'rs', 'go', 'java', 'kotlin', 'kt', 'swift', 'scala', 'csharp', 'cs', 'fsharp', 'dart', 'zig'],
  ...[
    'typescript',
    'ts',
    'tsx',
    'javascript',
    'js',
    'jsx',
    'mjs',
    'cjs',
    'python',
    'py',
    'ruby',
    'rb',
    'php',
  ],
  ...['c', 'cpp', 'c++', 'cc', 'objective-c', 'objc', 'elixir', 'erlang', 'haskell', 'lua', 'perl'],
];

const optionsSchema = z.strictObject({
  /** Info strings of program languages, in lower case. */
  languages: z.array(z.string()).default(LANGUAGES),
});

const EXCUSE = /^<!--\s*not-a-listing\b:?([^>]{0,500}?)-->$/;

interface Excuse {
  html: Html;
  reason: string;
}

/** The markers that excuse a fence, by index of the fence in `codeBlocks`; -1 for those that no fence follows. */
function excuses(facts: PageFacts, source: string): { byBlock: Map<number, Excuse>; loose: Excuse[] } {
  const byBlock = new Map<number, Excuse>();
  const loose: Excuse[] = [];
  let block = 0;
  for (const html of facts.html) {
    const match = EXCUSE.exec(html.value.trim());
    if (!match) continue;
    const excuse = { html, reason: (match[1] ?? '').trim() };
    const end = html.range.end.offset;
    while (block < facts.codeBlocks.length && (facts.codeBlocks[block]?.range.start.offset ?? 0) < end)
      block++;
    const next = facts.codeBlocks[block];
    if (next && /^[\s>]*$/.test(source.slice(end, Math.min(next.range.start.offset, end + 1000)))) {
      byBlock.set(block, excuse);
    } else loose.push(excuse);
  }
  return { byBlock, loose };
}

function* checkPage(facts: PageFacts, source: string, languages: ReadonlySet<string>): Iterable<RuleFinding> {
  const shown = new Set(facts.listings.map((reference) => reference.codeBlock));
  const { byBlock, loose } = excuses(facts, source);
  for (const { html } of loose) {
    yield {
      range: html.range,
      message:
        'no fence follows this `not-a-listing` marker: expected a fenced code block on the next line; remove the marker',
    };
  }
  for (const [index, block] of facts.codeBlocks.entries()) {
    const language = (block.language.split(/[,{]/)[0] ?? '').toLowerCase();
    if (!block.fence || !languages.has(language) || shown.has(index)) continue;
    const excuse = byBlock.get(index);
    if (!excuse) {
      yield {
        range: {
          start: block.range.start,
          end: {
            ...block.range.start,
            column: block.range.start.column + 3,
            offset: block.range.start.offset + 3,
          },
        },
        message: `this fence shows ${code(language)} that is no listing: expected \`<!-- listing: path#region -->\` on the line before; move the program into a package below the listings folder, or say why it is none with \`<!-- not-a-listing: reason -->\``,
      };
    } else if (excuse.reason === '') {
      yield {
        range: excuse.html.range,
        message:
          'this `not-a-listing` marker gives no reason: expected `<!-- not-a-listing: reason -->`; say why the fence is not compiled',
      };
    }
  }
}

export const listingRequired = siteRule({
  id: 'listing-required',
  theme: 'listings',
  severity: 'error',
  preset: 'tutorial',
  fixable: false,
  options: optionsSchema,
  summary: 'Program text in a chapter is a listing.',
  documentation: `
Triggered in chapters by a fence in a program language (\`rust\`, \`go\`, \`java\`, \`swift\`, \`ts\`, \`python\` …; the option
\`languages\` replaces the list) that no \`<!-- listing: … -->\` marker precedes. Fences for shells, configuration and data
are not meant.

Program text that nothing compiles goes wrong without a sign: an interface is renamed, an import is missing, a brace is
lost, and the reader is the first to find out.

Put the program into a package below the listings folder and show a region of it. For text that is deliberately not a
program (a signature, code that must not compile, pseudo code) write \`<!-- not-a-listing: reason -->\` on the line before
the fence; a marker without reason, or without a fence after it, is reported too.
`,
  *check(context) {
    const { site, options } = context;
    const languages = new Set(options.languages);
    for (const tutorial of site.tutorials) {
      for (const { page } of tutorial.chapters) {
        const text = context.source(page.path);
        if (text === undefined) continue;
        for (const finding of checkPage(page.facts, text, languages)) yield { file: page.path, ...finding };
      }
    }
  },
  examples: [
    {
      name: 'listings, shell steps and an excused fragment',
      files: lampProgram(
        '<!-- listing: rust/lamp/src/main.rs#use -->\n```rust\nprintln!("{}", toggle(false));\n```\n\n```sh\ncargo run\n```\n\n<!-- not-a-listing: a signature -->\n```rust\nfn toggle(on: bool) -> bool\n```',
      ),
      findings: [],
    },
    {
      name: 'a fence of another language when the option says so',
      files: lampProgram('```rust\nfn main() {}\n```'),
      config: 'preset: tutorial\nrules:\n  listing-required:\n    options:\n      languages: [go]\n',
      findings: [],
    },
    {
      name: 'a program that is no listing',
      files: lampProgram('```rust,no_run\nfn main() {}\n```'),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          column: 1,
          message:
            'this fence shows `rust` that is no listing: expected `<!-- listing: path#region -->` on the line before; move the program into a package below the listings folder, or say why it is none with `<!-- not-a-listing: reason -->`',
        },
      ],
    },
    {
      name: 'an excuse without reason and one without fence',
      files: lampProgram(
        '<!-- not-a-listing -->\n```rust\nfn main() {}\n```\n\n<!-- not-a-listing: old -->\n\nText.',
      ),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'this `not-a-listing` marker gives no reason: expected `<!-- not-a-listing: reason -->`; say why the fence is not compiled',
        },
        {
          file: LISTING_PAGE,
          line: 15,
          message:
            'no fence follows this `not-a-listing` marker: expected a fenced code block on the next line; remove the marker',
        },
      ],
    },
  ],
});

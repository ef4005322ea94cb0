import { ConfigPlaces } from '../shared/config-places.js';
import { code, codeValue } from '../shared/wording.js';
import type { Site } from '../../site/types.js';
import { siteRule, type RuleFinding } from '../types.js';

/** kramdown options that change what the model (and a reader on GitHub) expects. */
const OPTIONS: { key: string; fine: (value: unknown) => boolean; wanted: string; consequence: string }[] = [
  {
    key: 'input',
    fine: (value) => value === 'GFM',
    wanted: 'GFM',
    consequence: 'fences of backticks, tables and task lists are not read as on GitHub',
  },
  {
    key: 'hard_wrap',
    fine: (value) => value === false,
    wanted: 'false',
    consequence: 'every line break of the source becomes one on the page',
  },
  {
    key: 'auto_ids',
    fine: (value) => value === true,
    wanted: 'true',
    consequence: 'headings have no ids and every link to a section is dead',
  },
  {
    key: 'auto_id_prefix',
    fine: (value) => value === '',
    wanted: '""',
    consequence:
      'heading ids differ from the anchors on GitHub, and links to sections work in one place only',
  },
];

/** The Markdown engine of the site. */
export const configMarkdown = siteRule({
  id: 'config-markdown',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  summary: 'Pages are rendered by kramdown with GitHub-flavoured input.',
  fixable: false,
  documentation: `
\`markdown: GFM\` and \`markdown: CommonMark\` look harmless, but on GitHub Pages they replace kramdown by another
engine: heading ids, attribute lists (\`{: .note }\`), callouts and footnotes change or stop working. Jekyll 4 does not
know these names and stops, unless the plugin jekyll-commonmark brings the engine. Other values are replaced by kramdown on GitHub Pages without a word (warning).

Options of kramdown that change heading ids, line breaks or fences are warnings. Delete the key, or write
\`markdown: kramdown\` and \`kramdown: {input: GFM, hard_wrap: false}\`.

Source: the \`markdown\` override in \`configuration.rb\` of the pages-gem; Jekyll's \`converters/markdown.rb\`, run with Jekyll 4.3.`,
  examples: [
    {
      name: 'kramdown with GitHub-flavoured input',
      files: { '_config.yml': 'markdown: kramdown\nkramdown: {input: GFM, hard_wrap: false}\n' },
      findings: [],
    },
    {
      name: 'GFM switches to another engine',
      files: { '_config.yml': 'markdown: GFM\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 11,
          message:
            'The engine `GFM` is CommonMark on GitHub Pages, which gives headings other ids and knows no attribute lists and callouts. Write `kramdown`; `kramdown: {input: GFM}` is how GitHub-flavoured text is read.',
        },
      ],
    },
    {
      name: 'an engine that Jekyll 4 does not know',
      config: 'engine: actions\n',
      files: { '_config.yml': 'markdown: GFM\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 11,
          message:
            'The engine `GFM` is not one that Jekyll 4 knows, and without a plugin that brings it the build stops. Write `kramdown`; `kramdown: {input: GFM}` is how GitHub-flavoured text is read.',
        },
      ],
    },
    {
      name: 'a plugin brings the engine to an own build',
      config: 'engine: actions\n',
      files: { '_config.yml': 'markdown: CommonMark\nplugins: [jekyll-commonmark]\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 11,
          message:
            'The engine `CommonMark` of the plugin jekyll-commonmark gives headings other ids and knows no attribute lists and callouts. Write `kramdown`; `kramdown: {input: GFM}` is how GitHub-flavoured text is read.',
        },
      ],
    },
    {
      name: 'an old engine and options that change pages',
      files: { '_config.yml': 'markdown: redcarpet\nkramdown:\n  hard_wrap: true\n  auto_ids: false\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 11,
          message: 'The engine `redcarpet` is replaced by kramdown on GitHub Pages. Write `kramdown`.',
        },
        {
          file: '_config.yml',
          line: 3,
          column: 14,
          message:
            'The option `kramdown.hard_wrap` is `true`, so every line break of the source becomes one on the page. Write `false`, or delete it.',
        },
        {
          file: '_config.yml',
          line: 4,
          column: 13,
          message:
            'The option `kramdown.auto_ids` is `false`, so headings have no ids and every link to a section is dead. Write `true`, or delete it.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config === null) return;
    yield* engine(config, context.site);
    for (const { key, fine, wanted, consequence } of OPTIONS) {
      const value = config.value('kramdown', key);
      if (value === null || fine(value)) continue;
      yield {
        file: config.path,
        range: config.range('kramdown', key),
        severity: 'warning',
        message: `The option ${code(`kramdown.${key}`)} is ${codeValue(value)}, so ${consequence}. Write ${code(wanted)}, or delete it.`,
      };
    }
  },
});

function* engine(config: ConfigPlaces, { engine: build, config: { plugins } }: Site): Generator<RuleFinding> {
  const value = config.value('markdown');
  if (value === null || (typeof value === 'string' && value.toLowerCase() === 'kramdown')) return;
  const at = { file: config.path, range: config.range('markdown') };
  const named = codeValue(value);
  const advice = 'Write `kramdown`; `kramdown: {input: GFM}` is how GitHub-flavoured text is read.';
  const commonMark = typeof value === 'string' && /^(?:gfm|commonmark|commonmarkghpages)$/iu.test(value);
  const brought = ['jekyll-commonmark', 'jekyll-commonmark-ghpages'].some((plugin) => plugins.has(plugin));
  if (build === 'actions' && commonMark && brought) {
    yield {
      ...at,
      message: `The engine ${named} of the plugin jekyll-commonmark gives headings other ids and knows no attribute lists and callouts. ${advice}`,
    };
  } else if (build === 'actions') {
    yield {
      ...at,
      message: `The engine ${named} is not one that Jekyll 4 knows, and without a plugin that brings it the build stops. ${advice}`,
    };
  } else if (commonMark) {
    yield {
      ...at,
      message: `The engine ${named} is CommonMark on GitHub Pages, which gives headings other ids and knows no attribute lists and callouts. ${advice}`,
    };
  } else {
    yield {
      ...at,
      severity: 'warning',
      message: `The engine ${named} is replaced by kramdown on GitHub Pages. Write \`kramdown\`.`,
    };
  }
}

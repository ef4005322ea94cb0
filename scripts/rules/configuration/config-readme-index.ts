import { ConfigPlaces } from '../shared/config-places.js';
import { keyIndent } from '../shared/fields.js';
import { isOrdinaryReadme } from '../shared/readmes.js';
import { count, listing, place } from '../shared/wording.js';
import { siteRule, type Edit } from '../types.js';

/** Does the configuration make READMEs the index pages of their folders? */
export const configReadmeIndex = siteRule({
  id: 'config-readme-index',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  summary: 'READMEs with front matter are made index pages by `readme_index.with_frontmatter`.',
  fixable: true,
  documentation: `
jekyll-readme-index makes a README the index of its folder only when the README has no front matter, unless
\`readme_index: {enabled: true, with_frontmatter: true}\` is set. A corpus whose READMEs have front matter needs that
setting, or every link to a folder is dead. An own build must also list the plugin jekyll-readme-index.

In the tutorial preset \`fix\` adds the setting.

Source: jekyll-readme-index 0.3, \`lib/jekyll-readme-index/generator.rb\`.`,
  examples: [
    {
      name: 'the setting is there',
      files: {
        '_config.yml': 'readme_index: {enabled: true, with_frontmatter: true}\n',
        'guide/README.md': '---\ntitle: Guide\n---\n',
      },
      findings: [],
    },
    {
      name: 'READMEs have front matter and the setting is missing',
      files: {
        '_config.yml': 'title: Site\nreadme_index:\n  enabled: true\n',
        'guide/README.md': '---\ntitle: Guide\n---\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 3,
          message:
            'The setting `readme_index.with_frontmatter` is missing, so 1 README with front matter (`guide/README.md:1`) is not the index of its folder. Write `readme_index: {enabled: true, with_frontmatter: true}`.',
        },
      ],
    },
    {
      name: 'the setting is missing from the configuration of tutorials',
      config: 'preset: tutorial\n',
      files: { '_config.yml': 'title: Site\n', 'guide/README.md': '---\ntitle: Guide\n---\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          message:
            'The setting `readme_index.with_frontmatter` is missing, so 1 README with front matter (`guide/README.md:1`) is not the index of its folder. Write `readme_index: {enabled: true, with_frontmatter: true}`.',
        },
      ],
      fixed: { '_config.yml': 'title: Site\nreadme_index:\n  enabled: true\n  with_frontmatter: true\n' },
    },
    {
      name: 'a configuration in braces has no place for another line',
      config: 'preset: tutorial\n',
      files: { '_config.yml': '{title: Site}\n', 'guide/README.md': '---\ntitle: Guide\n---\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          message:
            'The setting `readme_index.with_frontmatter` is missing, so 1 README with front matter (`guide/README.md:1`) is not the index of its folder. Write `readme_index: {enabled: true, with_frontmatter: true}`.',
        },
      ],
    },
    {
      name: 'an Actions build does not list the plugin',
      config: 'engine: actions\n',
      files: { '_config.yml': 'readme_index: {enabled: true, with_frontmatter: true}\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 1,
          message:
            'The key `readme_index` is set, but `jekyll-readme-index` is not among `plugins`, so an Actions build ignores it. Add the plugin.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config === null) return;
    const { site } = context;
    if (
      site.engine === 'actions' &&
      config.field('readme_index') &&
      !site.config.plugins.has('jekyll-readme-index')
    ) {
      yield {
        file: config.path,
        range: config.keyRange('readme_index'),
        message:
          'The key `readme_index` is set, but `jekyll-readme-index` is not among `plugins`, so an Actions build ignores it. Add the plugin.',
      };
    }
    if (site.config.readmeIndex.withFrontMatter) return;
    const readmes = site.pages.filter((page) => isOrdinaryReadme(site, page));
    if (readmes.length === 0) return;
    const edits = context.config.preset === 'tutorial' ? repair(config) : null;
    yield {
      file: config.path,
      range: config.range('readme_index', 'with_frontmatter'),
      message: `The setting \`readme_index.with_frontmatter\` is ${config.value('readme_index', 'with_frontmatter') === null ? 'missing' : 'not `true`'}, so ${count(readmes.length, 'README')} with front matter (${listing(readmes.map((page) => place(page.path, page.anchorRange)))}) ${readmes.length === 1 ? 'is not the index of its folder' : 'are not the indexes of their folders'}. Write \`readme_index: {enabled: true, with_frontmatter: true}\`.`,
      related: readmes
        .slice(0, 10)
        .map((page) => ({ file: page.path, range: page.anchorRange, message: 'an ordinary page' })),
      ...(edits === null ? {} : { edits }),
    };
  },
});

/** Only what needs no guess: the key is absent, or the switch itself is wrong. */
function repair(config: ConfigPlaces): Edit[] | null {
  if (config.value('readme_index', 'with_frontmatter') !== null) {
    const { start, end } = config.range('readme_index', 'with_frontmatter');
    return [{ start: start.offset, end: end.offset, text: 'true' }];
  }
  if (config.field('readme_index') !== undefined || config.text === undefined) return null;
  // A key behind `{…}` or behind the end of the document would make the file unreadable.
  const indent = keyIndent(config.fields, config.text);
  if (indent === null || /^(?:---|\.\.\.)[ \t]*\r?$/mu.test(config.text.replace(/^\uFEFF?---/u, '')))
    return null;
  const { length } = config.text;
  const glue = config.text === '' || config.text.endsWith('\n') ? '' : '\n';
  const lines = ['readme_index:', '  enabled: true', '  with_frontmatter: true'];
  return [
    { start: length, end: length, text: `${glue}${lines.map((line) => `${indent}${line}\n`).join('')}` },
  ];
}

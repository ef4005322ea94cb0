import type { Field } from '../../corpus/types.js';
import { ConfigPlaces, isMapping } from '../shared/config-places.js';
import { typeName, valueRange } from '../shared/fields.js';
import { JEKYLL_CONFIG_KEYS, PLUGIN_CONFIG_KEYS, THEME_CONFIG_KEYS } from '../shared/known-keys.js';
import { Nearest } from '../../corpus/nearest.js';
import { code, fileStart } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

const KNOWN: ReadonlySet<string> = new Set([
  ...JEKYLL_CONFIG_KEYS,
  ...PLUGIN_CONFIG_KEYS,
  ...THEME_CONFIG_KEYS,
]);
/** Keys of sections that are closed in the plugin or theme that reads them. */
const SECTIONS: Record<string, readonly string[]> = {
  readme_index: ['enabled', 'with_frontmatter', 'remove_originals'],
  optional_front_matter: ['enabled', 'remove_originals'],
  titles_from_headings: ['enabled', 'strip_title', 'collections'],
  relative_links: ['enabled', 'collections', 'exclude'],
  default_layout: ['enabled'],
  mermaid: ['version', 'path'],
};
/** Jekyll 4 refuses to build when one of these is set to anything but a list. */
const LISTS = ['exclude', 'include', 'plugins'];

/** Can Jekyll read the configuration, and does anything read its keys? */
export const configValid = siteRule({
  id: 'config-valid',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  summary: '`_config.yml` is a YAML mapping of known keys with values of the right type.',
  fixable: false,
  documentation: `
A YAML error in \`_config.yml\` stops the build. A list or a single value at the top level does not: Jekyll prints a
warning and builds the site with its defaults, without title, theme and plugins. A key that occurs twice loses its first
value silently. \`exclude\`, \`include\` and \`plugins\` must be lists, or the build stops. What only Jekyll 4 refuses, and
Jekyll 3 on GitHub Pages still reads, is a warning there: a text as \`exclude\` or \`include\`, and a key without value.

A key that is a near miss of one that Jekyll, a plugin of GitHub Pages or just-the-docs reads is a warning: any other key
may be your own, for use in templates, and is left alone.

Source: \`read_config_file\`, \`check_plugins\` and \`check_include_exclude\` in the \`configuration.rb\` of Jekyll 3.10 and
4.3, the latter run.`,
  examples: [
    {
      name: 'known keys and keys of the author',
      files: {
        '_config.yml': 'title: Site\nexclude: [tmp]\nour_colour: red\n',
        'a.md': '---\ntitle: A\n---\n',
      },
      findings: [],
    },
    {
      name: 'YAML that cannot be read',
      files: { '_config.yml': 'title: Site: the best\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          message:
            'The configuration is not YAML that Jekyll can read (`Nested mappings are not allowed in compact mappings`), which stops the build. Repair this line; a value with `: ` in it needs quotes.',
        },
      ],
    },
    {
      name: 'a list at the top level',
      files: { '_config.yml': '- title\n- Site\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          message:
            'The configuration is a list or a single value, so Jekyll ignores it and builds the site with its defaults; it must be a mapping. Write `key: value` lines.',
        },
      ],
    },
    {
      name: 'doubled and misspelt keys',
      files: {
        '_config.yml': 'title: A\nbase_url: /x\ntitle: B\nreadme_index:\n  with_front_matter: true\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          column: 1,
          message: 'Nothing reads the key `base_url`; the known key is `baseurl`. Rename it.',
        },
        {
          file: '_config.yml',
          line: 3,
          column: 1,
          message:
            'The key `title` occurs twice (first on line 1) and the last value wins silently. Delete one of the two.',
        },
        {
          file: '_config.yml',
          line: 5,
          column: 3,
          message:
            'Nothing reads the key `readme_index.with_front_matter`; the known key is `readme_index.with_frontmatter`. Rename it.',
        },
      ],
    },
    {
      name: 'a list is expected',
      files: { '_config.yml': 'exclude: 5\nplugins: jekyll-sitemap\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 10,
          message:
            'The value of `exclude` is an integer, which stops the build; it must be a list. Write `[5]`.',
        },
        {
          file: '_config.yml',
          line: 2,
          column: 10,
          message:
            'The value of `plugins` is a string, which stops the build; it must be a list. Write `[jekyll-sitemap]`.',
        },
      ],
    },
    {
      name: 'Jekyll 3 reads what Jekyll 4 refuses',
      files: { '_config.yml': 'exclude: tmp, notes\ninclude:\nplugins:\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 10,
          message:
            'The value of `exclude` is a string, which GitHub Pages (Jekyll 3) splits at its commas and which stops a build with Jekyll 4; it must be a list. Write `[tmp, notes]`.',
        },
        {
          file: '_config.yml',
          line: 2,
          column: 1,
          message:
            'The value of `include` is empty, which stops a build with Jekyll 4; it must be a list. Delete the key, or write `[]`.',
        },
        {
          file: '_config.yml',
          line: 3,
          column: 1,
          message:
            'The value of `plugins` is empty, which stops a build with Jekyll 4; it must be a list. Delete the key, or write `[]`.',
        },
      ],
    },
    {
      name: 'an own build with Jekyll 4 stops at a key without value',
      config: 'engine: actions\n',
      files: { '_config.yml': 'plugins:\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 1,
          message:
            'The value of `plugins` is empty, which stops the build; it must be a list. Delete the key, or write `[]`.',
        },
      ],
    },
  ],
  *check(context) {
    const { path, file } = context.site.config;
    if (path === null || path.endsWith('.toml')) return;
    const lines = new Set<number>();
    for (const error of file.errors) {
      if (lines.has(error.range.start.line) || lines.size >= 10) continue;
      lines.add(error.range.start.line);
      yield {
        file: path,
        range: error.range,
        message: `The configuration is not YAML that Jekyll can read (${code(error.message)}), which stops the build. Repair this line; a value with \`: \` in it needs quotes.`,
      };
    }
    if (file.state === 'not-a-mapping') {
      yield {
        file: path,
        range: fileStart,
        message:
          'The configuration is a list or a single value, so Jekyll ignores it and builds the site with its defaults; it must be a mapping. Write `key: value` lines.',
      };
    }
    for (const { key, range, first } of file.duplicates) {
      yield {
        file: path,
        range,
        severity: 'warning',
        message: `The key ${code(key)} occurs twice (first on line ${first.start.line}) and the last value wins silently. Delete one of the two.`,
      };
    }
    const config = ConfigPlaces.of(context);
    if (config === null) return;
    yield* unknownKeys(config, Object.values(file.fields));
    for (const key of LISTS) yield* notAList(config, config.field(key), context.site.engine);
  },
});

function* unknownKeys(config: ConfigPlaces, fields: readonly Field[]): Generator<RuleFinding> {
  const nearest = new Nearest(KNOWN);
  const present = new Set(fields.map((field) => field.key));
  for (const { key, keyRange } of fields) {
    if (KNOWN.has(key)) continue;
    // Short words are near to everything: only case and separators count for them.
    const suggestion = nearest.find(key, key.length < 6 ? 0 : key.length < 10 ? 1 : 2);
    if (suggestion !== null && !present.has(suggestion)) yield misspelt(config, keyRange, key, suggestion);
  }
  for (const [section, known] of Object.entries(SECTIONS)) {
    const value = config.value(section);
    if (!isMapping(value)) continue;
    const inSection = new Nearest(known);
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const suggestion = inSection.find(key);
      if (suggestion === null || Object.hasOwn(value, suggestion)) continue;
      yield misspelt(config, config.keyRange(section, key), `${section}.${key}`, `${section}.${suggestion}`);
    }
  }
}

function misspelt(
  config: ConfigPlaces,
  range: RuleFinding['range'],
  key: string,
  suggestion: string,
): RuleFinding {
  return {
    file: config.path,
    range,
    severity: 'warning',
    message: `Nothing reads the key ${code(key)}; the known key is ${code(suggestion)}. Rename it.`,
  };
}

function* notAList(
  config: ConfigPlaces,
  field: Field | undefined,
  engine: 'pages' | 'actions',
): Generator<RuleFinding> {
  if (field === undefined || field.type === 'list') return;
  // `plugins` as a text stops Jekyll 3 too; `check_include_exclude` splits the others there.
  const split = field.type === 'string' && field.key !== 'plugins';
  const mild = engine === 'pages' && (split || field.type === 'null');
  const consequence = !mild
    ? 'which stops the build'
    : split
      ? 'which GitHub Pages (Jekyll 3) splits at its commas and which stops a build with Jekyll 4'
      : 'which stops a build with Jekyll 4';
  const remedy = field.type === 'null' ? 'Delete the key, or write `[]`' : `Write ${code(`[${field.raw}]`)}`;
  yield {
    file: config.path,
    range: valueRange(field),
    severity: mild ? 'warning' : 'error',
    message: `The value of ${code(field.key)} is ${typeName(field.type)}, ${consequence}; it must be a list. ${remedy}.`,
  };
}

import { ConfigPlaces, isMapping, usesJustTheDocs } from '../shared/config-places.js';
import { Nearest, didYouMean } from '../../corpus/nearest.js';
import { code, codeValue, listing } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

/** The footer draws the link only when all of these are set. */
const EDIT_KEYS = [
  'gh_edit_link',
  'gh_edit_link_text',
  'gh_edit_repository',
  'gh_edit_branch',
  'gh_edit_view_mode',
];

/** Options of just-the-docs that have no effect as they are written. */
export const configThemeOptions = siteRule({
  id: 'config-theme-options',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Options of just-the-docs are complete and have values that the theme knows.',
  fixable: true,
  documentation: `
The theme reads its options in templates and says nothing about one that it does not understand.

- The link "Edit this page" appears only when \`gh_edit_link\`, \`gh_edit_link_text\`, \`gh_edit_repository\`,
  \`gh_edit_branch\` and \`gh_edit_view_mode\` are all set; with the site in a folder it also needs \`gh_edit_source\`.
- \`mermaid\` needs a \`version\`, which becomes part of an address: without one diagrams stay text (an error). An unquoted
  \`11.10\` is the number 11.1 for YAML (\`fix\` quotes it).
- \`nav_sort\` is \`case_sensitive\` or \`case_insensitive\`.

Only sites that use just-the-docs by \`theme\` or \`remote_theme\` are looked at.

Source: \`_includes/components/footer.html\`, \`mermaid.html\` and \`nav/sorted.html\` of just-the-docs 0.12.`,
  examples: [
    {
      name: 'complete options',
      files: {
        '_config.yml':
          'remote_theme: just-the-docs/just-the-docs@v0.12.0\nmermaid: {version: "11.4.1"}\nnav_sort: case_insensitive\ngh_edit_link: true\ngh_edit_link_text: Edit\ngh_edit_repository: https://github.com/ada/engine\ngh_edit_branch: main\ngh_edit_view_mode: edit\n',
      },
      findings: [],
    },
    {
      name: 'the edit link lacks keys',
      files: {
        'docs/_config.yml':
          'remote_theme: just-the-docs/just-the-docs@v0.12.0\ngh_edit_link: true\ngh_edit_repository: https://github.com/ada/engine\n',
        'docs/index.md': '---\ntitle: Home\n---\n',
      },
      findings: [
        {
          file: 'docs/_config.yml',
          line: 2,
          column: 1,
          message:
            'The edit link is not shown: the theme also needs `gh_edit_link_text`, `gh_edit_branch` and `gh_edit_view_mode`. Add them, or delete the keys of the edit link.',
        },
        {
          file: 'docs/_config.yml',
          line: 3,
          column: 1,
          message:
            'The edit link leaves out the source folder `docs`, so it leads to files that do not exist. Add `gh_edit_source: docs`.',
        },
      ],
    },
    {
      name: 'a version that YAML reads as a number',
      files: {
        '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\nmermaid:\n  version: 11.10\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 3,
          column: 12,
          message: 'YAML reads the version of mermaid `11.10` as the number `11.1`. Put it in quotes.',
        },
      ],
      fixed: {
        '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\nmermaid:\n  version: "11.10"\n',
      },
    },
    {
      name: 'mermaid without version, and an unknown sorting',
      files: {
        '_config.yml':
          'remote_theme: just-the-docs/just-the-docs@v0.12.0\nmermaid: true\nnav_sort: case-insensitiv\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          column: 10,
          message:
            'The option `mermaid` has no `version`, so the address of the library is wrong and diagrams stay text. Write `mermaid: {version: "11.4.1"}`.',
        },
        {
          file: '_config.yml',
          line: 3,
          column: 11,
          message:
            'The option `nav_sort` is `case-insensitiv`, which the theme does not know. Write `case_sensitive` or `case_insensitive`. Did you mean `case_insensitive`?',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config === null || !usesJustTheDocs(config)) return;
    yield* editLink(config, context.site.config.source);
    yield* mermaid(config);
    const sort = config.value('nav_sort');
    if (sort !== null && sort !== 'case_sensitive' && sort !== 'case_insensitive') {
      const suggestion =
        typeof sort === 'string' ? new Nearest(['case_sensitive', 'case_insensitive']).find(sort, 3) : null;
      yield {
        file: config.path,
        range: config.range('nav_sort'),
        message: `The option \`nav_sort\` is ${codeValue(sort)}, which the theme does not know. Write \`case_sensitive\` or \`case_insensitive\`.${didYouMean(suggestion)}`,
      };
    }
  },
});

function* editLink(config: ConfigPlaces, source: string): Generator<RuleFinding> {
  const isSet = (key: string): boolean => ![null, false].includes(config.value(key) as null);
  const present = EDIT_KEYS.filter(isSet);
  const [first] = present;
  // `gh_edit_link: false` switches the link off on purpose.
  if (first === undefined || config.value('gh_edit_link') === false) return;
  const missing = EDIT_KEYS.filter((key) => !isSet(key));
  if (missing.length > 0) {
    yield {
      file: config.path,
      range: config.keyRange(first),
      message: `The edit link is not shown: the theme also needs ${listing(missing.map(code))}. Add them, or delete the keys of the edit link.`,
    };
  }
  if (source !== '.' && !isSet('gh_edit_source') && isSet('gh_edit_repository')) {
    yield {
      file: config.path,
      range: config.keyRange('gh_edit_repository'),
      message: `The edit link leaves out the source folder ${code(source)}, so it leads to files that do not exist. Add \`gh_edit_source: ${source}\`.`,
    };
  }
}

function* mermaid(config: ConfigPlaces): Generator<RuleFinding> {
  const value = config.value('mermaid');
  if (value === null || value === false) return;
  const version = config.value('mermaid', 'version');
  if (version === null) {
    const path = isMapping(value) ? config.value('mermaid', 'path') : null;
    yield {
      file: config.path,
      range: config.range('mermaid'),
      severity: path === null ? 'error' : 'warning',
      message:
        path === null
          ? 'The option `mermaid` has no `version`, so the address of the library is wrong and diagrams stay text. Write `mermaid: {version: "11.4.1"}`.'
          : 'The option `mermaid` has a `path` but no `version`, so the theme starts the library in the way of version 9. Add the `version` of the file at `path`.',
    };
    return;
  }
  const typed = config.typed('mermaid', 'version');
  if (typeof version !== 'number' || Number.isInteger(version) || typed === null || typed.quoted) return;
  const range = config.range('mermaid', 'version');
  yield {
    file: config.path,
    range,
    message: `YAML reads the version of mermaid ${code(typed.text)} as the number ${codeValue(version)}. Put it in quotes.`,
    edits: [{ start: range.start.offset, end: range.end.offset, text: JSON.stringify(typed.text) }],
  };
}

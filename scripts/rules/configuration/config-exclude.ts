import { posix } from 'node:path';
import type { Site } from '../../site/types.js';
import { matchesPattern } from '../../site/entries.js';
import { fnmatch } from '../../site/ruby.js';
import { ConfigPlaces } from '../shared/config-places.js';
import { code, listing } from '../shared/wording.js';
import { siteRule, type Edit, type RuleFinding } from '../types.js';

/** What Jekyll 3 excludes by default and publishes as soon as a site sets `exclude` (configuration.rb). */
const DEFAULT_FOLDERS = ['vendor/bundle/', 'vendor/cache/', 'vendor/gems/', 'vendor/ruby/'];
const DEFAULT_FILES = ['Gemfile', 'Gemfile.lock'];

/** What `exclude` leaves out of the site, too much or too little. */
export const configExclude = siteRule({
  id: 'config-exclude',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  summary: '`exclude` keeps the defaults of Jekyll and swallows no page by accident.',
  fixable: true,
  documentation: `
On GitHub Pages (Jekyll 3) an \`exclude\` of your own *replaces* the defaults, so that \`vendor/bundle/\`,
\`node_modules\` and the Gemfile are published unless you list them again (\`fix\` adds what exists). Jekyll 4 adds
the defaults in any case. Folders of installed packages are an error; the Gemfile, and a \`package.json\` without
\`node_modules\` in the list, are warnings.

An entry of \`exclude\` also matches every path that merely begins with it: \`exclude: [foo]\` drops \`foobar.md\` too.
The rule names the Markdown files that are lost this way. End the name of a folder with \`/\`, write a file's whole name.

Source: \`EntryFilter#glob_include?\` in Jekyll's \`entry_filter.rb\`; \`DEFAULTS\` and \`add_default_excludes\` in \`configuration.rb\`.`,
  examples: [
    {
      name: 'the defaults are listed again',
      files: {
        '_config.yml': 'exclude: [Gemfile, vendor/bundle/, node_modules/, drafts/]\n',
        Gemfile: 'gem "jekyll"\n',
        'package.json': '{}\n',
        'vendor/bundle/a.md': '# A\n',
        'draft.md': '---\ntitle: Draft\n---\n',
      },
      findings: [],
    },
    {
      name: 'installed packages would be published',
      files: {
        '_config.yml': 'exclude: [drafts/]\n',
        Gemfile: 'gem "jekyll"\n',
        'package.json': '{}\n',
        'vendor/bundle/a.md': '# A\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 10,
          message:
            'On GitHub Pages this `exclude` replaces the defaults, so `Gemfile` is published. Add `Gemfile` to the list.',
        },
        {
          file: '_config.yml',
          line: 1,
          column: 10,
          message:
            'On GitHub Pages this `exclude` replaces the defaults, so `node_modules`, which belongs to `package.json`, is published once it is in the repository. Add `node_modules` to the list.',
        },
        {
          file: '_config.yml',
          line: 1,
          column: 10,
          message:
            'On GitHub Pages this `exclude` replaces the defaults, so `vendor/bundle/` is published. Add `vendor/bundle/` to the list.',
        },
      ],
      fixed: { '_config.yml': 'exclude: [drafts/, Gemfile, node_modules, vendor/bundle/]\n' },
    },
    {
      name: 'the list has one entry a line',
      files: { '_config.yml': 'exclude:\n  - drafts/\ntitle: Site\n', Gemfile: 'gem "jekyll"\n' },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          message:
            'On GitHub Pages this `exclude` replaces the defaults, so `Gemfile` is published. Add `Gemfile` to the list.',
        },
      ],
      fixed: { '_config.yml': 'exclude:\n  - drafts/\n  - Gemfile\ntitle: Site\n' },
    },
    {
      name: 'an entry swallows pages whose names begin with it',
      files: {
        '_config.yml': 'exclude: [draft]\n',
        'draft/a.md': '---\ntitle: A\n---\n',
        'drafting.md': '---\ntitle: Drafting\n---\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 11,
          message:
            'The entry `draft` of `exclude` also leaves out `drafting.md`, whose path merely begins with it. Write `draft/` for the folder, or the whole name of a file.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    const patterns = config?.value('exclude');
    if (config === null || !Array.isArray(patterns)) return;
    const names = patterns.filter((pattern) => typeof pattern === 'string');
    if (context.site.engine === 'pages') yield* lostDefaults(context.site, config, names);
    const left = context.site.others
      .map((facts) => relative(context.site, facts.path))
      .filter((path) => path !== null);
    for (const [index, pattern] of patterns.entries()) {
      if (typeof pattern !== 'string') continue;
      const swallowed = left.filter((path) => beginsOnly(path, pattern));
      if (swallowed.length === 0) continue;
      yield {
        file: config.path,
        range: config.range('exclude', index),
        severity: 'warning',
        message: `The entry ${code(pattern)} of \`exclude\` also leaves out ${listing(swallowed.map(code))}, whose path merely begins with it. Write ${code(`${pattern.replace(/\/+$/u, '')}/`)} for the folder, or the whole name of a file.`,
      };
    }
  },
});

function relative(site: Site, path: string): string | null {
  const { source } = site.config;
  if (source === '.') return path;
  return path.startsWith(`${source}/`) ? path.slice(source.length + 1) : null;
}

/** Is the path dropped by the pattern as a mere prefix, neither as itself, nor as a folder, nor as a glob? */
function beginsOnly(path: string, pattern: string): boolean {
  const prefix = pattern.replace(/^\/+/u, '');
  if (prefix === '' || prefix.endsWith('/') || !path.startsWith(prefix)) return false;
  return path.length > prefix.length && path[prefix.length] !== '/' && !fnmatch(prefix, path);
}

function* lostDefaults(
  site: Site,
  config: ConfigPlaces,
  patterns: readonly string[],
): Generator<RuleFinding> {
  const base = site.config.source === '.' ? '' : `${site.config.source}/`;
  const listed = (name: string): boolean => matchesPattern(patterns, name, true);
  const report = (name: string, severity: 'error' | 'warning', consequence: string): RuleFinding => ({
    file: config.path,
    range: config.range('exclude'),
    severity,
    message: `On GitHub Pages this \`exclude\` replaces the defaults, so ${consequence}. Add ${code(name)} to the list.`,
    ...edits(config, name),
  });
  for (const name of DEFAULT_FOLDERS) {
    if (site.files.has(base + name.slice(0, -1)) && !listed(name)) {
      yield report(name, 'error', `${code(name)} is published`);
    }
  }
  for (const name of DEFAULT_FILES) {
    if (site.files.has(base + name) && !listed(name))
      yield report(name, 'warning', `${code(name)} is published`);
  }
  if (site.files.has(posix.join(base, 'package.json')) && !listed('node_modules')) {
    yield report(
      'node_modules',
      'warning',
      '`node_modules`, which belongs to `package.json`, is published once it is in the repository',
    );
  }
}

/** The edit that appends a name to the list, in the style of the list. */
function edits(config: ConfigPlaces, name: string): { edits?: Edit[] } {
  const field = config.field('exclude');
  if (field?.type !== 'list' || !Array.isArray(field.value) || field.value.length === 0) return {};
  const { start, end } = field.valueRange;
  if (field.raw.startsWith('[')) {
    if (!field.raw.endsWith(']') || field.raw.includes('#')) return {};
    const inner = field.raw.slice(1, -1).trimEnd();
    const at = start.offset + 1 + inner.length;
    return { edits: [{ start: at, end: at, text: `${inner.endsWith(',') ? '' : ','} ${name}` }] };
  }
  if (!field.raw.startsWith('-')) return {};
  return {
    edits: [{ start: end.offset, end: end.offset, text: `\n${' '.repeat(start.column - 1)}- ${name}` }],
  };
}

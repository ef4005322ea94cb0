import type { YamlValue } from '../../corpus/types.js';
import { ConfigPlaces } from '../shared/config-places.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** Keys that GitHub Pages overrides, with the value it uses (null: nothing a site could write). */
const FORCED: { path: string[]; forced: YamlValue; instead: string }[] = [
  { path: ['safe'], forced: true, instead: 'it always builds in safe mode' },
  { path: ['lsi'], forced: false, instead: 'related posts are never computed' },
  { path: ['highlighter'], forced: 'rouge', instead: 'it always uses rouge' },
  { path: ['plugins_dir'], forced: null, instead: 'it runs no plugins of the repository' },
  { path: ['source'], forced: null, instead: 'the folder is chosen in the settings of the repository' },
  { path: ['destination'], forced: null, instead: 'it writes where it publishes from' },
  { path: ['incremental'], forced: false, instead: 'it always builds the whole site' },
  { path: ['kramdown', 'math_engine'], forced: 'mathjax', instead: 'it always uses mathjax' },
  { path: ['kramdown', 'syntax_highlighter'], forced: 'rouge', instead: 'it always uses rouge' },
];

/** Settings without effect on GitHub Pages. */
export const configIgnored = siteRule({
  id: 'config-ignored',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  summary: 'No setting is one that GitHub Pages overrides.',
  fixable: false,
  documentation: `
The branch build of GitHub Pages puts its own values over some keys of \`_config.yml\`: safe mode, the highlighter, the
plugins folder, source and destination. A different value works on your machine and has no effect on the published
site. Delete the key, or build with an own workflow and set \`engine: actions\` in \`corpus.yml\`.

Source: \`OVERRIDES\` in \`lib/github-pages/configuration.rb\` of the pages-gem, run.`,
  examples: [
    {
      name: 'the values that GitHub Pages uses anyway',
      files: { '_config.yml': 'safe: true\nhighlighter: rouge\n' },
      findings: [],
    },
    {
      name: 'an own build obeys the keys',
      config: 'engine: actions\n',
      files: { '_config.yml': 'plugins_dir: _extra\n' },
      findings: [],
    },
    {
      name: 'keys without effect',
      files: {
        '_config.yml': 'plugins_dir: _extra\nhighlighter: pygments\nkramdown:\n  math_engine: katex\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 1,
          message:
            'GitHub Pages ignores `plugins_dir`: it runs no plugins of the repository. Delete the key, or set `engine: actions` in `corpus.yml` if a workflow builds the site.',
        },
        {
          file: '_config.yml',
          line: 2,
          column: 1,
          message:
            'GitHub Pages ignores `highlighter`: it always uses rouge. Delete the key, or set `engine: actions` in `corpus.yml` if a workflow builds the site.',
        },
        {
          file: '_config.yml',
          line: 4,
          column: 3,
          message:
            'GitHub Pages ignores `kramdown.math_engine`: it always uses mathjax. Delete the key, or set `engine: actions` in `corpus.yml` if a workflow builds the site.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config === null || context.site.engine !== 'pages') return;
    for (const { path, forced, instead } of FORCED) {
      const value = config.value(...path);
      if (value === null || value === forced) continue;
      yield {
        file: config.path,
        range: config.keyRange(...path),
        message: `GitHub Pages ignores ${code(path.join('.'))}: ${instead}. Delete the key, or set \`engine: actions\` in \`corpus.yml\` if a workflow builds the site.`,
      };
    }
  },
});

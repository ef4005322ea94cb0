import type { Range } from '../../corpus/types.js';
import { rangeAt } from '../../corpus/text.js';
import { PAGES_ALLOWED_PLUGINS } from '../../site/config.js';
import { ConfigPlaces, gemfileOf } from '../shared/config-places.js';
import { Nearest, didYouMean } from '../../corpus/nearest.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';

/** Plugins that do not run, or run differently from what the links need. */
export const configPlugins = siteRule({
  id: 'config-plugins',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Every listed plugin runs on the engine, in a version that keeps links intact.',
  fixable: false,
  documentation: `
The branch build of GitHub Pages runs only the plugins of its list and ignores all others without a word; what they
add is missing from the site. If an own workflow builds the site, say so with \`engine: actions\` in \`corpus.yml\`.
The key \`gems\` is the old name of \`plugins\`, which Jekyll 4 does not read.

For an own build the rule also reads the Gemfile beside \`_config.yml\`: jekyll-relative-links 0.8 rewrites links in the
finished HTML without \`baseurl\`, so that they are dead on a project site (an error). Require \`"~> 0.7.0"\`.

Source: \`PLUGIN_WHITELIST\` of the pages-gem (\`lib/github-pages/plugins.rb\`); jekyll-relative-links 0.8.0, run.`,
  examples: [
    {
      name: 'plugins of GitHub Pages',
      files: { '_config.yml': 'plugins: [jekyll-sitemap, jekyll-relative-links]\n' },
      findings: [],
    },
    {
      name: 'plugins that GitHub Pages ignores',
      files: { '_config.yml': 'plugins:\n  - jekyll-site-map\n  - jekyll-toc\n' },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          column: 5,
          message:
            'The plugin `jekyll-site-map` is not one that GitHub Pages runs, so the site is built without it. Remove it, or set `engine: actions` in `corpus.yml` if a workflow builds the site. Did you mean `jekyll-sitemap`?',
        },
        {
          file: '_config.yml',
          line: 3,
          column: 5,
          message:
            'The plugin `jekyll-toc` is not one that GitHub Pages runs, so the site is built without it. Remove it, or set `engine: actions` in `corpus.yml` if a workflow builds the site.',
        },
      ],
    },
    {
      name: 'the old name of the key',
      files: { '_config.yml': 'gems: [jekyll-sitemap]\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 1,
          message:
            'The key `gems` is not read by Jekyll 4, so none of its plugins runs there. Rename it to `plugins`.',
        },
      ],
    },
    {
      name: 'a Gemfile allows a version that drops baseurl',
      config: 'engine: actions\n',
      files: {
        '_config.yml': 'plugins: [jekyll-relative-links]\n',
        Gemfile: 'gem "jekyll", "~> 4.4"\ngem "jekyll-relative-links"\n',
      },
      findings: [
        {
          file: 'Gemfile',
          line: 2,
          column: 1,
          message:
            'The Gemfile allows `jekyll-relative-links` 0.8, which writes links without `baseurl`, so that they are dead on a project site. Write `gem "jekyll-relative-links", "~> 0.7.0"`.',
        },
      ],
    },
    {
      name: 'a requirement of a Gemfile has no upper bound below the version that drops baseurl',
      config: 'engine: actions\n',
      files: {
        '_config.yml': 'plugins: [jekyll-relative-links]\n',
        Gemfile: "gem 'jekyll-relative-links', '~> 0.7'\n",
      },
      findings: [
        {
          file: 'Gemfile',
          line: 1,
          column: 1,
          message:
            'The Gemfile allows `jekyll-relative-links` 0.8, which writes links without `baseurl`, so that they are dead on a project site. Write `gem "jekyll-relative-links", "~> 0.7.0"`.',
        },
      ],
    },
    {
      name: 'a Gemfile pins the version',
      config: 'engine: actions\n',
      files: {
        '_config.yml': 'plugins: [jekyll-relative-links]\n',
        Gemfile: 'gem "jekyll-relative-links", "~> 0.7.0"\n',
      },
      findings: [],
    },
    {
      name: 'a Gemfile bounds the version from above',
      config: 'engine: actions\n',
      files: {
        '_config.yml': 'plugins: [jekyll-relative-links]\n',
        Gemfile: 'gem "jekyll-relative-links", ">= 0.6", "< 0.8" # links keep baseurl\n',
      },
      findings: [],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config !== null) {
      yield* listed(context, config);
      const gems = config.field('gems');
      if (gems !== undefined) {
        yield {
          file: config.path,
          range: gems.keyRange,
          message:
            'The key `gems` is not read by Jekyll 4, so none of its plugins runs there. Rename it to `plugins`.',
        };
      }
    }
    if (context.site.engine === 'actions') yield* gemfile(context);
  },
});

function* listed({ site }: SiteContext, config: ConfigPlaces): Generator<RuleFinding> {
  if (site.engine !== 'pages') return;
  const nearest = new Nearest(PAGES_ALLOWED_PLUGINS);
  for (const key of ['plugins', 'gems']) {
    const plugins = config.value(key);
    if (!Array.isArray(plugins)) continue;
    for (const [index, plugin] of plugins.entries()) {
      if (typeof plugin !== 'string' || PAGES_ALLOWED_PLUGINS.has(plugin)) continue;
      yield {
        file: config.path,
        range: config.range(key, index),
        message: `The plugin ${code(plugin)} is not one that GitHub Pages runs, so the site is built without it. Remove it, or set \`engine: actions\` in \`corpus.yml\` if a workflow builds the site.${didYouMean(nearest.find(plugin, 2))}`,
      };
    }
  }
}

/** Does one of the requirements keep the version below 0.8? `~> 0.7` means "below 1.0". */
function isPinned(requirements: string): boolean {
  return /["']\s*(?:=?\s*0\.[0-7](?:\.\d+)*|~>\s*0\.[0-7]\.\d+|<=\s*0\.[0-7](?:\.\d+)*|<\s*0\.[0-8](?:\.0)*)\s*["']/u.test(
    requirements,
  );
}

function* gemfile(context: Pick<SiteContext, 'site' | 'source'>): Generator<RuleFinding> {
  const found = gemfileOf(context);
  if (found === null || found.forPages) return;
  const { path, text } = found;
  const match = /^[ \t]*(gem[ \t(]+["']jekyll-relative-links["']([^\n#]*))/mu.exec(text);
  if (match === null || isPinned(match[2] ?? '')) return;
  const start = match.index + match[0].length - (match[1] ?? '').length;
  const range: Range = rangeAt(text, start, start + (match[1] ?? '').trimEnd().length);
  yield {
    file: path,
    range,
    severity: 'error',
    message:
      'The Gemfile allows `jekyll-relative-links` 0.8, which writes links without `baseurl`, so that they are dead on a project site. Write `gem "jekyll-relative-links", "~> 0.7.0"`.',
  };
}

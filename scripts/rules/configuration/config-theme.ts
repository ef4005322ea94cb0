import { ConfigPlaces, gemfileOf, usesJustTheDocs } from '../shared/config-places.js';
import { PAGES_THEMES } from '../shared/known-keys.js';
import { Nearest, didYouMean } from '../../corpus/nearest.js';
import { code, codeValue } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';

/** The theme can be loaded, and is the same at every build. */
export const configTheme = siteRule({
  id: 'config-theme',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  summary: 'The theme can be loaded by the engine and is pinned to a version.',
  fixable: false,
  documentation: `
The branch build of GitHub Pages has a fixed set of theme gems; another \`theme\` stops the build there, and needs
\`remote_theme\` instead (or an own build: \`engine: actions\`; with a Gemfile that does not use github-pages the finding is a
warning). A \`remote_theme\` is downloaded at every build: without \`@\` and a tag the site changes when the theme's main
branch does.

In an own build a \`remote_theme\` needs the plugins jekyll-remote-theme and, for just-the-docs, jekyll-include-cache in the
list: its dependencies are not installed with it, and \`include_cached\` is then an unknown tag that stops the build.

Source: \`Theme#gemspec\` in Jekyll's \`theme.rb\`; jekyll-remote-theme 0.4.3 (\`theme.rb\`); the pages-gem's list of themes.`,
  examples: [
    {
      name: 'a pinned remote theme',
      files: { '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\n' },
      findings: [],
    },
    {
      name: 'a theme gem in an own build',
      config: 'engine: actions\n',
      files: { '_config.yml': 'theme: just-the-docs\n' },
      findings: [],
    },
    {
      name: 'a remote theme without version',
      files: { '_config.yml': 'remote_theme: just-the-docs/just-the-docs\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 15,
          message:
            'The remote theme `just-the-docs/just-the-docs` is not pinned, so every build takes the newest state of its main branch. Add `@` and a tag of that repository, such as `@v0.12.0`.',
        },
      ],
    },
    {
      name: 'a remote theme at a branch',
      files: { '_config.yml': 'remote_theme: ada/theme@main\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 15,
          message:
            'The remote theme `ada/theme@main` follows the branch `main`, so every build may look different. Name a tag or a commit after `@`.',
        },
      ],
    },
    {
      name: 'a remote theme that is no repository',
      files: { '_config.yml': 'remote_theme: just-the-docs\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 15,
          message:
            'The remote theme `just-the-docs` is not of the form `owner/name@tag`, so it cannot be downloaded. Write it like `just-the-docs/just-the-docs@v0.12.0`.',
        },
      ],
    },
    {
      name: 'GitHub Pages does not have the theme',
      files: { '_config.yml': 'theme: just-the-docs\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 8,
          message:
            'The theme `just-the-docs` is not among those that GitHub Pages has, so the build stops. Write `remote_theme: just-the-docs/just-the-docs@v0.12.0` instead, or set `engine: actions` in `corpus.yml` if a workflow builds the site.',
        },
      ],
    },
    {
      name: 'an own build does not list what a remote theme needs',
      config: 'engine: actions\n',
      files: {
        '_config.yml': 'remote_theme: just-the-docs/just-the-docs@v0.12.0\nplugins: [jekyll-seo-tag]\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 15,
          message:
            'The remote theme needs the plugins `jekyll-remote-theme` and `jekyll-include-cache`, which `plugins` does not list: an Actions build ignores the theme or stops. Add them, or use `theme: just-the-docs` with a Gemfile.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config === null) return;
    yield* gemTheme(context, config);
    yield* remoteTheme(context, config);
  },
});

const BRANCHES = /^(?:main|master|HEAD|develop|dev|gh-pages|trunk)$/u;

function* gemTheme(
  context: Pick<SiteContext, 'site' | 'source'>,
  config: ConfigPlaces,
): Generator<RuleFinding> {
  const theme = config.value('theme');
  if (context.site.engine !== 'pages' || typeof theme !== 'string') return;
  if ((PAGES_THEMES as readonly string[]).includes(theme)) return;
  const ownBuild = gemfileOf(context)?.forPages === false;
  const remote = usesJustTheDocs(config)
    ? 'Write `remote_theme: just-the-docs/just-the-docs@v0.12.0` instead'
    : 'Name one of them, or use `remote_theme`';
  const suggestion = new Nearest(PAGES_THEMES).find(theme, 3);
  yield {
    file: config.path,
    range: config.range('theme'),
    severity: ownBuild ? 'warning' : 'error',
    message: `The theme ${code(theme)} is not among those that GitHub Pages has, so the build stops. ${remote}, or set \`engine: actions\` in \`corpus.yml\` if a workflow builds the site.${didYouMean(suggestion)}`,
  };
}

function* remoteTheme({ site }: SiteContext, config: ConfigPlaces): Generator<RuleFinding> {
  const theme = config.value('remote_theme');
  if (theme === null || theme === false) return;
  const at = { file: config.path, range: config.range('remote_theme') };
  const match =
    typeof theme === 'string'
      ? /^(?:https?:\/\/[^/\s]+\/)?([\w.-]+\/[\w.-]+?)(?:@([\w./-]+))?$/iu.exec(theme)
      : null;
  if (match === null) {
    yield {
      ...at,
      message: `The remote theme ${codeValue(theme)} is not of the form \`owner/name@tag\`, so it cannot be downloaded. Write it like \`just-the-docs/just-the-docs@v0.12.0\`.`,
    };
    return;
  }
  const [, name, ref] = match;
  if (ref === undefined) {
    yield {
      ...at,
      severity: 'warning',
      message: `The remote theme ${codeValue(theme)} is not pinned, so every build takes the newest state of its main branch. Add \`@\` and a tag of that repository${name === 'just-the-docs/just-the-docs' ? ', such as `@v0.12.0`' : ''}.`,
    };
  } else if (BRANCHES.test(ref)) {
    yield {
      ...at,
      severity: 'warning',
      message: `The remote theme ${codeValue(theme)} follows the branch ${code(ref)}, so every build may look different. Name a tag or a commit after \`@\`.`,
    };
  }
  if (site.engine !== 'actions') return;
  const needed = ['jekyll-remote-theme', ...(usesJustTheDocs(config) ? ['jekyll-include-cache'] : [])];
  const missing = needed.filter((plugin) => !site.config.plugins.has(plugin));
  if (missing.length === 0) return;
  yield {
    ...at,
    message: `The remote theme needs the plugin${missing.length === 1 ? '' : 's'} ${missing.map(code).join(' and ')}, which \`plugins\` does not list: an Actions build ignores the theme or stops. Add ${missing.length === 1 ? 'it' : 'them'}, or use \`theme: ${(name ?? '').split('/')[1] ?? ''}\` with a Gemfile.`,
  };
}

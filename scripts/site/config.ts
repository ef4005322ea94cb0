/** `_config.yml` as Jekyll, GitHub Pages and the plugins read it, with their defaults filled in. */
import { parseYamlFile } from '../corpus/front-matter.js';
import type { FrontMatter, YamlValue } from '../corpus/types.js';
import type { SiteConfig, SiteInput } from './types.js';

/** Plugins that GitHub Pages loads on every site (pages-gem, lib/github-pages/plugins.rb, `DEFAULT_PLUGINS`). */
const PAGES_DEFAULT_PLUGINS = [
  'jekyll-coffeescript',
  'jekyll-commonmark-ghpages',
  'jekyll-gist',
  'jekyll-github-metadata',
  'jekyll-paginate',
  'jekyll-relative-links',
  'jekyll-optional-front-matter',
  'jekyll-readme-index',
  'jekyll-default-layout',
  'jekyll-titles-from-headings',
];

/** Plugins that GitHub Pages loads when they are listed (`PLUGIN_WHITELIST` in the same file). */
export const PAGES_ALLOWED_PLUGINS: ReadonlySet<string> = new Set([
  ...PAGES_DEFAULT_PLUGINS,
  'jekyll-feed',
  'jekyll-redirect-from',
  'jekyll-seo-tag',
  'jekyll-sitemap',
  'jekyll-avatar',
  'jemoji',
  'jekyll-mentions',
  'jekyll-include-cache',
  'jekyll-octicons',
  'jekyll-remote-theme',
]);

/** Jekyll 3.10's defaults (configuration.rb), with the file that GitHub Pages adds; a user's list replaces them. */
const PAGES_EXCLUDES = [
  'Gemfile',
  'Gemfile.lock',
  'node_modules',
  'vendor/bundle/',
  'vendor/cache/',
  'vendor/gems/',
  'vendor/ruby/',
  'CNAME',
];

/** Jekyll 4.3's `DEFAULT_EXCLUDES` (configuration.rb), which are always added to the user's list. */
const ACTIONS_EXCLUDES = [
  '.sass-cache',
  '.jekyll-cache',
  'gemfiles',
  'Gemfile',
  'Gemfile.lock',
  'node_modules',
  'vendor/bundle/',
  'vendor/cache/',
  'vendor/gems/',
  'vendor/ruby/',
];

const NO_FILE: FrontMatter = {
  state: 'none',
  nearMiss: null,
  range: null,
  fields: {},
  errors: [],
  duplicates: [],
  tags: [],
};

type YamlMap = Record<string, YamlValue>;

/**
 * Reads `_config.yml`. A file that is not valid YAML counts as empty: its `file.state` says so.
 *
 * @param input the text of the file, the source folder and the engine
 */
export function readSiteConfig(input: Pick<SiteInput, 'jekyllConfig' | 'config' | 'source'>): SiteConfig {
  const { engine } = input.config;
  const file = input.jekyllConfig ? parseYamlFile(input.jekyllConfig.text) : NO_FILE;
  const data: YamlMap = {};
  if (file.state === 'valid')
    for (const [key, field] of Object.entries(file.fields))
      Object.defineProperty(data, key, {
        value: field.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  const plugins = activePlugins(engine, strings(data.plugins ?? data.gems ?? null));
  const include = data.include === undefined ? ['.htaccess'] : strings(data.include);
  return {
    path: input.jekyllConfig?.path ?? null,
    file,
    data,
    engine,
    plugins,
    source: input.source,
    baseurl: baseurl(data.baseurl),
    url: text(data.url) ?? '',
    permalink: text(data.permalink),
    include,
    exclude: excludes(engine, data.exclude).filter((pattern) => !include.includes(pattern)),
    markdownExtensions: (text(data.markdown_ext) ?? 'markdown,mkdown,mkdn,mkd,md')
      .split(',')
      .map((extension) => extension.trim().toLowerCase()),
    readmeIndex: {
      enabled: plugins.has('jekyll-readme-index') && option(data, 'readme_index', 'enabled') !== false,
      withFrontMatter: option(data, 'readme_index', 'with_frontmatter') === true,
      removeOriginals: option(data, 'readme_index', 'remove_originals') === true,
    },
    optionalFrontMatter: {
      enabled:
        plugins.has('jekyll-optional-front-matter') &&
        option(data, 'optional_front_matter', 'enabled') !== false &&
        !truthy(data.require_front_matter),
      removeOriginals: option(data, 'optional_front_matter', 'remove_originals') === true,
    },
    titlesFromHeadings: {
      enabled:
        plugins.has('jekyll-titles-from-headings') &&
        option(data, 'titles_from_headings', 'enabled') !== false,
    },
    relativeLinks: {
      enabled: plugins.has('jekyll-relative-links') && option(data, 'relative_links', 'enabled') !== false,
      collections: option(data, 'relative_links', 'collections') === true,
    },
    defaults: defaultSets(data.defaults),
    collections: collectionNames(data.collections),
    mermaid: truthy(data.mermaid),
    emoji: plugins.has('jemoji'),
    navSort: data.nav_sort === 'case_insensitive' ? 'case_insensitive' : 'case_sensitive',
  };
}

function activePlugins(engine: SiteConfig['engine'], listed: string[]): Set<string> {
  if (engine === 'actions') return new Set(listed);
  return new Set([...PAGES_DEFAULT_PLUGINS, ...listed.filter((name) => PAGES_ALLOWED_PLUGINS.has(name))]);
}

function excludes(engine: SiteConfig['engine'], value: YamlValue | undefined): string[] {
  const own = value === undefined ? null : strings(value);
  if (engine === 'pages') return own ?? PAGES_EXCLUDES;
  return [...new Set([...(own ?? []), ...ACTIONS_EXCLUDES])];
}

/** The valid sets of `defaults`, with the old singular type names brought up to date (frontmatter_defaults.rb). */
function defaultSets(value: YamlValue | undefined): SiteConfig['defaults'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((set) => {
    if (!isMap(set) || !isMap(set.values)) return [];
    const scope = isMap(set.scope) ? set.scope : {};
    const type = text(scope.type) ?? '';
    return [
      {
        path: text(scope.path) ?? '',
        type: ['page', 'post', 'draft'].includes(type) ? `${type}s` : type,
        values: set.values,
      },
    ];
  });
}

function collectionNames(value: YamlValue | undefined): string[] {
  if (Array.isArray(value)) return strings(value);
  return isMap(value) ? Object.keys(value) : [];
}

/** The folder of a collection, relative to the source folder: `_label`, below `collections_dir` where that is set. */
export function collectionFolder(label: string, { data }: Pick<SiteConfig, 'data'>): string {
  const container = text(data.collections_dir) ?? '';
  return container === '' ? `_${label}` : `${container}/_${label}`;
}

/** One option of a plugin's section; undefined when it is absent. */
export function option(data: YamlMap, section: string, key: string): YamlValue | undefined {
  const value = data[section];
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** With a leading slash and without a trailing one, as `relative_url` uses it. */
function baseurl(value: YamlValue | undefined): string {
  const given = text(value)?.replace(/\/$/, '') ?? '';
  return given === '' || given.startsWith('/') ? given : `/${given}`;
}

function strings(value: YamlValue): string[] {
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: YamlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function truthy(value: YamlValue | undefined): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** Is the value a mapping? */
export function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

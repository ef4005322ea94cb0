/** Liquid analyses of the pages of a site, shared by the Liquid rules: made once per site and page. */
import { posix } from 'node:path';
import {
  analyseLiquid,
  type LiquidAnalysis,
  type LiquidLookups,
  type LiquidProblem,
} from '../../engines/liquid/index.js';
import type { CorpusConfig } from '../../corpus/config.js';
import type { PageFacts } from '../../corpus/types.js';
import type { Site } from '../../site/types.js';
import type { SiteContext } from '../types.js';
import { pluginTags } from './plugin-tags.js';
import { fromSource } from './tutorial-links.js';

export interface AnalysedPage {
  facts: PageFacts;
  source: string;
  /** Offset of the body: the analysis counts from there. */
  base: number;
  analysis: LiquidAnalysis;
  /**
   * What stops the build of the other engine only. It concerns every author: Jekyll 4's gemspec still asks for Liquid 4,
   * so an Actions build may run either.
   */
  elsewhere: LiquidProblem[];
}

/** Tags that plugins bring, from the plugins' own registrations (`Liquid::Template.register_tag`). */
const PLUGIN_TAGS: Record<string, string[]> = {
  'jekyll-seo-tag': ['seo'],
  'jekyll-feed': ['feed_meta'],
  'jekyll-gist': ['gist'],
  'jekyll-avatar': ['avatar'],
  'jekyll-octicons': ['octicon'],
  'jekyll-github-metadata': ['github_edit_link'],
};

const cache = new WeakMap<Site, AnalysedPage[]>();

/** Every page of the site with Liquid in it, analysed for the site's engine. */
export function analysedPages({ site, source, config }: SiteContext): AnalysedPage[] {
  const known = cache.get(site);
  if (known) return known;
  const plain = siteLookups(site, config, source);
  // What an include assigns is there for the rest of the page: `Assign#render` writes into the outermost scope.
  const including = {
    ...plain,
    extraRoots: [...(plain.extraRoots ?? []), ...assignedByIncludes(site, source)],
  };
  const pages = site.pages.flatMap(({ facts, data }): AnalysedPage[] => {
    const text = source(facts.path);
    if (text === undefined) return [];
    // Jekyll 4 skips Liquid on request; Jekyll 3, which GitHub Pages runs, does not know the key.
    if (site.engine === 'actions' && data.get('render_with_liquid')?.value === false) return [];
    const base = facts.body.offset;
    const body = text.slice(base);
    if (!body.includes('{{') && !body.includes('{%')) return [];
    const lookups = /\{%-?\s*include/.test(body) ? including : plain;
    const analysis = analyseLiquid(body, site.engine, lookups);
    const other = analyseLiquid(body, site.engine === 'pages' ? 'actions' : 'pages', lookups);
    const known = new Set(analysis.problems.map((problem) => `${problem.code} ${problem.start}`));
    const elsewhere = other.problems.filter((problem) => !known.has(`${problem.code} ${problem.start}`));
    return [{ facts, source: text, base, analysis, elsewhere }];
  });
  cache.set(site, pages);
  return pages;
}

/** Names that the includes of a site assign or capture. */
function assignedByIncludes(site: Site, source: SiteContext['source']): string[] {
  const folder = fromSource(site, '_includes/');
  return [...site.files.keys()]
    .filter((path) => path.startsWith(folder))
    .flatMap((path) => [...(source(path) ?? '').matchAll(/\{%-?[ \t]*(?:assign|capture)[ \t]+([\w-]+)/g)])
    .flatMap(([, name]) => name ?? []);
}

/** What Liquid can reach: includes, link targets and posts of the source folder, and the configured names. */
function siteLookups(site: Site, config: CorpusConfig, source: SiteContext['source']): LiquidLookups {
  const prefix = site.config.source === '.' ? '' : `${site.config.source}/`;
  const exists = (path: string): boolean => site.files.get(prefix + path)?.kind === 'file';
  // The branch build of GitHub Pages runs no plugins of the repository.
  const own = pluginTags(
    site.engine === 'pages'
      ? []
      : [...site.files.keys()]
          .filter((path) => path.startsWith(`${prefix}_plugins/`) && path.endsWith('.rb'))
          .flatMap((path) => source(path) ?? []),
  );
  // A theme brings includes of its own, which nobody can list without it.
  const themed = 'theme' in site.config.data || 'remote_theme' in site.config.data;
  return {
    // `{% include /a.html %}` is the same file: `PathManager.join` in Jekyll's tags/include.rb folds slashes.
    includeExists: (name) =>
      exists(`_includes/${name.replace(/^\/+/, '')}`) ? true : themed ? undefined : false,
    linkTargetExists: (path) => exists(path.replace(/^\//, '')),
    postExists: postLookup(site, prefix),
    extraRoots: config.liquid.roots,
    extraTags: [
      ...config.liquid.tags,
      ...own.tags,
      ...[...site.config.plugins].flatMap((plugin) => PLUGIN_TAGS[plugin] ?? []),
    ],
    extraBlocks: [...config.liquid.blocks, ...own.blocks],
  };
}

/**
 * Tells whether a site has the post that `post_url` names by date and slug (`PostComparer` in Jekyll's
 * tags/post_url.rb). Folders are not compared; undefined where only a post's own `date` or `slug` can decide.
 */
function postLookup(site: Site, prefix: string): (name: string) => boolean | undefined {
  const posts = [...site.files.keys()].filter(
    (path) => path.startsWith(prefix) && /(?:^|\/)_posts\//u.test(path.slice(prefix.length)),
  );
  const names = new Set(posts.map((path) => posix.basename(path).replace(/\.[^.]+$/u, '')));
  const slugs = new Set([...names].map((name) => name.replace(/^\d+-\d+-\d+-/u, '')));
  for (const path of posts) {
    const slug = site.byPath.get(path)?.data.get('slug')?.value;
    if (typeof slug === 'string') slugs.add(slug);
  }
  return (name) => {
    const [, date, slug] = /^(?:.*\/)?(\d+-\d+-\d+)-([^/]*)$/u.exec(name) ?? [];
    // A name without a date is wrong on any site, and reported as that.
    if (slug === undefined) return undefined;
    if (names.has(`${date}-${slug}`)) return true;
    return slugs.has(slug) ? undefined : false;
  };
}

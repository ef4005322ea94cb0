/**
 * Where every link of a page leads: jekyll-relative-links' rewriting first, then the browser's resolution against the
 * page's URL, then what GitHub Pages' server would deliver.
 */
import type { Engine } from '../corpus/config.js';
import type { FileEntry, Link, PageFacts } from '../corpus/types.js';
import { LineIndex } from '../corpus/text.js';
import { Suggester } from './suggestions.js';
import { matchesPattern } from './entries.js';
import { option } from './config.js';
import { scanRelativeLinks, type RelativeLinkMatch } from './relative-links.js';
import { PageParts } from './parts.js';
import { climbs, directoryOf, expandPath } from './ruby.js';
import type { Page, ResolvedLink, RewrittenText, SiteConfig, StaticFile } from './types.js';
import { cgiUnescape, decodeStrict, isAbsolute, relativeUrl, resolvePath, splitUrl } from './urls.js';

/** What links can lead to. */
export interface LinkTargets {
  config: SiteConfig;
  pages: readonly Page[];
  staticFiles: readonly StaticFile[];
  /** Output path -> sources that write it; none for a plugin's file. */
  outputs: ReadonlyMap<string, readonly string[]>;
  byOutput: ReadonlyMap<string, Page>;
  files: ReadonlyMap<string, FileEntry>;
  sources: ReadonlyMap<string, string>;
}

/** A match of the plugin that it rewrites, with what stands in place of its path afterwards. */
interface Rewrite {
  match: RelativeLinkMatch;
  url: string;
}

type Resolution = Omit<ResolvedLink, 'link' | 'engineDependent' | 'suggestion'>;

/** Resolves the links of every page; built once per site, since it indexes all targets. */
export class LinkResolver {
  /** Source path -> URL, in the order in which the plugin looks: pages, static files, documents. */
  private readonly urlBySource = new Map<string, string>();
  private readonly hrefs = new Map<string, string>();
  private readonly folders = new Set<string>();
  private readonly suggester: Suggester;
  private readonly parts: PageParts;
  private readonly root: string;

  constructor(private readonly targets: LinkTargets) {
    const { config, pages, staticFiles, files, sources } = targets;
    this.parts = new PageParts(config, sources);
    this.root = config.source === '.' ? '' : `${config.source}/`;
    const add = (source: string, url: string): void => {
      if (!this.urlBySource.has(source)) this.urlBySource.set(source, url);
    };
    for (const page of pages) if (page.kind === 'page') add(page.source, page.url);
    for (const file of staticFiles) add(file.source, file.url);
    for (const page of pages) if (page.kind !== 'page') add(page.source, page.url);
    for (const entry of files.values())
      if (entry.kind === 'directory' || entry.targetKind === 'directory') this.folders.add(entry.path);
    this.suggester = new Suggester([...this.urlBySource.keys()]);
  }

  /** Fills `page.links` and `page.rewrittenNonLinks`. */
  resolvePage(page: Page): void {
    const { engine } = this.targets.config;
    const other: Engine = engine === 'pages' ? 'actions' : 'pages';
    const own = this.rewrites(page, engine);
    const others = this.rewrites(page, other);
    const claimed = new Set<RelativeLinkMatch>();
    page.links = page.facts.links.map((link) => {
      const match = own.get(link.destinationRange.start.offset);
      if (match) claimed.add(match.match);
      const written = writtenHref(link, match);
      const otherwise = writtenHref(link, others.get(link.destinationRange.start.offset));
      const here = this.resolve(page, link, written);
      const there = otherwise === written ? here : this.resolve(page, link, otherwise);
      const engineDependent = here.status !== there.status || here.target !== there.target;
      const doubtful = here.reason !== null || engineDependent;
      return { link, ...here, engineDependent, suggestion: doubtful ? this.suggest(page, link, here) : null };
    });
    page.rewrittenNonLinks = this.nonLinks(
      page,
      [...own.values()].filter(({ match }) => !claimed.has(match)),
    );
  }

  /** What the plugin of an engine rewrites on a page, by the offset of the path. */
  private rewrites(page: Page, engine: Engine): Map<number, Rewrite> {
    const found = new Map<number, Rewrite>();
    const { config, sources } = this.targets;
    const active =
      engine === config.engine
        ? config.relativeLinks.enabled
        : engine === 'pages'
          ? option(config.data, 'relative_links', 'enabled') !== false
          : config.relativeLinks.enabled;
    if (!active || !this.isProcessed(page)) return found;
    const excluded = option(config.data, 'relative_links', 'exclude');
    if (Array.isArray(excluded)) {
      const patterns = excluded.filter((item) => typeof item === 'string');
      if (matchesPattern(patterns, page.source, false)) return found;
    }
    const source = sources.get(page.path) ?? sources.get(page.facts.path);
    if (source === undefined) return found;
    const bom = page.facts.body.offset === 0 && source.startsWith('\uFEFF') ? 1 : 0;
    const base = page.facts.body.offset + bom;
    const version = engine === 'pages' ? '0.6.1' : '0.7.0';
    for (const match of scanRelativeLinks(source.slice(base), version, base)) {
      const url = this.lookUp(match.path, directoryOf(page.source), engine);
      if (url !== null) found.set(match.pathStart, { match, url: this.hrefOf(url) });
    }
    return found;
  }

  /** Is the page one of those that the plugin processes when it is active? */
  private isProcessed(page: Page): boolean {
    return page.markdown && (page.kind === 'page' || this.targets.config.relativeLinks.collections);
  }

  private rewritesLinksOf(page: Page): boolean {
    return this.targets.config.relativeLinks.enabled && this.isProcessed(page);
  }

  private hrefOf(url: string): string {
    let href = this.hrefs.get(url);
    if (href === undefined) this.hrefs.set(url, (href = relativeUrl(url, this.targets.config.baseurl)));
    return href;
  }

  /** `path_from_root` and `url_for_path` of the plugin; null when it leaves the link alone. */
  private lookUp(path: string, folder: string, engine: Engine): string | null {
    // `~` is the home folder of the user who builds.
    if (path.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('~')) return null;
    const fromRoot = engine === 'actions' && path.startsWith('/');
    const expanded = expandPath(path.replace(/^\//, ''), fromRoot ? '' : folder);
    if (expanded === null) return null;
    return this.urlBySource.get(engine === 'actions' ? cgiUnescape(expanded) : expanded) ?? null;
  }

  /** @param rewritten what the plugin writes in place of the destination; null when it leaves it alone */
  private resolve(page: Page, link: Link, rewritten: string | null): Resolution {
    const href = rewritten ?? plainHref(link);
    const result: Resolution = {
      rewritten: rewritten !== null,
      href,
      status: 'broken',
      target: null,
      targetSource: null,
      fragment: null,
      fragmentExists: null,
      reason: null,
    };
    if (rewritten === null && /\{\{|\{%/.test(link.raw)) return { ...result, status: 'dynamic' };
    if (isAbsolute(href))
      return { ...result, status: /^(?:https?:|\/\/)/i.test(href) ? 'external' : 'other' };
    const { path, query, fragment } = splitUrl(href.trim().replaceAll('\\', '/'));
    const decoded = fragment === null ? null : (decodeStrict(fragment) ?? fragment);
    result.fragment = decoded;
    if (path === '' && query === null) {
      return {
        ...result,
        status: 'fragment',
        target: page.output,
        targetSource: page.path,
        fragmentExists: this.hasAnchor(page, decoded),
      };
    }
    const { baseurl } = this.targets.config;
    const resolved = resolvePath(path, baseurl + page.url);
    const served = decodeStrict(resolved);
    if (served === null) return { ...result, reason: 'malformed' };
    const within = withinSite(served, baseurl);
    const output = within === null ? null : this.serve(within);
    if (output === null) return { ...result, reason: this.whyBroken(page, path, within) };
    const target = this.targets.byOutput.get(output.path);
    const source = this.targets.outputs.get(output.path)?.[0] ?? null;
    result.target = output.path;
    result.targetSource = target?.path ?? source;
    result.status = target?.html === true ? 'page' : 'file';
    result.fragmentExists = decoded === null || !target ? null : this.hasAnchor(target, decoded);
    if (output.redirected) result.reason = 'redirect';
    else if (!target && source !== null && this.isMarkdownName(source)) result.reason = 'raw-markdown';
    return result;
  }

  /** Does the page have the anchor? An empty fragment and `top` always lead to the page's start (HTML standard). */
  private hasAnchor(page: Page, fragment: string | null): boolean | null {
    if (fragment === null || fragment.startsWith(':~:')) return null;
    if (fragment === '' || page.anchors.has(fragment) || fragment.toLowerCase() === 'top') return true;
    return this.parts.hasAnchor(page, fragment);
  }

  /** What GitHub Pages delivers for a decoded path below the site: a file, an index, an extensionless page. */
  private serve(path: string): { path: string; redirected: boolean } | null {
    const { outputs } = this.targets;
    if (path === '' || path.endsWith('/')) {
      const index = `${path}index.html`;
      return outputs.has(index) ? { path: index, redirected: false } : null;
    }
    if (outputs.has(path)) return { path, redirected: false };
    if (outputs.has(`${path}.html`)) return { path: `${path}.html`, redirected: false };
    const index = `${path}/index.html`;
    return outputs.has(index) ? { path: index, redirected: true } : null;
  }

  /** The most telling reason why a destination leads nowhere, judged by the file that its author meant. */
  private whyBroken(page: Page, typed: string, within: string | null): ResolvedLink['reason'] {
    const path = decodeStrict(typed) ?? typed;
    const { baseurl } = this.targets.config;
    if (path.startsWith('/')) {
      const bare = path.slice(1);
      if (baseurl !== '' && within === null && (this.serve(bare) || this.meant(expandPath(bare, '') ?? '')))
        return 'missing-baseurl';
      if (within === null) return 'outside-site';
      return this.meant(expandPath(within, '') ?? '') ?? 'missing';
    }
    const folder = directoryOf(page.source);
    const climbed = climbs(path, folder);
    if (climbed > 0) {
      const depth = this.root === '' ? 0 : this.root.split('/').length - 1;
      return climbed > depth ? 'outside-root' : 'outside-site';
    }
    const meant = expandPath(path, folder) ?? '';
    const reason = this.meant(meant);
    if (reason === 'not-rewritten' && page.url.endsWith('/') && this.unshifted(page, path)) return 'shifted';
    return reason ?? (this.unshifted(page, path) ? 'shifted' : 'missing');
  }

  /** Would the path be served if the page's URL had the depth of its source? */
  private unshifted(page: Page, path: string): boolean {
    if (!page.url.endsWith('/') || /(?:^|\/)(?:index|readme)\.[^/]+$/i.test(page.source)) return false;
    return this.serve(resolvePath(path, `/${page.source}`).slice(1)) !== null;
  }

  /** What stands at a path of the source folder: null when nothing does. */
  private meant(source: string): 'not-rewritten' | 'unpublished' | 'no-index' | null {
    if (this.urlBySource.has(source)) return 'not-rewritten';
    const path = source === '' ? this.root.slice(0, -1) : this.root + source;
    if (path === '' || this.folders.has(path)) return 'no-index';
    return this.targets.files.has(path) ? 'unpublished' : null;
  }

  private isMarkdownName(path: string): boolean {
    const dot = path.lastIndexOf('.');
    return this.targets.config.markdownExtensions.includes(path.slice(dot + 1).toLowerCase());
  }

  /**
   * The form that both engines rewrite: relative, to the source file, without title, escapes or angle brackets. Where
   * the plugin does not reach the page, the address itself, from the root of the host if the author wrote it so.
   */
  private suggest(page: Page, link: Link, resolution: Resolution): string | null {
    if (isAbsolute(link.destination)) return null;
    const { path, fragment } = splitUrl(link.destination);
    const suffix = fragment ? `#${fragment}` : '';
    const folder = directoryOf(page.source);
    const decoded = decodeStrict(path) ?? path;
    let source: string | null;
    if (resolution.targetSource !== null) source = resolution.targetSource.slice(this.root.length);
    else {
      const absolute = decoded.startsWith('/');
      const { baseurl } = this.targets.config;
      const below = absolute ? (withinSite(decoded, baseurl) ?? decoded.slice(1)) : decoded;
      const meant = expandPath(below, absolute ? '' : folder);
      if (meant === null || resolution.reason === 'unpublished') return null;
      const served = this.serve(meant);
      if (this.urlBySource.has(meant)) source = meant;
      else if (served)
        source = (this.targets.outputs.get(served.path)?.[0] ?? '').slice(this.root.length) || null;
      else source = this.suggester.indexOf(meant) ?? this.suggester.nearest(meant);
    }
    if (source === null || !this.urlBySource.has(source)) return null;
    if (!this.rewritesLinksOf(page)) {
      const url = this.urlBySource.get(source) ?? '';
      // The text stays right under another `baseurl` when it does not hold one.
      const fromRoot = decoded.startsWith('/') && this.targets.config.baseurl === '';
      const address = fromRoot ? url : relativeAddress(page.url, url);
      return address + suffix === link.raw ? null : address + suffix;
    }
    const relative = relativePath(folder, source);
    // No form of such a name is rewritten on both engines.
    if (/[\s()<>%#?+]/.test(relative) || relative + suffix === link.raw) return null;
    return relative + suffix;
  }

  private nonLinks(page: Page, rewrites: readonly Rewrite[]): RewrittenText[] {
    if (rewrites.length === 0) return [];
    const lines = new LineIndex(
      this.targets.sources.get(page.path) ?? this.targets.sources.get(page.facts.path) ?? '',
    );
    const within = containers(page.facts);
    return rewrites
      .map(({ match, url }) => ({
        range: lines.range(match.pathStart, match.pathStart + match.path.length),
        path: match.path,
        href: url + match.fragment,
        within: within(match.pathStart),
      }))
      .sort((a, b) => a.range.start.offset - b.range.start.offset);
  }
}

/** The attribute after a rewrite: only the path is replaced, whatever the plugin takes for the fragment. */
function writtenHref(link: Link, rewrite: Rewrite | undefined): string | null {
  if (!rewrite) return null;
  const { match, url } = rewrite;
  return url + (link.raw.startsWith(match.path) ? plainHref(link).slice(match.path.length) : match.fragment);
}

/** kramdown keeps backslashes in destinations (kramdown/parser/kramdown/link.rb), where CommonMark undoes escapes. */
function plainHref(link: Link): string {
  return link.raw.includes('\\') && !link.kind.startsWith('html') ? link.raw : link.destination;
}

/** Tells by binary search in which code block, code span or raw HTML an offset lies. */
function containers(facts: PageFacts): (offset: number) => RewrittenText['within'] {
  const stretches = [
    ...facts.codeBlocks.map(({ range }) => ({ range, kind: 'code-block' as const })),
    ...facts.codeSpans.map(({ range }) => ({ range, kind: 'code-span' as const })),
    ...facts.html.map(({ range }) => ({ range, kind: 'html' as const })),
  ].sort((a, b) => a.range.start.offset - b.range.start.offset);
  return (offset) => {
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.range.start.offset ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const before = stretches[low - 1];
    return before && offset < before.range.end.offset ? before.kind : 'text';
  };
}

/** The path below the site's baseurl, without leading slash; null when it lies elsewhere on the host. */
function withinSite(path: string, baseurl: string): string | null {
  if (baseurl === '') return path.slice(1);
  if (path === baseurl) return '';
  return path.startsWith(`${baseurl}/`) ? path.slice(baseurl.length + 1) : null;
}

/** The address of a page as a link in another one: relative to the folder of the other one's address. */
function relativeAddress(from: string, to: string): string {
  const folder = from.slice(1, from.lastIndexOf('/'));
  const path = relativePath(folder, to.slice(1));
  return path === '' ? './' : path;
}

/** The path from a folder of the source to a file of it. */
export function relativePath(folder: string, file: string): string {
  const from = folder === '.' || folder === '' ? [] : folder.split('/');
  const to = file.split('/');
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}

/** Files to pages, documents and static files: front matter, the plugins that make pages, URLs and output paths. */
import type { Engine } from '../corpus/config.js';
import { parseFrontMatter } from '../corpus/front-matter.js';
import { FILE_START } from '../corpus/text.js';
import type { Field, PageFacts, YamlValue } from '../corpus/types.js';
import { belowCollection, documentUrl, postName, titleFromSlug } from './documents.js';
import type { FrontMatterDefaults } from './defaults.js';
import { matchesPattern, type ReadEntries, type ReadFile } from './entries.js';
import { promoteReadmes } from './readme-index.js';
import { headingTitle } from './relative-links.js';
import { expandPath, extensionOf, typeOf } from './ruby.js';
import type { Page, PageKind, PageValue, SiteConfig, StaticFile } from './types.js';
import { fillPlaceholders, sanitizeUrl, unescapePath } from './urls.js';

/** `Jekyll::Page::HTML_EXTENSIONS`. */
const HTML_EXTENSIONS = new Set(['.html', '.xhtml', '.htm']);

/** Names that jekyll-optional-front-matter leaves alone (`FILENAME_BLACKLIST`). */
const NOT_OPTIONAL = new Set([
  'README',
  'LICENSE',
  'LICENCE',
  'COPYING',
  'CODE_OF_CONDUCT',
  'CONTRIBUTING',
  'ISSUE_TEMPLATE',
  'PULL_REQUEST_TEMPLATE',
]);

/** A static file with the file that it is copied from. */
export interface ReadStatic {
  file: ReadFile;
  made: StaticFile;
}

export interface Published {
  /** In Jekyll's order (`site.pages`: by file name, then what plugins add), then posts and documents. */
  pages: Page[];
  staticFiles: StaticFile[];
}

export interface PageSources {
  config: SiteConfig;
  facts: ReadonlyMap<string, PageFacts>;
  sources: ReadonlyMap<string, string>;
  defaults: FrontMatterDefaults;
}

/** Has the file the front matter fence at its first byte that makes Jekyll read it as a page? */
export function hasFrontMatter(facts: PageFacts | undefined): boolean {
  return facts !== undefined && facts.frontMatter.state !== 'none' && facts.frontMatter.state !== 'displaced';
}

/**
 * Makes pages and static files of what Jekyll reads, in the order of jekyll/lib/jekyll/site.rb: read, then the
 * generators jekyll-optional-front-matter (normal priority), jekyll-readme-index (low) and
 * jekyll-titles-from-headings (lowest).
 */
export function makePages(entries: ReadEntries, sources: PageSources): Published {
  const maker = new PageMaker(sources);
  const pages: Page[] = [];
  let statics: ReadStatic[] = [];
  for (const file of entries.files) {
    const facts = maker.factsOf(file);
    if (facts && hasFrontMatter(facts)) {
      const page = maker.page(file, facts, null);
      if (maker.isPublished(page)) pages.push(page);
    } else {
      const made = maker.staticFile(file);
      // `StaticFile#write?`: a default without type can switch static files off. Jekyll 3.10 keeps the URL's slash.
      const scoped = sources.config.engine === 'pages' ? made.url : made.url.slice(1);
      if (sources.defaults.all(scoped, '').published !== false) statics.push({ file, made });
    }
  }
  pages.sort((a, b) => byName(a.source, b.source));

  const { config } = sources;
  if (config.optionalFrontMatter.enabled) {
    const taken = statics.filter(({ file }) => maker.isOptional(file.source));
    for (const { file } of taken) {
      const facts = maker.factsOf(file);
      if (facts) pages.push(maker.page(file, facts, null));
    }
    if (config.optionalFrontMatter.removeOriginals) {
      const removed = new Set(taken);
      statics = statics.filter((entry) => !removed.has(entry));
    }
  }
  if (config.readmeIndex.enabled) statics = promoteReadmes(maker, config, pages, statics);
  for (const page of pages) maker.addTitle(page);
  for (const file of entries.posts) {
    const facts = maker.factsOf(file);
    const page = facts && postName(file.source) ? maker.document(file, facts, 'posts') : null;
    if (page && maker.isPublished(page)) pages.push(page);
  }
  const staticFiles = statics.map(({ made }) => made);
  for (const [label, files] of entries.collections) {
    for (const file of files) {
      const facts = maker.factsOf(file);
      if (!facts || !hasFrontMatter(facts)) {
        const made = maker.collectionFile(file, label);
        if (made) staticFiles.push(made);
        continue;
      }
      const page = maker.document(file, facts, label);
      if (maker.isPublished(page)) pages.push(page);
    }
  }
  return { pages, staticFiles };
}

/** `site.pages.sort_by!(&:name)`; ties are the file system's in Jekyll, the path's here. */
function byName(left: string, right: string): number {
  const a = left.slice(left.lastIndexOf('/') + 1);
  const b = right.slice(right.lastIndexOf('/') + 1);
  if (a !== b) return a < b ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Makes the pages and static files of one site. */
export class PageMaker {
  private readonly markdown: ReadonlySet<string>;

  constructor(private readonly input: PageSources) {
    this.markdown = new Set(input.config.markdownExtensions);
  }

  factsOf(file: ReadFile): PageFacts | undefined {
    const own = this.input.facts.get(file.path);
    // A symbolic link is read as the file it leads to, under its own name.
    if (file.path === file.realPath || (own && own.problems.length === 0)) return own;
    const real = this.input.facts.get(file.realPath);
    return real ? { ...real, path: file.path } : own;
  }

  /**
   * The fields that Jekyll really reads: none of an invalid or unclosed block, none of a displaced one except behind a
   * byte order mark (the second reader strips it); on Jekyll 4 a Ruby object makes the page lose them all.
   */
  private ownFields(facts: PageFacts): ReadonlyMap<string, Field> {
    const { state, nearMiss, fields, tags } = facts.frontMatter;
    if (state === 'displaced' && nearMiss === 'byte-order-mark') {
      const source = this.input.sources.get(facts.path) ?? '';
      return new Map(Object.entries(parseFrontMatter(source.slice(1)).fields));
    }
    if (state !== 'valid') return new Map();
    if (this.input.config.engine === 'actions' && tags.some(({ tag }) => tag.startsWith('!ruby/')))
      return new Map();
    return new Map(Object.entries(fields));
  }

  isMarkdown(source: string): boolean {
    return this.markdown.has(extensionOf(source).slice(1).toLowerCase());
  }

  isOptional(source: string): boolean {
    if (!this.isMarkdown(source)) return false;
    const base = baseName(source.slice(source.lastIndexOf('/') + 1), this.input.config.engine);
    if (!NOT_OPTIONAL.has(base.toUpperCase())) return true;
    const { include } = this.input.config;
    return (
      matchesPattern(include, source, false) || matchesPattern(include, source.replace(/^.*\//, ''), false)
    );
  }

  /** `Publisher#can_be_published?`: the key must be absent or neither false nor null; defaults do not count. */
  isPublished(page: Page): boolean {
    const own = this.ownFields(page.facts).get('published');
    if (this.input.config.data.unpublished === true) return true;
    return own === undefined || (own.value !== false && own.value !== null);
  }

  /** @param permalink set by a plugin instead of the page's own */
  page(file: ReadFile, facts: PageFacts, permalink: string | null): Page {
    const page = this.blank(file, facts, 'page', null, 'pages');
    this.locate(page, permalink ?? this.permalinkOf(page, 'pages'));
    return page;
  }

  relocate(page: Page, permalink: string): void {
    this.locate(page, permalink);
  }

  document(file: ReadFile, facts: PageFacts, label: string): Page {
    const kind = label === 'posts' ? 'post' : 'document';
    const page = this.blank(file, facts, kind, label, label);
    const { url, outputExtension, slug } = documentUrl(
      page,
      label,
      this.input.config,
      this.isMarkdown(file.source),
    );
    page.url = url;
    page.output = outputPath(url, outputExtension, 'index.html');
    page.markdown = this.isMarkdown(file.source) && HTML_EXTENSIONS.has(outputExtension);
    const title = page.data.get('title');
    if (!title || title.value === null || title.value === false) {
      const value = titleFromSlug(slug);
      setValue(page, 'title', { value, type: 'string', from: 'derived' });
    }
    return page;
  }

  staticFile(file: ReadFile): StaticFile {
    return staticAt(file, `/${file.source}`, this.input.config.engine);
  }

  /** A file without front matter in a collection's folder; null when the collection writes no output. */
  collectionFile(file: ReadFile, label: string): StaticFile | null {
    const { collections } = this.input.config.data;
    const metadata = (collections as Record<string, Record<string, YamlValue> | null> | undefined)?.[label];
    if (metadata?.output !== true) return null;
    const below = belowCollection(file.source, label, this.input.config);
    return staticAt(file, `/${label}${below}`, this.input.config.engine);
  }

  /** jekyll-titles-from-headings: a Markdown page without title takes its first heading's. */
  addTitle(page: Page): void {
    if (!this.input.config.titlesFromHeadings.enabled || !this.isMarkdown(page.source)) return;
    const own = this.ownFields(page.facts).get('title');
    if (own ? own.value !== null : page.data.get('title') !== undefined && page.title !== null) return;
    const source = this.input.sources.get(page.facts.path) ?? this.input.sources.get(page.path);
    if (source === undefined) return;
    const body = source.slice(page.facts.body.offset).replace(/^\uFEFF/, '');
    const typed = headingTitle(body);
    if (typed === null) return;
    // The plugin renders the heading and strips the tags; kramdown's own reading of it is in the facts.
    const first = page.facts.rendered.headings[0];
    const value =
      /[\\`*_[\]<>&"'~{}.-]/.test(typed) && first ? first.text : typed.trim().replace(/\s+/g, ' ');
    setValue(page, 'title', { value, type: 'string', from: 'derived' });
  }

  private blank(
    file: ReadFile,
    facts: PageFacts,
    kind: PageKind,
    collection: string | null,
    type: string,
  ): Page {
    const data = new Map<string, PageValue>();
    for (const [key, value] of Object.entries(this.input.defaults.all(file.source, type)))
      data.set(key, { value, type: typeOf(value), from: 'defaults' });
    for (const [key, field] of this.ownFields(facts)) {
      // `deep_merge_hashes` lets an explicit null keep the default.
      if (field.value === null && data.has(key)) continue;
      data.set(key, { value: field.value, type: field.type, from: 'front-matter' });
    }
    const { headings, anchors } = facts.rendered;
    const found = new Set(anchors);
    for (const heading of headings) if (heading.id !== null) found.add(heading.id);
    return {
      facts,
      path: file.path,
      source: file.source,
      kind,
      collection,
      url: '',
      output: '',
      html: false,
      markdown: false,
      data,
      title: data.get('title')?.value ?? null,
      headings,
      anchors: found,
      links: [],
      rewrittenNonLinks: [],
      anchorRange: anchorRange(facts),
    };
  }

  /** `data["permalink"]`: the page's own, else the default; an explicit null hides the default here. */
  private permalinkOf(page: Page, type: string): string | null {
    const own = this.ownFields(page.facts).get('permalink');
    const value = own ? own.value : this.input.defaults.find(page.source, type, 'permalink');
    return typeof value === 'string' && value !== '' ? value : null;
  }

  /** `Page#url` and `Page#destination`. */
  private locate(page: Page, permalink: string | null): void {
    const name = page.source.slice(page.source.lastIndexOf('/') + 1);
    const folder = page.source.slice(0, -name.length - 1);
    const extension = outputExtensionOf(name, permalink, this.isMarkdown(name), this.input.config);
    const html = HTML_EXTENSIONS.has(extension);
    const base = baseName(name, this.input.config.engine);
    const template =
      permalink ??
      (!html
        ? '/:path/:basename:output_ext'
        : base === 'index'
          ? '/:path/'
          : withSuffix('/:path/:basename', this.input.config.permalink));
    page.url = sanitizeUrl(
      fillPlaceholders(template, [
        ['path', folder === '' ? '' : `/${folder}`],
        ['basename', base],
        ['output_ext', extension],
      ]),
    );
    page.output = outputPath(page.url, extension, `index${extension}`);
    page.html = html || page.url.endsWith('/');
    page.markdown = html && this.isMarkdown(name);
  }
}

function setValue(page: Page, key: string, value: PageValue): void {
  (page.data as Map<string, PageValue>).set(key, value);
  if (key === 'title') page.title = value.value;
}

function anchorRange(facts: PageFacts): Page['anchorRange'] {
  const fence = facts.frontMatter.range;
  if (!fence) return FILE_START;
  return { start: fence.start, end: { line: 1, column: 4, offset: 3 } };
}

/** The name without its last extension; Jekyll 4 also drops the dots before it (`Page#process`). */
function baseName(name: string, engine: Engine): string {
  return withoutDots(name.slice(0, name.length - extensionOf(name).length), engine);
}

function withoutDots(text: string, engine: Engine): string {
  return engine === 'pages' ? text : text.replace(/\.+$/, '');
}

/** `Renderer#output_ext`: the permalink's extension, else what the converters make of the file's own. */
export function outputExtensionOf(
  name: string,
  permalink: string | null,
  isMarkdown: boolean,
  config: SiteConfig,
): string {
  if (permalink !== null && !permalink.endsWith('/')) {
    const extension = extensionOf(permalink);
    if (extension !== '') return extension;
  }
  if (isMarkdown) return '.html';
  const own = extensionOf(name);
  if (/^\.s[ac]ss$/i.test(own)) return '.css';
  if (/^\.coffee$/i.test(own) && config.plugins.has('jekyll-coffeescript')) return '.js';
  return own;
}

/** `Utils.add_permalink_suffix`. */
export function withSuffix(template: string, permalink: string | null): string {
  const style = permalink ?? 'date';
  if (style === 'pretty') return `${template}/`;
  if (['date', 'ordinal', 'none'].includes(style)) return `${template}:output_ext`;
  return template + (style.endsWith('/') ? '/' : '') + (style.endsWith(':output_ext') ? ':output_ext' : '');
}

/** The file a URL is written to, relative to the output folder. */
function outputPath(url: string, extension: string, index: string): string {
  const path = expandPath(unescapePath(url), '') ?? '';
  if (url.endsWith('/')) return path === '' ? index : `${path}/${index}`;
  return path.endsWith(extension) ? path : path + extension;
}

/** `StaticFile#url` and `#destination`; only Jekyll 4 drops dots and decodes the URL for the output path. */
function staticAt(file: ReadFile, path: string, engine: Engine): StaticFile {
  const extension = extensionOf(path);
  const stem = withoutDots(path.slice(0, path.length - extension.length), engine);
  const url = stem.replace(/\/$/, '') + extension;
  const written = engine === 'pages' ? url : unescapePath(url);
  return { path: file.path, source: file.source, url, output: expandPath(written, '') ?? '' };
}

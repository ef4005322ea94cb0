/**
 * Anchors of a page that its own text does not show: those of the includes and layouts it is put together from.
 * Includes are rendered with the page (jekyll/lib/jekyll/tags/include.rb), layouts around it (renderer.rb).
 */
import { fieldValue, parseFrontMatter } from '../corpus/front-matter.js';
import { anchorsOf, startTags } from '../corpus/html.js';
import { kramdownOptions, renderBody } from '../corpus/rendered.js';
import { analyseLiquid } from '../engines/liquid/index.js';
import { directoryOf, expandPath } from './ruby.js';
import type { Page, SiteConfig } from './types.js';

/** What a text gives a page: anchors, names of includes, and whether it has anchors that only Jekyll can tell. */
interface Part {
  anchors: readonly string[];
  includes: readonly string[];
  open: boolean;
}

/** Tags after which the text is known: they write nothing, or nothing that has an anchor. */
const PLAIN_TAGS = new Set(
  'if elsif else unless for case when break continue cycle assign capture comment raw increment decrement tablerow ifchanged highlight link post_url seo feed_meta gist avatar # liquid'.split(
    ' ',
  ),
);
const INCLUDE_TAGS = new Set(['include', 'include_cached', 'include_relative']);

/** Liquid in an id, a heading or an attribute list, and rendered Markdown: the anchors depend on data. */
const MADE_BY_DATA =
  /\b(?:id|name)[ \t]*=[ \t]*(?:"[^"\n]{0,200}?|'[^'\n]{0,200}?|[^\s"'>]{0,200}?)\{[{%]|^[ \t>]*#{1,6}[ \t][^\n]*\{[{%]|\{:[^}\n]{0,200}#\{\{|\|[ \t]*markdownify\b|\{\{-?[ \t]*(?:\w+\.)*content[ \t]*(?:\||-?\}\})/m;

/** Looks up anchors in the parts of pages; texts are read once. */
export class PageParts {
  private readonly parts = new Map<string, Part>();
  private readonly layouts = new Map<string, ReadonlySet<string>>();
  private readonly bodies = new Map<Page, { anchors: ReadonlySet<string>; open: boolean }>();
  private readonly prefix: string;

  constructor(
    private readonly config: SiteConfig,
    private readonly sources: ReadonlyMap<string, string>,
  ) {
    this.prefix = config.source === '.' ? '' : `${config.source}/`;
  }

  /**
   * Does a page have an anchor that its own text does not show?
   *
   * @returns null when the page may have it: it is made of data, by a plugin, or by an include of the theme
   */
  hasAnchor(page: Page, anchor: string): boolean | null {
    let body = this.bodies.get(page);
    if (!body) this.bodies.set(page, (body = this.bodyOf(page)));
    if (body.anchors.has(anchor) || this.layoutOf(page).has(anchor)) return true;
    return body.open ? null : false;
  }

  private bodyOf(page: Page): { anchors: ReadonlySet<string>; open: boolean } {
    const source = this.sources.get(page.path) ?? this.sources.get(page.facts.path) ?? '';
    const body = source.slice(page.facts.body.offset);
    const anchors = new Set<string>();
    if (!body.includes('{{') && !body.includes('{%')) return { anchors, open: false };
    const seen = new Set<string>();
    const queue: string[] = [];
    let open = false;
    const take = (part: Part): void => {
      open ||= part.open;
      for (const anchor of part.anchors) anchors.add(anchor);
      for (const include of part.includes) {
        // The parts of a part are those of the page; a relative one lies beside the page.
        const path = include.startsWith('./')
          ? expandPath(include, directoryOf(page.source))
          : expandPath(include, '_includes');
        if (path === null || seen.has(path)) continue;
        seen.add(path);
        queue.push(path);
      }
    };
    take(this.read(body, false));
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const part = this.include(path);
      if (part) take(part);
      // Nobody can list what a theme brings.
      else open = true;
    }
    return { anchors, open };
  }

  private include(path: string): Part | null {
    const known = this.parts.get(path);
    if (known) return known;
    const text = this.sources.get(this.prefix + path);
    if (text === undefined) return null;
    const part = this.read(text, true);
    this.parts.set(path, part);
    return part;
  }

  /** @param withAnchors whether the text's own anchors are asked for (those of a page are in its facts) */
  private read(text: string, withAnchors: boolean): Part {
    const { engine, data } = this.config;
    const anchors = withAnchors
      ? [
          ...renderBody(text, 0, engine, kramdownOptions(data['kramdown'])).rendered.anchors,
          // kramdown sees no tags in what is code or text to it, where the page around it may be HTML.
          ...anchorsOf(startTags(text)),
        ]
      : [];
    const includes: string[] = [];
    const { tags, problems } = analyseLiquid(text, engine);
    // A tag that Liquid does not know is one of a plugin, or stops the build.
    let open = problems.length > 0 || MADE_BY_DATA.test(text);
    for (const { name, markup } of tags) {
      if (INCLUDE_TAGS.has(name)) {
        const file = /^\s*["']?([^\s"'{]+)/.exec(markup)?.[1];
        if (file === undefined || /^\s*[^\s{]*\{/.test(markup)) open = true;
        else includes.push(name === 'include_relative' ? `./${file}` : file.replace(/^\/+/, ''));
      } else if (!PLAIN_TAGS.has(name) && !name.startsWith('end')) open = true;
    }
    return { anchors, includes, open };
  }

  /** The literal ids of the page's layout, of those around it and of their includes. */
  private layoutOf(page: Page): ReadonlySet<string> {
    const layout = page.data.get('layout')?.value;
    if (typeof layout !== 'string') return new Set();
    const known = this.layouts.get(layout);
    if (known) return known;
    const anchors = new Set<string>();
    const seen = new Set<string>();
    const queue = [`_layouts/${layout}`];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const text = this.sources.get(this.prefix + path) ?? this.sources.get(`${this.prefix + path}.html`);
      if (text === undefined || seen.has(path)) continue;
      seen.add(path);
      for (const anchor of anchorsOf(startTags(text))) anchors.add(anchor);
      for (const [, file = ''] of text.matchAll(/\{%-?\s*include(?:_cached)?\s+\/*([\w./-]+)/g))
        queue.push(`_includes/${file}`);
      const outer = fieldValue(parseFrontMatter(text), 'layout');
      if (typeof outer === 'string') queue.push(`_layouts/${outer}`);
    }
    this.layouts.set(layout, anchors);
    return anchors;
  }
}

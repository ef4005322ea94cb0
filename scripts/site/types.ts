/** The model of the site: what Jekyll and just-the-docs would make of the files. Pure data plus look-ups. */
import type { CorpusConfig, Engine } from '../corpus/config.js';
import type {
  FileEntry,
  FrontMatter,
  Link,
  PageFacts,
  Range,
  RenderedHeading,
  YamlType,
  YamlValue,
} from '../corpus/types.js';
import type { ListingCatalog } from '../listings/types.js';

/** All that the model is made from; `buildSite(input)` is a pure function of it. */
export interface SiteInput {
  /** Every file and folder of the root (without `.git`, `node_modules` and the site's output), by path. */
  files: ReadonlyMap<string, FileEntry>;
  /**
   * Facts by path: of every file with a Markdown extension, and of every other text file that begins with a front
   * matter fence (HTML files with their links and ids, others with front matter only).
   */
  facts: ReadonlyMap<string, PageFacts>;
  /** Text of every page by root-relative path, byte order mark included: what the plugins scan. */
  sources: ReadonlyMap<string, string>;
  config: CorpusConfig;
  /** Jekyll's `_config.yml`; null when there is none. */
  jekyllConfig: { path: string; text: string } | null;
  /** Source folder relative to the root: `.` or e.g. `docs`. */
  source: string;
  listings: ListingCatalog;
}

/** `_config.yml` as Jekyll and the plugins see it, defaults filled in; the fields give positions for findings. */
export interface SiteConfig {
  /** Path of `_config.yml` relative to the root; null when there is none. */
  path: string | null;
  /** Parsed head of the file: every top-level key with its positions; `state` is `none` without a file. */
  file: FrontMatter;
  /** The whole configuration as plain JSON (user's values only). */
  data: Record<string, YamlValue>;
  engine: Engine;
  /** Plugins that are active: the forced and default ones of GitHub Pages, or those listed. */
  plugins: ReadonlySet<string>;
  /** Folder that Jekyll reads, relative to the root (`.` or `docs`). */
  source: string;
  baseurl: string;
  url: string;
  permalink: string | null;
  include: string[];
  exclude: string[];
  markdownExtensions: string[];
  readmeIndex: { enabled: boolean; withFrontMatter: boolean; removeOriginals: boolean };
  optionalFrontMatter: { enabled: boolean; removeOriginals: boolean };
  titlesFromHeadings: { enabled: boolean };
  relativeLinks: { enabled: boolean; collections: boolean };
  defaults: { path: string; type: string; values: Record<string, YamlValue> }[];
  collections: string[];
  mermaid: boolean;
  emoji: boolean;
  navSort: 'case_sensitive' | 'case_insensitive';
}

/** A value a page ends up with: its own front matter, else a default, else derived (title from a heading). */
export interface PageValue {
  value: YamlValue;
  type: YamlType;
  from: 'front-matter' | 'defaults' | 'derived';
}

export interface ResolvedLink {
  link: Link;
  /** Does jekyll-relative-links rewrite it on this engine? */
  rewritten: boolean;
  /** The `href`/`src` of the rendered page. */
  href: string;
  /**
   * - `page`/`file`: leads to an output of the site (`target` = output path);
   * - `fragment`: within the page; - `external`: another host; - `other`: mailto:, tel:, data: …;
   * - `dynamic`: contains Liquid, not resolved statically;
   * - `broken`: see `reason`.
   */
  status: 'page' | 'file' | 'fragment' | 'external' | 'other' | 'dynamic' | 'broken';
  /** Output path that a server would deliver (`tutorials/x/index.html`); null when none. */
  target: string | null;
  /** Root-relative path of the source of `target`. */
  targetSource: string | null;
  fragment: string | null;
  /** Does the fragment exist on the target page? null: no fragment or target is not a page of known anchors. */
  fragmentExists: boolean | null;
  /** Only with `broken` (and for doubtful forms that still resolve). */
  reason:
    | null
    | 'missing' // no such file
    | 'not-rewritten' // the file exists, but the form of the link is one that the plugin leaves alone
    | 'no-index' // a folder without index page
    | 'unpublished' // the file exists but Jekyll does not publish it
    | 'outside-site' // leaves the source folder
    | 'outside-root' // leaves the repository
    | 'missing-baseurl' // root-absolute on a project site
    | 'shifted' // relative and left alone, on a page whose pretty URL is one level deeper
    | 'raw-markdown' // leads to a raw Markdown copy
    | 'redirect' // works only by the server's redirect to the folder with a final slash
    | 'malformed'; // bad percent escape
  /** On the other engine the link resolves differently. */
  engineDependent: boolean;
  /** The portable way to write it, when one is known. */
  suggestion: string | null;
}

/** Text that jekyll-relative-links rewrites although GitHub shows no link there: code, comments, escaped brackets. */
export interface RewrittenText {
  /** Where the path stands in the file. */
  range: Range;
  /** The path as typed. */
  path: string;
  /** What stands there afterwards. */
  href: string;
  /** Inside a code block, a code span, raw HTML, or anywhere else. */
  within: 'code-block' | 'code-span' | 'html' | 'text';
}

/** A page of the source tree, a post below `_posts`, or a document of a configured collection. */
export type PageKind = 'page' | 'post' | 'document';

export interface Page {
  facts: PageFacts;
  /** Relative to the root. */
  path: string;
  /** Relative to the source folder. */
  source: string;
  /** `page.url`: with leading slash, without baseurl. */
  url: string;
  /** Output path without leading slash. */
  output: string;
  kind: PageKind;
  /** Name of the collection of a post or document; null for pages. */
  collection: string | null;
  /** Is it one of `site.html_pages`, from which the theme draws the navigation: HTML, or with a URL that ends in `/`? */
  html: boolean;
  /** Is the output HTML made from Markdown? */
  markdown: boolean;
  data: ReadonlyMap<string, PageValue>;
  /** Title as the theme sees it; null when the page has none and is absent from the navigation. */
  title: YamlValue;
  headings: RenderedHeading[];
  anchors: ReadonlySet<string>;
  links: ResolvedLink[];
  rewrittenNonLinks: RewrittenText[];
  /** Where a finding about the page as a whole points: the front matter's first line or the file's start. */
  anchorRange: Range;
}

export interface StaticFile {
  path: string;
  source: string;
  url: string;
  output: string;
}

/** A node of the drawn navigation, children in drawn order. */
export interface NavigationNode {
  page: Page;
  title: string;
  /** Drawn as `∞`: the title equals an ancestor's. */
  repeated: boolean;
  children: NavigationNode[];
}

/**
 * Why the navigation never draws a page that has a title:
 * - `nav-exclude`: its own `nav_exclude: true`;
 * - `parent-not-found`: no page has the title that `parent` names;
 * - `parent-undrawn`: the parent is not drawn itself;
 * - `parent-repeated`: the parent is drawn only as `∞`, which has no children;
 * - `cycle`: its chain of parents leads back to itself;
 * - `grand-parent`, `ancestor`: the key names nothing above the parent;
 * - `children-hidden`: the parent has `has_children: false`;
 * - `numeric-title`: Jekyll 4 turns the parent's number-like title into a number (`1.10` into `1.1`);
 * - `no-top-level`: the site has no drawn page at the top, so the theme draws nothing;
 * - `too-many`: the tree nests deeper than Liquid allows (100), or repeated titles multiply it beyond what the model
 *   follows.
 */
export type UndrawnReason =
  | 'nav-exclude'
  | 'parent-not-found'
  | 'parent-undrawn'
  | 'parent-repeated'
  | 'cycle'
  | 'grand-parent'
  | 'ancestor'
  | 'children-hidden'
  | 'numeric-title'
  | 'no-top-level'
  | 'too-many';

export interface Chapter {
  page: Page;
  /** From the file name (`03-…`); null when it has none. */
  number: number | null;
  /** Title without "Chapter N: ". */
  title: string;
}

export interface Tutorial {
  /** Folder relative to the root. */
  folder: string;
  slug: string;
  /** The index page (README.md or index.md); null when the folder has none. */
  index: Page | null;
  /** In the order of their numbers, then of their names. */
  chapters: Chapter[];
}

export interface Site {
  engine: Engine;
  config: SiteConfig;
  pages: Page[];
  staticFiles: StaticFile[];
  /** Root-relative path -> page. */
  byPath: ReadonlyMap<string, Page>;
  /** Output path -> the page that is written there. */
  byOutput: ReadonlyMap<string, Page>;
  /** Output path -> every root-relative source that writes it (more than one is a conflict; none: a plugin's file). */
  outputs: ReadonlyMap<string, string[]>;
  /** Every file of the root that was walked (for "exists, but not published"). */
  files: ReadonlyMap<string, FileEntry>;
  /** Root-relative paths of what Jekyll reads: not what is excluded, hidden, or a part such as an include. */
  read: ReadonlySet<string>;
  /** Facts of Markdown files that are no page (excluded, unpublished, static), and of whatever could not be read. */
  others: PageFacts[];
  navigation: NavigationNode[];
  /** Pages with a title that the navigation never draws, with the reason. */
  undrawn: { page: Page; reason: UndrawnReason }[];
  tutorials: Tutorial[];
  listings: ListingCatalog;
  /** What opens the site: the home page; null when there is none. */
  home: Page | null;
}

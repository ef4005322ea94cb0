/**
 * Who is drawn under whom in the navigation of just-the-docs, as a graph of pages: the drawn tree of the site model
 * has no place for pages that vanish, and these are the ones to report.
 * Imitates `_includes/components/nav/{pages,children}.html` of just-the-docs 0.12.
 */
import type { CorpusConfig } from '../../corpus/config.js';
import type { YamlValue } from '../../corpus/types.js';
import type { Page, PageValue, Site } from '../../site/types.js';
import { toText } from '../../site/ruby.js';
import { valueOf } from './fields.js';
import { drawnByJustTheDocs } from './theme.js';

/** A page that the theme lists: its output is HTML and it has a title. */
export interface NavigationEntry {
  page: Page;
  /** Title and parent as text, as the theme groups by them. */
  title: string;
  parent: string;
  /** Children that ask for the same parent in the same way share their candidates. */
  request: ParentRequest | null;
}

/** What a page says about the place where it belongs, and the pages that fit. */
export interface ParentRequest {
  /** Every listed page that has the wanted title. */
  namesakes: readonly NavigationEntry[];
  /** Those under which the theme draws the page. */
  parents: readonly NavigationEntry[];
  children: NavigationEntry[];
  /** The theme preferred a top-level page to nested ones of the same title. */
  preferredTop: boolean;
}

export interface NavigationGraph {
  entries: NavigationEntry[];
  byPage: ReadonlyMap<Page, NavigationEntry>;
  byTitle: ReadonlyMap<string, NavigationEntry[]>;
  /** Requests that a page satisfies, by page. */
  wantedBy: ReadonlyMap<NavigationEntry, ParentRequest[]>;
  /** Pages that can be reached from the top level. */
  reachable: ReadonlySet<NavigationEntry>;
}

/** How far up the chain of parents an `ancestor` is searched; real sites have two to five levels. */
const MAX_CLIMB = 1000;

const graphs = new WeakMap<Site, NavigationGraph>();

/** The graph of a site; built once and shared by the rules. */
export function navigationGraph(site: Site): NavigationGraph {
  let graph = graphs.get(site);
  if (graph === undefined) graphs.set(site, (graph = buildGraph(site)));
  return graph;
}

/**
 * Does the site draw the navigation of just-the-docs? Decided by its theme, else by keys in a page that only this theme
 * and its descendants read. Other themes read a `parent` too, often as an address, so it counts on a site without theme.
 */
export function usesNavigation(site: Site, config: CorpusConfig): boolean {
  if (config.preset === 'tutorial') return true;
  if (drawnByJustTheDocs(site)) return true;
  const { theme, remote_theme: remote } = site.config.data;
  const themed = typeof theme === 'string' || typeof remote === 'string';
  const keys = ['nav_order', 'has_children', 'nav_exclude', ...(themed ? [] : ['parent'])];
  return site.pages.some((page) => keys.some((key) => page.data.has(key)));
}

/** Is the page one that the theme lists (whether or not it is drawn)? */
export function isListed(page: Page): boolean {
  return page.kind === 'page' && page.title !== null && page.html;
}

/** The page's children in the graph, each once. */
export function childrenOf(graph: NavigationGraph, entry: NavigationEntry): NavigationEntry[] {
  const requests = graph.wantedBy.get(entry) ?? [];
  return requests.flatMap((request) => request.children.filter((child) => child !== entry));
}

/** The pages under which the theme draws the entry; empty at the top level and for pages that vanish. */
export function parentsOf(entry: NavigationEntry): readonly NavigationEntry[] {
  const parents = entry.request?.parents ?? [];
  // Only a page that names its own title can be among its candidates; all others share one list.
  return entry.title === entry.parent ? parents.filter((parent) => parent !== entry) : parents;
}

/** The other pages that have the title which the entry names as parent. */
export function namesakesOf(entry: NavigationEntry): readonly NavigationEntry[] {
  const namesakes = entry.request?.namesakes ?? [];
  return entry.title === entry.parent ? namesakes.filter((other) => other !== entry) : namesakes;
}

/** Pages that are drawn side by side: the top level and, for each parent, its children. Pages drawn twice count once. */
export function siblingGroups(graph: NavigationGraph): NavigationEntry[][] {
  const groups = new Map<NavigationEntry | null, NavigationEntry[]>();
  for (const entry of graph.entries) {
    const parent = entry.parent === '' ? null : firstParent(entry);
    if (parent === undefined) continue;
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

/** The first page under which the entry is drawn. */
export function firstParent(entry: NavigationEntry): NavigationEntry | undefined {
  return entry.request?.parents.find((parent) => parent !== entry);
}

/** Liquid takes everything but null and false for true. */
function isSet(value: YamlValue): boolean {
  return value !== null && value !== false;
}

/** The text by which the theme groups pages; empty for a key that is absent. */
function textOf(value: PageValue | undefined): string {
  return value === undefined ? '' : toText(value.value, value.type);
}

/** Identity of a value with its type: `1` and `"1"` differ, as they do for Liquid's `==`; `1` and `1.0` do not. */
function typed(value: PageValue | undefined): string {
  if (value === undefined || value.value === null) return '';
  const type = typeof value.value === 'number' ? 'number' : value.type;
  return `${type}:${JSON.stringify(value.value)}`;
}

/** Pages of one title and one parent. */
interface Kin {
  representative: NavigationEntry;
  members: NavigationEntry[];
}

function buildGraph(site: Site): NavigationGraph {
  const entries = site.pages.filter(isListed).map((page): NavigationEntry => ({
    page,
    title: textOf(valueOf(page, 'title')),
    parent: textOf(valueOf(page, 'parent')),
    request: null,
  }));
  const byTitle = new Map<string, NavigationEntry[]>();
  for (const entry of entries) {
    const group = byTitle.get(entry.title);
    if (group === undefined) byTitle.set(entry.title, [entry]);
    else group.push(entry);
  }
  const parentTitles = new Map<string, Set<string>>();
  for (const entry of entries) {
    let parents = parentTitles.get(entry.title);
    if (parents === undefined) parentTitles.set(entry.title, (parents = new Set()));
    parents.add(entry.parent);
  }

  const kin = new Map<string, Kin[]>();
  const requests = new Map<string, ParentRequest>();
  for (const entry of entries) {
    if (entry.parent === '') continue;
    const grandParent = valueOf(entry.page, 'grand_parent');
    const ancestor = valueOf(entry.page, 'ancestor');
    const key = JSON.stringify([entry.parent, typed(grandParent), typed(ancestor)]);
    let request = requests.get(key);
    if (request === undefined) {
      request = { ...candidates(entry.parent, grandParent, ancestor), children: [] };
      requests.set(key, request);
    }
    request.children.push(entry);
    entry.request = request;
  }

  const wantedBy = new Map<NavigationEntry, ParentRequest[]>();
  for (const request of requests.values()) {
    for (const parent of request.parents) {
      const list = wantedBy.get(parent);
      if (list === undefined) wantedBy.set(parent, [request]);
      else list.push(request);
    }
  }
  return {
    entries,
    byPage: new Map(entries.map((entry) => [entry.page, entry])),
    byTitle,
    wantedBy,
    reachable: reach(entries, wantedBy),
  };

  function candidates(
    title: string,
    grandParent: PageValue | undefined,
    ancestor: PageValue | undefined,
  ): Omit<ParentRequest, 'children'> {
    const namesakes = byTitle.get(title) ?? [];
    const wantsGrandParent = isSet(grandParent?.value ?? null);
    const wantsAncestor = isSet(ancestor?.value ?? null);
    if ((grandParent?.value ?? null) === null && (ancestor?.value ?? null) === null) {
      const top = namesakes.filter((entry) => entry.parent === '');
      const preferredTop = top.length > 0 && top.length < namesakes.length;
      return { namesakes, parents: preferredTop ? top : namesakes, preferredTop };
    }
    const parents = kinOf(title, namesakes)
      .filter(
        ({ representative: entry }) =>
          (!wantsGrandParent || typed(valueOf(entry.page, 'parent')) === typed(grandParent)) &&
          (!wantsAncestor || descends(entry, ancestor)),
      )
      .flatMap(({ members }) => members);
    return { namesakes, parents, preferredTop: false };
  }

  /**
   * Namesakes with one parent fit a request together or not at all: one test for all of them keeps thousands of equal
   * titles linear.
   */
  function kinOf(title: string, namesakes: readonly NavigationEntry[]): Kin[] {
    const known = kin.get(title);
    if (known !== undefined) return known;
    const groups = new Map<string, Kin>();
    for (const entry of namesakes) {
      const key = JSON.stringify([typed(valueOf(entry.page, 'parent')), typed(valueOf(entry.page, 'title'))]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { representative: entry, members: [entry] });
      else group.members.push(entry);
    }
    const found = [...groups.values()];
    kin.set(title, found);
    return found;
  }

  /** Is the entry, or any page above it, the wanted ancestor? */
  function descends(entry: NavigationEntry, ancestor: PageValue | undefined): boolean {
    // Ancestors are titles; a title that is not a string never equals an `ancestor` that is one, and the reverse.
    if (typed(valueOf(entry.page, 'title')) === typed(ancestor)) return true;
    if (ancestor === undefined || ancestor.type !== 'string') return false;
    const seen = new Set<string>([entry.parent]);
    for (const title of seen) {
      if (title === '') continue;
      if (title === ancestor.value || seen.size > MAX_CLIMB) return true;
      for (const parent of parentTitles.get(title) ?? []) seen.add(parent);
    }
    return false;
  }
}

function reach(
  entries: readonly NavigationEntry[],
  wantedBy: ReadonlyMap<NavigationEntry, ParentRequest[]>,
): Set<NavigationEntry> {
  const reached = new Set(entries.filter((entry) => entry.parent === ''));
  const drawn = new Set<ParentRequest>();
  // A Set is visited in insertion order and grows while it is walked.
  for (const entry of reached) {
    for (const request of wantedBy.get(entry) ?? []) {
      if (drawn.has(request)) continue;
      drawn.add(request);
      for (const child of request.children) if (child !== entry) reached.add(child);
    }
  }
  return reached;
}

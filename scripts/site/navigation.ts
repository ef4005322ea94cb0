/**
 * The navigation that just-the-docs 0.12.0 draws: `_includes/components/site_nav.html` and
 * `_includes/components/nav/{pages,links,children,sorted}.html`, with the filters of the Jekyll that runs them
 * (jekyll/lib/jekyll/filters.rb): Jekyll 4.3 reads number-like text as a number in `group_by`, `where` and `sort`,
 * Jekyll 3.10 does not.
 */
import type { Engine } from '../corpus/config.js';
import type { YamlType, YamlValue } from '../corpus/types.js';
import { compareCaseless, compareText, toText } from './ruby.js';
import { explainUndrawn } from './undrawn.js';
import type { NavigationNode, Page, SiteConfig, UndrawnReason } from './types.js';

/** A value with its YAML type, as Liquid compares it. */
export interface Typed {
  value: YamlValue;
  type: YamlType;
}

const NULL: Typed = { value: null, type: 'null' };

/** The value that the theme sees for a key of a page. */
export function valueOf(page: Page, key: string): Typed {
  return page.data.get(key) ?? NULL;
}

/** Liquid's `==` on values of front matter: numbers by value, everything else by type and value. */
export function sameValue(left: Typed, right: Typed): boolean {
  return keyOf(left) === keyOf(right);
}

function keyOf({ value, type }: Typed): string {
  switch (type) {
    case 'integer':
    case 'float':
      return `number:${toText(value, 'integer')}`;
    case 'list':
    case 'map':
      return `${type}:${JSON.stringify(value)}`;
    default:
      return `${type}:${toText(value, type)}`;
  }
}

/** Liquid's truth: everything but null and false. */
function isTruthy({ value }: Typed): boolean {
  return value !== null && value !== false;
}

const FLOAT_LIKE = /^\s*-?(?:\d+\.?\d*|\.\d+)\s*$/;
const INTEGER_LIKE = /^\s*-?\d+\s*$/;

/** `parse_sort_input` of Jekyll 4.3: what `sort`, `group_by` and `where` see. Jekyll 3.10 leaves values alone. */
function sortInput(typed: Typed, engine: Engine): Typed {
  if (engine === 'pages' || typed.type === 'list' || typed.type === 'map') return typed;
  const text = toText(typed.value, typed.type);
  if (text.length > 400) return typed;
  if (INTEGER_LIKE.test(text)) return { value: Number(text), type: 'integer' };
  if (FLOAT_LIKE.test(text)) return { value: Number(text), type: 'float' };
  return typed;
}

export interface DrawnNavigation {
  navigation: NavigationNode[];
  undrawn: { page: Page; reason: UndrawnReason }[];
}

/** What the includes compute before they draw. */
export interface NavigationGroups {
  engine: Engine;
  /** `nav_parenthood`: pages by the text of `parent`, in the order in which they are met. */
  groups: ReadonlyMap<string, readonly Page[]>;
  /** `nav_top_node_titles`. */
  topTitles: ReadonlySet<string>;
  /** The candidates that the theme finds for the children of a page. */
  candidates(page: Page): readonly Page[];
}

/**
 * Draws the navigation.
 *
 * @param pages of the site in Jekyll's order (`site.pages`); only HTML pages with a title take part
 */
export function drawNavigation(pages: readonly Page[], config: SiteConfig): DrawnNavigation {
  const titled = pages.filter(
    (page) => page.kind === 'page' && page.html && valueOf(page, 'title').value !== null,
  );
  const groups = groupByParent(titled, config.engine);
  const hasTop = titled.some(
    (page) => valueOf(page, 'parent').value === null && valueOf(page, 'nav_exclude').value !== true,
  );
  const drawer = new Drawer(groups, config, 10_000 + 20 * titled.length);
  const navigation = hasTop ? drawer.draw(groups.groups.get('') ?? []) : [];
  return { navigation, undrawn: explainUndrawn(titled, groups, drawer, hasTop) };
}

function groupByParent(titled: readonly Page[], engine: Engine): NavigationGroups {
  const groups = new Map<string, Page[]>();
  for (const page of titled) {
    const parent = sortInput(valueOf(page, 'parent'), engine);
    const key = toText(parent.value, parent.type);
    const group = groups.get(key);
    if (group) group.push(page);
    else groups.set(key, [page]);
  }
  // `where: "name"` reads the group's name through the same filter once more.
  const byName = new Map<string, readonly Page[]>();
  for (const [key, group] of groups) {
    const name = sortInput({ value: key, type: 'string' }, engine);
    const text = toText(name.value, name.type);
    if (!byName.has(text)) byName.set(text, group);
  }
  const first = groups.values().next().value ?? [];
  return {
    engine,
    groups,
    topTitles: new Set((groups.get('') ?? []).map((page) => keyOf(valueOf(page, 'title')))),
    candidates(page) {
      const title = valueOf(page, 'title');
      // Jekyll 4.3's `where` returns its whole input for a list or a mapping, of which the theme takes the first group.
      if (engine === 'actions' && (title.type === 'list' || title.type === 'map')) return first;
      return byName.get(toText(title.value, title.type)) ?? [];
    },
  };
}

/** Why the theme drops a candidate from the children of a page; null when it keeps it. */
export function droppedBecause(
  child: Page,
  parent: Page,
  groups: NavigationGroups,
  isAncestor: (title: Typed) => boolean,
  isTop: boolean,
): 'grand-parent' | 'ancestor' | 'top-level-wins' | null {
  const grandParent = valueOf(child, 'grand_parent');
  const ancestor = valueOf(child, 'ancestor');
  if (isTruthy(grandParent) && !sameValue(grandParent, valueOf(parent, 'parent'))) return 'grand-parent';
  if (isTruthy(ancestor) && !sameValue(ancestor, valueOf(parent, 'title')) && !isAncestor(ancestor))
    return 'ancestor';
  const neither = grandParent.value === null && ancestor.value === null;
  if (
    neither &&
    !isTop &&
    isTruthy(valueOf(child, 'parent')) &&
    groups.topTitles.has(keyOf(valueOf(child, 'parent')))
  )
    return 'top-level-wins';
  return null;
}

interface Step {
  /** Absent: the end of a page's children. */
  page: Page | null;
  into: NavigationNode[];
  depth: number;
}

/** Liquid raises "Nesting too deep" where includes nest deeper (liquid/context.rb, `Block::MAX_DEPTH`). */
const MAX_DEPTH = 100;

/** Draws with an explicit stack. */
export class Drawer {
  /** Drawn as a proper entry. */
  readonly drawn = new Set<Page>();
  /** Drawn as `∞`. */
  readonly repeated = new Set<Page>();
  truncated = false;
  private readonly ancestors = new Map<string, number>();
  private readonly path: string[] = [];
  private count = 0;
  private examined = 0;

  /** @param limit repeated titles can multiply the tree without bound; nothing is drawn beyond this many entries */
  constructor(
    private readonly groups: NavigationGroups,
    private readonly config: SiteConfig,
    private readonly limit: number,
  ) {}

  draw(top: readonly Page[]): NavigationNode[] {
    const roots: NavigationNode[] = [];
    const open: Step[] = [];
    const push = (pages: readonly Page[], into: NavigationNode[], depth: number): void => {
      for (let index = pages.length - 1; index >= 0; index--)
        open.push({ page: pages[index] ?? null, into, depth });
    };
    push(this.sort(top), roots, 0);
    for (let step = open.pop(); step; step = open.pop()) {
      if (step.page === null) {
        this.leave();
        continue;
      }
      const { page, into, depth } = step;
      if (valueOf(page, 'nav_exclude').value === true) continue;
      if (depth >= MAX_DEPTH || ++this.count > this.limit) {
        this.truncated = true;
        continue;
      }
      const title = valueOf(page, 'title');
      const node: NavigationNode = {
        page,
        title: toText(title.value, title.type),
        repeated: this.isAncestor(title),
        children: [],
      };
      into.push(node);
      if (node.repeated) {
        this.repeated.add(page);
        continue;
      }
      this.drawn.add(page);
      const children = this.children(page, depth === 0);
      if (children.length === 0) continue;
      this.enter(keyOf(title));
      open.push({ page: null, into, depth });
      push(children, node.children, depth + 1);
    }
    return roots;
  }

  /** The children in drawn order, those with `nav_exclude` included. */
  private children(page: Page, isTop: boolean): Page[] {
    if (valueOf(page, 'has_children').value === false) return [];
    const candidates = this.groups.candidates(page);
    this.examined += candidates.length;
    if (this.examined > this.limit) {
      this.truncated = true;
      return [];
    }
    const kept = candidates.filter(
      (child) => droppedBecause(child, page, this.groups, (title) => this.isAncestor(title), isTop) === null,
    );
    const sorted = this.sort(kept);
    const order = valueOf(page, 'child_nav_order').value;
    return order === 'desc' || order === 'reversed' ? sorted.reverse() : sorted;
  }

  private isAncestor(title: Typed): boolean {
    return isTruthy(title) && this.ancestors.has(keyOf(title));
  }

  private enter(title: string): void {
    this.path.push(title);
    this.ancestors.set(title, (this.ancestors.get(title) ?? 0) + 1);
  }

  private leave(): void {
    const title = this.path.pop();
    if (title === undefined) return;
    const left = (this.ancestors.get(title) ?? 1) - 1;
    if (left === 0) this.ancestors.delete(title);
    else this.ancestors.set(title, left);
  }

  /** `nav/sorted.html`. */
  private sort(pages: readonly Page[]): Page[] {
    return sortSiblings(pages, this.config);
  }
}

/**
 * The order of siblings: `nav_order` numbers, `nav_order` texts, then without `nav_order` numeric titles and other
 * titles. Equal values keep Jekyll's order of pages, which the theme does not promise.
 */
export function sortSiblings(pages: readonly Page[], config: SiteConfig): Page[] {
  const numbers: [Typed, Page][] = [];
  const texts: [Typed, Page][] = [];
  const titleNumbers: [Typed, Page][] = [];
  const titleTexts: [Typed, Page][] = [];
  for (const page of pages) {
    const order = valueOf(page, 'nav_order');
    const title = valueOf(page, 'title');
    if (order.value !== null) (isTextual(order) ? texts : numbers).push([order, page]);
    else (isTextual(title) ? titleTexts : titleNumbers).push([title, page]);
  }
  const caseless = config.navSort === 'case_insensitive';
  const compare = (left: Typed, right: Typed): number =>
    compareValues(sortInput(left, config.engine), sortInput(right, config.engine));
  const fold = (left: Typed, right: Typed): number =>
    compareCaseless(toText(left.value, left.type), toText(right.value, right.type));
  const sorted = (list: [Typed, Page][], by: (left: Typed, right: Typed) => number): Page[] =>
    list.sort(([left], [right]) => by(left, right)).map(([, page]) => page);
  return [
    ...sorted(numbers, compare),
    ...sorted(texts, caseless ? fold : compare),
    ...sorted(titleNumbers, compare),
    ...sorted(titleTexts, caseless ? fold : compare),
  ];
}

/** `jsonify` of texts and of dates begins with a quotation mark. */
function isTextual({ type }: Typed): boolean {
  return type === 'string' || type === 'date';
}

/** Ruby's `<=>`, and the comparison of the texts where it has no answer (Jekyll 4.3's `sort`). */
function compareValues(left: Typed, right: Typed): number {
  if (typeof left.value === 'number' && typeof right.value === 'number') return left.value - right.value;
  return compareText(toText(left.value, left.type), toText(right.value, right.type));
}

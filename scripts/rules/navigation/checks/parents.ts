/** Parents that lead nowhere, to several pages, or round in a circle. */
import type { Page, Site } from '../../../site/types.js';
import { dataOf, liquidText, ownField, rangeOf, typeName, valueOf } from '../../shared/fields.js';
import {
  childrenOf,
  firstParent,
  namesakesOf,
  navigationGraph,
  parentsOf,
  type NavigationEntry,
  type NavigationGraph,
} from '../../shared/navigation.js';
import { Nearest } from '../../../corpus/nearest.js';
import { code, codeValue, count, listing, listingOf, place } from '../../shared/wording.js';
import type { RuleFinding } from '../../types.js';

/** Pages below a vanished one are counted up to this number. */
const MAX_COUNTED = 1000;

/** Pages of one title that a finding looks at. */
const MAX_NAMED = 20;
/** Members of a circle that get a finding each: it tells the same everywhere. */
const MAX_CIRCLE = 10;
/** Levels that the theme can draw: Liquid stops at 100 nested includes (`Block::MAX_DEPTH`). */
const MAX_LEVELS = 100;

/** Findings about the `parent` of every page but those in `skip`. */
export function* parentFindings(site: Site, skip: ReadonlySet<Page>): Generator<RuleFinding> {
  const graph = navigationGraph(site);
  const nearest = new Nearest(graph.byTitle.keys());
  const unpublished = unpublishedTitles(site);
  for (const entry of graph.entries) {
    if (entry.parent === '' || skip.has(entry.page)) continue;
    yield* namesakeFindings(entry, graph, nearest, unpublished);
  }
  yield* cycles(graph, skip);
}

function* namesakeFindings(
  entry: NavigationEntry,
  graph: NavigationGraph,
  nearest: Nearest,
  unpublished: ReadonlyMap<string, string>,
): Generator<RuleFinding> {
  const { page } = entry;
  const at = { file: page.path, range: rangeOf(page, 'parent') };
  const namesakes = namesakesOf(entry);
  const parent = valueOf(page, 'parent');
  const named = codeValue(dataOf(page, 'parent'));
  if (namesakes.length === 0) {
    if (entry.title === entry.parent) {
      yield {
        ...at,
        message: `The parent ${named} is the title of this page itself, so ${vanish(graph, entry)}. Name the page above it, or delete \`parent\`.`,
      };
    } else if (parent?.type === 'list' || parent?.type === 'map') {
      yield {
        ...at,
        message: `The \`parent\` is ${typeName(parent.type)}, which equals no title, so ${vanish(graph, entry)}. Name exactly one page.`,
      };
    } else {
      yield { ...at, ...orphan(entry, graph, nearest, unpublished, named) };
    }
    return;
  }
  const parents = parentsOf(entry);
  if (parents.length === 0) yield* unmatchedAncestry(entry, graph, namesakes);
  const [first] = parents;
  // Twins side by side are nav-unique-title's finding.
  if (first !== undefined && parents.some((other) => !standBeside(first, other))) {
    yield {
      ...at,
      message: `The parent ${named} is the title of ${count(parents.length, 'page')} (${listingOf(parents, (other) => titlePlace(other.page))}), and this page is drawn under each of them. Add \`grand_parent\` or \`ancestor\`, or give one of them another title.`,
      related: related(parents),
    };
  }
  const nested = entry.request?.preferredTop === true ? nestedNamesakes(entry) : [];
  if (nested.length > 0) {
    yield {
      ...at,
      severity: 'warning',
      message: `The parent ${named} is the title of a top-level page and of ${count(nested.length, 'nested page')} (${listingOf(nested, (other) => titlePlace(other.page))}); the theme takes the top-level one. Add \`grand_parent\` if a nested one is meant, or give one of them another title.`,
      related: related(nested),
    };
  }
  if (parent !== undefined && parent.type !== 'string') {
    yield {
      ...at,
      severity: 'info',
      message: `The \`parent\` ${named} is ${typeName(parent.type)} that matches a title only because both are compared as text. Put it in quotes.`,
    };
  }
}

function standBeside(one: NavigationEntry, other: NavigationEntry): boolean {
  return one.parent === other.parent && firstParent(one) === firstParent(other);
}

/** Nested pages of the parent's title; a page below the entry cannot be meant as its parent. */
function nestedNamesakes(entry: NavigationEntry): NavigationEntry[] {
  const nested: NavigationEntry[] = [];
  for (const other of namesakesOf(entry)) {
    if (other.parent === '' || isBelow(other, entry)) continue;
    nested.push(other);
    // More are not named, and counting them for every child would take quadratic time.
    if (nested.length === MAX_NAMED) break;
  }
  return nested;
}

/** Is the page somewhere below the other one (looking a few levels up)? */
function isBelow(entry: NavigationEntry, other: NavigationEntry): boolean {
  let node = firstParent(entry);
  for (let level = 0; node !== undefined && level < 10; level++, node = firstParent(node)) {
    if (node === other) return true;
  }
  return false;
}

function orphan(
  entry: NavigationEntry,
  graph: NavigationGraph,
  nearest: Nearest,
  unpublished: ReadonlyMap<string, string>,
  named: string,
): Pick<RuleFinding, 'message' | 'related'> {
  const hidden = unpublished.get(entry.parent);
  if (hidden !== undefined) {
    return {
      message: `The parent ${named} is the title of ${hidden}, which is not published, so ${vanish(graph, entry)}. Publish that page, or name another parent.`,
    };
  }
  const suggestion = nearest.find(entry.parent);
  const meant =
    suggestion === null ? undefined : graph.byTitle.get(suggestion)?.find((other) => other !== entry);
  const message = `The parent ${named} is the title of no page, so ${vanish(graph, entry)}. Write the title of an existing page, letter by letter.`;
  if (meant === undefined) return { message };
  return {
    message: `${message} Did you mean ${code(meant.title)} (${titlePlace(meant.page)})?`,
    related: related([meant]),
  };
}

function* unmatchedAncestry(
  entry: NavigationEntry,
  graph: NavigationGraph,
  namesakes: readonly NavigationEntry[],
): Generator<RuleFinding> {
  const { page } = entry;
  const key = dataOf(page, 'grand_parent') !== null ? 'grand_parent' : 'ancestor';
  const value = valueOf(page, key);
  if (value === undefined) return;
  const named = codeValue(value.value);
  const [candidate] = namesakes;
  const above = candidate === undefined ? '' : candidate.parent;
  const sameText = key === 'grand_parent' && liquidText(value.value) === above && above !== '';
  const reason = sameText
    ? `is ${typeName(value.type)}, but the \`parent\` of ${namedPlace(candidate)} is of another type`
    : key === 'ancestor'
      ? `is the title of no page above ${listingOf(namesakes, namedPlace)}`
      : above === ''
        ? `is set, but ${namedPlace(candidate)} is a top-level page and has no parent`
        : `is not the \`parent\` of ${listingOf(namesakes, namedPlace)} (that is ${listing([...new Set(namesakes.slice(0, MAX_NAMED).map((other) => code(other.parent)))])})`;
  const remedy = sameText
    ? 'Write both in the same way, in quotes.'
    : above === ''
      ? `Delete \`${key}\`.`
      : `Correct \`${key}\`, or delete it.`;
  yield {
    file: page.path,
    range: rangeOf(page, key),
    message: `The \`${key}\` ${named} ${reason}, so ${vanish(graph, entry)}. ${remedy}`,
    related: related(namesakes),
  };
}

function namedPlace(entry: NavigationEntry | undefined): string {
  return entry === undefined ? '' : `${code(entry.title)} (${titlePlace(entry.page)})`;
}

function titlePlace(page: Page): string {
  return place(page.path, rangeOf(page, 'title'));
}

function related(entries: readonly NavigationEntry[]): NonNullable<RuleFinding['related']> {
  return entries.slice(0, 10).map((other) => ({
    file: other.page.path,
    range: rangeOf(other.page, 'title'),
    message: `the page titled ${code(other.title)}`,
  }));
}

/** "this page vanishes from the navigation", with the number of pages that go with it. */
function vanish(graph: NavigationGraph, entry: NavigationEntry): string {
  const below = new Set<NavigationEntry>([entry]);
  for (const node of below) {
    if (below.size > MAX_COUNTED) break;
    for (const child of childrenOf(graph, node)) below.add(child);
  }
  const others = below.size - 1;
  if (others === 0) return 'this page vanishes from the navigation';
  return `this page and ${others >= MAX_COUNTED ? `over ${MAX_COUNTED} pages` : count(others, 'page')} below it vanish from the navigation`;
}

/** Titles of Markdown files that are no page of the site, with the reason's place. */
function unpublishedTitles(site: Site): Map<string, string> {
  const titles = new Map<string, string>();
  for (const facts of site.others) {
    const title = facts.frontMatter.fields['title'];
    if (title === undefined || title.value === null || title.value === '') continue;
    const published = Object.hasOwn(facts.frontMatter.fields, 'published')
      ? facts.frontMatter.fields['published']
      : undefined;
    const reason =
      published?.value === false
        ? `${place(facts.path, published.valueRange)} (\`published: false\`)`
        : place(facts.path, title.valueRange);
    titles.set(liquidText(title.value), reason);
  }
  return titles;
}

/** Pages whose chain of parents comes back to them; nothing else of a cycle is ever drawn. */
function* cycles(graph: NavigationGraph, skip: ReadonlySet<Page>): Generator<RuleFinding> {
  const done = new Set<NavigationEntry>(graph.reachable);
  for (const start of graph.entries) {
    const path = new Map<NavigationEntry, number>();
    let node: NavigationEntry | undefined = start;
    while (node !== undefined && !done.has(node) && !path.has(node)) {
      path.set(node, path.size);
      node = firstParent(node);
    }
    const loopStart = node === undefined ? undefined : path.get(node);
    if (loopStart !== undefined) {
      const loop = [...path.keys()].slice(loopStart);
      const chain = listing([...loop, loop[0]].map((entry) => code(entry?.title ?? ''))).replaceAll(
        /, | and (?=`)/gu,
        ' → ',
      );
      for (const entry of loop.slice(0, MAX_CIRCLE)) {
        if (skip.has(entry.page)) continue;
        yield {
          file: entry.page.path,
          range: rangeOf(entry.page, 'parent'),
          message: `The parents form a circle (${chain}), so ${vanish(graph, entry)}. Give one of these pages a parent outside the circle, or none.`,
          related: related(loop.slice(0, MAX_CIRCLE).filter((other) => other !== entry)),
        };
      }
    }
    for (const entry of path.keys()) done.add(entry);
  }
}

/** Pages that have the title of a page above them: the theme draws `∞` and nothing below. */
export function* repeatedTitles(site: Site): Generator<RuleFinding> {
  const graph = navigationGraph(site);
  const children = new Map<NavigationEntry, NavigationEntry[]>();
  for (const entry of graph.entries) {
    const parent = firstParent(entry);
    if (parent === undefined || !graph.reachable.has(entry)) continue;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [entry]);
    else list.push(entry);
  }
  const above = new Map<string, NavigationEntry>();
  const seen = new Set<NavigationEntry>();
  // Frames instead of recursion: a chain of parents may be as long as the site has pages.
  const open: { entry: NavigationEntry; leave: boolean; level: number }[] = graph.entries
    .filter((entry) => entry.parent === '')
    .map((entry) => ({ entry, leave: false, level: 1 }));
  for (let frame = open.pop(); frame !== undefined; frame = open.pop()) {
    const { entry, level } = frame;
    if (frame.leave) {
      above.delete(entry.title);
      continue;
    }
    if (seen.has(entry)) continue;
    seen.add(entry);
    const twin = above.get(entry.title);
    if (twin !== undefined) {
      yield {
        file: entry.page.path,
        range: rangeOf(entry.page, 'title'),
        message: `The title ${code(entry.title)} is also that of ${titlePlace(twin.page)}, a page above this one, so the theme draws \`∞\` instead of this page and nothing below it. Give one of the two another title.`,
        related: related([twin]),
      };
      continue;
    }
    if (level > MAX_LEVELS) {
      yield {
        file: entry.page.path,
        range: rangeOf(entry.page, 'parent'),
        message: `This page stands on level ${level} of the navigation, but the theme can draw ${MAX_LEVELS}, so this page and all below it vanish from the navigation. Give it a parent higher up.`,
      };
      continue;
    }
    above.set(entry.title, entry);
    open.push({ entry, leave: true, level });
    for (const child of children.get(entry) ?? [])
      open.push({ entry: child, leave: false, level: level + 1 });
  }
}

/** Titles that Jekyll 4 turns into another number before it compares them with `parent`. */
export function* numericTitles(site: Site): Generator<RuleFinding> {
  const graph = navigationGraph(site);
  for (const [title, entries] of graph.byTitle) {
    const key = jekyll4Key(title);
    if (key === title) continue;
    for (const entry of entries) {
      const children = childrenOf(graph, entry);
      if (children.length === 0 || ownField(entry.page, 'title') === undefined) continue;
      yield {
        file: entry.page.path,
        range: rangeOf(entry.page, 'title'),
        severity: site.engine === 'actions' ? 'error' : 'warning',
        message: `The title ${code(title)} looks like a number: Jekyll 4 groups its ${count(children.length, 'child', 'children')} under ${code(key)}, so they vanish from the navigation of an Actions build. Add a word to the title and to their \`parent\`.`,
      };
    }
  }
}

/** The group key that Jekyll 4's `group_by` makes of a text (`parse_sort_input` in jekyll/filters.rb). */
function jekyll4Key(text: string): string {
  if (!/^\s*-?(?:\d+\.?\d*|\.\d+)\s*$/u.test(text) || text.length > 15) return text;
  const number = Number.parseFloat(text);
  const integral = /^\s*-?\d+\s*$/u.test(text);
  return integral || !Number.isInteger(number) ? String(number) : `${number}.0`;
}

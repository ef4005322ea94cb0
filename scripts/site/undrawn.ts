/** Why the navigation never draws a page that has a title. */
import { droppedBecause, valueOf, type Drawer, type NavigationGroups } from './navigation.js';
import { toText } from './ruby.js';
import type { Page, UndrawnReason } from './types.js';

/** The reason is judged by the first parents of a title. */
const MAX_PARENTS = 10;

interface DrawnParents {
  drawnParents: readonly Page[];
  isRepeated: boolean;
}

/**
 * @param titled the pages that take part in the navigation
 * @param hasTop is there a drawn page without parent? Otherwise the theme draws nothing
 * @returns every page that is neither drawn nor shown as `∞`, in the order of `titled`
 */
export function explainUndrawn(
  titled: readonly Page[],
  groups: NavigationGroups,
  drawer: Drawer,
  hasTop: boolean,
): { page: Page; reason: UndrawnReason }[] {
  const byTitle = new Map<string, Page[]>();
  for (const page of titled) {
    const title = textOf(page, 'title');
    const list = byTitle.get(title);
    if (list) list.push(page);
    else byTitle.set(title, [page]);
  }
  const drawnByTitle = new Map<string, DrawnParents>();
  const candidateSets = new Map<readonly Page[], ReadonlySet<Page>>();
  const cycles = pagesOnCycles(titled, byTitle);
  const result: { page: Page; reason: UndrawnReason }[] = [];
  for (const page of titled) {
    if (drawer.drawn.has(page) || drawer.repeated.has(page)) continue;
    result.push({ page, reason: reasonOf(page) });
  }
  return result;

  /** Computed once per title: many pages may name one parent, and many parents may share a title. */
  function drawnOf(title: string, parents: readonly Page[]): DrawnParents {
    let known = drawnByTitle.get(title);
    if (!known) {
      const drawnParents = parents.filter((candidate) => drawer.drawn.has(candidate)).slice(0, MAX_PARENTS);
      known = { drawnParents, isRepeated: parents.some((candidate) => drawer.repeated.has(candidate)) };
      drawnByTitle.set(title, known);
    }
    return known;
  }

  function isCandidate(parent: Page, page: Page): boolean {
    const candidates = groups.candidates(parent);
    let known = candidateSets.get(candidates);
    if (!known) candidateSets.set(candidates, (known = new Set(candidates)));
    return known.has(page);
  }

  function reasonOf(page: Page): UndrawnReason {
    if (valueOf(page, 'nav_exclude').value === true) return 'nav-exclude';
    if (!hasTop) return 'no-top-level';
    const parent = textOf(page, 'parent');
    if (parent === '') return drawer.truncated ? 'too-many' : 'no-top-level';
    const parents = byTitle.get(parent) ?? [];
    if (parents.length === 0) return 'parent-not-found';
    const { drawnParents, isRepeated } = drawnOf(parent, parents);
    for (const candidate of drawnParents) {
      if (valueOf(candidate, 'has_children').value === false) return 'children-hidden';
      if (!isCandidate(candidate, page)) return 'numeric-title';
      const isTop = textOf(candidate, 'parent') === '';
      const dropped = droppedBecause(page, candidate, groups, () => false, isTop);
      if (dropped === 'grand-parent' || dropped === 'ancestor') return dropped;
    }
    if (drawnParents.length > 0) return drawer.truncated ? 'too-many' : 'parent-undrawn';
    if (isRepeated) return 'parent-repeated';
    return cycles.has(page) ? 'cycle' : 'parent-undrawn';
  }
}

function textOf(page: Page, key: string): string {
  const { value, type } = valueOf(page, key);
  return toText(value, type);
}

/** Pages whose chain of first parents leads back to themselves; every page is walked once. */
function pagesOnCycles(pages: readonly Page[], byTitle: ReadonlyMap<string, readonly Page[]>): Set<Page> {
  const done = new Set<Page>();
  const cycles = new Set<Page>();
  for (const start of pages) {
    const chain: Page[] = [];
    const position = new Map<Page, number>();
    let page: Page | undefined = start;
    while (page && !done.has(page) && !position.has(page)) {
      position.set(page, chain.length);
      chain.push(page);
      const parent = textOf(page, 'parent');
      page = parent === '' ? undefined : byTitle.get(parent)?.[0];
    }
    const from = page ? position.get(page) : undefined;
    if (from !== undefined) for (const member of chain.slice(from)) cycles.add(member);
    for (const member of chain) done.add(member);
  }
  return cycles;
}

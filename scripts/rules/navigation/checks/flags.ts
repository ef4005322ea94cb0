/** Switches of the navigation that do nothing, or hide more than they should. */
import type { Page, Site } from '../../../site/types.js';
import {
  liquidText,
  ownField,
  rangeOf,
  replaceValue,
  typeName,
  valueOf,
  valueRange,
} from '../../shared/fields.js';
import { childrenOf, navigationGraph, type NavigationEntry } from '../../shared/navigation.js';
import { Nearest, didYouMean } from '../../../corpus/nearest.js';
import { code, codeValue, count, listing, meantBoolean, place } from '../../shared/wording.js';
import type { RuleFinding } from '../../types.js';

/**
 * Findings about `has_children`, `nav_exclude` and `child_nav_order`.
 *
 * @param indexes pages whose `has_children` must be true: `false` is repaired there
 */
export function* flagFindings(site: Site, indexes: ReadonlySet<Page>): Generator<RuleFinding> {
  const graph = navigationGraph(site);
  const orders = new Nearest(['desc', 'reversed']);
  for (const entry of graph.entries) {
    const children = childrenOf(graph, entry);
    yield* hasChildren(entry, children, indexes.has(entry.page));
    yield* navExclude(entry, children);
    const order = valueOf(entry.page, 'child_nav_order');
    if (order !== undefined && !['desc', 'reversed', 'asc', ''].includes(liquidText(order.value))) {
      yield {
        file: entry.page.path,
        range: rangeOf(entry.page, 'child_nav_order'),
        severity: 'warning',
        message: `The \`child_nav_order\` ${codeValue(order.value)} is ignored; the theme knows \`desc\` and \`reversed\`. Write one of them.${didYouMean(orders.find(liquidText(order.value), 3))}`,
      };
    }
  }
}

function* hasChildren(
  { page }: NavigationEntry,
  children: readonly NavigationEntry[],
  isIndex: boolean,
): Generator<RuleFinding> {
  const flag = valueOf(page, 'has_children');
  const at = { file: page.path, range: rangeOf(page, 'has_children') };
  if (flag?.value === true && children.length === 0 && flag.from === 'front-matter') {
    yield {
      ...at,
      severity: 'info',
      message:
        'The page has `has_children: true`, but no page names its title as `parent`. Check the `parent` of the pages that belong under it, or delete the field.',
    };
  }
  if (flag?.value === false && children.length > 0) {
    const field = ownField(page, 'has_children');
    yield {
      ...at,
      message: `The page has \`has_children: false\`, which hides its ${count(children.length, 'child', 'children')} (${places(children)}) from the navigation. Write \`true\`, or delete the field.`,
      related: children.slice(0, 10).map((child) => ({
        file: child.page.path,
        range: rangeOf(child.page, 'parent'),
        message: 'a hidden child',
      })),
      ...(isIndex && field !== undefined ? { edits: [replaceValue(field, 'true')] } : {}),
    };
  }
}

function* navExclude(
  { page }: NavigationEntry,
  children: readonly NavigationEntry[],
): Generator<RuleFinding> {
  const flag = valueOf(page, 'nav_exclude');
  if (flag === undefined || flag.value === null || flag.value === false) return;
  if (flag.value === true) {
    if (children.length === 0) return;
    yield {
      file: page.path,
      range: rangeOf(page, 'nav_exclude'),
      severity: 'info',
      message: `The page has \`nav_exclude: true\`, so the ${count(children.length, 'page')} below it (${places(children)}) ${children.length === 1 ? 'is' : 'are'} absent from the navigation too. Make sure that something else links to ${children.length === 1 ? 'it' : 'them'}.`,
    };
    return;
  }
  const field = ownField(page, 'nav_exclude');
  const meant = meantBoolean(liquidText(flag.value));
  yield {
    file: page.path,
    range: field === undefined ? page.anchorRange : valueRange(field),
    severity: meant === 'false' ? 'warning' : 'error',
    message: `The \`nav_exclude\` ${code(field?.raw ?? liquidText(flag.value))} is ${typeName(flag.type)}; only the boolean \`true\` has an effect, so the page is drawn. Write ${meant === null ? '`true` or `false`' : `\`${meant}\` without quotes`}.`,
    ...(meant === null || field === undefined ? {} : { edits: [replaceValue(field, meant)] }),
  };
}

function places(children: readonly NavigationEntry[]): string {
  return listing(
    children.map((child) => place(child.page.path, rangeOf(child.page, 'parent'))),
    3,
  );
}

import { liquidText, ownField, rangeOf, replaceValue, typeName, valueOf } from '../shared/fields.js';
import {
  navigationGraph,
  siblingGroups,
  usesNavigation,
  type NavigationEntry,
} from '../shared/navigation.js';
import { code, codeValue, count, place } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';
import { navOrderExamples } from './examples/nav-order.js';

/** A text that Jekyll 4 compares as a number (`parse_sort_input` in jekyll/filters.rb). */
const NUMBER_TEXT = /^\s*-?(?:\d{1,15}\.?\d{0,15}|\.\d{1,15})\s*$/u;

/** Sorting of pages that stand side by side. */
export const navOrder = siteRule({
  id: 'nav-order',
  theme: 'navigation',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Sibling pages have different numbers as `nav_order`.',
  fixable: true,
  documentation: `
The theme draws siblings in four groups: numbers by value, texts, pages without \`nav_order\` whose title is a number,
and the rest by title. The rule reports, among siblings,

- two equal values: the theme promises no order for them;
- texts beside numbers (all numbers come first), and number-like texts, which GitHub Pages sorts as text (\`"10"\` before
  \`"2"\`) and Jekyll 4 as numbers; \`fix\` takes the quotes away;
- booleans, dates, lists and mappings: beside another \`nav_order\` they stop the build on GitHub Pages (error);
- numbers that YAML reads in another base (\`010\` is 8; \`fix\` writes what the author sees);
- siblings without \`nav_order\` beside siblings that have one: they come last (info, once for each group).

Source: \`_includes/components/nav/sorted.html\` of just-the-docs 0.12; the \`sort\` filters of Liquid 4 and Jekyll 4.`,
  examples: navOrderExamples,
  *check({ site, config }) {
    if (!usesNavigation(site, config)) return;
    const graph = navigationGraph(site);
    for (const group of siblingGroups(graph)) {
      const drawn = group
        .filter((entry) => entry.page.data.get('nav_exclude')?.value !== true)
        .sort((a, b) => (a.page.path < b.page.path ? -1 : 1));
      yield* groupFindings(drawn, site.engine);
    }
  },
});

function* groupFindings(
  group: readonly NavigationEntry[],
  engine: 'pages' | 'actions',
): Generator<RuleFinding> {
  const ordered = group.filter(hasOrder);
  if (ordered.length === 0) return;
  const numbers = ordered.filter((entry) => typeof valueOf(entry.page, 'nav_order')?.value === 'number');
  const texts = ordered.filter((entry) => valueOf(entry.page, 'nav_order')?.type === 'string');
  const engineDependent = numberTextsDiffer(texts);
  for (const entry of ordered) {
    const order = valueOf(entry.page, 'nav_order');
    if (order === undefined) continue;
    if (order.type === 'string') {
      yield* textFinding(entry, numbers, engineDependent);
    } else if (typeof order.value !== 'number') {
      yield wrongType(entry, ordered.length > 1, engine);
    } else {
      yield* otherBase(entry);
    }
  }
  yield* duplicates(ordered);
  const without = group.filter((entry) => !hasOrder(entry));
  const [first] = without;
  if (first !== undefined) {
    yield {
      file: first.page.path,
      range: rangeOf(first.page, 'nav_order'),
      severity: 'info',
      message: `${
        without.length === 1
          ? 'This page has no `nav_order`, so it stands'
          : `This page and ${count(without.length - 1, 'sibling')} have no \`nav_order\`, so they stand`
      } after the ${count(ordered.length, 'sibling')} that ${ordered.length === 1 ? 'has' : 'have'} one. Number all siblings or none.`,
    };
  }
}

function hasOrder(entry: NavigationEntry): boolean {
  return (valueOf(entry.page, 'nav_order')?.value ?? null) !== null;
}

/** Would the number-like texts come in another order if they were compared as numbers? */
function numberTextsDiffer(texts: readonly NavigationEntry[]): boolean {
  const values = texts
    .map((entry) => liquidText(valueOf(entry.page, 'nav_order')?.value ?? null))
    .filter((text) => NUMBER_TEXT.test(text))
    .sort((a, b) => (a < b ? -1 : 1))
    .map(Number);
  return values.some((value, index) => index > 0 && value < (values[index - 1] ?? value));
}

function* textFinding(
  entry: NavigationEntry,
  numbers: readonly NavigationEntry[],
  engineDependent: boolean,
): Generator<RuleFinding> {
  const field = ownField(entry.page, 'nav_order');
  const value = valueOf(entry.page, 'nav_order')?.value ?? null;
  const numeric = NUMBER_TEXT.test(liquidText(value));
  const [number] = numbers;
  if (number === undefined && !(numeric && engineDependent)) return;
  const text = liquidText(value);
  // `08` is no number for YAML, because a leading zero means another base and no octal number has an 8.
  const integer = /^-?\d+$/u.test(text) ? text.replace(/^(-?)0+(?=\d)/u, '$1') : null;
  const quoted = /^["']/u.test(field?.raw ?? '"');
  const how = integer !== null && integer !== text ? `: ${code(integer)}` : quoted ? ' without quotes' : '';
  yield {
    file: entry.page.path,
    range: rangeOf(entry.page, 'nav_order'),
    message:
      number === undefined
        ? `The \`nav_order\` ${code(field?.raw ?? liquidText(value))} is a text: GitHub Pages sorts it among its siblings letter by letter (\`10\` before \`2\`), Jekyll 4 by value. Write the number${how}.`
        : `The \`nav_order\` ${code(field?.raw ?? liquidText(value))} is a text, but siblings such as ${place(number.page.path, rangeOf(number.page, 'nav_order'))} have numbers, which all come first. Write a number${numeric ? how : ''}.`,
    ...(integer !== null && field !== undefined ? { edits: [replaceValue(field, integer)] } : {}),
  };
}

function wrongType(entry: NavigationEntry, hasSiblings: boolean, engine: 'pages' | 'actions'): RuleFinding {
  const order = valueOf(entry.page, 'nav_order');
  const type = order?.type ?? 'null';
  const shown = ownField(entry.page, 'nav_order')?.raw ?? liquidText(order?.value ?? null);
  return {
    file: entry.page.path,
    range: rangeOf(entry.page, 'nav_order'),
    severity: hasSiblings && engine === 'pages' ? 'error' : 'warning',
    message: `The \`nav_order\` ${code(shown)} is ${typeName(type)}, which cannot be compared with other values: GitHub Pages stops the build when a sibling has another \`nav_order\`. Write a number.`,
  };
}

/** `010` is 8 and `0x10` is 16 for YAML 1.1. */
function* otherBase(entry: NavigationEntry): Generator<RuleFinding> {
  const field = ownField(entry.page, 'nav_order');
  if (field?.type !== 'integer' || !/^-?0[0-7xb_]/iu.test(field.raw)) return;
  const decimal = /^0[0-7_]+$/u.test(field.raw) ? field.raw.replace(/^0+(?=.)|_/gu, '') : null;
  yield {
    file: entry.page.path,
    range: field.valueRange,
    message: `YAML reads the \`nav_order\` ${code(field.raw)} as ${codeValue(field.value)}, because a leading zero means another base. Write ${decimal === null ? 'a decimal number' : code(decimal)}.`,
    ...(decimal === null ? {} : { edits: [replaceValue(field, decimal)] }),
  };
}

function* duplicates(ordered: readonly NavigationEntry[]): Generator<RuleFinding> {
  const byValue = new Map<string, NavigationEntry[]>();
  for (const entry of ordered) {
    const order = valueOf(entry.page, 'nav_order');
    // Integers and decimals are compared with each other; a text equals only texts.
    const key = `${typeof order?.value}:${liquidText(order?.value ?? null)}`;
    const same = byValue.get(key);
    if (same === undefined) byValue.set(key, [entry]);
    else same.push(entry);
  }
  for (const [first, ...others] of byValue.values()) {
    if (first === undefined) continue;
    const range = rangeOf(first.page, 'nav_order');
    for (const entry of others) {
      yield {
        file: entry.page.path,
        range: rangeOf(entry.page, 'nav_order'),
        message: `The \`nav_order\` ${codeValue(valueOf(entry.page, 'nav_order')?.value ?? null)} is also that of ${place(first.page.path, range)}, a sibling, and the theme promises no order for equal values. Give each sibling a number of its own.`,
        related: [{ file: first.page.path, range, message: 'the sibling with the same number' }],
      };
    }
  }
}

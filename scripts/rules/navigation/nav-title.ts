import type { Heading } from '../../corpus/types.js';
import type { Page } from '../../site/types.js';
import { ownField, rangeOf, replaceValue, setField, typeName, valueOf } from '../shared/fields.js';
import { usesNavigation } from '../shared/navigation.js';
import { code, codeValue } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';
import { navTitleExamples } from './examples/nav-title.js';

const MARKUP: { pattern: RegExp; consequence: string }[] = [
  { pattern: /<[a-zA-Z/!][^>]*>?/u, consequence: 'is taken for an HTML tag and not shown' },
  { pattern: /&(?:#\w+|[A-Za-z][A-Za-z0-9]*);/u, consequence: 'is shown as the character it stands for' },
  {
    pattern: /`[^`]+`|\*\*[^*]+\*\*|(?<!\w)__[^_]+__(?!\w)|\[[^\]]*\]\([^)]*\)/u,
    consequence: 'is shown with its markup characters',
  },
];

/** Titles that the navigation cannot show as the author meant them. */
export const navTitle = siteRule({
  id: 'nav-title',
  theme: 'navigation',
  severity: 'error',
  preset: 'recommended',
  summary: 'Every page has a title that is a plain text.',
  fixable: true,
  documentation: `
The theme lists a page under its \`title\`. Without one, GitHub Pages takes the first heading and puts the page at the
top level, while an Actions build leaves it out (\`fix\` adds the first-level heading as title). An *empty* title is worse:
the theme finds the children of a page by its title, and every top-level page has the empty parent, so the whole tree is
drawn a second time below it. A list as title does the same on Jekyll 4.

Unquoted, YAML reads \`2024-01-01\` as a date, \`yes\` as a boolean and \`2.10\` as a number; sorting such titles among
others stops the build on GitHub Pages (\`fix\` adds the quotes). HTML and Markdown in a title go into the navigation as
they are.

Source: \`_includes/components/nav/pages.html\` and \`links.html\` of just-the-docs 0.12; jekyll-titles-from-headings.`,
  examples: navTitleExamples,
  *check(context) {
    const { site, config } = context;
    if (!usesNavigation(site, config)) return;
    for (const page of site.pages) {
      if (page.kind !== 'page' || !page.html || page.facts.frontMatter.state !== 'valid') continue;
      const title = valueOf(page, 'title');
      if (title === undefined || title.value === null || title.from === 'derived') {
        if (needsTitle(page)) yield missing(context, page);
      } else {
        yield* wrong(context, page);
      }
    }
  },
});

function needsTitle(page: Page): boolean {
  return (
    page.markdown && page.data.get('nav_exclude')?.value !== true && !/(?:^|\/)404\.[^/]+$/u.test(page.source)
  );
}

function missing(context: SiteContext, page: Page): RuleFinding {
  const heading = page.facts.headings.find(({ level }) => level === 1);
  const empty = ownField(page, 'title') !== undefined;
  const shown = `${empty ? 'The `title` is empty' : 'The page has no `title`'}: GitHub Pages lists it under its first heading${page.data.get('parent') ? '' : ' at the top level'}, and an Actions build leaves it out of the navigation.`;
  const at = { file: page.path, range: rangeOf(page, 'title') };
  if (heading === undefined || heading.text.trim() === '')
    return { ...at, message: `${shown} Add a \`title\`.` };
  return {
    ...at,
    message: `${shown} Add a \`title\`, such as its heading ${code(heading.text)}.`,
    edits: setField(
      page.facts.frontMatter,
      context.source(page.path),
      'title',
      JSON.stringify(fromHeading(heading)),
    ),
  };
}

function fromHeading(heading: Heading): string {
  return heading.text.replace(/\s+/gu, ' ').trim();
}

function* wrong({ site }: SiteContext, page: Page): Generator<RuleFinding> {
  const title = valueOf(page, 'title');
  if (title === undefined) return;
  const field = ownField(page, 'title');
  const at = { file: page.path, range: rangeOf(page, 'title') };
  const quoted = field === undefined ? {} : { edits: [replaceValue(field, JSON.stringify(field.raw))] };
  if (typeof title.value === 'string' && title.type === 'string') {
    if (title.value.trim() === '') {
      yield {
        ...at,
        message:
          'The title is empty, so the theme draws every top-level page a second time below this one. Give the page a title.',
      };
      return;
    }
    for (const { pattern, consequence } of MARKUP) {
      const match = pattern.exec(title.value);
      if (match === null) continue;
      yield {
        ...at,
        severity: 'warning',
        message: `The title contains ${code(match[0])}, which ${consequence} in the navigation. Write it as plain text.`,
      };
      return;
    }
  } else if (title.type === 'list' || title.type === 'map') {
    yield {
      ...at,
      message: `The title is ${typeName(title.type)}, which the navigation shows as one odd entry and an Actions build as a second copy of the whole tree. Write a text in quotes.`,
    };
  } else if (title.type === 'date' || title.type === 'boolean') {
    yield {
      ...at,
      message: `YAML reads the title ${code(field?.raw ?? '')} as ${typeName(title.type)}; beside other titles it ${site.engine === 'pages' ? 'stops the build' : 'stops the build on GitHub Pages'}. Put it in quotes.`,
      ...quoted,
    };
  } else if (page.data.get('nav_exclude')?.value !== true) {
    yield {
      ...at,
      severity: 'warning',
      message: `YAML reads the title ${code(field?.raw ?? '')} as the number ${codeValue(title.value)}, which is sorted before all texts. Put it in quotes.`,
      ...quoted,
    };
  }
}

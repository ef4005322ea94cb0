import type { Page } from '../../site/types.js';
import { rangeOf, setField, valueOf, yamlString, ownField } from '../shared/fields.js';
import { tutorialParts } from '../shared/kinds.js';
import { usesNavigation } from '../shared/navigation.js';
import { code, codeValue, place } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';
import { flagFindings } from './checks/flags.js';
import { numericTitles, parentFindings, repeatedTitles } from './checks/parents.js';
import { navParentExamples } from './examples/nav-parent.js';

/** Who is drawn under whom, and who vanishes. */
export const navParent = siteRule({
  id: 'nav-parent',
  theme: 'navigation',
  severity: 'error',
  preset: 'recommended',
  summary: 'Every page with a parent is drawn in the navigation, once, under the page that is meant.',
  fixable: true,
  documentation: `
just-the-docs connects pages by comparing \`parent\` with titles, letter by letter, and reports nothing: a page whose
parent does not exist vanishes from the navigation with everything below it. The rule reports

- a \`parent\` that is the title of no page (with the nearest title), of an unpublished page, a list, or the page's own
  title; parents that form a circle;
- a \`grand_parent\` or \`ancestor\` that fits no page of the parent's title (types are compared too: \`1\` is not \`"1"\`);
- a parent title that several pages have: the child is drawn under each; when one of them is a top-level page the theme
  takes that one (warning);
- a page with the title of a page above it, drawn as \`∞\`; a number-like title whose children Jekyll 4 loses;
- \`has_children: false\` on a page with children and \`has_children: true\` on one without (info); \`nav_exclude\` that
  is text, or that hides children (info); a \`child_nav_order\` that the theme does not know.

In the tutorial preset the parent of a chapter is the title of its tutorial's index page; \`fix\` writes it.

Source: \`_includes/components/nav/pages.html\`, \`children.html\` and \`links.html\` of just-the-docs 0.12.`,
  examples: navParentExamples,
  *check(context) {
    const { site, config } = context;
    if (!usesNavigation(site, config)) return;
    const chapters = new Set<Page>();
    const indexes = new Set<Page>();
    if (config.preset === 'tutorial') {
      for (const tutorial of site.tutorials) if (tutorial.index !== null) indexes.add(tutorial.index);
      for (const finding of chapterParents(context)) {
        const page = site.byPath.get(finding.file ?? '');
        if (page !== undefined) chapters.add(page);
        yield finding;
      }
    }
    yield* parentFindings(site, chapters);
    yield* repeatedTitles(site);
    yield* numericTitles(site);
    yield* flagFindings(site, indexes);
  },
});

function* chapterParents(context: SiteContext): Generator<RuleFinding> {
  for (const [page, { kind, tutorial }] of tutorialParts(context.site)) {
    const index = tutorial?.index ?? null;
    if (kind !== 'chapter' || index === null || typeof index.title !== 'string' || index.title === '')
      continue;
    const parent = valueOf(page, 'parent');
    if (parent?.type === 'string' && parent.value === index.title) continue;
    if (page.facts.frontMatter.state !== 'valid') continue;
    const titleAt = place(index.path, rangeOf(index, 'title'));
    const style = ownField(page, 'parent')?.raw ?? ownField(page, 'title')?.raw;
    yield {
      file: page.path,
      range: rangeOf(page, 'parent'),
      message:
        parent === undefined || parent.value === null
          ? `The chapter has no \`parent\`, so it stands at the top level of the navigation; its parent is ${code(index.title)}, the title of its tutorial (${titleAt}). Add \`parent\`.`
          : `The \`parent\` of the chapter is ${codeValue(parent.value)}, but its tutorial has the title ${code(index.title)} (${titleAt}). Write that title.`,
      edits: setField(
        page.facts.frontMatter,
        context.source(page.path),
        'parent',
        yamlString(index.title, style === '' ? '"' : style),
      ),
      related: [{ file: index.path, range: rangeOf(index, 'title'), message: 'the title of the tutorial' }],
    };
  }
}

import type { Heading, RenderedHeading } from '../../corpus/types.js';
import type { Page, Site } from '../../site/types.js';
import { shownLinks } from '../shared/links.js';
import { meantFrontMatterEnd } from '../shared/meant-front-matter.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding, type Severity } from '../types.js';

/** Why kramdown's id differs, and what makes both alike. */
function advised(
  { text, slug }: Heading,
  { id }: RenderedHeading,
  typed: string,
): { severity: Severity; message: string } {
  const say = (advice: string, severity: Severity = 'warning'): { severity: Severity; message: string } => ({
    severity,
    message: `heading ${code(text)} has the anchor ${code(slug)} on GitHub and ${id === null ? 'no id' : code(id)} on the site: expected the same on both, as a link to it works in one place only; ${advice}`,
  });
  if (typed.includes('[^')) return say('move the footnote mark into the text below');
  if (/--|<<|>>/.test(typed))
    return say(
      'avoid `--`, `<<` and `>>`, which kramdown turns into typographic signs; write `–`, `«` or `»`',
    );
  if (typed.includes('<'))
    return say('write the heading without angle brackets, or put them into a code span');
  if (typed.includes('\t')) return say('write a space instead of the tab', 'info');
  if (slug.startsWith(`${id ?? ''}-`)) return say('reword one of the headings that are alike');
  return say('reword the heading');
}

/** Headings that are one on both sides; those of one side only are found by comparing the sides: see the kramdown rules. */
function* checkHeadings(page: Page, source: string): Iterable<RuleFinding> {
  const rendered = new Map<number, RenderedHeading>();
  for (const heading of page.headings) if (!rendered.has(heading.line)) rendered.set(heading.line, heading);
  const renamed = new Set(
    page.facts.differences.filter(({ kind }) => kind === 'heading-id').map(({ range }) => range.start.line),
  );
  const from = meantFrontMatterEnd(page.facts, source);
  for (const heading of page.facts.headings) {
    const twin = rendered.get(heading.range.start.line);
    // An id given by hand is no accident, and kramdown-attribute-list says that GitHub shows it as text.
    if (!twin || twin.explicit) continue;
    // What was meant as front matter; front-matter-valid says so.
    if (heading.range.start.offset < from) continue;
    // Said by kramdown-heading.
    if (renamed.has(heading.range.start.line)) continue;
    // What Liquid writes into a heading is on the site only by intention.
    const typed = source.slice(heading.textRange.start.offset, heading.textRange.end.offset);
    if ((twin.id ?? '') === heading.slug || /\{\{|\{%/.test(typed)) continue;
    yield {
      file: page.path,
      range: heading.range,
      ...advised(heading, twin, typed),
    };
  }
}

/** Every anchor that GitHub's view of a page has; kept by page. */
class GitHubAnchors {
  private readonly byPage = new Map<string, ReadonlySet<string>>();

  of(page: Page): ReadonlySet<string> {
    let anchors = this.byPage.get(page.path);
    if (!anchors) {
      const { headings, html } = page.facts;
      anchors = new Set([...headings.map(({ slug }) => slug), ...html.flatMap(({ ids }) => ids)]);
      this.byPage.set(page.path, anchors);
    }
    return anchors;
  }
}

function* checkLinks(site: Site, page: Page, anchors: GitHubAnchors): Iterable<RuleFinding> {
  for (const { link, fragment, fragmentExists, targetSource } of shownLinks(page)) {
    if (fragmentExists !== true || !fragment || fragment.toLowerCase() === 'top') continue;
    const target = targetSource === null ? undefined : site.byPath.get(targetSource);
    if (!target?.markdown || anchors.of(target).has(fragment)) continue;
    yield {
      file: page.path,
      range: link.destinationRange,
      severity: 'warning',
      message: `fragment ${code(`#${fragment}`)} is an anchor of ${target === page ? 'this page' : code(target.path)} on the site only: expected one that GitHub has too; make the ids of that heading alike and link the common one`,
    };
  }
}

const HEAD = '---\ntitle: A\n---\n\n';

export const anchorPortable = siteRule({
  id: 'anchor-portable',
  theme: 'links',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A heading has the same anchor on GitHub and on the site.',
  documentation: `
GitHub makes anchors from the text of a heading with one algorithm, kramdown with another: it has typography first (\`--\`
becomes a dash) and obeys ids given by hand (\`{#id}\`; reported where a link needs one). The rule reports headings with
two anchors (warning; info for a tab) and links whose fragment only the site has (warning). Headings that only one side
has are found by kramdown-heading and kramdown-html.

A link to such a heading works for readers of the site or for readers on GitHub, never for both.

Reword the heading as the message says.

Source: \`basic_generate_id\` in \`lib/kramdown/converter/base.rb\` and \`generate_gfm_header_id\` in \`lib/kramdown/parser/gfm.rb\`.
`,
  fixable: false,
  *check(context) {
    const anchors = new GitHubAnchors();
    for (const page of context.site.pages) {
      const source = context.source(page.path) ?? context.source(page.facts.path);
      if (source === undefined) continue;
      if (page.markdown) yield* checkHeadings(page, source);
      yield* checkLinks(context.site, page, anchors);
    }
  },
  examples: [
    {
      name: 'anchors are the same',
      files: {
        'a.md': `${HEAD}# What's New?\n\n## 1. C++ & \`code_span()\`\n\n## 🚀 Launch\n\n## a - b\n\n[x](#a---b)\n`,
      },
      findings: [],
    },
    {
      name: 'tags in a heading are no part of its anchor',
      files: {
        'a.md': `${HEAD}## <a name="light"></a>Lamp\n\n## Press <kbd>On</kbd>\n\n[x](#lamp) [y](#press-on) [z](#light)\n`,
      },
      findings: [],
    },
    {
      name: 'front matter that Jekyll does not find is no heading',
      files: { 'a.md': '\n---\ntitle: A\nnav_order: 1\n---\n\n# A\n' },
      findings: [],
    },
    { name: 'a heading has no text', files: { 'a.md': `${HEAD}# A\n\n##\n` }, findings: [] },
    {
      name: 'typography and an id by hand make two anchors',
      files: { 'a.md': `${HEAD}## On -- Off\n\n## Lamp {#light}\n\n[x](#light)\n` },
      findings: [
        {
          file: 'a.md',
          line: 5,
          message:
            'heading `On -- Off` has the anchor `on----off` on GitHub and `on--off` on the site: expected the same on both, as a link to it works in one place only; avoid `--`, `<<` and `>>`, which kramdown turns into typographic signs; write `–`, `«` or `»`',
        },
        {
          file: 'a.md',
          line: 9,
          message:
            'fragment `#light` is an anchor of this page on the site only: expected one that GitHub has too; make the ids of that heading alike and link the common one',
        },
      ],
    },
    {
      name: 'headings that one side only has are what the kramdown rules report',
      files: {
        'a.md': `${HEAD}Text.\n\n  ## Lamp\n\nLamp and\nbulb\n====\n\n<div>\n\n## Switch\n\n</div>\n\n- lamp\n---\n\nText.\n`,
      },
      findings: [],
    },
  ],
});

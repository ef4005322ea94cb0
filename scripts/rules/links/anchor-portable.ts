import type { Heading, RenderedHeading } from '../../corpus/types.js';
import type { Page, Site } from '../../site/types.js';
import { LineIndex } from '../../corpus/text.js';
import { shownLinks } from '../shared/links.js';
import { meantFrontMatterEnd } from '../shared/meant-front-matter.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding, type Severity } from '../types.js';

/** Why kramdown's id differs, and what makes both alike. */
function advice(
  heading: Heading,
  rendered: RenderedHeading,
  typed: string,
): { severity: Severity; text: string } {
  const warning = (text: string): { severity: Severity; text: string } => ({ severity: 'warning', text });
  if (typed.includes('[^')) return warning('move the footnote mark into the text below');
  if (/--|<<|>>/.test(typed))
    return warning(
      'avoid `--`, `<<` and `>>`, which kramdown turns into typographic signs; write `–`, `«` or `»`',
    );
  if (typed.includes('<'))
    return warning('write the heading without angle brackets, or put them into a code span');
  if (typed.includes('\t')) return { severity: 'info', text: 'write a space instead of the tab' };
  if (heading.slug.startsWith(`${rendered.id ?? ''}-`))
    return warning('reword one of the headings that are alike');
  return warning('reword the heading');
}

/** What a heading that kramdown does not take for one is instead. */
function lostHeading(page: Page, heading: Heading, lines: LineIndex): RuleFinding {
  const { start, end } = heading.range;
  const before = lines.lineText(start.line).slice(0, start.column - 1);
  const place = { file: page.path, range: heading.range };
  const found = `heading ${code(heading.text)} is a heading on GitHub only`;
  if (/^ {1,3}$/.test(before))
    return {
      ...place,
      message: `${found}, because it is indented: expected ${code('#')} at the start of the line; remove the ${before.length === 1 ? 'space' : `${before.length} spaces`} before it`,
      edits: [{ start: start.offset - before.length, end: start.offset, text: '' }],
    };
  if (heading.setext && end.line - start.line > 1)
    return {
      ...place,
      message: `${found}, because its text has more than one line: expected one line above the underline; write it as ${code(`${'#'.repeat(heading.level)} …`)}`,
    };
  return {
    ...place,
    message: `${found}, as kramdown reads it as text: expected a heading on both, with a blank line before it and outside HTML; set it apart`,
  };
}

/** Does the heading hold tags or comments of HTML? */
function hasTags({ facts }: Page, { range: { start, end } }: Heading): boolean {
  return facts.html.some(({ range }) => range.start.offset >= start.offset && range.end.offset <= end.offset);
}

function* checkHeadings(page: Page, source: string): Iterable<RuleFinding> {
  const lines = new LineIndex(source);
  const rendered = new Map<number, RenderedHeading>();
  for (const heading of page.headings) if (!rendered.has(heading.line)) rendered.set(heading.line, heading);
  // Liquid may take headings out of the page, or put some in, on purpose.
  const liquid = source.includes('{%', page.facts.body.offset);
  const from = meantFrontMatterEnd(page.facts, source);
  const onGitHub = new Set<number>();
  const renamed = new Set(
    page.facts.differences.filter(({ kind }) => kind === 'heading-id').map(({ range }) => range.start.line),
  );
  for (const heading of page.facts.headings) {
    const { line } = heading.range.start;
    onGitHub.add(line);
    // No heading, but what was meant as front matter: front-matter-valid says so.
    if (heading.range.start.offset < from) continue;
    const twin = rendered.get(line);
    if (!twin) {
      // Nothing links to a heading without text; kramdown-heading reports it.
      if (!liquid && heading.text.trim() !== '') yield lostHeading(page, heading, lines);
      continue;
    }
    const typed = source.slice(heading.textRange.start.offset, heading.textRange.end.offset);
    // An id given by hand is no accident, and kramdown-attribute-list says that GitHub shows it as text.
    if (twin.explicit) continue;
    // Both leave tags out of the text before they make an anchor of it; the slug that is known here has them in it.
    if (hasTags(page, heading)) continue;
    // Said by kramdown-heading.
    if (renamed.has(line)) continue;
    // What Liquid writes into a heading is on the site only by intention.
    if ((twin.id ?? '') === heading.slug || /\{\{|\{%/.test(typed)) continue;
    const { severity, text } = advice(heading, twin, typed);
    yield {
      file: page.path,
      range: heading.range,
      severity,
      message: `heading ${code(heading.text)} has the anchor ${code(heading.slug)} on GitHub and ${twin.id === null ? 'no id' : code(twin.id)} on the site: expected the same on both, as a link to it works in one place only; ${text}`,
    };
  }
  // GitHub's view is known in part only; file-readable says where it ends.
  if (liquid || page.facts.problems.length > 0) return;
  for (const { line, text } of rendered.values())
    if (!onGitHub.has(line) && page.facts.html.length === 0 && lines.lineStart(line) >= from)
      yield {
        file: page.path,
        range: lines.lineRange(line),
        severity: 'warning',
        message: `${code(text)} is a heading on the site only: expected the same on GitHub; put a blank line before the line below it, or write it as ${code('# …')}`,
      };
}

/** Every anchor that GitHub's view of a page has; kept by page. */
class GitHubAnchors {
  private readonly byPage = new Map<string, ReadonlySet<string>>();

  of(page: Page): ReadonlySet<string> {
    let anchors = this.byPage.get(page.path);
    if (!anchors) {
      const { headings, html } = page.facts;
      const rendered = new Map(page.headings.map(({ line, id }) => [line, id]));
      anchors = new Set([
        ...headings.map((heading) =>
          hasTags(page, heading) ? (rendered.get(heading.range.start.line) ?? heading.slug) : heading.slug,
        ),
        ...html.flatMap(({ ids }) => ids),
      ]);
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
  severity: 'error',
  preset: 'recommended',
  summary: 'A heading is a heading with the same anchor on GitHub and on the site.',
  documentation: `
GitHub makes anchors from the text of a heading with one algorithm, kramdown with another: it has typography first (\`--\`
becomes a dash), obeys ids given by hand (\`{#id}\`; reported where a link needs one), and does not take every heading for
one. An indented \`# Lamp\`, an underlined heading of two lines and a heading inside an HTML block are text
(\`lib/kramdown/parser/kramdown/header.rb\` and \`lib/kramdown/parser/gfm.rb\`). The rule reports headings that only one of
the two has (error for GitHub only, warning for the site only), headings with two anchors (warning; info for a tab) and
links whose fragment only the site has (warning).

A link to such a heading works for readers of the site or for readers on GitHub, never for both.

Reword the heading as the message says. \`corpus fix\` removes the indentation of a heading.
`,
  fixable: true,
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
      name: 'a heading is indented',
      files: { 'a.md': `${HEAD}Text.\n\n  ## Lamp\n` },
      findings: [
        {
          file: 'a.md',
          line: 7,
          message:
            'heading `Lamp` is a heading on GitHub only, because it is indented: expected `#` at the start of the line; remove the 2 spaces before it',
        },
      ],
      fixed: { 'a.md': `${HEAD}Text.\n\n## Lamp\n` },
    },
    {
      name: 'an underlined heading has two lines, and another stands in a div',
      files: { 'a.md': `${HEAD}Lamp and\nbulb\n====\n\n<div>\n\n## Switch\n\n</div>\n` },
      findings: [
        {
          file: 'a.md',
          line: 5,
          message:
            'heading `Lamp and bulb` is a heading on GitHub only, because its text has more than one line: expected one line above the underline; write it as `# …`',
        },
        {
          file: 'a.md',
          line: 11,
          message:
            'heading `Switch` is a heading on GitHub only, as kramdown reads it as text: expected a heading on both, with a blank line before it and outside HTML; set it apart',
        },
      ],
    },
    {
      name: 'a rule under a list item becomes a heading of the site',
      files: { 'a.md': `${HEAD}- lamp\n---\n\nText.\n` },
      findings: [
        {
          file: 'a.md',
          line: 5,
          message:
            '`lamp` is a heading on the site only: expected the same on GitHub; put a blank line before the line below it, or write it as `# …`',
        },
      ],
    },
  ],
});

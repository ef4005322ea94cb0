import type { Page, ResolvedLink } from '../../site/types.js';
import { shownLinks } from '../shared/links.js';
import { didYouMean, Nearest } from '../../corpus/nearest.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

interface Vocabulary {
  nearest: Nearest;
  /** Anchor on GitHub -> id of the same heading on the site. */
  twins: ReadonlyMap<string, string>;
}

function vocabularyOf(target: Page): Vocabulary {
  const idAt = new Map(target.headings.map(({ line, id }) => [line, id]));
  const twins = new Map<string, string>();
  for (const { slug, range } of target.facts.headings) {
    const id = idAt.get(range.start.line);
    if (id && id !== slug) twins.set(slug, id);
  }
  return { nearest: new Nearest(target.anchors), twins };
}

/** Finds likely anchors; keeps one vocabulary a target page. */
class AnchorGuesser {
  private readonly byPage = new Map<string, Vocabulary>();

  advice(target: Page, fragment: string): string {
    const vocabulary = this.byPage.get(target.path) ?? vocabularyOf(target);
    this.byPage.set(target.path, vocabulary);
    const twin = vocabulary.twins.get(fragment);
    if (twin !== undefined) return ` The heading with this anchor on GitHub has the id ${code(twin)} here.`;
    return didYouMean(vocabulary.nearest.find(fragment));
  }
}

function message(page: Page, target: Page, { fragment }: ResolvedLink, advice: string): string {
  const where = target === page ? 'this page' : code(target.path);
  return `fragment ${code(`#${fragment ?? ''}`)} is no anchor of ${where}: expected the id of a heading or element as it is rendered; correct it.${advice}`;
}

export const linkAnchor = siteRule({
  id: 'link-anchor',
  theme: 'links',
  severity: 'error',
  preset: 'recommended',
  summary: 'The fragment of a link is an anchor of the page that it leads to.',
  documentation: `
The part of a link behind \`#\` is compared with the ids of the rendered page: those that kramdown makes from headings
(\`basic_generate_id\` of kramdown-parser-gfm, \`lib/kramdown/parser/gfm.rb\`), ids given by hand, ids of HTML elements, names of
\`<a>\` and footnotes. The rule reports fragments that the page does not have. An empty fragment and \`#top\` lead to the
start of every page (HTML standard, "scroll to the fragment").

The reader arrives at the top of the page instead of the section and has to search.

Correct the fragment. Where only the id on GitHub has this form, the message names the one of the site.
`,
  fixable: false,
  *check({ site }) {
    const guesser = new AnchorGuesser();
    for (const page of site.pages)
      for (const resolved of shownLinks(page)) {
        if (resolved.fragmentExists !== false || resolved.targetSource === null) continue;
        const target = site.byPath.get(resolved.targetSource);
        if (!target) continue;
        yield {
          file: page.path,
          range: resolved.link.destinationRange,
          message: message(page, target, resolved, guesser.advice(target, resolved.fragment ?? '')),
        };
      }
  },
  examples: [
    {
      name: 'fragments are ids of headings, of HTML and of the start',
      files: {
        'a.md':
          "---\ntitle: A\n---\n\n[x](#whats-new) [y](b.md#lamp) [z](b.md#bulb) [top](#top)\n\n## What's New?\n",
        'b.md': '---\ntitle: B\n---\n\n## Lamp\n\n<a id="bulb"></a>\n',
      },
      findings: [],
    },
    {
      name: 'a fragment is misspelt and another is of no heading at all',
      files: {
        'a.md': '---\ntitle: A\n---\n\n[x](#whats-nwe) [y](b.md#socket)\n\n## Whats New\n',
        'b.md': '---\ntitle: B\n---\n\n## Lamp\n',
      },
      findings: [
        {
          file: 'a.md',
          line: 5,
          column: 5,
          message:
            'fragment `#whats-nwe` is no anchor of this page: expected the id of a heading or element as it is rendered; correct it. Did you mean `whats-new`?',
        },
        {
          file: 'a.md',
          line: 5,
          column: 21,
          message:
            'fragment `#socket` is no anchor of `b.md`: expected the id of a heading or element as it is rendered; correct it.',
        },
      ],
    },
    {
      name: 'a fragment is the anchor on GitHub only',
      files: { 'a.md': '---\ntitle: A\n---\n\n[x](#on----off)\n\n## On -- Off\n' },
      findings: [
        {
          file: 'a.md',
          line: 5,
          column: 5,
          message:
            'fragment `#on----off` is no anchor of this page: expected the id of a heading or element as it is rendered; correct it. The heading with this anchor on GitHub has the id `on--off` here.',
        },
      ],
    },
  ],
});

import type { Difference } from '../../corpus/types.js';
import type { Site } from '../../site/types.js';
import { code, examplePage, fine, found, siteDifferences } from '../shared/kramdown-difference.js';
import { loader, MERMAID } from '../shared/site-scripts.js';
import { siteRule, type Severity } from '../types.js';

/** What each of GitHub's additions becomes on the site; null where the configuration brings it. */
function wording(
  difference: Difference,
  { config }: Site,
  drawsDiagrams: () => boolean,
): { message: string; severity?: Severity } | null {
  switch (difference.kind) {
    case 'mermaid':
      if (drawsDiagrams()) return null;
      return {
        message:
          'GitHub draws this diagram, the site shows its source: `_config.yml` does not load mermaid; add `mermaid:` with a `version` (just-the-docs), or show a picture',
      };
    case 'alert':
      return {
        message: `GitHub shows a coloured box, the site a block quote that begins with ${code(difference.github)}; write a bold word (\`> **Note**\`) instead`,
      };
    case 'emoji':
      if (config.emoji) return null;
      return {
        severity: 'warning',
        message: `GitHub shows an emoji, the site ${code(difference.github)}; type the emoji itself, or add the plugin jemoji`,
      };
    case 'dollar-math':
      return {
        severity: 'warning',
        message:
          'GitHub typesets this as a formula, the site shows it as typed; write it as text or code, or show a picture',
      };
    default:
      return null;
  }
}

/** GitHub's own additions to Markdown, which Jekyll does not have. */
export const kramdownGithubOnly = siteRule({
  id: 'kramdown-github-only',
  theme: 'jekyll',
  severity: 'error',
  preset: 'recommended',
  fixable: false,
  summary: 'No page relies on what only GitHub adds to Markdown.',
  documentation: `GitHub draws \`mermaid\` fences, shows block quotes that begin with \`[!NOTE]\` as coloured boxes, puts emoji for
names such as \`:rocket:\`, and typesets formulas between single dollar signs. Jekyll does none of this by itself: readers of
the site see the source.

Diagrams are not reported when \`_config.yml\`, a layout, an include or the key \`mermaid\` of the page loads mermaid, emoji names not when the plugin jemoji is active.

What to do: configure mermaid, write a bold word for an alert, type the emoji itself.

Source: GitHub's documentation of its Markdown; kramdown-parser-gfm has no parser for any of these; just-the-docs loads
mermaid in \`_includes/head.html\` when the key \`mermaid\` is set.`,
  examples: [
    fine('a block quote, a time and a code span', '> **Note** text\n\nAt 10:30:45 type `:rocket:` or $5.'),
    {
      name: 'a diagram on a site that loads mermaid',
      files: {
        '_config.yml': 'mermaid:\n  version: "11.17.2"\n',
        'index.md': examplePage('```mermaid\ngraph TD\n  A --> B\n```'),
      },
      findings: [],
    },
    {
      name: 'a diagram on a site whose layout loads mermaid',
      files: {
        '_layouts/default.html': '{{ content }}<script type="module">import "./mermaid.esm.mjs"</script>\n',
        'index.md': examplePage('```mermaid\ngraph TD\n  A --> B\n```'),
      },
      findings: [],
    },
    found(
      'a diagram',
      '```mermaid\ngraph TD\n  A --> B\n```',
      1,
      'GitHub draws this diagram, the site shows its source: `_config.yml` does not load mermaid; add `mermaid:` with a `version` (just-the-docs), or show a picture',
    ),
    found(
      'an alert',
      '> [!NOTE]\n> text',
      1,
      'GitHub shows a coloured box, the site a block quote that begins with `[!NOTE]`; write a bold word (`> **Note**`) instead',
    ),
    found(
      'the name of an emoji',
      ':rocket: go',
      1,
      'GitHub shows an emoji, the site `:rocket:`; type the emoji itself, or add the plugin jemoji',
    ),
    found(
      'a formula',
      'The $x_1$ is.',
      1,
      'GitHub typesets this as a formula, the site shows it as typed; write it as text or code, or show a picture',
    ),
  ],
  *check(context) {
    const { site } = context;
    const draws = loader(context, MERMAID);
    for (const { facts, difference } of siteDifferences(context)) {
      const page = site.byPath.get(facts.path);
      const words = wording(difference, site, () => page !== undefined && draws(page));
      if (words) yield { file: facts.path, range: difference.range, ...words };
    }
  },
});

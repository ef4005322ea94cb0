import { LineIndex } from '../../corpus/text.js';
import { siteRule } from '../types.js';
import { analysedPages } from '../shared/liquid-analysis.js';
import { exact } from '../shared/wording.js';
import { offLimits, shield } from '../shared/liquid-shield.js';

const page = (body: string): string => `---\ntitle: Home\n---\n\n# Home\n\n${body}\n`;
/** Longest piece of Liquid that a message quotes. */
const MAX_QUOTE = 60;
const quote = (text: string): string =>
  exact(
    text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE).replace(/\s+/g, ' ')}…` : text.replace(/\s+/g, ' '),
  );
const REMEDY =
  'if it is meant literally, put `<!-- {% raw %} -->` on a line before the block and `<!-- {% endraw %} -->` on a line after it, or write `&#123;&#123;` in prose; if it is Liquid on purpose, name it under `liquid` in corpus.yml';

/** Literal text that Liquid replaces without a word. */
export const liquidSwallowed = siteRule({
  id: 'liquid-swallowed',
  theme: 'jekyll',
  severity: 'error',
  preset: 'recommended',
  fixable: true,
  summary: 'No literal text disappears because Liquid takes it for a variable or a tag.',
  documentation: `\`\${{ secrets.TOKEN }}\` in a workflow, \`{{ .Values.image }}\` in a Helm chart, \`style={{ color: "red" }}\` in JSX: GitHub
shows them, the site does not. Liquid replaces \`{{ … }}\` by the value of a variable that no page defines, which is
nothing, also in code. A \`{% for %}\` over an unknown name takes its whole body with it. Readers then copy code with holes in
it, and no build log says a word.

Names that are Liquid on purpose are left alone: \`site\`, \`page\`, \`layout\`, \`content\`, \`include\`, \`paginator\`, \`jekyll\`,
\`theme\`, everything the page itself assigns, captures or loops over, on a page with includes also what the site's includes
assign, and the names that \`liquid.roots\` in corpus.yml lists.

What to do: put \`<!-- {% raw %} -->\` on a line before the block and \`<!-- {% endraw %} -->\` on a line after it; both are HTML
comments, invisible on GitHub and on the site. In prose write \`&#123;&#123;\`. \`fix\` does either. \`{% raw %}\` inside a
fence also works on the site, but GitHub shows it; \`render_with_liquid: false\` is ignored by GitHub Pages.

Source: \`lib/liquid/variable.rb\` and \`context.rb\` (an undefined name renders to the empty string), \`jekyll/lib/jekyll/renderer.rb\`
(Liquid runs before the Markdown converter).`,
  examples: [
    {
      name: 'names that Jekyll or the page defines',
      files: { 'index.md': page('{% assign who = "you" %}{{ who }} {{ site.title }} {{ page.url }}') },
      findings: [],
    },
    {
      name: 'a name that an include of the site assigns',
      files: {
        'index.md': page('{% include base.html %}[Up]({{ root_path }}/a.md)'),
        '_includes/base.html': '{% assign root_path = ".." %}',
      },
      findings: [],
    },
    {
      name: 'a page without includes gets nothing from them',
      files: {
        'index.md': page('Write {{ root_path }} there.'),
        '_includes/base.html': '{% assign root_path = ".." %}',
      },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 7,
          message: `Liquid replaces \`{{ root_path }}\` by nothing (nothing defines \`root_path\`), so the text is missing on the page; ${REMEDY}`,
        },
      ],
      fixed: { 'index.md': page('Write &#123;&#123; root_path }} there.') },
    },
    {
      name: 'a name that corpus.yml allows',
      files: { 'index.md': page('{{ brand.name }}') },
      config: 'liquid:\n  roots: [brand]\n',
      findings: [],
    },
    {
      name: 'an expression of GitHub Actions in a fence',
      files: { 'index.md': page('```yaml\nrun: ${{ secrets.KEY }}\n```') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          column: 7,
          message: `Liquid replaces \`{{ secrets.KEY }}\` by nothing (nothing defines \`secrets\`), so the text is missing on the page; ${REMEDY}`,
        },
      ],
      fixed: {
        'index.md': page('<!-- {% raw %} -->\n```yaml\nrun: ${{ secrets.KEY }}\n```\n<!-- {% endraw %} -->'),
      },
    },
    {
      name: 'a placeholder in prose',
      files: { 'index.md': page('Write {{ name }} there.') },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 7,
          message: `Liquid replaces \`{{ name }}\` by nothing (nothing defines \`name\`), so the text is missing on the page; ${REMEDY}`,
        },
      ],
      fixed: { 'index.md': page('Write &#123;&#123; name }} there.') },
    },
    {
      name: 'a placeholder in a code span',
      files: { 'index.md': page('Write `{{ name }}` there.') },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 8,
          message: `Liquid replaces \`{{ name }}\` by nothing (nothing defines \`name\`), so the text is missing on the page; ${REMEDY}`,
        },
      ],
      fixed: { 'index.md': page('<!-- {% raw %} -->\n\nWrite `{{ name }}` there.\n\n<!-- {% endraw %} -->') },
    },
    {
      name: 'the code of a highlight tag shows entities as they are typed, so fix leaves it',
      files: { 'index.md': page('{% highlight yaml %}\nrun: {{ name }}\n{% endhighlight %}') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          column: 6,
          message: `Liquid replaces \`{{ name }}\` by nothing (nothing defines \`name\`), so the text is missing on the page; ${REMEDY}`,
        },
      ],
    },
    {
      name: 'attribute lists stay beside their blocks',
      files: {
        'index.md': page(
          '```yaml\nrun: ${{ secrets.KEY }}\n```\n{: .wide }\n\n{: .note }\n> Use `{{ name }}`.',
        ),
      },
      findings: [
        {
          file: 'index.md',
          line: 8,
          message: `Liquid replaces \`{{ secrets.KEY }}\` by nothing (nothing defines \`secrets\`), so the text is missing on the page; ${REMEDY}`,
        },
        {
          file: 'index.md',
          line: 13,
          message: `Liquid replaces \`{{ name }}\` by nothing (nothing defines \`name\`), so the text is missing on the page; ${REMEDY}`,
        },
      ],
      fixed: {
        'index.md': page(
          '<!-- {% raw %} -->\n```yaml\nrun: ${{ secrets.KEY }}\n```\n{: .wide }\n<!-- {% endraw %} -->\n\n<!-- {% raw %} -->\n\n{: .note }\n> Use `{{ name }}`.\n\n<!-- {% endraw %} -->',
        ),
      },
    },
    {
      name: 'a loop of another template language',
      files: { 'index.md': page('```jinja\n{% for d in docs %}\nshown\n{% endfor %}\n```') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          column: 1,
          message: `Liquid takes \`{% for d in docs %}\` for its own (nothing defines \`docs\`), so all text up to its end tag is missing on the page; ${REMEDY}`,
        },
      ],
      fixed: {
        'index.md': page(
          '<!-- {% raw %} -->\n```jinja\n{% for d in docs %}\nshown\n{% endfor %}\n```\n<!-- {% endraw %} -->',
        ),
      },
    },
  ],
  *check(context) {
    for (const { facts, source, base, analysis } of analysedPages(context)) {
      const literal = analysis.outputs.filter((output) => !output.onPurpose);
      if (literal.length === 0 && analysis.swallowedTags.length === 0) continue;
      const lines = new LineIndex(source);
      const untouched = offLimits(analysis, base);
      const stopped = new Set(analysis.problems.map((problem) => problem.start));
      for (const output of literal) {
        if (stopped.has(output.start)) continue;
        const [start, end] = [base + output.start, base + output.end];
        const becomes = output.rendersTo === 'text' ? quote(output.replacement ?? '') : 'nothing';
        yield {
          file: facts.path,
          range: lines.range(start, end),
          message: `Liquid replaces ${quote(source.slice(start, end))} by ${becomes} (${output.reason}), so the text is missing on the page; ${REMEDY}`,
          edits: shield(facts, source, start, end, untouched),
        };
      }
      for (const tag of analysis.swallowedTags) {
        const [start, end] = [base + tag.start, base + tag.end];
        const lost = tag.loses === 'body' ? 'all text up to its end tag is missing' : 'the tags are missing';
        yield {
          file: facts.path,
          range: lines.range(start, end),
          message: `Liquid takes ${quote(source.slice(start, end))} for its own (${tag.reason}), so ${lost} on the page; ${REMEDY}`,
          edits: shield(facts, source, start, Math.max(end, base + tag.blockEnd), untouched),
        };
      }
    }
  },
});

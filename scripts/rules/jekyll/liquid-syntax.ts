import { LineIndex } from '../../corpus/text.js';
import { siteRule } from '../types.js';
import { analysedPages } from '../shared/liquid-analysis.js';
import { offLimits, shield } from '../shared/liquid-shield.js';

const page = (body: string): string => `---\ntitle: Home\n---\n\n# Home\n\n${body}\n`;

/** What the model suggests where braces may be literal text; elsewhere Liquid is meant, and a repair would hide it. */
const MAYBE_LITERAL = 'If this is literal text';

/** Liquid that stops the build, all of it at once. */
export const liquidSyntax = siteRule({
  id: 'liquid-syntax',
  theme: 'jekyll',
  severity: 'error',
  preset: 'recommended',
  fixable: true,
  summary: 'No Liquid on a page stops the build.',
  documentation: `Jekyll runs Liquid over a page before it looks at the Markdown: in prose, in fences, in code spans, in HTML
comments. \`{{\` and \`{%\` always begin Liquid. An unknown tag, a block that is never closed, \`{{\` whose first \`}\` stands
alone, a filter without its argument, an include that does not exist: each stops the whole site, and Jekyll reports one at a
time. This rule reports all of them, with the line of the file (Jekyll counts from the body).

What to do: if the text is meant literally, put \`<!-- {% raw %} -->\` on a line before the block and
\`<!-- {% endraw %} -->\` on a line after it (neither side shows them), or write \`&#123;&#123;\` in prose. \`fix\` does
that, but not where Liquid is meant: a link to a missing file stays for you to correct. \`render_with_liquid: false\` needs Jekyll 4: GitHub Pages runs Jekyll 3.10 and ignores it.

What stops one of Liquid 4 and 5 only is a warning on the other: Jekyll 4 asks for Liquid 4 in its gemspec, some
distributions ship it with Liquid 5.

Source: \`lib/liquid/tokenizer.rb\`, \`block_body.rb\` and \`tags/*.rb\` of Liquid 4.0.4 (engine \`pages\`) and 5 (engine
\`actions\`); \`lib/jekyll/tags/*.rb\` of Jekyll.`,
  examples: [
    {
      name: 'Liquid on purpose',
      files: { 'index.md': page('{{ site.title }} {% if page.title %}x{% endif %}') },
      findings: [],
    },
    {
      name: 'a fence in a raw block',
      files: { 'index.md': page('<!-- {% raw %} -->\n```jinja\n{% block x %}\n```\n<!-- {% endraw %} -->') },
      findings: [],
    },
    {
      name: 'a tag of Liquid 5 on a site that an Actions build makes',
      files: { 'index.md': page('{% echo site.title %}') },
      config: 'engine: actions\n',
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 1,
          message:
            '`{% echo site.title %}` uses the tag `echo`, which neither Liquid nor Jekyll knows: the build stops. (On Liquid 4 only, which GitHub Pages runs.) If this is literal text, put `<!-- {% raw %} -->` on a line before and `<!-- {% endraw %} -->` on a line after it.',
        },
      ],
      fixed: { 'index.md': page('&#123;% echo site.title %}') },
    },
    {
      name: "a tag and a block of the site's own plugins, and an include with a leading slash",
      config: 'engine: actions\n',
      files: {
        'index.md': page('{% card a %}\n\n{% box %}\ntext\n{% endbox %}\n\n{% include /a.html %}'),
        '_includes/a.html': '<p>A</p>\n',
        '_plugins/tags.rb':
          "class Card < Liquid::Tag\nend\nclass Box < Liquid::Block\nend\nLiquid::Template.register_tag('card', Card)\nLiquid::Template.register_tag('box', Box)\n",
      },
      findings: [],
    },
    {
      name: 'posts are named by date and slug',
      files: {
        'index.md': page(
          '[A]({% post_url 2024-01-02-lamp %}) [B]({% post_url news/2024-01-03-bulb %}) [C]({% post_url 2024-01-04-bulb %})\n\n[D]({% post_url 2024-01-02-lmap %}) [E]({% post_url lamp %})',
        ),
        '_posts/2024-01-02-lamp.md': page('Text.'),
        'news/_posts/2024-01-03-bulb.md': page('Text.'),
      },
      findings: [
        {
          file: 'index.md',
          line: 9,
          column: 5,
          message:
            '`{% post_url 2024-01-02-lmap %}` points to `2024-01-02-lmap`, which the site does not have: the build stops. Write the date and the slug of an existing post.',
        },
        {
          file: 'index.md',
          line: 9,
          column: 41,
          message:
            '`{% post_url lamp %}` does not name a post: `post_url` takes the file name without its ending, such as `2024-01-31-title`. Write the date and the slug of an existing post.',
        },
      ],
    },
    {
      name: 'a link to a file that does not exist is Liquid on purpose, so fix leaves it',
      files: { 'index.md': page('[Next]({% link next.md %})') },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 8,
          message:
            "`{% link next.md %}` points to `next.md`, which the site does not have: the build stops. Write the path of an existing file from the site's root, with its ending.",
        },
      ],
    },
    {
      name: 'an unknown tag in a fence',
      files: { 'index.md': page('```jinja\n{% block x %}\n```') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          column: 1,
          message:
            '`{% block x %}` uses the tag `block`, which neither Liquid nor Jekyll knows: the build stops. If this is literal text, put `<!-- {% raw %} -->` on a line before and `<!-- {% endraw %} -->` on a line after it.',
        },
      ],
      fixed: {
        'index.md': page('<!-- {% raw %} -->\n```jinja\n{% block x %}\n```\n<!-- {% endraw %} -->'),
      },
    },
    {
      name: 'braces that end at a single brace',
      files: { 'index.md': page('```tsx\n<div style={{ width: `${p}%` }}>\n```') },
      findings: [
        {
          file: 'index.md',
          line: 8,
          column: 12,
          message:
            '`{{` is closed by the first `}` after it, and that one is single: Liquid reads `` {{ width: `${p} `` and stops the build. If this is literal text, put `<!-- {% raw %} -->` on a line before and `<!-- {% endraw %} -->` on a line after it.',
        },
      ],
      fixed: {
        'index.md': page(
          '<!-- {% raw %} -->\n```tsx\n<div style={{ width: `${p}%` }}>\n```\n<!-- {% endraw %} -->',
        ),
      },
    },
  ],
  *check(context) {
    for (const { facts, source, base, analysis, elsewhere } of analysedPages(context)) {
      if (analysis.problems.length === 0 && elsewhere.length === 0) continue;
      const lines = new LineIndex(source);
      const untouched = offLimits(analysis, base);
      for (const problem of [...analysis.problems, ...elsewhere]) {
        const start = base + problem.start;
        const end = base + problem.end;
        const here = problem.engines.includes(context.site.engine);
        const where = problem.engines.includes('pages')
          ? 'Liquid 4 only, which GitHub Pages runs'
          : 'Liquid 5 only';
        yield {
          file: facts.path,
          range: lines.range(start, end),
          message: `${problem.message} ${here ? '' : `(On ${where}.) `}${problem.suggestion}`,
          severity: here ? 'error' : 'warning',
          edits: problem.suggestion.includes(MAYBE_LITERAL)
            ? shield(facts, source, start, end, untouched)
            : [],
        };
      }
    }
  },
});

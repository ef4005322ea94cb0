/**
 * Compares the model with the real engine: one Ruby process with the installed Liquid and Jekyll.
 *
 * To measure another release of Liquid, point `LIQUID_LIB` at its `lib` folder (and `JEKYLL_LIB` at Jekyll's, if
 * that is to change, too):
 *
 *     LIQUID_LIB=/path/to/liquid/lib npx vitest run tests/engines/liquid/differential.test.ts
 *
 * The model's engine follows the version that the process reports. `LIQUID_RUNS` and `LIQUID_SEED` set the number
 * of templates per property and the seed of the generator.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseLiquid, type LiquidEngine, renderStatic } from '../../../scripts/engines/liquid/index.js';
import { hasRubyLiquid, RubyLiquid, SERVER_LOOKUPS } from './ruby-liquid.js';
import { shortTemplate, template } from './templates.js';

const RUNS = Number(process.env.LIQUID_RUNS ?? 1500);
const SEED = Number(process.env.LIQUID_SEED ?? 20240131);

/** Literal text as authors of tutorials write it. */
const PAGES: Readonly<Record<string, string>> = {
  'GitHub Actions': '```yaml\nrun: ${{ secrets.KEY }}\n```\n',
  'template string in JSX': '```tsx\n<div style={{ width: `${p}%` }}>\n```\n',
  'object in JSX': '```tsx\n<div style={{ color: "red" }}>\n```\n',
  'unknown block': '```jinja\n{% block x %}{% endblock %}\n```\n',
  'open tag in a code span': 'Write `{%` to open.\n',
  'open braces in a code span': 'Write `{{` to open.\n',
  'loop over nothing': '```jinja\n{% for d in docs %}\nlost\n{% endfor %}\n```\n',
  'if without an end': '```jinja\n{% if x %}\n```\n',
  'filter argument without a colon': '`{{ now | date "Monday, January 2" }}`\n',
  'filter without its argument': '`{{ now | date }}`\n',
  'sum of strings': '`{{ "a" + b }}`\n',
  'raw in a fence': '```yaml\n{% raw %}${{ x }}{% endraw %}\n```\n',
  'raw in comments': '<!-- {% raw %} -->\n```yaml\n${{ x }}\n```\n<!-- {% endraw %} -->\n',
  'escaped braces': '\\{\\{ x \\}\\} and { { x } }\n',
  'tag in an HTML comment': '<!-- {% nope %} -->\ntext\n',
  'braces as entities': '&#123;&#123; x }}\n',
  'Jinja test': '{% if x is defined %}a{% endif %}\n',
  'Jinja negation': '\n{% if not x %}a{% endif %}\n',
  'Jinja pair loop': '{% for k, v in d.items() %}{{ k }}{% endfor %}\n',
  Helm: '{{- if .Values.a }}\nb: {{ .Values.b | quote }}\n{{- end }}\n',
  Handlebars: '{{#if a}}{{{b}}}{{/if}}\n',
  JSON: '{{ {"a": 1} }}\n',
  'name of a payload method': 'Clicked {{ count }} times, {{ merge }}\n',
  'non-ASCII text': 'é {{ ü }} – {% assign é = 1 %}{{ é }}\n',
  'sigma at the end of a word': '{{ "ΑΣ" | downcase }} {{ "aΑΣ" | capitalize }}\n',
  'letters without one capital': '{{ "ß" | capitalize }} {{ "ǆa" | capitalize }} {{ "éA" | capitalize }}\n',
  'text beyond the first plane': '{% if "\uffff" < "🚀" %}a{% else %}b{% endif %}\n',
  'decimal number divided by zero': '{{ 1.0 | divided_by: 0 }} {{ 1 | divided_by: 0.0 }}\n',
  'decimal remainder of zero': '{{ 1.0 | modulo: 0 }}\n',
  'carriage returns': 'a\r\n{% if x %}\r\nb\r\n{% nope %}\r\n',
};

describe.skipIf(!hasRubyLiquid())(
  'the Liquid model and Ruby Liquid with Jekyll (needs ruby with the jekyll gem)',
  () => {
    let ruby: RubyLiquid;
    let engine: LiquidEngine;

    beforeAll(async () => {
      const started = await RubyLiquid.start();
      ruby = started.ruby;
      engine = started.version.startsWith('4.') ? 'pages' : 'actions';
    }, 60_000);

    afterAll(() => {
      ruby.stop();
    });

    /** What the model and the engine say of one template, as far as the source alone decides it. */
    async function bothViews(text: string): Promise<{ model: object; real: object }> {
      const [answer] = await ruby.render([text]);
      const analysis = analyseLiquid(text, engine, SERVER_LOOKUPS);
      const tokens = analysis.tokens.map((token) => text.slice(token.start, token.end));
      const first = analysis.firstProblem;
      const model: Record<string, unknown> = { tokens };
      const real: Record<string, unknown> = { tokens: answer!.tokens };
      const decided = !analysis.stopsBuild || analysis.problems.some((problem) => problem.certain);
      if (decided) {
        model.stopsBuild = analysis.stopsBuild;
        real.stopsBuild = !answer!.ok;
      }
      if (first?.certain && !answer!.ok) {
        model.first = { phase: first.phase, line: first.liquidLine ?? null };
        real.first = { phase: answer!.phase, line: answer!.line ?? null };
      }
      const rendering = renderStatic(text, engine);
      if (answer!.ok && rendering.exact) {
        model.text = rendering.text;
        real.text = answer!.text;
      }
      return { model, real };
    }

    it.each(Object.entries(PAGES))('agree on: %s', async (_name, text) => {
      const { model, real } = await bothViews(text);
      expect(model).toEqual(real);
    });

    it.each([
      ['long templates', template],
      ['short templates', shortTemplate],
    ])(
      'agree on generated %s: tokens, whether the build stops, where, and the text',
      async (_name, arbitrary) => {
        await fc.assert(
          fc.asyncProperty(arbitrary, async (text) => {
            const { model, real } = await bothViews(text);
            expect(model).toEqual(real);
          }),
          { numRuns: RUNS, seed: SEED },
        );
      },
      600_000,
    );

    it('has something to compare: many templates stop the build, many render exactly', () => {
      const samples = fc.sample(shortTemplate, { numRuns: 1000, seed: SEED });
      const stopped = samples.filter((text) => analyseLiquid(text, engine, SERVER_LOOKUPS).stopsBuild);
      const exact = samples.filter((text) => renderStatic(text, engine).exact && /\{[{%]/.test(text));
      expect(stopped.length).toBeGreaterThan(200);
      expect(exact.length).toBeGreaterThan(100);
    });

    it('knows the arity of every filter of the engine', async () => {
      const texts = [...FILTER_NAMES].flatMap((name) =>
        [0, 1, 2, 3].map((count) => {
          const args = Array.from({ length: count }, () => '1').join(', ');
          return `{{ x | ${name}${count === 0 ? '' : `: ${args}`} }}`;
        }),
      );
      const answers = await ruby.render(texts);
      const wrong = texts.filter((text, index) => {
        const isArity = /wrong number of arguments/.test(answers[index]!.message ?? '');
        return (
          isArity !== analyseLiquid(text, engine).problems.some((problem) => problem.code === 'filter-arity')
        );
      });
      // Jekyll 3.10 has no `find`, and a `number_of_words` without arguments: the model says so for `pages`.
      const jekyll3 = /\| (?:find|find_exp|number_of_words)\b/;
      expect(wrong.filter((text) => engine === 'actions' || !jekyll3.test(text))).toEqual([]);
    });
  },
);

const FILTER_NAMES: ReadonlySet<string> = new Set(
  `abs absolute_url append array_to_sentence_string at_least at_most base64_decode base64_encode
  base64_url_safe_decode base64_url_safe_encode capitalize ceil cgi_escape compact concat date date_to_long_string
  date_to_rfc822 date_to_string date_to_xmlschema default divided_by downcase escape escape_once find find_exp first
  floor group_by group_by_exp h inspect join jsonify last lstrip map markdownify minus modulo newline_to_br
  normalize_whitespace number_of_words plus pop prepend push relative_url remove remove_first remove_last replace
  replace_first replace_last reverse round rstrip sample scssify shift size slice slugify smartify sort sort_natural
  split strip strip_html strip_index strip_newlines times to_integer truncate truncatewords uniq unshift upcase
  uri_escape url_decode url_encode where where_exp xml_escape nope`.split(/\s+/),
);

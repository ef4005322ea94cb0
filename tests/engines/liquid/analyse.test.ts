import { describe, expect, it } from 'vitest';
import { analyseLiquid, type LiquidEngine, renderStatic } from '../../../scripts/engines/liquid/index.js';

const codes = (text: string, engine: LiquidEngine = 'pages'): string[] =>
  analyseLiquid(text, engine).problems.map((problem) => problem.code);

describe('analyseLiquid', () => {
  it('reports every independent error of a page in one run, with its place', () => {
    const text = 'a {% nope %}\n{{ x | date }}\n`style={{ a: `${b}` }}`\n{% endfor %}\n{% if x %}\n';
    const { problems } = analyseLiquid(text, 'pages');
    expect(problems.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual([
      ['unknown-tag', '{% nope %}'],
      ['filter-arity', '{{ x | date }}'],
      ['unterminated-output', '{{ a: `${b}'],
      ['unexpected-tag', '{% endfor %}'],
      ['unclosed-block', '{% if x %}'],
    ]);
  });

  it('names the problem that Jekyll reports first: syntax comes before anything that fails in rendering', () => {
    const { firstProblem } = analyseLiquid('{{ x | date }}\n{% nope %}', 'pages');
    expect(firstProblem).toMatchObject({ code: 'unknown-tag', phase: 'parse', liquidLine: 2 });
  });

  it('reports an unknown block once, not its end tag as well', () => {
    expect(codes('{% block a %}x{% endblock %}')).toEqual(['unknown-tag']);
  });

  it('reports wrongly nested blocks once', () => {
    expect(codes('{% for a in b %}{% if x %}{% endfor %}{% if y %}{% endif %}')).toEqual(['unexpected-tag']);
  });

  it('finds errors inside comments of Liquid and HTML, as Liquid does', () => {
    expect(codes('{% comment %}{% if %}{% endif %}{{ a }{% endcomment %}')).toEqual([
      'bad-syntax',
      'unterminated-output',
    ]);
    expect(codes('<!-- {% nope %} -->')).toEqual(['unknown-tag']);
    expect(codes('{% comment %}{% nope %}{% endcomment %}')).toEqual([]);
  });

  it('does not report what Liquid never reaches', () => {
    expect(codes('{% for d in docs %}{{ d | date }}{% endfor %}')).toEqual([]);
    expect(codes('{% if false %}{{ d | date }}{% endif %}')).toEqual([]);
  });

  it('marks what depends on the data of the site', () => {
    const { problems } = analyseLiquid('{% if page.x %}{{ d | date }}{% endif %}', 'pages');
    expect(problems).toMatchObject([{ code: 'filter-arity', certain: false }]);
  });

  it('names the engines on which the build stops', () => {
    expect(analyseLiquid('{% render "a" %}', 'pages').problems[0]?.engines).toEqual(['pages']);
    expect(analyseLiquid('{% echo x %}', 'actions').problems).toEqual([]);
    expect(analyseLiquid('{% nope %}', 'pages').problems[0]?.engines).toEqual(['pages', 'actions']);
  });

  it('asks the caller for targets, and says nothing where the caller does not know', () => {
    const text = '{% include a.html %}{% link b.md %}{% post_url 2024-01-02-c %}';
    expect(codes(text)).toEqual([]);
    const lookups = { includeExists: () => false, linkTargetExists: () => false, postExists: () => false };
    const { problems } = analyseLiquid(text, 'pages', lookups);
    expect(problems.map(({ code }) => code)).toEqual(['missing-include', 'missing-link', 'missing-post-url']);
  });

  it('takes tags, blocks, filters and names of plugins from the caller', () => {
    const text = '{% seo %}{% note %}{{ x | twice }}{{ cfg.a }}{% endnote %}';
    expect(codes(text)).toEqual(['unknown-tag', 'unknown-tag']);
    const analysis = analyseLiquid(text, 'pages', {
      extraTags: ['seo'],
      extraBlocks: ['note'],
      extraFilters: { twice: { min: 1, max: 1 } },
      extraRoots: ['cfg'],
    });
    expect(analysis.problems.map(({ code }) => code)).toEqual(['filter-arity']);
    expect(analysis.outputs).toMatchObject([{ root: 'cfg', onPurpose: true }]);
  });

  it('tells Liquid on purpose from literal text', () => {
    const text =
      '{% assign a = 1 %}{% for i in page.list %}{{ i }}{% endfor %}{{ a }}{{ site.title }}${{ secrets.K }}{{ "{{" }}{{ "/a" | relative_url }}';
    const { outputs } = analyseLiquid(text, 'pages');
    expect(outputs.map(({ markup, onPurpose }) => [markup.trim(), onPurpose])).toEqual([
      ['i', true],
      ['a', true],
      ['site.title', true],
      ['secrets.K', false],
      ['"{{"', true],
      ['"/a" | relative_url', true],
    ]);
  });

  it('says what the reader sees in place of literal text', () => {
    const { outputs } = analyseLiquid(
      '{{ "a" + b }} {{ .Values.x }} {{ x | default: "d" }} {{ count }}',
      'pages',
    );
    expect(outputs).toMatchObject([
      { root: null, rendersTo: 'text', replacement: 'a', lax: true },
      { root: 'Values', rendersTo: 'nothing', lax: true },
      { root: 'x', rendersTo: 'text', replacement: 'd', lax: false },
      { root: 'count', rendersTo: 'unknown', onPurpose: false },
    ]);
  });

  it('reports control tags in literal text with what gets lost', () => {
    const text = '{% for d in docs %}x{% endfor %}{% unless a %}y{% endunless %}{% if site.b %}{% endif %}';
    expect(analyseLiquid(text, 'pages').swallowedTags).toMatchObject([
      { tagName: 'for', root: 'docs', loses: 'body', blockEnd: 32 },
      { tagName: 'unless', root: 'a', loses: 'tags' },
    ]);
  });

  it('takes names that JavaScript objects inherit as any other name', () => {
    const { outputs, problems } = analyseLiquid(
      '{{ constructor | toString }}{{ __proto__ }}{% valueOf %}',
      'pages',
    );
    expect(problems.map(({ code }) => code)).toEqual(['unknown-tag']);
    expect(outputs.map(({ rendersTo }) => rendersTo)).toEqual(['nothing', 'nothing']);
  });

  it.each([
    ['open braces', '{'.repeat(200_000)],
    ['outputs that never end', '{{ '.repeat(70_000)],
    ['tags that never end', '{% '.repeat(70_000)],
    ['nested blocks', '{% if x %}'.repeat(20_000)],
    ['nested brackets', `{{ ${'a['.repeat(100_000)} }}`],
    ['nested parentheses', `{{ ${'('.repeat(200_000)} }}`],
    ['a text that doubles itself', "{% assign a = a | append: a | append: 'x' %}".repeat(200)],
    ['a text captured twice', '{% capture a %}{{ a }}{{ a }}x{% endcapture %}'.repeat(60)],
    ['a text cycled twice', '{% capture a %}{% cycle a %}{% cycle a %}x{% endcapture %}'.repeat(60)],
    [
      'many named arguments',
      `{{ a | b: ${Array.from({ length: 100_000 }, (_, index) => `k${index}: 1`).join(', ')} }}`,
    ],
  ])('reads %s without running out of stack, memory or time', (_name, text) => {
    for (const engine of ['pages', 'actions'] as const) {
      const analysis = analyseLiquid(text, engine);
      const last = analysis.tokens.at(-1);
      expect(last?.end).toBe(text.length);
      expect(analysis.problems.length).toBeLessThanOrEqual(2000);
    }
  });
});

describe('renderStatic', () => {
  it('removes raw markers and comments and keeps the way back to the source', () => {
    const text = 'Top\n{% raw %}{{ x }}{% endraw %}\n{% comment %}\nno\n{% endcomment %}\nend';
    const { text: output, exact, map } = renderStatic(text, 'pages');
    expect(output).toBe('Top\n{{ x }}\n\nend');
    expect(exact).toBe(true);
    for (const piece of ['Top', '{{ x }}', 'end'])
      expect(map(output.lastIndexOf(piece))).toBe(text.lastIndexOf(piece));
    expect(map(output.length)).toBe(text.length);
  });

  it('leaves out what only the site knows, and says so', () => {
    expect(renderStatic('[{{ page.title }}]', 'pages')).toMatchObject({ text: '[]', exact: false });
    expect(renderStatic('[{{ page.title }}]', 'pages', { page: { title: 'T' } })).toMatchObject({
      text: '[T]',
      exact: true,
    });
  });

  it('runs blocks under unknown conditions once', () => {
    expect(renderStatic('{% for p in site.pages %}x{% endfor %}', 'pages')).toMatchObject({
      text: 'x',
      exact: false,
    });
    expect(renderStatic('{% if page.a %}x{% else %}y{% endif %}', 'pages').text).toBe('x');
  });

  it('keeps what Liquid refuses as it is written', () => {
    expect(renderStatic('a {{ b } c', 'pages')).toMatchObject({ text: 'a {{ b } c', exact: false });
  });

  it('repeats text inside raw where Liquid 4 does', () => {
    const text = '{% raw %}{{ a {% b %}{% endraw %}';
    expect(renderStatic(text, 'pages').text).toBe('{{ a {{ a {% b %}');
    expect(renderStatic(text, 'actions').text).toBe('{{ a {% b %}');
  });

  it('returns text without Liquid as it is', () => {
    const { text, map } = renderStatic('plain { text }', 'actions');
    expect([text, map(3), map(99)]).toEqual(['plain { text }', 3, 14]);
  });
});

import { analyseLiquid, renderStatic } from '../../../scripts/engines/liquid/index.js';
const N = Number(process.argv[2]);
const rep = (s: string) => s.repeat(Math.ceil(N / s.length));
const inputs: Record<string, string> = {
  brace: rep('{'),
  'open out': rep('{{ '),
  'open tag': rep('{% '),
  'open tag2': rep('{%'),
  outputs: rep('{{ a }}'),
  'closed single': rep('{{ a } '),
  ifs: rep('{% if x %}'),
  'ifs closed': rep('{% if x %}a{% endif %}'),
  ends: rep('{% endif %}'),
  raw: rep('{% raw %}'),
  'raw then': '{% raw %}' + rep('{{ x %} '),
  'raw tags': '{% raw %}' + rep('{% x %}'),
  'big output': '{{ ' + rep('[a') + ' }}',
  'big quotes': '{{ ' + rep('"\' ') + ' }}',
  'big parens': '{{ ' + rep('(') + ' }}',
  'big pipes': '{{ ' + rep('a |') + ' }}',
  'big commas': '{{ a | b: ' + rep('c:, ') + ' }}',
  'big assign': '{% assign ' + rep('= ') + ' %}',
  'assign sp': '{% assign ' + rep(' ') + ' %}',
  'big if': '{% if ' + rep('a and ') + '! %}{% endif %}',
  'if quotes': '{% if ' + rep('"') + "'" + ' %}',
  'if sp': '{% if ' + rep('a  ') + '!%}',
  'big for': '{% for ' + rep('a') + ' %}',
  tablerow: '{% tablerow ' + rep('a ') + ' %}',
  attrs: '{% for a in b ! ' + rep('a: ') + ' %}',
  when: '{% case x %}{% when ' + rep('a or ') + ' %}{% endcase %}',
  cycle: '{% cycle ' + rep('a:') + ' %}',
  'cycle,': '{% cycle ' + rep('a,') + ' %}',
  include: '{% include ' + rep('a=b ') + ' %}',
  includevar: '{% include ' + rep('{{ a ') + '%}',
  post: '{% post_url ' + rep('a/') + ' %}',
  post1: '{% post_url ' + rep('1') + ' %}',
  highlight: '{% highlight ' + rep('a\n') + '! %}',
  'hl opt': '{% highlight js ' + rep('a ') + '! %}',
  'hl q': '{% highlight js a="' + rep('1 ') + '!" %}',
  hash: '{%# ' + rep('\n') + ' %}',
  liquid: '{% liquid ' + rep('if a\n') + ' %}',
  'liquid nl': '{% liquid ' + rep('\n') + 'x %}',
  digits: '{{ ' + rep('1') + ' }}',
  dots: '{{ (' + rep('..') + ') }}',
  range: '{{ (' + rep('.. ') + ') }}',
  trim: rep(' {%- x -%} '),
  'ws trim': rep('{{- a }}' + ' '.repeat(50)),
  'text then dash': 'a' + rep(' ') + rep('{{-a}}'),
  comment: '{% comment %}' + rep('{% if %}'),
  'for else': rep('{% for a in b %}{% else %}{% else %}'),
  capture: rep('{% capture a %}{{ a }}{{ a }}{% endcapture %}'),
  append: rep("{% assign a = a | append: a | append: 'x' %}"),
  nest: rep('{% for a in "x" %}'),
  unknown: rep('{% nope %}'),
  hi: '{% highlight ' + rep('x="') + ' %}',
  'lookup sq': '{{ a' + rep('[') + ' }}',
  else: '{% if x %}' + rep('{% else %}') + '{% endif %}',
  ifcmp: '{% if ' + rep('a == b or ') + ' c %}{% endif %}',
};
const only = process.argv[3];
for (const [name, text] of Object.entries(inputs)) {
  if (only && name !== only) continue;
  const times: string[] = [];
  for (const engine of ['pages', 'actions'] as const) {
    const t = performance.now();
    try {
      analyseLiquid(text, engine);
    } catch (e) {
      times.push('CRASH ' + String(e).slice(0, 100));
    }
    const t2 = performance.now();
    try {
      renderStatic(text, engine);
    } catch (e) {
      times.push('CRASH r ' + String(e).slice(0, 100));
    }
    times.push((t2 - t).toFixed(0) + '+' + (performance.now() - t2).toFixed(0));
  }
  if (times.some((x) => x.includes('CRASH') || Number(x.split('+')[0]) > 1500) || only)
    console.log(name, times.join(' | '));
}

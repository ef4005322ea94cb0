import fc from 'fast-check';
import { template } from '/work/main/tests/engines/liquid/templates.js';
import { RubyLiquid, SERVER_LOOKUPS } from '/work/main/tests/engines/liquid/ruby-liquid.js';
import { analyseLiquid, renderStatic } from '/work/main/scripts/engines/liquid/index.js';
const n = Number(process.argv[2] ?? 3000),
  seed = Number(process.argv[3] ?? 1),
  show = Number(process.argv[4] ?? 12);
const { ruby, version } = await RubyLiquid.start();
const engine = version.startsWith('4') ? 'pages' : 'actions';
const ts = [...new Set(fc.sample(template, { numRuns: n, seed }))];
const counts: Record<string, number> = { total: ts.length };
const inc = (k: string) => {
  counts[k] = (counts[k] ?? 0) + 1;
  return counts[k]!;
};
for (const t of ts) {
  const r = (await ruby.render([t]))[0]!;
  let a;
  try {
    a = analyseLiquid(t, engine, SERVER_LOOKUPS);
  } catch (e) {
    console.log('CRASH', JSON.stringify(t), e);
    inc('crash');
    continue;
  }
  const say = (k: string, ...x: unknown[]) => {
    if (inc(k) <= show) console.log(k, JSON.stringify(t), ...x);
  };
  const toks = a.tokens.map((x) => t.slice(x.start, x.end));
  if (JSON.stringify(toks) !== JSON.stringify(r.tokens)) say('tokens', toks, r.tokens);
  const sure = a.problems.some((p) => p.certain);
  if (!r.ok) {
    inc('raises');
    if (!a.stopsBuild) say('MISS', r.phase, r.class, r.line, r.message?.slice(0, 80));
    else {
      const f = a.firstProblem!;
      if (f.certain && f.phase !== r.phase) say('phase', r.phase, f.phase, f.code, r.message?.slice(0, 80));
      else if (f.certain && (f.liquidLine ?? null) !== (r.line ?? null))
        say('line', r.line, f.liquidLine, f.code, r.class, r.message?.slice(0, 80));
    }
  } else {
    if (sure)
      say(
        'FALSE',
        a.problems.map((p) => p.code + ' ' + p.liquidMessage),
      );
    else if (a.stopsBuild) inc('maybe-only');
    else {
      const s = renderStatic(t, engine, undefined);
      if (!s.exact) inc('inexact');
      else if (s.text !== r.text)
        say('text', '\n   ruby', JSON.stringify(r.text), '\n   ours', JSON.stringify(s.text));
      else inc('text-same');
    }
  }
}
console.log(version, counts);
ruby.stop();

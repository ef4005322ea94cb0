import { extractFacts } from '../scripts/corpus/extract.js';
import { buildSite } from '../scripts/site/model.js';
import { defaultConfig } from '../scripts/corpus/config.js';
import { rules as a } from '../scripts/rules/files/index.js';
import { rules as b } from '../scripts/rules/front-matter/index.js';
import { rules as c } from '../scripts/rules/navigation/index.js';
import { rules as d } from '../scripts/rules/configuration/index.js';
const n = Number(process.argv[2]);
const files = new Map<string, any>(); const facts = new Map<string, any>(); const sources = new Map<string, string>();
const add = (p: string, t: string) => { sources.set(p, t); files.set(p, { path: p, kind: 'file', target: null, targetKind: null }); };
for (let i = 0; i < n; i++) {
  add(`o${i}.md`, `---\ntitle: Orphan number ${i}\nparent: Nowhere to be found ${i}\nnav_order: 1\nkeyy${i}: x\nlayout: defalt${i}\n---\n`);
  add(`s${i}.md`, `---\ntitle: Same\nnav_order: "${i}"\n---\n`);
  add(`t${i}.md`, `---\ntitle: Twin ${i % 7}\nparent: Same\nnav_order: 5\nancestor: Z${i}\n---\n`);
  add(`c${i}.md`, `---\ntitle: Chain ${i}\nparent: Chain ${i + 1}\n---\n`);
}
for (const [p, t] of sources) facts.set(p, await extractFacts(p, t, { engine: 'pages', markdown: true, problems: [] } as any));
const cfg = '_config.yml', text = `remote_theme: just-the-docs/just-the-docs\nexclude: [${Array.from({length: n/10}, (_, i) => 'o' + i).join(', ')}]\n`;
sources.set(cfg, text);
const config = defaultConfig(); config.preset = 'tutorial';
let t0 = performance.now();
const site = buildSite({ files, facts, sources, config, jekyllConfig: { path: cfg, text: text.replace(/exclude.*\n/, '') }, source: '.', listings: {} as any } as any);
console.log('buildSite', Math.round(performance.now() - t0));
for (const r of [...a, ...b, ...c, ...d]) {
  t0 = performance.now(); let k = 0;
  const options = r.options ? r.options.parse({}) : undefined;
  if (r.kind === 'page') for (const f of facts.values()) for (const _ of r.check({ facts: f, source: sources.get(f.path)!, config, options })) k++;
  if (r.kind === 'site') for (const _ of r.check({ site, source: (p: string) => sources.get(p), config, options })) k++;
  const ms = performance.now() - t0; if (ms > 30) console.log(r.id, Math.round(ms), k);
}

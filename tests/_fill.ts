import { readFileSync, writeFileSync, mkdtempSync, mkdirSync } from 'node:fs';
import path from 'node:path'; import { tmpdir } from 'node:os';
import { checkCorpus, fixCorpus } from '../scripts/index.js';
import { rules } from '../scripts/rules/index.js';
for (const rule of rules.filter(r=>r.id.startsWith('kramdown-'))) {
  const file = `scripts/rules/jekyll/${rule.id}.ts`; let text = readFileSync(file,'utf8');
  for (const ex of rule.examples) {
    const root = mkdtempSync(path.join(tmpdir(),'fill-'));
    for (const [n,t] of Object.entries({'_config.yml':'',...ex.files})) writeFileSync(path.join(root,n),t);
    const {findings} = await checkCorpus({root, only:new Set([rule.id])});
    const own = findings.filter(f=>f.rule===rule.id);
    if (own.length !== ex.findings.length) { console.log('COUNT', rule.id, ex.name, own.map(f=>f.line+':'+f.message)); continue; }
    for (const [i,f] of own.entries()) { const w = ex.findings[i]!;
      if (w.line !== f.line) console.log('LINE', rule.id, ex.name, f.line, w.line);
      if (w.message==='MESSAGE') { console.log(rule.id,'|',ex.name,'|',f.message); text = text.replace("'MESSAGE'", () => JSON.stringify(f.message)); } else if (w.message!==f.message) console.log('CHANGED', rule.id, ex.name, f.message) }
    await fixCorpus({root, only:new Set([rule.id])});
    for (const n of Object.keys(ex.files)) { const after = readFileSync(path.join(root,n),'utf8'); const want = ex.fixed?.[n] ?? ex.files[n]; if (after!==want) console.log('FIXED', rule.id, ex.name, JSON.stringify(after), JSON.stringify(want)); }
  }
  if (process.argv[2]) writeFileSync(file, text);
}

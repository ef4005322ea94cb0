import { loadCorpus } from './scripts/corpus/load.js';
import { buildSite } from './scripts/site/model.js';
import { applyEdits } from './scripts/corpus/text.js';
import { parse } from 'yaml';
import { rules as a } from './scripts/rules/listings/index.js';
import { rules as b } from './scripts/rules/diagrams/index.js';
import {mkdtempSync,mkdirSync,writeFileSync,rmSync} from 'node:fs'; import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
let ok=0, bad=0;
for (const rule of [...a,...b]) for (const ex of rule.examples) {
  const root=mkdtempSync('/tmp/ex-');
  const files: Record<string,string>={'_config.yml':'', 'corpus.yml': ex.config ?? 'preset: tutorial\n', ...ex.files};
  for(const [k,v] of Object.entries(files)){mkdirSync(path.dirname(path.join(root,k)),{recursive:true});writeFileSync(path.join(root,k),v)}
  const run = async () => {
    const corpus = await loadCorpus(root); const site=buildSite(corpus);
    const given = (corpus.config.rules[rule.id] as any)?.options ?? {};
    const options = rule.options?.parse(given);
    const out:any[]=[];
    if (rule.kind==='page') for (const f of corpus.facts.values()) for (const x of rule.check({facts:f, source: corpus.sources.get(f.path)!, config: corpus.config, options})) out.push({file:f.path,...x});
    else for (const x of rule.check({site, source:(p)=>corpus.sources.get(p), config: corpus.config, options})) out.push(x);
    out.sort((x,y)=> (x.file<y.file?-1:x.file>y.file?1:0) || x.range.start.line-y.range.start.line || x.range.start.column-y.range.start.column || (x.message<y.message?-1:1));
    return out;
  };
  const got = await run();
  const simple = got.map((g,i)=>({file:g.file,line:g.range.start.line,...(ex.findings[i]?.column!==undefined?{column:g.range.start.column}:{}),message:g.message}));
  let good = isDeepStrictEqual(simple, ex.findings.map(({file,line,column,message})=>({file,line,...(column!==undefined?{column}:{}),message})));
  if(!good){console.log('FAIL',rule.id,ex.name); console.log('got',simple); console.log('want',ex.findings);}
  const fixed: Record<string,string>={};
  for (let r=0;r<5;r++){ const f=await run(); const edits=f.filter(x=>x.edits?.length); if(!edits.length)break; for(const e of edits){const p=path.join(root,e.file); const cur=fixed[e.file]??files[e.file]!; const t=applyEdits(cur,[e.edits]).text; fixed[e.file]=t; writeFileSync(p,t); break;} }
  if(!isDeepStrictEqual(fixed, ex.fixed ?? {})){good=false;console.log('FIXFAIL',rule.id,ex.name); console.log(fixed); console.log(ex.fixed)}
  if(good)ok++;else bad++;
  rmSync(root,{recursive:true});
}
console.log(ok,bad);

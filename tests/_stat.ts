import fc from 'fast-check';
import { KramdownServer } from './support/kramdown-server.js';
import { applyLiquid } from '../scripts/corpus/rendered.js';
import { judge } from './divergence/judge.js';
import { page } from './divergence/documents.js';
const s = new KramdownServer(); let n=[0,0,0,0,0,0]; const fk = new Map<string,number>(); const small: [number,string][] = [];
for (const body of fc.sample(page,{seed:Number(process.argv[2]??20260101),numRuns:Number(process.argv[3]??600)})) {
  const text = applyLiquid(body,'pages').text; const {html} = await s.render(text); if (html===undefined) {n[5]!++; continue;}
  const v = judge(text, html); n[0]!+=v.hunks.length; n[1]!+=v.missed.length; n[2]!+=v.findings.length; n[3]!+=v.falseAlarms.length; n[4]!++;
  for (const f of v.falseAlarms) fk.set(f.kind,(fk.get(f.kind)??0)+1);
  if (v.missed.length||v.falseAlarms.length) small.push([text.length, text+'\n>>> '+v.missed.map(h=>'MISS '+h.first+'-'+h.last+JSON.stringify([h.github.slice(0,5),h.site.slice(0,5)])).join('; ')+v.falseAlarms.map(f=>'FALSE '+f.kind+f.first).join(';')]);
}
s.stop(); console.log('hunks',n[0],'missed',n[1],'findings',n[2],'false',n[3],'pages',n[4],'failed',n[5], Object.fromEntries(fk));
small.sort((a,b)=>a[0]-b[0]); for (const [,t] of small.slice(0,Number(process.argv[4]??14))) console.log('-----\n'+t);

import { readFileSync } from 'node:fs';
import { KramdownServer } from './support/kramdown-server.js';
import { applyLiquid } from '../scripts/corpus/rendered.js';
import { judge } from './divergence/judge.js';
const s = new KramdownServer();
for (const part of readFileSync('/work/shared/divergence-cases.txt','utf8').split(/^%%% /m).slice(1)) {
  const nl = part.indexOf('\n'); const name = part.slice(0,nl).replace('.md',''); let text = part.slice(nl+1);
  text = applyLiquid(text,'pages').text;
  const v = judge(text, (await s.render(text)).html ?? '');
  for (const h of v.missed) console.log('MISS', name, JSON.stringify(h));
  for (const h of v.falseAlarms) console.log('FALSE', name, h.kind, h.first, h.last);
}
s.stop();

import { readFileSync } from 'node:fs';
import { KramdownServer } from './support/kramdown-server.js';
import { applyLiquid } from '../scripts/corpus/rendered.js';
import { parseFrontMatter } from '../scripts/corpus/front-matter.js';
import { judge } from './divergence/judge.js';
import { githubTokens, siteTokens } from './divergence/shown.js';
const s = new KramdownServer();
const src = process.argv[3] === '-' ? process.argv[2].replaceAll('\\n','\n') : readFileSync(process.argv[2],'utf8');
const body = src.slice(parseFrontMatter(src).bodyOffset);
const text = applyLiquid(body, 'pages').text;
const html = (await s.render(text)).html ?? '';
const v = judge(text, html); s.stop();
console.log('hunks', JSON.stringify(v.hunks.map(h=>({...h,github:h.github.slice(0,15),site:h.site.slice(0,15)})),null,0).replaceAll('{"first','\n {"first'));
console.log('found', v.findings.map(f=>`${f.kind} ${f.first}-${f.last} [${text.slice(f.start,f.end).slice(0,50)}] {${f.github}|${f.site}}`).join('\n  '));
if (process.argv.includes('-t')) { console.log(githubTokens(text).map(t=>t.line+':'+t.text).join(' ')); console.log(siteTokens(html).map(t=>t.text).join(' ')); console.log(html) }

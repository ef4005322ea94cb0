import { readFileSync } from 'node:fs';
import remarkGfm from 'remark-gfm'; import remarkParse from 'remark-parse'; import { unified } from 'unified';
import { parseKramdown } from '/work/main/scripts/engines/kramdown/index.js';
import { renderStatic } from '/work/main/scripts/engines/liquid/index.js';
import { compareRenderings } from '/work/main/scripts/corpus/divergence/index.js';
const proc = unified().use(remarkParse).use(remarkGfm);
const only = process.argv[2];
for (const part of readFileSync('/work/shared/divergence-cases.txt','utf8').split(/^%%% /m).slice(1)) {
  const nl = part.indexOf('\n'); const name = part.slice(0,nl).replace('.md',''); let text = part.slice(nl+1);
  if (only && !name.includes(only)) continue;
  text = renderStatic(text,'pages').text;
  const f = compareRenderings(proc.parse(text) as any, parseKramdown(text), text);
  console.log(name.padEnd(36), f.map(x=>`${x.kind}[${JSON.stringify(text.slice(x.start,x.end)).slice(0,30)}]{${x.github}|${x.site}}${x.edits.length? '+'+x.edits.length:''}`).join('  '));
}

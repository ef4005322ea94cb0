import { readFileSync } from 'node:fs';
import { analyseLiquid, renderStatic } from '../../../scripts/engines/liquid/index.js';
const all = readFileSync('/work/shared/divergence-cases.txt', 'utf8').split(/^%%% /m).slice(1);
for (const c of all) {
  const nl = c.indexOf('\n');
  const name = c.slice(0, nl);
  if (!name.startsWith('liquid')) continue;
  const t = c.slice(nl + 1);
  const a = analyseLiquid(t, 'pages');
  console.log('##', name, a.stopsBuild);
  for (const p of a.problems)
    console.log(
      '  P',
      p.code,
      p.engines.join(),
      p.certain,
      '\n    ',
      p.message,
      '\n    ',
      p.suggestion,
      '\n    ',
      p.liquidMessage,
    );
  for (const o of a.outputs) console.log('  O', JSON.stringify(o));
  for (const o of a.swallowedTags) console.log('  S', JSON.stringify(o));
  if (!a.stopsBuild) console.log('  T', JSON.stringify(renderStatic(t, 'pages').text));
}

/** `npm run fuzz [-- SECONDS]`: random pages against the real engines until time is up; prints shrunk disagreements. */
import fc from 'fast-check';
import { applyLiquid } from '../../scripts/corpus/rendered.js';
import { hasKramdown, KramdownServer } from '../support/kramdown-server.js';
import { page } from './documents.js';
import { judge } from './judge.js';

const seconds = Number(process.argv[2] ?? 60);
if (!hasKramdown()) {
  process.stderr.write(
    'kramdown is not installed: gem install kramdown -v 2.4.0 kramdown-parser-gfm -v 1.1.0\n',
  );
  process.exit(2);
}
const server = new KramdownServer();
const deadline = Date.now() + seconds * 1000;
const kinds = new Set<string>();
let pages = 0;

async function disagreement(body: string): Promise<string | null> {
  const text = applyLiquid(body, 'pages').text;
  const { html } = await server.render(text);
  if (html === undefined) return null;
  pages++;
  const { missed, falseAlarms } = judge(text, html);
  if (missed[0])
    return `missed: GitHub ${JSON.stringify(missed[0].github)} site ${JSON.stringify(missed[0].site)}`;
  return falseAlarms[0] ? `false alarm: ${falseAlarms[0].kind}` : null;
}

for (let seed = Number(process.argv[3] ?? Date.now() % 1_000_000); Date.now() < deadline; seed++) {
  const left = deadline - Date.now();
  const result = await fc.check(
    fc.asyncProperty(page, async (body) => (await disagreement(body)) === null),
    { seed, numRuns: 2000, interruptAfterTimeLimit: left, markInterruptAsFailure: false },
  );
  const body = result.counterexample?.[0];
  if (body === undefined) continue;
  const reason = (await disagreement(body)) ?? '';
  if (kinds.has(reason)) continue;
  kinds.add(reason);
  console.log(`%%% seed ${seed}: ${reason}\n${body}`);
}
console.log(`${pages} pages, ${kinds.size} disagreements`);
server.stop();
process.exit(0);

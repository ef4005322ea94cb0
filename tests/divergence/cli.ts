/** `npm run divergence -- DIR`: misses and false alarms on the Markdown files of a folder, against the real engines. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { applyLiquid } from '../../scripts/corpus/rendered.js';
import { parseFrontMatter } from '../../scripts/corpus/front-matter.js';
import { hasKramdown, KramdownServer } from '../support/kramdown-server.js';
import { judge } from './judge.js';

const args = process.argv.slice(2);
const quiet = args.includes('--counts');
const [folder] = args.filter((argument) => !argument.startsWith('--'));
if (folder === undefined || !hasKramdown()) {
  process.stderr.write(
    folder === undefined
      ? 'usage: npm run divergence -- [--counts] FOLDER\n'
      : 'kramdown is not installed: gem install kramdown -v 2.4.0 kramdown-parser-gfm -v 1.1.0\n',
  );
  process.exit(2);
}

const server = new KramdownServer();
const total = { pages: 0, failed: 0, hunks: 0, missed: 0, findings: 0, falseAlarms: 0 };
const kinds = new Map<string, [number, number]>();
for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.(?:md|markdown)$/.test(entry.name)) continue;
  const file = path.join(entry.parentPath, entry.name);
  const source = await readFile(file, 'utf8');
  const { bodyOffset } = parseFrontMatter(source);
  const body = source.slice(bodyOffset);
  const text = applyLiquid(body, 'pages').text;
  const { html } = await server.render(text);
  if (html === undefined) {
    total.failed++;
    continue;
  }
  const verdict = judge(text, html);
  total.pages++;
  total.hunks += verdict.hunks.length;
  total.missed += verdict.missed.length;
  total.findings += verdict.findings.length;
  total.falseAlarms += verdict.falseAlarms.length;
  for (const finding of verdict.findings) {
    const count = kinds.get(finding.kind) ?? [0, 0];
    count[0]++;
    if (verdict.falseAlarms.includes(finding)) count[1]++;
    kinds.set(finding.kind, count);
  }
  if (quiet) continue;
  const shown = path.relative(folder, file);
  for (const hunk of verdict.missed)
    console.log(
      `MISSED ${shown} body ${hunk.first}-${hunk.last}: GitHub ${JSON.stringify(hunk.github.slice(0, 12))} site ${JSON.stringify(hunk.site.slice(0, 12))}`,
    );
  for (const finding of verdict.falseAlarms)
    console.log(`FALSE  ${shown} body ${finding.first}-${finding.last}: ${finding.kind}`);
}
server.stop();
const percent = (part: number, whole: number): string =>
  whole === 0 ? '100.00' : ((100 * (whole - part)) / whole).toFixed(2);
console.log(`${total.pages} pages; kramdown failed on ${total.failed}`);
console.log(
  `${total.hunks} differences, ${total.missed} missed: recall ${percent(total.missed, total.hunks)} %`,
);
console.log(
  `${total.findings} findings, ${total.falseAlarms} false alarms: precision ${percent(total.falseAlarms, total.findings)} %`,
);
for (const [kind, [count, wrong]] of [...kinds].sort((x, y) => y[1][0] - x[1][0]))
  console.log(`  ${kind}: ${count}${wrong > 0 ? `, ${wrong} false` : ''}`);

/**
 * `npm run picture [-- SOURCE [OUTPUT]]`: one HTML page that shows a Markdown file as GitHub and as the site shows it,
 * side by side, with the checker's findings below.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import rehypeRaw from 'rehype-raw';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { applyLiquid } from '../../scripts/corpus/rendered.js';
import { checkCorpus } from '../../scripts/index.js';
import { hasKramdown, KramdownServer } from '../support/kramdown-server.js';

const source =
  process.argv[2] ?? fileURLToPath(new URL('../fixtures/divergence/readme-example.md', import.meta.url));
const output = process.argv[3] ?? 'picture.html';
if (!hasKramdown()) {
  process.stderr.write(
    'kramdown is not installed: gem install kramdown -v 2.4.0 kramdown-parser-gfm -v 1.1.0\n',
  );
  process.exit(2);
}

const markdown = await readFile(source, 'utf8');
const github = String(
  unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeStringify)
    .processSync(markdown),
);
const server = new KramdownServer();
const site = (await server.render(applyLiquid(markdown, 'pages').text)).html ?? '';
server.stop();

const folder = await mkdtemp(path.join(tmpdir(), 'picture-'));
await writeFile(path.join(folder, '_config.yml'), '');
await writeFile(path.join(folder, 'page.md'), `---\n---\n${markdown}`);
const { findings } = await checkCorpus({ root: folder });
await rm(folder, { recursive: true });
const rows = findings
  .filter(({ rule }) => /^(?:kramdown|liquid)-/.test(rule))
  .map(
    ({ line, rule, message }) => `<tr><td>${line - 2}</td><td>${rule}</td><td>${inline(message)}</td></tr>`,
  );

await writeFile(
  output,
  `<!doctype html>
<meta charset="utf-8">
<title>GitHub and the site</title>
<style>
  body { margin: 24px; font: 15px/1.5 system-ui, sans-serif; color: #1f2328; }
  main { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
  section { border: 1px solid #d1d9e0; border-radius: 6px; padding: 0 20px 8px; min-width: 0; }
  section > h1 { font-size: 14px; margin: 0 -20px 12px; padding: 8px 20px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; }
  pre { background: #f6f8fa; padding: 12px; overflow: auto; }
  code { font-family: ui-monospace, monospace; font-size: 85%; }
  table { border-collapse: collapse; margin: 12px 0; }
  td, th { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left; vertical-align: top; }
  h2 { font-size: 20px; }
</style>
<main>
<section><h1>What GitHub shows</h1>${github}</section>
<section><h1>What Jekyll serves</h1>${site}</section>
</main>
<table><tr><th>Line</th><th>Rule</th><th>Finding</th></tr>${rows.join('\n')}</table>
`,
);
console.log(`${output}: ${rows.length} findings`);

function inline(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped.replace(/``? ?(.+?) ?``?/g, '<code>$1</code>');
}

/**
 * Our own corpus, broken by hand one thing at a time: the right rule catches it at the right line, and `fix` puts
 * back byte for byte what can be derived.
 */
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageFacts } from '../../scripts/corpus/types.js';
import { checkCorpus, fixCorpus } from '../../scripts/index.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
const INDEX = 'docs/tutorials/mcp-rust-sdk-tutorial/README.md';
const ONE = 'docs/tutorials/mcp-rust-sdk-tutorial/01-getting-started-and-crate-setup.md';
const TWO = 'docs/tutorials/mcp-rust-sdk-tutorial/02-service-model-and-macro-based-tooling.md';
const HOME = 'docs/README.md';
const CONFIG = 'docs/_config.yml';
const HELLO = 'listings/rust/lantern-hello/src/lib.rs';

interface Mutation {
  name: string;
  file: string;
  /** A text of the file and what takes its place (first occurrence), or any change of the folder. */
  from?: string | RegExp;
  to?: string;
  change?: (root: string) => Promise<void>;
  rule: string;
  /** Where the finding is expected: another file than the broken one, or another line than the first changed one. */
  at?: string;
  line?: 'any' | number;
  /** Does `fix` put it back? */
  fixed?: boolean;
}

const replace = (
  name: string,
  file: string,
  from: string | RegExp,
  to: string,
  rule: string,
  more: Partial<Mutation> = {},
): Mutation => ({ name, file, from, to, rule, ...more });

const mutations: Mutation[] = [
  // Front matter.
  replace(
    'a title with an unquoted colon',
    ONE,
    'title: "Chapter 1: Getting',
    'title: Chapter 1: Getting',
    'front-matter-valid',
    { line: 'any' },
  ),
  replace('an opening fence of four dashes', ONE, '---\n', '----\n', 'front-matter-valid'),
  replace('a blank line before the front matter', ONE, '---\nlayout', '\n---\nlayout', 'front-matter-valid', {
    line: 'any',
  }),
  replace('a byte order mark', ONE, '---\nlayout', '\uFEFF---\nlayout', 'front-matter-valid'),
  replace(
    'no closing fence',
    ONE,
    'format_version: v2\n---\n',
    'format_version: v2\n',
    'front-matter-valid',
    { line: 'any' },
  ),
  replace('a key twice', ONE, 'nav_order: 1\n', 'nav_order: 1\nnav_order: 1\n', 'front-matter-valid', {
    line: 5,
  }),
  replace('a misspelt key', ONE, 'nav_order: 1', 'nav_oder: 1', 'front-matter-schema'),
  replace('an unknown key', ONE, 'nav_order: 1\n', 'nav_order: 1\nmood: good\n', 'front-matter-schema', {
    line: 5,
  }),
  replace('a misspelt layout', ONE, 'layout: default', 'layout: defualt', 'layout-exists'),
  replace(
    'a heading that is not the title',
    ONE,
    '# Chapter 1: Getting Started and Crate Setup',
    '# Getting Started',
    'title-matches-heading',
  ),
  // Order.
  {
    name: 'a chapter renamed',
    file: ONE,
    change: (root) => rename(path.join(root, ONE), path.join(root, ONE.replace('01-getting', '03-getting'))),
    rule: 'chapter-sequence',
    at: ONE.replace('01-getting', '03-getting'),
    line: 'any',
  },
  {
    name: 'a chapter removed',
    file: ONE,
    change: (root) => rm(path.join(root, ONE)),
    rule: 'chapter-guide',
    at: INDEX,
    line: 'any',
  },
  replace('nav_order of another chapter', TWO, 'nav_order: 2', 'nav_order: 1', 'chapter-sequence', {
    fixed: true,
  }),
  replace(
    'another chapter number in the title',
    TWO,
    'title: "Chapter 2:',
    'title: "Chapter 3:',
    'chapter-sequence',
    { line: 'any' },
  ),
  replace('nav_order as text', HOME, 'nav_order: 1', 'nav_order: "1"', 'nav-order'),
  replace(
    'a parent that no page has',
    ONE,
    'parent: "MCP Rust SDK Tutorial"',
    'parent: "MCP Rust Tutorial"',
    'nav-parent',
    { fixed: true },
  ),
  replace('no has_children on the index', INDEX, 'has_children: true', 'has_children: false', 'nav-parent', {
    fixed: true,
  }),
  replace(
    'the index renamed without its chapters',
    INDEX,
    'title: "MCP Rust SDK Tutorial"',
    'title: "MCP Rust Track"',
    'nav-parent',
    { at: ONE, line: 'any' },
  ),
  // Links.
  replace(
    'a link to a missing page',
    HOME,
    '(tutorials/mcp-rust-sdk-tutorial/README.md)',
    '(tutorials/mcp-rust-tutorial/README.md)',
    'link-target',
  ),
  replace(
    'a link to a missing heading',
    TWO,
    '](../../README.md#-tutorial-catalog)',
    '](../../README.md#-catalog)',
    'link-anchor',
    { fixed: true },
  ),
  replace(
    'a link with a leading slash',
    INDEX,
    '(../../README.md#category-hubs)',
    '(/README.md#category-hubs)',
    'link-form',
    { line: 'any' },
  ),
  replace(
    'a link out of the site',
    HOME,
    '## Other Ways',
    '[listings](../listings/rust/Cargo.toml)\n\n## Other Ways',
    'link-outside-site',
  ),
  replace(
    'an image that is not there',
    HOME,
    '## Other Ways',
    '![Map](map.png)\n\n## Other Ways',
    'image-target',
  ),
  replace(
    'an image without alternative text',
    HOME,
    '## Other Ways',
    '![](https://example.org/a.png)\n\n## Other Ways',
    'image-alt',
  ),
  replace(
    'two headings with one id',
    ONE,
    '## Learning Goals',
    '## Learning Goals {#goals}\n\n## Goals',
    'heading-id-unique',
    { line: 'any' },
  ),
  replace('a heading whose ids differ', ONE, '## Learning Goals', '## Learning -- Goals', 'anchor-portable'),
  // Backlinks.
  replace('no link to the next chapter', ONE, /- \[Next: .*\n/, '', 'chapter-navigation', {
    line: 'any',
    fixed: true,
  }),
  replace(
    'an old title of the previous chapter',
    TWO,
    '- [Previous: Chapter 1: Getting Started',
    '- [Previous: Chapter 1: Starting',
    'chapter-navigation',
    { fixed: true },
  ),
  replace('a chapter left out of the map', INDEX, /2\. \[Chapter 2: .*\n/, '', 'chapter-map', {
    line: 'any',
    fixed: true,
  }),
  replace(
    'an old title in the guide',
    INDEX,
    '[01 - Getting Started and Crate Setup]',
    '[01 - Getting Started]',
    'chapter-guide',
    { fixed: true },
  ),
  replace('a backlink dropped', INDEX, /- \[Search by Intent\].*\n/, '', 'index-backlinks', {
    line: 'any',
    fixed: true,
  }),
  replace(
    'the start line with another chapter',
    INDEX,
    'Start with [Chapter 1: Getting Started and Crate Setup]',
    'Start with [Chapter 1: Start]',
    'index-backlinks',
    { fixed: true },
  ),
  replace('a section of the index missing', INDEX, '## What You Will Learn', '## Contents', 'format-v2', {
    line: 'any',
  }),
  replace(
    'a version by hand in the snapshot',
    INDEX,
    /latest release: .*\n/,
    'latest release: 9.9.9\n',
    'snapshot-current',
    { line: 'any', fixed: true },
  ),
  // Liquid.
  replace(
    'braces in prose',
    HOME,
    '## Other Ways',
    'Write {{ name }} there.\n\n## Other Ways',
    'liquid-swallowed',
  ),
  replace(
    'a workflow expression in a fence',
    HOME,
    '## Other Ways',
    '```yaml\nkey: ${{ secrets.KEY }}\n```\n\n## Other Ways',
    'liquid-swallowed',
    { line: 'any' },
  ),
  replace('an unknown tag', HOME, '## Other Ways', 'Use {% block x %}.\n\n## Other Ways', 'liquid-syntax'),
  replace('braces that never close', HOME, '## Other Ways', 'Use {{ name.\n\n## Other Ways', 'liquid-syntax'),
  // Listings.
  replace(
    'a changed program',
    HELLO,
    'Count the log events of one service.',
    'Count events.',
    'listing-in-sync',
    { at: ONE, line: 'any' },
  ),
  replace(
    'a changed program that nobody verified',
    HELLO,
    'pub struct Hello',
    'pub  struct Hello',
    'listing-verified',
    { at: ONE, line: 'any' },
  ),
  replace('a changed line in a fence', ONE, '    desk: Dataset,', '    desk: Data,', 'listing-in-sync', {
    line: 'any',
    fixed: true,
  }),
  replace('output typed by hand', ONE, 'payments: 6', 'payments: 7', 'output-in-sync', {
    line: 'any',
    fixed: true,
  }),
  replace(
    'a program without a listing',
    TWO,
    '## Pitfalls',
    '```rust\nfn main() {}\n```\n\n## Pitfalls',
    'listing-required',
    { line: 'any' },
  ),
  replace('another verification date', ONE, /\*Verified on \d{4}/, '*Verified on 1999', 'listing-verified', {
    line: 'any',
    fixed: true,
  }),
  replace(
    'a diagram that does not parse',
    ONE,
    'flowchart TB',
    'flowchart TB\n  A --> --> B',
    'mermaid-syntax',
    { line: 'any' },
  ),
  // Configuration and files.
  replace(
    'README pages that are no index',
    CONFIG,
    'with_frontmatter: true',
    'with_frontmatter: false',
    'config-readme-index',
    { line: 'any' },
  ),
  replace('pretty permalinks', CONFIG, 'title: MCP', 'permalink: pretty\ntitle: MCP', 'config-permalink', {
    line: 'any',
  }),
  replace(
    'CommonMark instead of kramdown',
    CONFIG,
    'title: MCP',
    'markdown: GFM\ntitle: MCP',
    'config-markdown',
    { line: 'any' },
  ),
  {
    name: 'a page that nothing links to',
    file: 'docs/lost.md',
    change: (root) =>
      writeFile(
        path.join(root, 'docs/lost.md'),
        '---\nlayout: default\ntitle: Lost\nnav_exclude: true\n---\n\n# Lost\n\nText.\n',
      ),
    rule: 'orphan-page',
    line: 1,
  },
  replace(
    'two pages with one output',
    'docs/discoverability/query-hub.md',
    'layout: default\n',
    'layout: default\npermalink: /discoverability/tutorial-directory.html\n',
    'output-conflict',
    { at: 'docs/discoverability/tutorial-directory.md', line: 'any' },
  ),
  {
    name: 'a name with a question mark',
    file: 'docs/what?.md',
    change: (root) =>
      writeFile(
        path.join(root, 'docs/what?.md'),
        '---\nlayout: default\ntitle: What\nnav_order: 50\n---\n\n# What\n\nText.\n',
      ),
    rule: 'file-name',
    line: 'any',
  },
  replace('a misspelt setting', 'corpus.yml', 'preset: tutorial', 'presett: tutorial', 'corpus-config'),
];

const cache = new Map<string, PageFacts>();
let base = '';
let work = '';

async function copyProject(to: string): Promise<void> {
  for (const name of ['docs', 'listings', 'corpus.yml'])
    await cp(path.join(project, name), path.join(to, name), {
      recursive: true,
      filter: (source) => !/\/(?:target|node_modules|_site|\.jekyll-cache)$/.test(source),
    });
}

beforeAll(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'mutations-'));
  base = path.join(work, 'base');
  await mkdir(base);
  await copyProject(base);
});
afterAll(() => rm(work, { recursive: true, force: true }));

/** The first line (from 1) in which two texts differ. */
function firstDifference(before: string, after: string): number {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return a.findIndex((line, index) => line !== b[index]) + 1;
}

describe('our corpus', () => {
  it('has no finding with every rule on', async () => {
    const { findings } = await checkCorpus({ root: base, cache });
    expect(findings.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`)).toEqual([]);
  });
  it('is broken in at least 40 ways below', () => {
    expect(mutations.length).toBeGreaterThanOrEqual(40);
    expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
  });

  it.each(mutations)('$name: $rule', async (mutation) => {
    const root = path.join(work, mutation.name.replace(/\W+/g, '-'));
    await cp(base, root, { recursive: true });
    const absolute = path.join(root, mutation.file);
    let line: number | 'any' = mutation.line ?? 'any';
    let original = '';
    if (mutation.from !== undefined) {
      original = await readFile(absolute, 'utf8');
      const broken = original.replace(mutation.from, () => mutation.to ?? '');
      expect(broken, 'the text to break is still there').not.toBe(original);
      await writeFile(absolute, broken);
      line = mutation.line ?? firstDifference(original, broken);
    }
    await mutation.change?.(root);
    const { findings } = await checkCorpus({ root, cache });
    const file = mutation.at ?? mutation.file;
    const caught = findings.filter((finding) => finding.rule === mutation.rule && finding.file === file);
    const seen = findings.map((f) => `${f.file}:${f.line} ${f.rule}`).join('\n');
    expect(caught.length, seen).toBeGreaterThan(0);
    if (line !== 'any')
      expect(
        caught.map((finding) => finding.line),
        seen,
      ).toContain(line);
    if (mutation.fixed) {
      await fixCorpus({ root, cache });
      expect(await readFile(absolute, 'utf8')).toBe(original);
    }
    await rm(root, { recursive: true, force: true });
  });
});

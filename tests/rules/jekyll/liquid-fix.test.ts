/** What `fix` does to literal Liquid, rendered: both sides show what the author typed. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkCorpus, fixCorpus } from '../../../scripts/index.js';
import { githubTokens, siteTokens } from '../../divergence/shown.js';
import { writeCorpus } from '../../support/corpus.js';

const hasJekyll = spawnSync('jekyll', ['--version']).status === 0;

/** Bodies with Liquid that is meant literally: swallowed, or stopping the build. */
const bodies: Record<string, string> = {
  fence: 'Before.\n\n```yaml\nrun: ${{ secrets.KEY }}\n```\n\nAfter.\n',
  'fence-twice': '```yaml\na: ${{ secrets.A }}\nb: ${{ secrets.B }}\n```\n\n```sh\necho {{ .Name }}\n```\n',
  'fence-unterminated': '```tsx\n<div style={{ width: `${p}%` }}>\n```\n',
  'fence-unknown-tag': '```jinja\n{% block x %}\n{{ x }}\n{% endblock %}\n```\n',
  'fence-loop': '```jinja\n{% for d in docs %}\nkept\n{% endfor %}\n```\n',
  'fence-tilde': '~~~yaml\nkey: {{ value }}\n~~~\n',
  'fence-in-list': '1. First:\n\n   ```yaml\n   key: ${{ secrets.KEY }}\n   ```\n\n2. Second.\n',
  'fence-in-nested-list': '- A\n  - B:\n\n    ```yaml\n    key: {{ value }}\n    ```\n\n- C\n',
  'fence-in-quote': '> Quoted:\n>\n> ```yaml\n> key: ${{ secrets.KEY }}\n> ```\n\nAfter.\n',
  'code-span': 'Use `{{ name }}` and `{% block %}` here.\n\nNext.\n',
  'code-span-in-list': '- Use `{{ name }}`.\n- Then go on.\n\nNext.\n',
  'code-span-in-table': '| A | B |\n|---|---|\n| `{{ a }}` | text |\n\nNext.\n',
  'code-span-in-quote': '> Use `{{ name }}`.\n\nNext.\n',
  'code-span-in-heading': '## The `{{ name }}` value\n\nText.\n',
  'indented-code': 'Text:\n\n    key: {{ value }}\n\nNext.\n',
  prose: 'Write {{ name }} there, and {{ other.name }} too.\n',
  'prose-tag': 'Write {% block %} there.\n',
  'prose-in-list': '- Write {{ name }} there.\n- Next.\n',
  'prose-in-table': '| A | B |\n|---|---|\n| {{ a }} | text |\n\nNext.\n',
  'prose-open': 'Write {{ to open.\n',
  html: '<div>\n{{ name }}\n</div>\n\nNext.\n',
  'last-line': 'Text.\n\n```yaml\nkey: {{ value }}\n```',
};
/** Bodies with attribute lists, which only the site obeys, and the element that must still have the class. */
const lists: Record<string, [body: string, element: RegExp]> = {
  'list-below-a-fence': [
    'Text.\n\n```yaml\nkey: {{ value }}\n```\n{: .wide }\n\nNext.\n',
    /<div class="language-yaml wide highlighter-rouge"/,
  ],
  'list-above-a-quote': ['Text.\n\n{: .wide }\n> Use `{{ name }}`.\n\nNext.\n', /<blockquote class="wide">/],
  'list-above-a-fence': [
    '{: .wide }\n```yaml\nkey: {{ value }}\n```\n',
    /<div class="language-yaml wide highlighter-rouge"/,
  ],
  'list-of-the-text-above-a-fence': [
    'Text.\n{: .wide }\n```yaml\nkey: {{ value }}\n```\n',
    /<p class="wide">Text\./,
  ],
};
const page = (name: string, body: string): string => `---\ntitle: ${name}\n---\n${body}`;
// The highlighter moves the language from the code to a wrapper that the tokens do not show.
const shown = (tokens: { text: string }[]): string[] =>
  tokens.map(({ text }) => text.replace(/^<pre .*>$/, '<pre>'));

describe.skipIf(!hasJekyll)('literal Liquid after fix (needs jekyll)', () => {
  let root = '';
  beforeAll(async () => {
    root = await writeCorpus({
      '_config.yml': '',
      ...Object.fromEntries(Object.entries(bodies).map(([name, body]) => [`${name}.md`, page(name, body)])),
      ...Object.fromEntries(Object.entries(lists).map(([name, [body]]) => [`${name}.md`, page(name, body)])),
    });
    const only = new Set(['liquid-syntax', 'liquid-swallowed']);
    const { findings } = await checkCorpus({ root, only });
    expect(new Set(findings.map(({ file }) => file)).size).toBe(
      Object.keys(bodies).length + Object.keys(lists).length,
    );
    const left = await fixCorpus({ root, only });
    expect(left.findings.map(({ file, message }) => `${file}: ${message}`)).toEqual([]);
    const built = spawnSync(
      'jekyll',
      ['build', '--source', root, '--destination', path.join(root, '_site')],
      {
        encoding: 'utf8',
        env: { ...process.env, JEKYLL_NO_BUNDLER_REQUIRE: 'true' },
      },
    );
    expect(built.status, built.stderr).toBe(0);
  });

  it.each(Object.entries(bodies))('%s', async (name, body) => {
    const fixed = (await readFile(path.join(root, `${name}.md`), 'utf8')).replace(/^---\n[^]*?\n---\n/, '');
    const html = await readFile(path.join(root, '_site', `${name}.html`), 'utf8');
    const wanted = shown(githubTokens(body));
    expect(wanted.join(' ')).toMatch(/\{\{|\{%/);
    expect(shown(githubTokens(fixed)), 'GitHub').toEqual(wanted);
    expect(shown(siteTokens(html)), 'the site').toEqual(wanted);
  });

  it.each(Object.entries(lists))('%s stays beside its block', async (name, [, element]) => {
    const html = await readFile(path.join(root, '_site', `${name}.html`), 'utf8');
    expect(html).toMatch(element);
    expect(html).toMatch(/\{\{|<span class="pi">\{/);
  });
});

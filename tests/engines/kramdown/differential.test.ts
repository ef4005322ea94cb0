/**
 * Holds the model of kramdown to kramdown itself: same page, character by character, and same heading ids.
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  emptyFootnotes,
  parseBlocks,
  parseKramdown,
  renderedHeadings,
  toHtml,
  type KramdownOptions,
} from '../../../scripts/engines/kramdown/index.js';
import { markdownDocument } from '../../support/kramdown-documents.js';
import { hasKramdown, KramdownServer } from '../../support/kramdown-server.js';

const fixture = readFileSync(new URL('../../fixtures/kramdown/cases.txt', import.meta.url), 'utf8');
/** A file of `%%% name` lines, each followed by a document. */
const cases = fixture
  .split(/^%%% /m)
  .slice(1)
  .map((part): [string, string] => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1)];
  });

/** Corners of kramdown's expressions, found by reading them beside the model. */
const corners: Record<string, string> = {
  'an abbreviation that begins a longer one': '*[API]: x\n*[API key]: y\n\nUse API keys and API.\n',
  'an abbreviation that begins with punctuation': '*[A]: x\n*[+A]: y\n\nx+A b, A+A\n',
  'abbreviations at the start of lines': '*[é]: c\n*[a b]: d\n\né aé\né a b\na bé\n',
  'a no-break space before the language': '``` \u00a0js\ncode\n```\n',
  'a line separator in code': '    code\u2028    more\n',
  'a line separator in a footnote': 'x[^1]\n\n[^1]: a\u2028    b\n',
  'a line separator before a fence': '```\na\n\u2028```\n```\n',
  'an id of a no-break space': 'para\n{: id="\u00a0"}\n',
  'a class with a blank before it': 'para\n{: class=" a" .b}\n\nx *a*{: class=" c"}\n',
  'a value that ends in a backslash': 'para\n{: data="C:\\dir\\"}\n',
  'a value whose quotes are all escaped': 'para\n{: a="x\\" b\\" c}\n',
  'a backslash at the end of text without a block': ' \tfoo\\\n',
  'a character reference beyond all characters': 'a &#99999999999; b &#xFFFFFFFF;\n',
  'levels that no table of contents has': '{::options toc_levels="2,x" /}\n\n* t\n{:toc}\n\n# a\n\n## b\n',
  'levels of a table of contents': '{::options toc_levels="2..3" /}\n\n* t\n{:toc}\n\n# a\n\n## b\n',
  'numbers with a sign': '{::options footnote_nr="-2" header_offset=" +1" /}\n\n# a[^1]\n\n[^1]: x\n',
  'no engine for formulas': '{::options math_engine="nil" /}\n\n$$x$$\n',
  'mixed fences': '`~`\na\n`~``\n\n~~~`js\nb\n~~~\n\n`~~\nc\n```\n',
  'fences cut back more than once': '```~~`x\na\n```~\n\n~~~~``\nb\n~~~~\n',
  'extensions that kramdown does not know': '{::foo}\na\n{:/foo}\n\nb {::foo /} c {::bar}d{:/bar}\n',
};

/** Random documents; the seed is fixed so that a failure comes back. */
function documents(seed: number, count: number): string[] {
  return fc.sample(markdownDocument, { seed, numRuns: count });
}

/** Documents of two languages that the model is asked to tell from kramdown's own answer. */
const variants: { name: string; ruby: Record<string, unknown>; model: Partial<KramdownOptions> }[] = [
  { name: 'no quirks', ruby: { gfm_quirks: '' }, model: { gfmQuirks: [] } },
  { name: 'Markdown in all HTML', ruby: { parse_block_html: true }, model: { parseBlockHtml: true } },
  { name: 'hard line breaks', ruby: { hard_wrap: true }, model: { hardWrap: true } },
];

describe.skipIf(!hasKramdown())('the model against kramdown 2.4.0', () => {
  let server: KramdownServer;
  beforeAll(() => {
    server = new KramdownServer();
  });
  afterAll(() => {
    server.stop();
  });

  /** Documents whose page differs; kramdown's own failures are left out and must be footnotes without content. */
  async function differences(
    texts: readonly string[],
    ruby: Record<string, unknown> = {},
    model: Partial<KramdownOptions> = {},
  ): Promise<{ text: string; kramdown: string; model: string }[]> {
    const answers = await Promise.all(texts.map((text) => server.render(text, ruby)));
    return texts.flatMap((text, index) => {
      const answer = answers[index]!;
      const root = parseKramdown(text, model);
      if (answer.html === undefined) {
        const isPredicted = emptyFootnotes(root).length > 0;
        return isPredicted ? [] : [{ text, kramdown: answer.error ?? '', model: toHtml(root) }];
      }
      const html = toHtml(root);
      return html === answer.html ? [] : [{ text, kramdown: answer.html, model: html }];
    });
  }

  it.each(cases)('renders %s alike', async (_name, text) => {
    const answer = await server.render(text);
    expect(toHtml(parseKramdown(text))).toBe(answer.html);
  });

  it.each(Object.entries(corners))('renders %s alike', async (_name, text) => {
    const answer = await server.render(text);
    expect(toHtml(parseKramdown(text))).toBe(answer.html);
  });

  it('renders 1,500 random documents alike', async () => {
    expect(await differences(documents(20260101, 1500))).toEqual([]);
  });

  it.each(variants)('renders 300 random documents alike with $name', async ({ ruby, model }) => {
    expect(await differences(documents(7, 300), ruby, model)).toEqual([]);
  });

  it('gives every heading of 1,000 random documents the id it has on the page', async () => {
    const texts = documents(4711, 1000);
    const answers = await Promise.all(texts.map((text) => server.render(text)));
    texts.forEach((text, index) => {
      const expected = answers[index]!.ids;
      // Heading tags that authors write as HTML are no headings of kramdown's; the generator writes none.
      if (expected === undefined) return;
      const headings = renderedHeadings(parseKramdown(text));
      expect(headings.map(({ level, id }) => [String(level), id])).toEqual(expected);
      expect(renderedHeadings(parseBlocks(text)), 'headings without parsing all spans').toEqual(headings);
    });
  });
});

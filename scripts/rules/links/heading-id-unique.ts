import type { Range } from '../../corpus/types.js';
import type { Page } from '../../site/types.js';
import { LineIndex } from '../../corpus/text.js';
import { drawnByJustTheDocs } from '../shared/theme.js';
import { code } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

/** Ids that just-the-docs 0.12.0 gives to its own elements (`_includes/components/*.html`, `_layouts/*.html`). */
const THEME_IDS = new Set([
  'top',
  'main-content',
  'main-header',
  'site-nav',
  'menu-button',
  'search-input',
  'search-results',
  'search-button',
  'back-to-top',
  'edit-this-page',
  'jtd-head-nav-stylesheet',
  'jtd-nav-activation',
]);

/** More than the anchors that authors put above and below a heading. */
const MAX_BESIDE = 1000;

/** Is the id one of the theme's? Its icons have ids that begin with `svg-`. */
function isThemeId(id: string): boolean {
  return THEME_IDS.has(id) || id.startsWith('svg-');
}

/** Stands nothing but tags and blanks between a piece of HTML and a heading? Then links to either end at one place. */
function isBeside(source: string, html: Range, heading: Range): boolean {
  const [from, to] =
    html.end.offset <= heading.start.offset
      ? [html.end.offset, heading.start.offset]
      : [Math.min(heading.end.offset, html.start.offset), html.start.offset];
  return to - from < MAX_BESIDE && /^(?:\s|<[^<>]*>)*$/.test(source.slice(from, to));
}

function* checkPage(page: Page, source: string, theme: boolean): Iterable<RuleFinding> {
  const lines = new LineIndex(source);
  const inHtml = new Map<string, Range>();
  for (const { ids, range } of page.facts.html)
    for (const id of ids) if (!inHtml.has(id)) inHtml.set(id, range);
  const seen = new Map<string, number>();
  for (const { id, line, text } of page.headings) {
    if (id === null) continue;
    const range = lines.lineRange(line);
    const gets = `heading ${code(text)} gets the id ${code(id)}, which`;
    const first = seen.get(id);
    const html = inHtml.get(id);
    if (first !== undefined)
      yield {
        file: page.path,
        range,
        message: `${gets} the heading on line ${first} has already: expected an id of its own, as links to it end at the first; reword one of them`,
      };
    else if (html !== undefined && !isBeside(source, html, range))
      yield {
        file: page.path,
        range,
        message:
          html.start.offset < range.start.offset
            ? `${gets} the HTML on line ${html.start.line} has already: expected an id of its own, as links to it end at the first; reword one of them`
            : `${gets} the HTML on line ${html.start.line} has too: expected an id of its own, as links to it end at this heading; reword one of them`,
      };
    if (first === undefined) seen.set(id, line);
    if (theme && isThemeId(id))
      yield {
        file: page.path,
        range,
        severity: 'warning',
        message: `${gets} just-the-docs uses for a part of the page: expected another id, as links to it end at that part; reword the heading`,
      };
  }
}

export const headingIdUnique = siteRule({
  id: 'heading-id-unique',
  theme: 'links',
  severity: 'error',
  preset: 'recommended',
  summary: 'No two headings of a page have the same id, and none has one of the theme.',
  documentation: `
kramdown makes a heading's id from its text and numbers repetitions: \`Set up\`, \`Set up\` become \`set-up\`, \`set-up-1\`. It
does not notice that a third heading \`Set up 1\` becomes \`set-up-1\` too, or that you gave an id by hand
(\`Kramdown::Converter::Base#generate_id\` counts per generated text). The rule reports the second heading with an id, and,
where the site uses just-the-docs, headings whose id the theme has for its own elements, such as \`# Top\` (warning).

A link to the id ends at the first element that has it. The second heading cannot be linked, and the table of contents
leads astray.

Reword one of the headings.
`,
  fixable: false,
  *check(context) {
    const theme = drawnByJustTheDocs(context.site);
    for (const page of context.site.pages) {
      const source = context.source(page.path);
      if (source !== undefined && page.headings.length > 0) yield* checkPage(page, source, theme);
    }
  },
  examples: [
    {
      name: 'repeated headings are numbered',
      files: { 'a.md': '---\ntitle: A\n---\n\n## Top\n\n## Set up\n\n## Set up\n' },
      findings: [],
    },
    {
      name: 'a numbered heading meets one of the same text',
      files: { 'a.md': '---\ntitle: A\n---\n\n## Set up\n\n## Set up\n\n## Set up 1\n' },
      findings: [
        {
          file: 'a.md',
          line: 9,
          message:
            'heading `Set up 1` gets the id `set-up-1`, which the heading on line 7 has already: expected an id of its own, as links to it end at the first; reword one of them',
        },
      ],
    },
    {
      name: 'anchors beside their headings',
      files: {
        'a.md':
          '---\ntitle: A\n---\n\n<a id="set-up"></a>\n\n## Set up\n\n## Run\n<a id="run"></a>\n\nText.\n\n## <a name="stop"></a>Stop\n',
      },
      findings: [],
    },
    {
      name: 'HTML has the id of a heading',
      files: {
        'a.md':
          '---\ntitle: A\n---\n\n<a id="set-up"></a>\n\nText.\n\n## Set up\n\n## Run\n\nText.\n\n<a id="run"></a>\n',
      },
      findings: [
        {
          file: 'a.md',
          line: 9,
          message:
            'heading `Set up` gets the id `set-up`, which the HTML on line 5 has already: expected an id of its own, as links to it end at the first; reword one of them',
        },
        {
          file: 'a.md',
          line: 11,
          message:
            'heading `Run` gets the id `run`, which the HTML on line 15 has too: expected an id of its own, as links to it end at this heading; reword one of them',
        },
      ],
    },
    {
      name: 'a heading has an id of the theme',
      files: { '_config.yml': 'theme: just-the-docs\n', 'a.md': '---\ntitle: A\n---\n\n## Top\n' },
      findings: [
        {
          file: 'a.md',
          line: 5,
          message:
            'heading `Top` gets the id `top`, which just-the-docs uses for a part of the page: expected another id, as links to it end at that part; reword the heading',
        },
      ],
    },
  ],
});

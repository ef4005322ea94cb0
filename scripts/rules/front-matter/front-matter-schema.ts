import { z } from 'zod';
import type { Field } from '../../corpus/types.js';
import type { Page } from '../../site/types.js';
import { dataOf, ownField, replaceValue, setField, typeName, valueRange } from '../shared/fields.js';
import { tutorialParts, type PageKind } from '../shared/kinds.js';
import { FORMAT_PAGE_KEYS, JEKYLL_PAGE_KEYS, THEME_PAGE_KEYS } from '../shared/known-keys.js';
import { usesNavigation } from '../shared/navigation.js';
import { Nearest, didYouMean } from '../../corpus/nearest.js';
import { code, codeValue, meantBoolean } from '../shared/wording.js';
import { siteRule, type RuleFinding, type SiteContext } from '../types.js';
import { schemaExamples } from './examples/front-matter-schema.js';

interface Options {
  fields: string[];
}

const KNOWN: ReadonlySet<string> = new Set([...THEME_PAGE_KEYS, ...JEKYLL_PAGE_KEYS, ...FORMAT_PAGE_KEYS]);
/** Fields that Jekyll, the theme or a plugin uses as text. */
const TEXT_FIELDS = ['layout', 'permalink', 'description', 'summary', 'parent', 'grand_parent', 'ancestor'];
/** Fields of which only a real boolean has the effect; `nav_exclude` is looked after by nav-parent. */
const FLAGS = [
  'has_children',
  'has_toc',
  'search_exclude',
  'published',
  'sitemap',
  'nav_enabled',
  'render_with_liquid',
];

const KIND_NAMES: Record<PageKind, string> = {
  index: 'a tutorial index',
  chapter: 'a chapter',
  page: 'a page',
};

/** Fields that exist, are spelt right, and have the type that Jekyll and the theme act upon. */
export const frontMatterSchema = siteRule<Options>({
  id: 'front-matter-schema',
  theme: 'front-matter',
  severity: 'error',
  preset: 'recommended',
  summary: 'Front-matter fields are known, complete and of the type that Jekyll and the theme act upon.',
  fixable: true,
  options: z.strictObject({
    fields: z.array(z.string()).default([]).describe('Fields of your own that the tutorial format allows.'),
  }),
  documentation: `
Jekyll keeps any field and warns about none, so a slip has no message, only no effect. On every site the rule reports

- a field that is a near miss of one that Jekyll, just-the-docs or a plugin of GitHub Pages reads
  (\`navorder\`, \`nav-order\`, \`grandparent\`); fields of your own that resemble none of these are left alone;
- a text field whose unquoted value YAML reads as a date, a boolean or a number (\`parent: yes\` is the text \`true\`;
  \`fix\` adds the quotes), and a switch whose value is text (\`published: "false"\` publishes the page);
- an empty field where a default of \`_config.yml\` applies: an empty value does not override the default;
- \`render_with_liquid\`, which GitHub Pages ignores.

In the tutorial preset the schema is closed. Every page names its \`layout\`; a tutorial index also has an integer
\`nav_order\`, \`has_children: true\` and \`format_version: v2\` (\`fix\` adds what can be derived); other fields than
the known ones need the option \`fields\`.

Source: the fields that the includes and layouts of just-the-docs 0.12 read; Jekyll's \`front_matter_defaults.rb\`.`,
  examples: schemaExamples,
  *check(context) {
    const { site, config, options } = context;
    const closed = config.preset === 'tutorial';
    const parts = tutorialParts(site);
    const nearest = new Nearest(KNOWN);
    const own = new Set(options.fields);
    const navigation = usesNavigation(site, config);
    for (const page of site.pages) {
      if (page.facts.frontMatter.state !== 'valid') continue;
      const kind = parts.get(page)?.kind ?? 'page';
      for (const field of Object.values(page.facts.frontMatter.fields)) {
        if (!KNOWN.has(field.key) && !own.has(field.key))
          yield* unknownField(page, field, nearest, closed ? kind : null);
      }
      yield* wrongTypes(context, page);
      if (page.markdown && dataOf(page, 'layout') === null && ownField(page, 'layout') === undefined) {
        if (closed || (navigation && site.engine === 'actions')) yield missingLayout(context, page);
      }
      if (closed && kind === 'index') yield* indexFields(context, page);
    }
  },
});

function* unknownField(
  page: Page,
  field: Field,
  nearest: Nearest,
  closedKind: PageKind | null,
): Generator<RuleFinding> {
  const suggestion = near(page, field.key, nearest);
  if (suggestion !== null) {
    yield {
      file: page.path,
      range: field.keyRange,
      severity: 'warning',
      message: `Nothing reads the field ${code(field.key)}; the known field is ${code(suggestion)}. Rename it.`,
    };
  } else if (closedKind !== null) {
    yield {
      file: page.path,
      range: field.keyRange,
      message: `The field ${code(field.key)} does not belong to the front matter of ${KIND_NAMES[closedKind]}. Delete it, or allow it with the option \`fields\` of this rule in \`corpus.yml\`.${didYouMean(nearest.find(field.key))}`,
    };
  }
}

/** A known field that the key was probably meant to be and that the page does not have yet. */
function near(page: Page, key: string, nearest: Nearest): string | null {
  // Short words are near to everything: only case and separators count for them.
  const suggestion = nearest.find(key, key.length < 5 ? 0 : key.length < 9 ? 1 : 2);
  return suggestion !== null && !page.data.has(suggestion) ? suggestion : null;
}

function* wrongTypes({ site }: SiteContext<Options>, page: Page): Generator<RuleFinding> {
  for (const key of TEXT_FIELDS) {
    const field = ownField(page, key);
    if (field === undefined || !['date', 'boolean', 'float'].includes(field.type)) continue;
    yield {
      file: page.path,
      range: valueRange(field),
      severity: 'warning',
      message: `YAML reads the value ${code(field.raw)} of ${code(key)} as ${typeName(field.type)}, but the field is a text. Put it in quotes.`,
      edits: [replaceValue(field, JSON.stringify(field.raw))],
    };
  }
  for (const key of FLAGS) {
    const field = ownField(page, key);
    if (field === undefined || field.type === 'boolean' || field.type === 'null') continue;
    const meant = typeof field.value === 'string' ? meantBoolean(field.value) : null;
    yield {
      file: page.path,
      range: valueRange(field),
      severity: 'warning',
      message: `The value ${code(field.raw)} of ${code(key)} is ${typeName(field.type)}, which is not the boolean that the field needs. Write ${meant === null ? '`true` or `false`' : `${code(meant)} without quotes`}.`,
      ...(meant === null ? {} : { edits: [replaceValue(field, meant)] }),
    };
  }
  for (const field of Object.values(page.facts.frontMatter.fields)) {
    const value = page.data.get(field.key);
    if (field.type !== 'null' || value === undefined || value.from !== 'defaults' || value.value === null)
      continue;
    yield {
      file: page.path,
      range: valueRange(field),
      severity: 'warning',
      message: `The empty value of ${code(field.key)} does not override the default ${codeValue(value.value)} of \`_config.yml\`. Give the field a value, or delete it.`,
    };
  }
  const liquid = ownField(page, 'render_with_liquid');
  if (liquid?.type === 'boolean' && liquid.value === false && site.engine === 'pages') {
    yield {
      file: page.path,
      range: liquid.keyRange,
      severity: 'warning',
      message:
        'GitHub Pages (Jekyll 3) ignores `render_with_liquid` and runs Liquid on this page all the same. Wrap literal braces in `{% raw %}` and `{% endraw %}`, and delete the field.',
    };
  }
}

function missingLayout(context: SiteContext<Options>, page: Page): RuleFinding {
  return {
    file: page.path,
    range: page.anchorRange,
    message:
      'The page has no `layout` and no default gives it one, so an Actions build renders it without navigation and style. Add `layout: default`.',
    edits: setField(page.facts.frontMatter, context.source(page.path), 'layout', 'default'),
  };
}

function* indexFields(context: SiteContext<Options>, page: Page): Generator<RuleFinding> {
  const text = context.source(page.path);
  for (const [key, wanted] of [
    ['has_children', true],
    ['format_version', 'v2'],
  ] as const) {
    const field = ownField(page, key);
    if (field?.value === wanted) continue;
    // The quotes of a switch are reported above, `false` with chapters by nav-parent.
    if (field !== undefined && key === 'has_children' && field.type !== 'null') continue;
    yield {
      file: page.path,
      range: field === undefined ? page.anchorRange : valueRange(field),
      message:
        field === undefined
          ? `The field ${code(key)} is missing from the front matter of a tutorial index. Add \`${key}: ${wanted}\`.`
          : `The field ${code(key)} of a tutorial index is ${field.type === 'null' ? 'empty' : code(field.raw)}, not ${code(String(wanted))}. Write \`${key}: ${wanted}\`.`,
      edits: setField(page.facts.frontMatter, text, key, String(wanted)),
    };
  }
  const order = ownField(page, 'nav_order');
  if (order === undefined && dataOf(page, 'nav_order') === null) {
    yield {
      file: page.path,
      range: page.anchorRange,
      message:
        'The field `nav_order` is missing from the front matter of a tutorial index. Add an integer that no other tutorial has.',
    };
  } else if (order?.type === 'string' || order?.type === 'float') {
    yield {
      file: page.path,
      range: valueRange(order),
      message: `The \`nav_order\` of a tutorial index is ${code(order.raw)}, ${typeName(order.type)}; tutorials are ordered by integers. Write an integer without quotes.`,
    };
  }
}

/** The model as plain JSON: what `corpus model` prints and `schemas/model.schema.json` describes. */
import { z } from 'zod';
import { engineSchema } from '../corpus/config.js';
import { toText } from './ruby.js';
import type { NavigationNode, Page, ResolvedLink, Site } from './types.js';

const pathSchema = z.string().describe('Path relative to the root, with `/`.');
const urlSchema = z.string().describe('URL with a leading slash, without the baseurl.');

const headingSchema = z.strictObject({
  level: z.number().int().min(1).max(6),
  text: z.string().describe('Plain text as rendered.'),
  id: z.string().nullable().describe('The `id` attribute; null where the rendered heading has none.'),
});

const linkSchema = z.strictObject({
  line: z.number().int().min(1),
  column: z.number().int().min(1).describe('In UTF-16 code units, from 1.'),
  kind: z.enum([
    'link',
    'image',
    'reference',
    'image-reference',
    'definition',
    'autolink',
    'literal',
    'html-link',
    'html-image',
    'html-other',
  ]),
  destination: z.string().describe('As CommonMark reads it.'),
  href: z.string().describe('The attribute of the rendered page.'),
  rewritten: z.boolean().describe('Does jekyll-relative-links rewrite it on this engine?'),
  status: z.enum(['page', 'file', 'fragment', 'external', 'other', 'dynamic', 'broken']),
  target: z.string().nullable().describe('Output path that a server delivers; null when none.'),
  targetSource: pathSchema.nullable().describe('The file that `target` is made from.'),
  fragment: z.string().nullable().describe('Decoded, without `#`.'),
  fragmentExists: z
    .boolean()
    .nullable()
    .describe('null: no fragment, or the anchors of the target are not known.'),
  reason: z
    .enum([
      'missing',
      'not-rewritten',
      'no-index',
      'unpublished',
      'outside-site',
      'outside-root',
      'missing-baseurl',
      'shifted',
      'raw-markdown',
      'redirect',
      'malformed',
    ])
    .nullable()
    .describe('Why the link is broken, or why it is doubtful although it leads somewhere.'),
});

const pageSchema = z.strictObject({
  source: pathSchema,
  url: urlSchema,
  output: z.string().describe('Path below the output folder.'),
  title: z.string().nullable().describe('As the theme prints it; null: absent from the navigation.'),
  headings: z.array(headingSchema).describe('In document order.'),
  links: z.array(linkSchema).describe('In document order.'),
});

const staticFileSchema = z.strictObject({ source: pathSchema, url: urlSchema, output: z.string() });

interface NavigationJson {
  title: string;
  url: string;
  source: string;
  repeated: boolean;
  children: NavigationJson[];
}

const navigationSchema: z.ZodType<NavigationJson> = z
  .lazy(() =>
    z.strictObject({
      title: z.string(),
      url: urlSchema,
      source: pathSchema,
      repeated: z.boolean().describe('Drawn as `∞`: the title equals that of an ancestor.'),
      children: z.array(navigationSchema),
    }),
  )
  .meta({ id: 'navigation-entry' });

const tutorialSchema = z.strictObject({
  slug: z.string().describe('Name of the folder.'),
  folder: pathSchema,
  index: pathSchema.nullable().describe('The page that opens the tutorial.'),
  chapters: z
    .array(
      z.strictObject({
        number: z.number().int().nullable().describe('From the file name.'),
        title: z.string().describe('Without `Chapter N: `.'),
        source: pathSchema,
        url: urlSchema,
      }),
    )
    .describe('By number.'),
});

/** The schema of `corpus model`. */
export const modelSchema = z.strictObject({
  engine: engineSchema.describe('Whose site this is a model of.'),
  pages: z.array(pageSchema).describe('Everything that Jekyll renders, by source.'),
  staticFiles: z.array(staticFileSchema).describe('Everything that Jekyll copies, by source.'),
  navigation: z.array(navigationSchema).describe('The tree of just-the-docs in drawn order.'),
  tutorials: z.array(tutorialSchema).describe('By folder.'),
});

/** The model as JSON. */
export type ModelJson = z.infer<typeof modelSchema>;

/** The model as plain data, in an order that depends on nothing but the corpus. */
export function modelToJson(site: Site): ModelJson {
  return {
    engine: site.engine,
    pages: [...site.pages].sort(bySource).map(pageToJson),
    staticFiles: [...site.staticFiles]
      .sort(bySource)
      .map(({ path, url, output }) => ({ source: path, url, output })),
    navigation: site.navigation.map(nodeToJson),
    tutorials: site.tutorials.map(({ slug, folder, index, chapters }) => ({
      slug,
      folder,
      index: index?.path ?? null,
      chapters: chapters.map(({ number, title, page }) => ({
        number,
        title,
        source: page.path,
        url: page.url,
      })),
    })),
  };
}

function bySource(left: { path: string; output: string }, right: { path: string; output: string }): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.output < right.output ? -1 : 1;
}

function pageToJson(page: Page): ModelJson['pages'][number] {
  const title = page.data.get('title');
  return {
    source: page.path,
    url: page.url,
    output: page.output,
    title: title && title.value !== null ? toText(title.value, title.type) : null,
    headings: page.headings.map(({ level, text, id }) => ({ level, text, id })),
    links: page.links.map(linkToJson),
  };
}

function linkToJson(resolved: ResolvedLink): ModelJson['pages'][number]['links'][number] {
  const { link, href, rewritten, status, target, targetSource, fragment, fragmentExists, reason } = resolved;
  return {
    line: link.range.start.line,
    column: link.range.start.column,
    kind: link.kind,
    destination: link.destination,
    href,
    rewritten,
    status,
    target,
    targetSource,
    fragment,
    fragmentExists,
    reason,
  };
}

/** The tree is at most as deep as the model draws it. */
function nodeToJson(node: NavigationNode): NavigationJson {
  return {
    title: node.title,
    url: node.page.url,
    source: node.page.path,
    repeated: node.repeated,
    children: node.children.map(nodeToJson),
  };
}

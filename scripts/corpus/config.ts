/** `corpus.yml`: everything has a default, so that a foreign Jekyll corpus needs none. */
import { z } from 'zod';

/** Who builds the site: the branch build of GitHub Pages (Jekyll 3.10, Liquid 4) or an own build with Actions (Jekyll 4). */
export const engineSchema = z.enum(['pages', 'actions']);
export type Engine = z.infer<typeof engineSchema>;

const severitySchema = z.enum(['off', 'error', 'warning', 'info']);
const ruleSettingSchema = z.union(
  [
    severitySchema,
    z.strictObject({
      severity: severitySchema.optional(),
      options: z.record(z.string(), z.unknown()).optional(),
    }),
  ],
  { error: 'expected off, error, warning or info, or a mapping with such a `severity` and with `options`' },
);

/** picomatch refuses an empty pattern, and one that is longer than any path. */
const globSchema = z.string().min(1, 'is an empty glob').max(1024, 'is longer than any path');

export const corpusConfigSchema = z.strictObject({
  preset: z
    .enum(['recommended', 'tutorial'])
    .default('recommended')
    .describe(
      'recommended: what is wrong on any Jekyll site; tutorial: adds the format of a tutorial corpus.',
    ),
  engine: engineSchema
    .optional()
    .describe(
      'Who builds the site; default: actions where a workflow runs `jekyll build` or `_plugins` holds plugins, without the gem github-pages; else pages.',
    ),
  source: z
    .string()
    .optional()
    .describe('Jekyll source folder; default: where _config.yml is, else docs/, else the root.'),
  tutorials: z
    .array(globSchema)
    .default(['tutorials/*-tutorial'])
    .describe('Globs of tutorial folders, relative to the source folder.'),
  chapter: z
    .string()
    .refine(isRegularExpression, 'is no regular expression')
    .default('^(\\d{2})-(.+)\\.md$')
    .describe('Regular expression of a chapter file name: number, slug.'),
  listings: z.string().default('listings').describe('Folder of the programs that pages show.'),
  liquid: z
    .strictObject({
      roots: z.array(z.string()).default([]),
      tags: z.array(z.string()).default([]),
      blocks: z.array(z.string()).default([]),
    })
    .prefault({})
    .describe('Names that are Liquid on purpose besides those of Jekyll.'),
  pages: z
    .strictObject({
      catalog: z.string().default('README.md'),
      directory: z.string().default('discoverability/tutorial-directory.md'),
      queryHub: z.string().default('discoverability/query-hub.md'),
    })
    .prefault({})
    .describe('Hub pages, relative to the source folder.'),
  ignore: z
    .array(globSchema)
    .default([])
    .describe('Globs of files that are not checked, relative to the root.'),
  rules: z.record(z.string(), ruleSettingSchema).default({}),
});

function isRegularExpression(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

export type CorpusConfig = z.infer<typeof corpusConfigSchema> & { engine: Engine };

/** The expression that a chapter's file name matches: number and slug are its first groups. */
export function chapterPattern(config: CorpusConfig): RegExp {
  return new RegExp(config.chapter, 'u');
}

/** The configuration of a corpus without `corpus.yml`. */
export function defaultConfig(): CorpusConfig {
  return { ...corpusConfigSchema.parse({}), engine: 'pages' };
}

import type { Site } from '../../site/types.js';
import { ConfigPlaces, isMapping } from '../shared/config-places.js';
import { Nearest, didYouMean } from '../../corpus/nearest.js';
import { code, codeValue } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

const TYPES = ['pages', 'posts', 'drafts'];
/** Old names, which Jekyll still takes. */
const OLD_TYPES = ['page', 'post', 'draft'];

/** Front-matter defaults that apply to nothing. */
export const configDefaults = siteRule({
  id: 'config-defaults',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Every set of `defaults` has values, and a scope that some file is in.',
  fixable: false,
  documentation: `
\`defaults\` is a list of sets, each with \`values\` and a \`scope\` of \`path\` and \`type\`. Jekyll skips a set without
\`values\`, and a scope that fits no file gives its values to none: the pages silently go without layout or parent.

A \`path\` is relative to the source folder and covers a file or a whole folder. A \`type\` is \`pages\`, \`posts\`, \`drafts\`
or the name of a collection.

Source: \`valid?\` and \`applies?\` in Jekyll's \`frontmatter_defaults.rb\`.`,
  examples: [
    {
      name: 'scopes that fit',
      files: {
        '_config.yml':
          'defaults:\n  - scope: {path: "", type: pages}\n    values: {layout: default}\n  - scope: {path: guide/*.md}\n    values: {layout: default}\n  - scope: {path: _drafts}\n    values: {layout: default}\n',
        'guide/a.md': '---\ntitle: A\n---\n',
      },
      findings: [],
    },
    {
      name: 'a path and a type that fit nothing',
      files: {
        '_config.yml':
          'defaults:\n  - scope: {path: guides}\n    values: {layout: default}\n  - scope: {path: "", type: pagse}\n    values: {layout: default}\n',
        'guide/a.md': '---\ntitle: A\n---\n',
      },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          column: 19,
          message:
            'The scope `guides` covers no file of the site, so its values reach no page. Write the path of a file or folder below the source folder. Did you mean `guide`?',
        },
        {
          file: '_config.yml',
          line: 4,
          column: 29,
          message:
            'The type `pagse` is neither `pages`, `posts` nor `drafts` nor a collection, so the values reach no page. Correct it, or delete it. Did you mean `pages`?',
        },
      ],
    },
    {
      name: 'a set without values, and no list',
      files: { '_config.yml': 'defaults:\n  - scope: {path: ""}\n    layout: default\n' },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          message:
            'This set of `defaults` has no mapping `values`, so Jekyll skips it. Put the fields under `values:`.',
        },
      ],
    },
    {
      name: 'defaults are a mapping',
      files: { '_config.yml': 'defaults:\n  layout: default\n' },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          message:
            'The value of `defaults` is not a list, so Jekyll skips it. Write a list of sets with `scope` and `values`.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    const sets = config?.value('defaults') ?? null;
    if (config === null || sets === null) return;
    if (!Array.isArray(sets)) {
      yield {
        file: config.path,
        range: config.range('defaults'),
        severity: 'error',
        message:
          'The value of `defaults` is not a list, so Jekyll skips it. Write a list of sets with `scope` and `values`.',
      };
      return;
    }
    let folders: Set<string> | null = null;
    for (const [index, set] of sets.entries()) {
      if (!isMapping(set) || !isMapping(set['values'] ?? null)) {
        yield {
          file: config.path,
          range: config.range('defaults', index),
          severity: 'error',
          message:
            'This set of `defaults` has no mapping `values`, so Jekyll skips it. Put the fields under `values:`.',
        };
        continue;
      }
      const scope = set['scope'] ?? null;
      if (!isMapping(scope)) continue;
      folders ??= sourcePaths(context.site);
      yield* pathFinding(config, index, scope['path'] ?? null, folders);
      const type = scope['type'] ?? null;
      const types = [...TYPES, ...context.site.config.collections];
      if (type === null || type === '') continue;
      if (typeof type === 'string' && (types.includes(type) || OLD_TYPES.includes(type))) continue;
      const suggestion = typeof type === 'string' ? new Nearest(types).find(type, 2) : null;
      yield {
        file: config.path,
        range: config.range('defaults', index, 'scope', 'type'),
        message: `The type ${codeValue(type)} is neither \`pages\`, \`posts\` nor \`drafts\` nor a collection, so the values reach no page. Correct it, or delete it.${didYouMean(suggestion)}`,
      };
    }
  },
});

/** Every file and folder below the source folder, relative to it. */
function sourcePaths(site: Site): Set<string> {
  const base = site.config.source === '.' ? '' : `${site.config.source}/`;
  const paths = new Set<string>();
  for (const path of site.files.keys()) if (path.startsWith(base)) paths.add(path.slice(base.length));
  return paths;
}

function* pathFinding(
  config: ConfigPlaces,
  index: number,
  path: unknown,
  paths: ReadonlySet<string>,
): Generator<RuleFinding> {
  if (typeof path !== 'string') return;
  const plain = path.replace(/^\/+|\/+$/gu, '');
  // Globs and prefixes of names (which Jekyll 4 allows) are beyond a simple look-up; drafts are seldom committed.
  if (plain === '' || /[*?[{]|^_drafts(?:\/|$)/u.test(plain) || paths.has(plain)) return;
  for (const existing of paths) if (existing.startsWith(plain)) return;
  yield {
    file: config.path,
    range: config.range('defaults', index, 'scope', 'path'),
    message: `The scope ${code(path)} covers no file of the site, so its values reach no page. Write the path of a file or folder below the source folder.${didYouMean(new Nearest(paths).find(plain))}`,
  };
}

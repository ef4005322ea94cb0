/** `listing.yml`: what a package shows and which runs of it are captured. */
import { isMap, isNode, isPair, isScalar, type Document, type Node } from 'yaml';
import { z } from 'zod';
import type { Range } from '../corpus/types.js';
import { LineIndex } from '../corpus/text.js';
import { parseYaml, yamlReason } from '../corpus/yaml.js';
import type { ListingManifest, ListingRun } from './types.js';
import { didYouMean, nearest } from '../corpus/nearest.js';
import { normaliserNames } from './normalise.js';

const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'write lower-case letters, digits and single hyphens');

const runSchema = z.strictObject({
  name: slug.describe('Names the output file `output/<name>.txt`.'),
  command: z
    .string()
    .min(1, 'write a bash command')
    .refine((command) => !command.includes('\n'), 'write the command on one line, as a reader types it')
    .describe('A bash command; the current folder is that of the language.'),
  exit: z.int().min(0).max(255).default(0).describe('The exit code that the run must have.'),
  stderr: z.boolean().default(false).describe('Capture standard error too, in the order of writing.'),
  normalise: z.array(z.enum(normaliserNames)).default([]).describe('Normalisers, applied in this order.'),
  seconds: z
    .int()
    .min(1)
    .max(3600)
    .default(300)
    .describe('Time limit, compilation included. It ends what hangs; it is no measure of speed.'),
});

/** The form of `listing.yml`. */
export const manifestSchema = z.strictObject({
  summary: z.string().min(1, 'say in one sentence what the package shows'),
  needs: z
    .array(z.string())
    .default([])
    .describe(
      'Packages of the same language whose programs the runs or tests start without depending on them.',
    ),
  runs: z.array(runSchema).default([]),
});

/**
 * Reads a manifest.
 *
 * @param path - of the file, relative to the root.
 * @returns what is usable of it, with a problem (and its place in the text) for everything that is not.
 */
export function parseManifest(path: string, text: string): ListingManifest {
  const document = parseYaml(text, { uniqueKeys: true, version: '1.2' });
  const lines = new LineIndex(text);
  const problems: ListingManifest['problems'] = [];
  const empty: ListingManifest = { path, summary: '', needs: [], runs: [], problems };
  if (!document) {
    problems.push({
      message: 'the YAML nests too deeply to be read; write it flat',
      range: lines.lineRange(1),
    });
    return empty;
  }
  if (document.errors.length > 0) {
    for (const error of document.errors) {
      const [start, end] = error.pos;
      problems.push({
        message: `the YAML cannot be read: ${yamlReason(error.message)}`,
        range: lines.range(start, end),
      });
    }
    return empty;
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 0 });
  } catch {
    problems.push({ message: 'the YAML uses an alias; write the value out', range: lines.lineRange(1) });
    return empty;
  }
  const parsed = manifestSchema.safeParse(data ?? {});
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(...explain(issue, document, lines));
    return { ...empty, ...salvage(data) };
  }
  const seen = new Set<string>();
  for (const [index, run] of parsed.data.runs.entries()) {
    if (seen.has(run.name)) {
      problems.push({
        message: `two runs are named \`${run.name}\`; give each its own name, which is that of its output file`,
        range: rangeOf(document, ['runs', index, 'name'], lines),
      });
    }
    seen.add(run.name);
  }
  return { path, ...parsed.data, problems };
}

/** The runs that are right even though something else in the file is not, so that pages are still checked. */
function salvage(data: unknown): { summary: string; runs: ListingRun[] } {
  const loose = z
    .object({ summary: z.string().catch(''), runs: z.array(z.unknown()).catch([]) })
    .safeParse(data);
  if (!loose.success) return { summary: '', runs: [] };
  const runs = loose.data.runs.flatMap((run) => {
    const parsed = runSchema.safeParse(run);
    return parsed.success ? [parsed.data] : [];
  });
  return { summary: loose.data.summary, runs };
}

const topKeys = Object.keys(manifestSchema.shape);
const runKeys = Object.keys(runSchema.shape);

function explain(
  issue: z.core.$ZodIssue,
  document: Document.Parsed,
  lines: LineIndex,
): ListingManifest['problems'] {
  const at = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const name = at.length === 0 ? 'the file' : `\`${pathText(at)}\``;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      message: `there is no setting \`${pathText([...at, key])}\`.${didYouMean(nearest(key, at.length === 0 ? topKeys : runKeys))}`,
      range: keyRange(document, at, key, lines),
    }));
  }
  const range = rangeOf(document, at, lines);
  const value = document.getIn(at);
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const typed = String(value);
    return [
      {
        message: `${name} is \`${typed}\`; expected one of ${known.map((item) => `\`${item}\``).join(', ')}.${didYouMean(nearest(typed, known))}`,
        range,
      },
    ];
  }
  if (issue.code === 'invalid_type' && value === undefined && at.length > 0) {
    return [{ message: `${name} is missing; expected ${expectation(issue.expected)}`, range }];
  }
  if (issue.code === 'invalid_type')
    return [{ message: `${name} must be ${expectation(issue.expected)}`, range }];
  return [{ message: `${name}: ${issue.message}`, range }];
}

function expectation(type: string): string {
  const names: Record<string, string> = {
    object: 'a mapping',
    array: 'a list',
    string: 'text',
    boolean: '`true` or `false`',
    number: 'a number',
    int: 'a whole number',
  };
  return names[type] ?? type;
}

function pathText(parts: readonly (string | number)[]): string {
  return parts
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

/** The place of a value, or of the closest thing around it that exists. */
function rangeOf(document: Document.Parsed, at: readonly (string | number)[], lines: LineIndex): Range {
  for (let length = at.length; length > 0; length--) {
    const node: unknown = document.getIn(at.slice(0, length), true);
    if (isNode(node) && node.range) return nodeRange(node, lines);
  }
  return lines.lineRange(1);
}

function nodeRange(node: Node, lines: LineIndex): Range {
  const [start = 0, end = 0] = node.range ?? [];
  // A list or mapping is as long as all that it holds; its first line says enough.
  const first = lines.lineRange(lines.point(start).line);
  return lines.range(start, isScalar(node) ? end : Math.min(end, first.end.offset));
}

function keyRange(
  document: Document.Parsed,
  at: readonly (string | number)[],
  key: string,
  lines: LineIndex,
): Range {
  const map: unknown = at.length === 0 ? document.contents : document.getIn(at, true);
  if (isMap(map)) {
    const pair = map.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
    );
    if (pair && isNode(pair.key)) return nodeRange(pair.key, lines);
  }
  return rangeOf(document, at, lines);
}

/** `_data/symbols/*.json`: what an SDK release defines and where. Written by `corpus refresh`, read by rules. */
import { z } from 'zod';

const lines = z.string().regex(/^\d+-\d+(?:, \d+-\d+)*$/);
const names = z.array(z.string());

/** What one published file defines: kind -> name (`Type::member` for members) -> first and last lines. */
export const symbolFileSchema = z.strictObject({
  lines: z.int().min(0),
  symbols: z.record(z.string(), z.record(z.string(), lines)).optional(),
});

/** The symbol table of one SDK. */
export const symbolTableSchema = z.strictObject({
  /** Name of the package on its registry. */
  sdk: z.string(),
  version: z.string(),
  /** What the table was made from. */
  source: z.string(),
  /** Day on which the content last changed. */
  checked: z.string(),
  /** Packages of the SDK with their folders in its repository, and what they leave out when they are published. */
  packages: z.array(
    z.strictObject({ name: z.string(), version: z.string(), folder: z.string(), exclude: names }),
  ),
  features: names,
  /** JSON-RPC methods and HTTP headers that the source spells out. */
  methods: names,
  headers: names,
  /** Other names in string literals: keys of JSON objects and the like. */
  words: names,
  /** Patterns of names that the SDK's macros write, `{}` for the part that is yours: `{}_tool_attr`. */
  templates: names,
  /** Names and features of the packages that the SDK depends on. */
  dependencies: names,
  /** Published files by their path in the repository. */
  files: z.record(z.string(), symbolFileSchema),
});
export type SymbolTable = z.infer<typeof symbolTableSchema>;

/** Names of the protocol, from the schemas of its revisions. */
export const specificationSchema = z.strictObject({
  specification: z.string(),
  revisions: names,
  source: z.string(),
  checked: z.string(),
  methods: names,
  headers: names,
  types: names,
  fields: names,
  /** Values that the schemas fix, such as `complete`. */
  values: names,
});
export type Specification = z.infer<typeof specificationSchema>;

/** Names of a data file of this folder; null when the text is no such file. */
export function parseData<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Path of the table beside the snapshot `_data/snapshots/NAME.yml`. */
export function symbolTablePath(snapshotPath: string): string {
  return snapshotPath.replace(/_data\/snapshots\/([^/]+)\.ya?ml$/, '_data/symbols/$1.json');
}

/** `10-20, 30-40` as pairs of numbers. */
export function lineRanges(text: string): { from: number; to: number }[] {
  return text.split(', ').map((part) => {
    const [from = 0, to = 0] = part.split('-').map(Number);
    return { from, to };
  });
}

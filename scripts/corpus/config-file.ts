/** Reads `corpus.yml` with positions for its mistakes. */
import { isMap, isSeq, type Node } from 'yaml';
import { corpusConfigSchema, defaultConfig, type CorpusConfig, type Engine } from './config.js';
import { didYouMean, nearest } from './nearest.js';
import { LineIndex } from './text.js';
import type { Range } from './types.js';
import { parseYaml, yamlReason } from './yaml.js';

/** The corpus cannot be read at all; the message says why and what to do. */
export class CorpusError extends Error {}

export interface ConfigProblem {
  file: string;
  message: string;
  range: Range;
}

/**
 * @param path of the file, for messages
 * @param text its content; null when there is no such file
 * @param engine overrides the file's
 * @param detected stands in where neither says
 * @returns the configuration (defaults where the file is wrong), what is wrong, with positions, and whether the engine
 *   is the detected one
 */
export function readConfig(
  path: string,
  text: string | null,
  engine?: Engine,
  detected: Engine = 'pages',
): { config: CorpusConfig; problems: ConfigProblem[]; detectedEngine: boolean } {
  const defaults = (): CorpusConfig => ({ ...defaultConfig(), engine: engine ?? detected });
  const detectedEngine = engine === undefined;
  if (text === null) return { config: defaults(), problems: [], detectedEngine };
  const lines = new LineIndex(text);
  const unusable = (reasons: { reason: string; range: Range }[]): ReturnType<typeof readConfig> => ({
    config: defaults(),
    detectedEngine,
    problems: reasons.map(({ reason, range }) => ({
      file: path,
      message: `${path} is not valid YAML: ${reason}; the defaults are used until it is`,
      range,
    })),
  });
  const document = parseYaml(text);
  if (!document) return unusable([{ reason: 'it nests too deeply to be read', range: lines.lineRange(1) }]);
  if (document.errors.length > 0)
    return unusable(
      document.errors.map(({ message, pos: [start, end] }) => ({
        reason: yamlReason(message),
        range: lines.range(start, end),
      })),
    );
  let data: unknown;
  try {
    data = document.toJS() as unknown;
  } catch (error) {
    // An alias of nothing, or aliases that unfold to more than the parser allows.
    const reason = yamlReason(error instanceof Error ? error.message : String(error));
    return unusable([{ reason, range: lines.lineRange(1) }]);
  }
  const parsed = corpusConfigSchema.safeParse(data ?? {});
  if (parsed.success) {
    const { engine: set } = parsed.data;
    return {
      config: { ...parsed.data, engine: engine ?? set ?? detected },
      problems: [],
      detectedEngine: detectedEngine && set === undefined,
    };
  }
  const problems = parsed.error.issues.flatMap((issue): ConfigProblem[] => {
    const where = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        file: path,
        message: `unknown key \`${[...issue.path, key].join('.')}\`; remove or correct it.${didYouMean(nearest(key, knownKeys(issue.path)))}`,
        range: nodeRange(document.contents, [...issue.path, key], lines, true),
      }));
    return [
      {
        file: path,
        message: `\`${where}\`: ${issue.message}; correct the value`,
        range: nodeRange(document.contents, issue.path, lines, false),
      },
    ];
  });
  return { config: defaults(), problems, detectedEngine };
}

/** The keys that the mapping at a path may have. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return Object.keys(corpusConfigSchema.shape);
  const filled = defaultConfig();
  const section = path.length === 1 ? filled[path[0] as keyof CorpusConfig] : undefined;
  return typeof section === 'object' && !Array.isArray(section) ? Object.keys(section) : [];
}

/** The range of the node (or of its key) at a path of keys and indexes; the file's start when it is not there. */
function nodeRange(root: unknown, keys: readonly PropertyKey[], lines: LineIndex, ofKey: boolean): Range {
  let node: unknown = root;
  let range: Range = lines.range(0, 0);
  for (const [index, key] of keys.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      const target = ofKey && index === keys.length - 1 ? pair?.key : (pair?.value ?? pair?.key);
      const at = (target as Node | undefined)?.range;
      if (at) range = lines.range(at[0], at[1]);
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      const at = (node as Node | undefined)?.range;
      if (at) range = lines.range(at[0], at[1]);
    }
  }
  return range;
}

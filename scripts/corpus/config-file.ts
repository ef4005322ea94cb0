/** Reads `corpus.yml` with positions for its mistakes. */
import { distance } from 'fastest-levenshtein';
import { isMap, isSeq, parseDocument, type Node } from 'yaml';
import { corpusConfigSchema, defaultConfig, type CorpusConfig, type Engine } from './config.js';
import { LineIndex } from './text.js';
import type { Range } from './types.js';

export interface ConfigProblem {
  file: string;
  message: string;
  range: Range;
}

/**
 * @param path of the file, for messages
 * @param text its content; null when there is no such file
 * @param engine overrides the file's
 * @returns the configuration (defaults where the file is wrong) and what is wrong, with positions
 */
export function readConfig(
  path: string,
  text: string | null,
  engine?: Engine,
): { config: CorpusConfig; problems: ConfigProblem[] } {
  const withEngine = (config: CorpusConfig): CorpusConfig => (engine ? { ...config, engine } : config);
  if (text === null) return { config: withEngine(defaultConfig()), problems: [] };
  const lines = new LineIndex(text);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0)
    return {
      config: withEngine(defaultConfig()),
      problems: document.errors.map((error) => ({
        file: path,
        message: `${path} is not valid YAML: ${error.message.split('\n', 1)[0] ?? ''}; the defaults are used until it is`,
        range: lines.range(error.pos[0], error.pos[1]),
      })),
    };
  const parsed = corpusConfigSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return { config: withEngine(parsed.data), problems: [] };
  const problems = parsed.error.issues.flatMap((issue): ConfigProblem[] => {
    const where = issue.path.join('.');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        file: path,
        message: `unknown key \`${[...issue.path, key].join('.')}\`${suggestion(key, issue.path.length === 0 ? Object.keys(corpusConfigSchema.shape) : [])}; remove or correct it`,
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
  return { config: withEngine(defaultConfig()), problems };
}

function suggestion(word: string, known: readonly string[]): string {
  const nearest = [...known].sort((a, b) => distance(word, a) - distance(word, b))[0];
  return nearest && distance(word, nearest) <= Math.max(2, word.length / 3)
    ? `; did you mean \`${nearest}\`?`
    : '';
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

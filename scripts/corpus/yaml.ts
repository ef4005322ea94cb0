/** The YAML parser behind a guard: what a file nests must not end the process. */
import {
  parseDocument,
  type Document,
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
} from 'yaml';

/** How deep collections may nest. */
export const MAX_YAML_DEPTH = 100;

/**
 * Parses one YAML document.
 *
 * @param options the parser's; errors never quote the source and nothing is logged
 * @returns the document with its errors; null when it nests too deeply to be read
 */
export function parseYaml(
  text: string,
  options: DocumentOptions & ParseOptions & SchemaOptions = {},
): Document.Parsed | null {
  if (nestsTooDeeply(text)) return null;
  try {
    return parseDocument(text, { prettyErrors: false, logLevel: 'silent', ...options });
  } catch {
    return null;
  }
}

/**
 * The parser recurses, and V8 ends the process (no exception) when a regular expression meets the stack's end. So the
 * depth is bounded before: flow brackets counted as if none were quoted, block nesting by indentation and compact
 * `- - -` sequences.
 */
function nestsTooDeeply(yaml: string): boolean {
  let flow = 0;
  for (let at = 0; at < yaml.length; at++) {
    const code = yaml.charCodeAt(at);
    if (code === 91 || code === 123) {
      if (++flow > MAX_YAML_DEPTH) return true;
    } else if ((code === 93 || code === 125) && flow > 0) flow--;
  }
  return /^(?: {400}|(?:[-?:] +){100})/m.test(yaml);
}

/** The first line of a parser's message, without the place, which the finding names itself. */
export function yamlReason(message: string): string {
  return message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}

/**
 * Does mermaid draw a diagram? Asked of mermaid 11's own grammars, without a browser. mermaid and jsdom are large, so
 * that they are installed by those who want their diagrams checked (optional peer dependencies of this package).
 */

/** The part of mermaid's interface that is used here. */
interface MermaidParser {
  parse(text: string): Promise<unknown>;
}

export interface DiagramError {
  /** One line: what mermaid stopped at and what it would accept there. */
  message: string;
  /** Counts within the diagram from 1. */
  line: number;
}

/** What became of a diagram. */
export interface CheckedDiagram {
  /** Null when mermaid accepts it, and when it was not asked. */
  error: DiagramError | null;
  /** Why mermaid was not asked, and what to do; null when it was. */
  unchecked: string | null;
}

/** Errors that name no line are located by parsing ever longer prefixes; longer diagrams point at their start. */
const MAX_LINES_FOR_PREFIX_SEARCH = 200;
/** More alternatives than this help nobody; jison names up to fifty. */
const MAX_EXPECTED = 5;
const MAX_MESSAGE = 300;
/** mermaid's default `maxTextSize`: it draws an error in place of a longer diagram. */
const MAX_TEXT = 50_000;

/** Checks diagrams with a mermaid that is loaded for the first of them. */
export class DiagramChecker {
  private mermaid: Promise<MermaidParser | { unchecked: string }> | undefined;

  constructor(private readonly load: () => Promise<MermaidParser> = loadMermaid) {}

  /**
   * Parses one diagram as a page's browser would.
   *
   * @param text - the code inside the fence, without the fence.
   * @returns the first error with its line within `text`, if there is one. Never rejects: without mermaid the diagram
   *   is `unchecked`.
   *
   * Source: `mermaid.parse` (mermaid 11, `mermaidAPI.ts`), which detects the type, reads front matter and directives
   * and runs the grammar of the type. Diagram types of separate packages (zenuml) count as unknown: neither GitHub nor
   * just-the-docs loads them.
   */
  async check(text: string): Promise<CheckedDiagram> {
    if (text.length > MAX_TEXT) {
      const message = `the diagram has ${text.length} characters, and mermaid draws at most ${MAX_TEXT}; split it`;
      return { error: { message, line: 1 }, unchecked: null };
    }
    this.mermaid ??= this.load().catch((error: unknown) => ({ unchecked: whyUnchecked(error) }));
    const mermaid = await this.mermaid;
    if ('unchecked' in mermaid) return { error: null, unchecked: mermaid.unchecked };
    const error = await parseError(mermaid, text);
    if (!error) return { error: null, unchecked: null };
    const lines = text.split('\n');
    const message = describe(error, lines);
    const line = await locate(mermaid, error, lines);
    return { error: { message, line: Math.max(1, Math.min(line, lines.length)) }, unchecked: null };
  }
}

/** Why mermaid cannot be asked, from what its import threw, and what to do. */
function whyUnchecked(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  const absent = /Cannot find (?:package|module) '(mermaid|jsdom)'/.exec(reason)?.[1];
  return absent === undefined
    ? `mermaid cannot be loaded (${oneLine(reason)}); install it anew`
    : `\`${absent}\` is not installed; run \`npm install --save-dev mermaid@11 jsdom\``;
}

/**
 * mermaid brings DOMPurify, which looks for a browser's `window` once, while it is imported. The globals exist only
 * during that import, so that nothing else takes this process for a browser.
 */
async function loadMermaid(): Promise<MermaidParser> {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('');
  const before = new Set(Object.keys(globalThis));
  const scope = globalThis as Record<string, unknown>;
  const lent: string[] = [];
  for (const [name, value] of [
    ['window', window],
    ['document', window.document],
  ] as const) {
    if (name in scope) continue;
    scope[name] = value;
    lent.push(name);
  }
  try {
    const module = (await import('mermaid')) as unknown as { default: MermaidParser };
    return module.default;
  } finally {
    for (const name of lent) Reflect.deleteProperty(scope, name);
    // mermaid's bundle leaves a build-time record of its own on the global object.
    if (!before.has('injected')) Reflect.deleteProperty(scope, 'injected');
  }
}

/** What mermaid's parsers throw: jison's `hash`, langium's `result`, js-yaml's `mark`, or a plain error. */
interface ParserError {
  name: string;
  message: string;
  hash?: {
    text?: string;
    token?: string | number | null;
    line?: number;
    loc?: { first_line: number; last_line: number };
    expected?: string[];
  };
  result?: {
    lexerErrors: { message: string; line?: number }[];
    parserErrors: {
      message: string;
      token: { startLine?: number; previousToken?: { startLine?: number } };
    }[];
  };
  mark?: { line: number };
}

async function parseError(mermaid: MermaidParser, text: string): Promise<ParserError | null> {
  try {
    await mermaid.parse(text);
    return null;
  } catch (error) {
    if (error instanceof Error) return error;
    if (typeof error === 'object' && error !== null && 'message' in error) return error as ParserError;
    return { name: 'Error', message: String(error) };
  }
}

function describe(error: ParserError, lines: readonly string[]): string {
  if (error.name === 'UnknownDiagramError') {
    if (unclosedDirective(lines) !== -1)
      return 'the directive that begins with `%%{` is not closed; end it with `}%%`';
    const first = lines[firstDiagramLine(lines) - 1]?.trim() ?? '';
    return first === ''
      ? 'the diagram is empty; begin it with its type, for example `flowchart LR`'
      : `\`${clip(first, 60)}\` names no diagram type that mermaid 11 knows; begin with one such as \`flowchart LR\`, \`sequenceDiagram\` or \`stateDiagram-v2\``;
  }
  const hash = error.hash;
  if (hash?.expected && hash.loc) {
    const found = (hash.text ?? '').trim();
    const expected = hash.expected.map((token) => `\`${token.replace(/^'|'$/g, '')}\``);
    const shown = expected.slice(0, MAX_EXPECTED).join(', ');
    const more = expected.length - MAX_EXPECTED;
    return `found ${found === '' ? 'the end of the line' : `\`${clip(found, 60)}\``} where mermaid's grammar expects ${
      more > 0 ? `${shown} or ${more} other ${more === 1 ? 'token' : 'tokens'}` : shown
    }`;
  }
  const detail = error.result?.parserErrors[0]?.message ?? error.result?.lexerErrors[0]?.message;
  if (detail !== undefined) return `mermaid's parser says: ${oneLine(detail)}`;
  if (error.mark)
    return `the diagram's front matter is not YAML: ${oneLine(error.message.split('\n')[0] ?? '')}`;
  if (error.name === 'TypeError')
    return 'mermaid gives up here: a statement lacks the part that it refers to';
  if (error.message.startsWith('Lexical error')) return 'mermaid cannot read the text of this line';
  return `mermaid says: ${oneLine((error.message.split('\n')[0] ?? '').replace(/^Parsing failed: /, ''))}`;
}

async function locate(mermaid: MermaidParser, error: ParserError, lines: readonly string[]): Promise<number> {
  if (error.name === 'UnknownDiagramError') {
    const directive = unclosedDirective(lines);
    return directive === -1 ? firstDiagramLine(lines) : directive + 1;
  }
  if (error.mark) return error.mark.line + 2; // counts from 0, and the opening `---` is not part of the YAML
  if (reportedLine(error) === undefined) return firstFailingPrefix(mermaid, error, lines);
  // mermaid cuts out comments, directives and front matter before it counts, so the count is taken from a diagram
  // in which they are blank lines, which the grammars skip.
  const first = firstDiagramLine(lines);
  const counted = await parseError(
    mermaid,
    blanked(lines)
      .slice(first - 1)
      .join('\n'),
  );
  const line = counted && reportedLine(counted);
  return (line ?? reportedLine(error) ?? 1) + (line === undefined || line === null ? 0 : first - 1);
}

/** The line (from 1) that the parser's error carries. */
function reportedLine(error: ParserError): number | undefined {
  const hash = error.hash;
  if (hash?.line !== undefined && (hash.loc ?? hash.token === null)) {
    // A line ending that was not expected belongs to the line that it ends.
    return hash.loc && (hash.text ?? '').trim() === '' ? hash.loc.last_line : hash.line + 1;
  }
  const parserError = error.result?.parserErrors[0];
  const lexerError = error.result?.lexerErrors[0];
  if (lexerError?.line !== undefined && !Number.isNaN(lexerError.line)) return lexerError.line;
  for (const line of [parserError?.token.startLine, parserError?.token.previousToken?.startLine]) {
    if (line !== undefined && !Number.isNaN(line)) return line;
  }
  return undefined;
}

/** The shortest prefix that fails in the same way ends with the line at fault. */
async function firstFailingPrefix(
  mermaid: MermaidParser,
  error: ParserError,
  lines: readonly string[],
): Promise<number> {
  const first = firstDiagramLine(lines);
  if (lines.length > MAX_LINES_FOR_PREFIX_SEARCH) return first;
  for (let count = first; count < lines.length; count++) {
    const failure = await parseError(mermaid, lines.slice(0, count).join('\n'));
    if (failure?.message === error.message) return count;
  }
  return lines.length;
}

/** The line (from 1) that names the diagram's type: the first after front matter, comments and directives. */
function firstDiagramLine(lines: readonly string[]): number {
  const clean = blanked(lines);
  const index = clean.findIndex((line) => line.trim() !== '');
  return index === -1 ? 1 : index + 1;
}

/** The same number of lines, with front matter, comments and one-line directives left blank. */
function blanked(lines: readonly string[]): string[] {
  let frontMatterEnd = -1;
  const start = lines.findIndex((line) => line.trim() !== '');
  if (lines[start]?.trim() === '---') {
    frontMatterEnd = lines.findIndex((line, index) => index > start && line.trim() === '---');
  }
  return lines.map((line, index) => (index <= frontMatterEnd || /^\s*%%/.test(line) ? '' : line));
}

/** Index of the line whose `%%{` has no `}%%` after it; -1 when there is none. */
function unclosedDirective(lines: readonly string[]): number {
  const opened = lines.findLastIndex((line) => line.includes('%%{'));
  return opened !== -1 && !lines.slice(opened).some((line) => line.includes('}%%')) ? opened : -1;
}

function oneLine(text: string): string {
  return clip(text.replace(/\s+/g, ' ').trim(), MAX_MESSAGE);
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

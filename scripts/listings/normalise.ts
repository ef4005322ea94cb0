/** Named normalisers: each takes one kind of accident out of a captured output, so that the same run gives the same text. */

/** What differs between machines, as absolute paths without a final slash. */
export interface Surroundings {
  root: string;
  /** The run's current folder. */
  folder: string;
  home: string;
  temporary: string;
}

type Normaliser = (text: string, surroundings: Surroundings) => string;

/** `0.03s`, `12 ms`, `1.5µs`, `250ns`, `2m 03s` become `<duration>`. */
export function durations(text: string): string {
  return text.replace(
    /(?<![\w.])(?:\d{1,9}m ?)?\d{1,12}(?:\.\d{1,12})? ?(?:ns|µs|us|ms|s|secs?|seconds?)(?![\w])/g,
    '<duration>',
  );
}

/** Ports of loopback and wildcard addresses become `<port-1>`, `<port-2>` …; one port keeps its number. */
export function ports(text: string): string {
  const number = numbering('port');
  return text.replace(
    /(?<![\w.])(127\.0\.0\.1|0\.0\.0\.0|localhost|\[::1?\]):(\d{1,5})(?!\d)/g,
    (_all, host: string, port: string) => `${host}:${number(port)}`,
  );
}

/** `pid 4711`, `PID: 4711`, `pid=4711`, `process 4711` become `pid <pid-1>` …; one process keeps its number. */
export function processIds(text: string): string {
  const number = numbering('pid');
  return text.replace(
    /\b((?:pid|process id|process)(?:\s?[:=]\s?|\s)"?)(\d{1,10})\b/gi,
    (_all, label: string, id: string) => `${label}${number(id)}`,
  );
}

/** UUIDs, with or without hyphens, become `<uuid-1>`, `<uuid-2>` …; one UUID keeps its number. */
export function uuids(text: string): string {
  const number = numbering('uuid');
  return text.replace(
    /(?<![0-9a-fA-F-])(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{32})(?![0-9a-fA-F-])/g,
    (uuid) => number(uuid.toLowerCase()),
  );
}

/** Absolute paths of this machine: the current folder becomes `.`, the repository `<root>`, the rest `<tmp>` and `~`. */
export function paths(text: string, surroundings: Surroundings): string {
  const names: [string, string][] = [
    [surroundings.folder, '.'],
    [surroundings.root, '<root>'],
    [surroundings.temporary, '<tmp>'],
    [surroundings.home, '~'],
  ];
  let result = text;
  for (const [folder, name] of names) {
    if (folder.length < 2) continue;
    result = result.replace(new RegExp(`${escapeForRegExp(folder)}(?![\\w.-])`, 'g'), name);
  }
  return result;
}

const CARGO_WORDS = new Set([
  ...['Compiling', 'Checking', 'Building', 'Finished', 'Running', 'Fresh', 'Dirty', 'Executable', 'Blocking'],
  ...['Updating', 'Locking', 'Adding', 'Downloading', 'Downloaded', 'Documenting', 'Doc-tests', 'Packaging'],
]);
/** Cargo writes its words right-aligned in this many columns (`core/shell.rs`). */
const CARGO_COLUMNS = 12;

/** Cargo's own progress lines, which depend on what is already built, are left out. */
export function cargoNoise(text: string): string {
  return text
    .split('\n')
    .filter((line) => {
      const word = line.slice(0, CARGO_COLUMNS).trimStart();
      return !(CARGO_WORDS.has(word) && line.startsWith(`${word.padStart(CARGO_COLUMNS)} `));
    })
    .join('\n');
}

const normalisers = {
  durations,
  ports,
  'process-ids': processIds,
  uuids,
  paths,
  'cargo-noise': cargoNoise,
} satisfies Record<string, Normaliser>;

export type NormaliserName = keyof typeof normalisers;
export const normaliserNames = Object.keys(normalisers) as [NormaliserName, ...NormaliserName[]];

/**
 * Applies normalisers in the order given. Whatever the names, line endings become `\n`, colour codes and white space
 * at line ends go, and the text ends with one line ending (or is empty).
 */
export function normalise(
  text: string,
  names: readonly NormaliserName[],
  surroundings: Surroundings,
): string {
  // eslint-disable-next-line no-control-regex -- colour codes are control characters
  let result = text.replace(/\r\n?/g, '\n').replace(/\u001b\[[0-9;]{0,20}[A-Za-z]/g, '');
  for (const name of names) result = normalisers[name](result, surroundings);
  const lines = result.split('\n').map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Numbers values by their first appearance. */
function numbering(kind: string): (value: string) => string {
  const numbers = new Map<string, number>();
  return (value) => {
    const known = numbers.get(value) ?? numbers.size + 1;
    numbers.set(value, known);
    return `<${kind}-${known}>`;
  };
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

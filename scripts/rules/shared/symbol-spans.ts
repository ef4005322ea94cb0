/** Reads a code span of prose as Rust or as a name of the protocol: which of its words claim that something exists? */

export type ClaimKind =
  | 'path' // a::b
  | 'type' // CamelCase
  | 'word' // a type's name of one hump, which may be an ordinary word
  | 'call' // name(…), .name
  | 'macro' // name!
  | 'attribute' // #[name]
  | 'name' // snake_case, SCREAMING_CASE
  | 'field' // camelCase
  | 'method' // x/y
  | 'header' // Train-Case
  | 'feature'; // kebab-case

export interface Claim {
  kind: ClaimKind;
  /** For paths with `::`. */
  text: string;
}

/** Spans longer than this are programs or messages, no names. */
const MAX_LENGTH = 400;
const KEYWORDS =
  'as async await const crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self static struct super trait type unsafe use where while';
const IS_KEYWORD: ReadonlySet<string> = new Set(KEYWORDS.split(' '));
const FILE_NAME =
  /\.(?:c?js|go|html?|java|jsonl?|lock|lua|md|mdx|mjs|py|rs|sh|sock|swift|toml|ts|tsx|txt|xml|ya?ml)(?:#.*|:\d+.*)?$/;
const STRING = /"(?:[^"\\]|\\.)*"?/g;
const LIFETIME = /'(?:[a-z_]\w*|[^'\\]')/g;
/** A path or word, with what stands before it and after it. */
const WORD =
  /(#!?\[\s*|\.|)([A-Za-z_]\w*(?:::(?:<[^<>]*>::)?[A-Za-z_]\w*)*)(\s*(?:::<[^<>()]*>)?\(|!(?!=)|)/g;

/**
 * The names in a code span.
 *
 * @param value text of the span
 * @returns none for commands, file names, messages, JSON and the like
 */
export function claimsOf(value: string): Claim[] {
  const text = value.trim();
  if (text === '' || text.length > MAX_LENGTH) return [];
  const whole = wholeSpan(text);
  if (whole !== null) return whole;
  if (!looksLikeRust(text)) return [];
  const code = text.replace(STRING, '""').replace(LIFETIME, '');
  const claims: Claim[] = [];
  let attribute = -1;
  for (const match of code.matchAll(WORD)) {
    const [, before = '', word = '', after = ''] = match;
    if (before.startsWith('#')) {
      attribute = code.indexOf(']', match.index);
      claims.push({ kind: 'attribute', text: word });
    } else if (match.index > attribute) {
      const claim = classify(before, word, after);
      if (claim) claims.push(claim);
    }
  }
  return claims;
}

/** Spans that are one name with other signs than Rust's; null for all others. */
function wholeSpan(text: string): Claim[] | null {
  if (/^[a-z]+(?:\/[A-Za-z_]+)+$/.test(text)) return [{ kind: 'method', text }];
  const header =
    /^((?:[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+)|x-mcp(?:-[a-z]+)+|mcp(?:-[a-z]+)+)(?::\s.*)?$/.exec(text);
  if (header) return [{ kind: 'header', text: header[1] ?? '' }];
  if (/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(text)) return [{ kind: 'feature', text }];
  return null;
}

function looksLikeRust(text: string): boolean {
  if (/^(?:[-$"'{[\d<>|~/]|\.(?![a-z]\w*\())/.test(text) || FILE_NAME.test(text) || text.includes('://'))
    return false;
  const bare = text.replace(STRING, '""');
  // A path of folders, a media type, `HTTP/1.1`.
  if (/[\w-]\/[\w.*-]/.test(bare)) return false;
  // Two words with a space between them are a sentence or a command, unless the first belongs to the language.
  const start = /^([A-Za-z][\w-]*)[:,]? +[\w-]/.exec(bare);
  if (start && !IS_KEYWORD.has(start[1] ?? '') && !/^[a-z]+[A-Z]\w*:/.test(bare)) return false;
  return !/\w-\w/.test(bare) && !/[“”‘’]/.test(bare);
}

function classify(before: string, word: string, after: string): Claim | null {
  if (word.includes('::')) return { kind: 'path', text: word.replace(/::<[^<>]*>/g, '') };
  if (IS_KEYWORD.has(word)) return null;
  if (after === '!') return { kind: 'macro', text: word };
  if (/^[A-Z]/.test(word)) {
    if (/^[A-Z][A-Z0-9_]*$/.test(word)) return word.includes('_') ? { kind: 'name', text: word } : null;
    if (!/^[A-Za-z0-9]+$/.test(word)) return { kind: 'name', text: word };
    return { kind: /^[A-Z][a-z0-9]*$/.test(word) && after === '' ? 'word' : 'type', text: word };
  }
  if (after.endsWith('(') || before === '.') return { kind: 'call', text: word };
  if (/^[a-z]+[a-z0-9]*[A-Z]/.test(word)) return { kind: 'field', text: word };
  return /[a-z0-9]_[a-z0-9]/.test(word) ? { kind: 'name', text: word } : null;
}

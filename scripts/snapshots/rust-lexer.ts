/** Tokens of Rust source, as far as finding items needs them. Lexical rules: the Rust Reference, chapter "Lexical structure". */

export type TokenKind = 'identifier' | 'lifetime' | 'string' | 'literal' | 'punctuation' | 'open' | 'close';

export interface Token {
  kind: TokenKind;
  /** As typed; for strings the content without quotes, prefix and `#`. Raw identifiers lose their `r#`. */
  text: string;
  /** From 1. */
  line: number;
  /** For `open` and `close`: index of the partner in the same list; -1 when there is none. */
  partner: number;
}

const IDENTIFIER = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const NUMBER = /\d[\w]*(?:\.\d[\w]*)?/y;
const RAW_STRING = /(?:br|cr|r)(#*)"/y;
const PARTNERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Reads a file of Rust.
 *
 * @param source its text; text that is no Rust gives tokens all the same
 * @returns tokens in order; comments and doc comments are left out, multi-character operators come one by one
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const add = (kind: TokenKind, text: string, end: number): void => {
    tokens.push({ kind, text, line, partner: -1 });
    for (let index = at; index < end; index++) if (source.charCodeAt(index) === 10) line++;
    at = end;
  };
  const skipTo = (end: number): void => {
    for (let index = at; index < end; index++) if (source.charCodeAt(index) === 10) line++;
    at = end;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    const character = source[at] ?? '';
    const next = source[at + 1] ?? '';
    if (/\s/.test(character)) skipTo(at + 1);
    else if (character === '/' && next === '/') skipTo(endOfLine(source, at));
    else if (character === '/' && next === '*') skipTo(endOfComment(source, at));
    else if (character === '"') string(1);
    else if ((character === 'b' || character === 'c') && next === '"') string(2);
    else if (character === 'b' && next === "'") add('literal', "b''", endOfCharacter(source, at + 1));
    else if (character === "'") quote();
    else if (/[rbc]/.test(character) && match(RAW_STRING)) rawString();
    else if (character === 'r' && next === '#') skipTo(at + 2);
    else {
      const identifier = match(IDENTIFIER);
      const number = identifier ? null : match(NUMBER);
      if (identifier) add('identifier', identifier[0], at + identifier[0].length);
      else if (number) add('literal', number[0], at + number[0].length);
      else if ('([{'.includes(character)) add('open', character, at + 1);
      else if (')]}'.includes(character)) add('close', character, at + 1);
      else add('punctuation', character, at + 1);
    }
  }
  return paired(tokens);

  function string(prefix: number): void {
    let end = at + prefix;
    while (end < source.length && source[end] !== '"') end += source[end] === '\\' ? 2 : 1;
    add('string', source.slice(at + prefix, end), end + 1);
  }
  function rawString(): void {
    const opening = match(RAW_STRING);
    const from = at + (opening?.[0].length ?? 0);
    const closing = `"${opening?.[1] ?? ''}`;
    const end = source.indexOf(closing, from);
    const stop = end === -1 ? source.length : end;
    add('string', source.slice(from, stop), Math.min(source.length, stop + closing.length));
  }
  function quote(): void {
    // `'a` is a lifetime, `'a'` a character.
    const lifetime = /'[\p{XID_Start}_][\p{XID_Continue}]*(?!')/uy;
    lifetime.lastIndex = at;
    const found = lifetime.exec(source);
    if (found && source[at + found[0].length] !== "'") add('lifetime', found[0], at + found[0].length);
    else add('literal', "''", endOfCharacter(source, at));
  }
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end === -1 ? source.length : end;
}

/** Block comments nest in Rust. */
function endOfComment(source: string, at: number): number {
  let depth = 0;
  for (let index = at; index < source.length; index++) {
    if (source.startsWith('/*', index)) {
      depth++;
      index++;
    } else if (source.startsWith('*/', index)) {
      depth--;
      index++;
      if (depth === 0) return index + 1;
    }
  }
  return source.length;
}

function endOfCharacter(source: string, at: number): number {
  let end = at + 1;
  while (end < source.length && source[end] !== "'" && source[end] !== '\n')
    end += source[end] === '\\' ? 2 : 1;
  return Math.min(source.length, end + 1);
}

/** The same tokens with the partners of brackets set; also for lists put together from parts of others. */
export function paired(tokens: readonly Token[]): Token[] {
  const list = tokens.map((token) => ({ ...token, partner: -1 }));
  const open: number[] = [];
  for (const [index, token] of list.entries()) {
    if (token.kind === 'open') open.push(index);
    if (token.kind !== 'close') continue;
    const start = open.pop();
    const partner = start === undefined ? undefined : list[start];
    if (start === undefined || !partner || partner.text !== PARTNERS[token.text]) continue;
    token.partner = start;
    partner.partner = index;
  }
  return list;
}

/** Index behind the token at `index`, or behind the whole group that it opens. */
export function afterTree(tokens: readonly Token[], index: number): number {
  const token = tokens[index];
  return token?.kind === 'open' && token.partner > index ? token.partner + 1 : index + 1;
}

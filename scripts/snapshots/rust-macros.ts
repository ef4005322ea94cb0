/**
 * Expansion of `macro_rules!`, so that items which a crate writes with its own macros are found.
 *
 * Matching and transcription as the Rust Reference describes them ("Macros by example"), with two simplifications: a
 * repetition takes as much as it can, and a type ends at the first `,`, `;`, `=`, `=>` or `{` outside of brackets.
 * `[<a b>]` groups are joined as the macro `paste!` does.
 */
import { afterTree, paired, type Token } from './rust-lexer.js';

export interface MacroArm {
  pattern: Token[];
  body: Token[];
}

export interface Macro {
  arms: MacroArm[];
  /** File that defines it. */
  file: string;
}

/** What each `$name` stands for: tokens, or one set of bindings a round of the repetition that it stands in. */
type Bindings = Map<string, Token[] | { each: Bindings[] }>;

/** Expansions that one file may need in all: a macro that calls itself for ever stops there. */
export const MAX_EXPANSIONS = 2000;
/** Tokens that the expansions of one file may give in all. */
export const MAX_EXPANDED = 1_000_000;

/** The arms of a macro from the tokens between the braces of its definition. */
export function macroArms(tokens: readonly Token[]): MacroArm[] {
  const list = paired(tokens);
  const arms: MacroArm[] = [];
  for (let at = 0; at < list.length;) {
    const patternEnd = afterTree(list, at);
    // `=>` are two tokens.
    const bodyStart = patternEnd + 2;
    const bodyEnd = afterTree(list, bodyStart);
    if (list[at]?.kind !== 'open' || list[bodyStart]?.kind !== 'open') break;
    arms.push({
      pattern: paired(list.slice(at + 1, patternEnd - 1)),
      body: paired(list.slice(bodyStart + 1, bodyEnd - 1)),
    });
    at = bodyEnd;
    while (isPunctuation(list[at], ';')) at++;
  }
  return arms;
}

/**
 * Expands one invocation, once: invocations in the result are the caller's.
 *
 * @returns the tokens, each on the line where it was typed: in the invocation or in the macro; null when no arm matches
 */
export function expandMacro(arms: readonly MacroArm[], input: readonly Token[]): Token[] | null {
  const tokens = paired(input);
  for (const { pattern, body } of arms) {
    const bindings: Bindings = new Map();
    if (matchPattern(pattern, tokens, 0, bindings) !== tokens.length) continue;
    return paired(pasted(transcribe(body, bindings)));
  }
  return null;
}

/** Index behind what matched; -1 for no match. */
function matchPattern(
  pattern: readonly Token[],
  tokens: readonly Token[],
  from: number,
  bindings: Bindings,
): number {
  let at = from;
  for (let index = 0; index < pattern.length;) {
    const token = pattern[index];
    if (!token) break;
    if (isPunctuation(token, '$') && pattern[index + 1]?.text === '(') {
      const repetition = readRepetition(pattern, index);
      at = matchRepetition(repetition, tokens, at, bindings);
      if (at < 0) return -1;
      index = repetition.end;
    } else if (isPunctuation(token, '$') && pattern[index + 1]?.kind === 'identifier') {
      const name = pattern[index + 1]?.text ?? '';
      const end = matchFragment(pattern[index + 3]?.text ?? 'tt', tokens, at);
      if (end < 0) return -1;
      bindings.set(name, tokens.slice(at, end));
      at = end;
      index += 4;
    } else if (token.kind === 'open') {
      const other = tokens[at];
      if (other?.kind !== 'open' || other.text !== token.text || other.partner < 0) return -1;
      const inner = paired(tokens.slice(at + 1, other.partner));
      const wanted = paired(pattern.slice(index + 1, token.partner));
      if (matchPattern(wanted, inner, 0, bindings) !== inner.length) return -1;
      at = other.partner + 1;
      index = token.partner + 1;
    } else {
      if (tokens[at]?.kind !== token.kind || tokens[at]?.text !== token.text) return -1;
      at++;
      index++;
    }
  }
  return at;
}

interface Repetition {
  pattern: Token[];
  separator: string | null;
  operator: string;
  /** Index behind the operator. */
  end: number;
}

/** `$( … ) sep op` that begins at `index`. */
function readRepetition(tokens: readonly Token[], index: number): Repetition {
  const close = afterTree(tokens, index + 1);
  const pattern = paired(tokens.slice(index + 2, close - 1));
  const first = tokens[close]?.text ?? '';
  if ('*+?'.includes(first)) return { pattern, separator: null, operator: first, end: close + 1 };
  return { pattern, separator: first, operator: tokens[close + 1]?.text ?? '*', end: close + 2 };
}

function matchRepetition(
  repetition: Repetition,
  tokens: readonly Token[],
  from: number,
  bindings: Bindings,
): number {
  const each: Bindings[] = [];
  let at = from;
  while (at < tokens.length && !(repetition.operator === '?' && each.length === 1)) {
    let start = at;
    if (each.length > 0 && repetition.separator !== null) {
      if (tokens[at]?.text !== repetition.separator) break;
      start++;
    }
    const own: Bindings = new Map();
    const end = matchPattern(repetition.pattern, tokens, start, own);
    if (end < 0 || end === at) break;
    each.push(own);
    at = end;
  }
  if (repetition.operator === '+' && each.length === 0) return -1;
  for (const name of boundNames(repetition.pattern)) bindings.set(name, { each });
  return at;
}

/** Names that a pattern binds, at any depth. */
function boundNames(pattern: readonly Token[]): string[] {
  return pattern.flatMap((token, index) =>
    isPunctuation(token, '$') && pattern[index + 1]?.kind === 'identifier'
      ? [pattern[index + 1]?.text ?? '']
      : [],
  );
}

function matchFragment(fragment: string, tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  switch (fragment) {
    case 'ident':
      return token?.kind === 'identifier' ? at + 1 : -1;
    case 'lifetime':
      return token?.kind === 'lifetime' ? at + 1 : -1;
    case 'literal':
      return token?.kind === 'string' || token?.kind === 'literal' ? at + 1 : -1;
    case 'vis':
      if (token?.text !== 'pub') return at;
      return tokens[at + 1]?.text === '(' ? afterTree(tokens, at + 1) : at + 1;
    case 'tt':
    case 'block':
      return token && token.kind !== 'close' ? afterTree(tokens, at) : -1;
    case 'meta':
    case 'path': {
      let end = at;
      while (tokens[end]?.kind === 'identifier' || isPunctuation(tokens[end], ':')) end++;
      if (end === at) return -1;
      if (tokens[end]?.kind === 'open') return afterTree(tokens, end);
      return isPunctuation(tokens[end], '=') ? afterTree(tokens, end + 1) : end;
    }
    default: {
      let end = at;
      let angles = 0;
      while (end < tokens.length) {
        const { kind, text } = tokens[end] ?? { kind: 'close', text: '' };
        if (kind === 'close') break;
        if (angles === 0 && (',;='.includes(text) || (text === '{' && fragment === 'ty'))) break;
        if (text === '<') angles++;
        if (text === '>' && tokens[end - 1]?.text !== '-') angles--;
        end = afterTree(tokens, end);
      }
      return end === at ? -1 : end;
    }
  }
}

function transcribe(body: readonly Token[], bindings: Bindings): Token[] {
  const output: Token[] = [];
  for (let index = 0; index < body.length; index++) {
    const token = body[index];
    if (!token) break;
    if (isPunctuation(token, '$') && body[index + 1]?.text === '(') {
      const repetition = readRepetition(body, index);
      const names = boundNames(repetition.pattern);
      const lists = names.map((name) => bindings.get(name)).filter((binding) => binding && 'each' in binding);
      const each = lists[0] && 'each' in lists[0] ? lists[0].each : [];
      for (const [round, own] of each.entries()) {
        if (round > 0 && repetition.separator !== null)
          output.push({ kind: 'punctuation', text: repetition.separator, line: token.line, partner: -1 });
        // A second repeated variable has bindings of its own, one a round.
        const joined: Bindings = new Map([...bindings, ...own]);
        for (const name of names) {
          const binding = bindings.get(name);
          const value = binding && 'each' in binding ? binding.each[round]?.get(name) : undefined;
          if (value) joined.set(name, value);
        }
        output.push(...transcribe(repetition.pattern, joined));
      }
      index = repetition.end - 1;
    } else if (isPunctuation(token, '$') && body[index + 1]?.kind === 'identifier') {
      const name = body[index + 1]?.text ?? '';
      const binding = bindings.get(name);
      if (binding && !('each' in binding)) output.push(...binding);
      else output.push(body[index + 1] ?? token);
      index++;
    } else output.push(token);
  }
  return output;
}

/** Joins `[< a b >]` to one identifier; `:upper` and its like are applied. */
function pasted(tokens: readonly Token[]): Token[] {
  const output: Token[] = [];
  const list = paired(tokens);
  for (let index = 0; index < list.length; index++) {
    const token = list[index];
    if (!token) break;
    const close = token.text === '[' && isPunctuation(list[index + 1], '<') ? token.partner : -1;
    if (close < 0 || !isPunctuation(list[close - 1], '>')) {
      output.push(token);
      continue;
    }
    let text = '';
    let line = token.line;
    for (let part = index + 2; part < close - 1; part++) {
      const word = list[part];
      if (!word) break;
      if (isPunctuation(word, ':')) {
        const mode = list[part + 1]?.text;
        if (mode === 'upper') text = text.toUpperCase();
        if (mode === 'lower') text = text.toLowerCase();
        part++;
      } else {
        text += word.text;
        line = word.line;
      }
    }
    output.push({ kind: 'identifier', text, line, partner: -1 });
    index = close;
  }
  return output;
}

export function isPunctuation(token: Token | undefined, text: string): boolean {
  return token?.kind === 'punctuation' && token.text === text;
}

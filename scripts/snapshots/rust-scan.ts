/** Looks for places in a list of Rust tokens: ends of fields, generics and attributes. */
import { afterTree, type Token } from './rust-lexer.js';
import { isPunctuation } from './rust-macros.js';

/** Index of the first token with this text outside of brackets. */
export function find(tokens: readonly Token[], from: number, text: string): number {
  let at = from;
  while (at < tokens.length && tokens[at]?.text !== text) at = afterTree(tokens, at);
  return at;
}

/** Index behind the next comma that separates fields or variants. */
export function comma(tokens: readonly Token[], from: number, end: number): number {
  let angles = 0;
  for (let at = from; at < end; at = afterTree(tokens, at)) {
    const text = tokens[at]?.text;
    if (text === ',' && angles <= 0) return at + 1;
    if (text === '<') angles++;
    if (text === '>' && tokens[at - 1]?.text !== '-') angles--;
  }
  return end;
}

export function afterGenerics(tokens: readonly Token[], from: number): number {
  if (!isPunctuation(tokens[from], '<')) return from;
  let angles = 0;
  for (let at = from; at < tokens.length; at = afterTree(tokens, at)) {
    if (isPunctuation(tokens[at], '<')) angles++;
    if (isPunctuation(tokens[at], '>') && !isPunctuation(tokens[at - 1], '-') && --angles === 0)
      return at + 1;
  }
  return tokens.length;
}

/** Index behind attributes and visibility. */
export function afterAttributes(tokens: readonly Token[], from: number): number {
  let at = from;
  while (isPunctuation(tokens[at], '#')) at = afterTree(tokens, at + 1);
  if (tokens[at]?.text === 'pub') at = tokens[at + 1]?.text === '(' ? afterTree(tokens, at + 1) : at + 1;
  return at;
}

/** `cfg(test)`, `cfg(all(test, …))`, `test`; not `cfg(any(test, …))` and `cfg(not(test))`. */
export function isTestAttribute(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ text }) => text);
  if (words.length === 1) return words[0] === 'test';
  return words[0] === 'cfg' && words.includes('test') && !words.includes('any') && !words.includes('not');
}

/** Name of the type that `impl … for Type<…> where …` is about; null for tuples and other types without a name. */
export function selfType(words: readonly Token[]): string | null {
  let angles = 0;
  let name: string | null = null;
  for (let at = 0; at < words.length; at = afterSlice(words, at)) {
    const { kind, text } = words[at] ?? { kind: 'punctuation', text: '' };
    if (text === '<') angles++;
    else if (text === '>' && words[at - 1]?.text !== '-') angles--;
    if (angles > 0 || kind !== 'identifier') continue;
    if (text === 'where') break;
    // What stood before `for` was the trait.
    if (text === 'for') name = null;
    else if (text !== 'dyn' && text !== 'mut') name = text;
  }
  return name;
}

/** As `afterTree`, for a slice whose partners count from the whole list. */
function afterSlice(words: readonly Token[], at: number): number {
  if (words[at]?.kind !== 'open') return at + 1;
  let depth = 0;
  for (let index = at; index < words.length; index++) {
    if (words[index]?.kind === 'open') depth++;
    if (words[index]?.kind === 'close' && --depth === 0) return index + 1;
  }
  return words.length;
}

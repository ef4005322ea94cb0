import { isWord } from '../ruby.js';
import { skipSpace, skipWord } from './patterns.js';
import type { LiquidEngine, LiquidToken } from './types.js';

/**
 * Cuts a template as `Liquid::Tokenizer` does (lib/liquid.rb `TemplateParser`, lib/liquid/tokenizer.rb; the same
 * in 4.0.4 and 5.4): `{%` runs to the first `%}`, `{{` runs to the first `}` and takes a second one along; a
 * `{%` or `{{` that never ends is a token of two characters.
 *
 * @param text the template
 * @returns the tokens without gaps or empty ones, in order; a tag that is not well formed has no `tagName`
 */
export function tokenize(text: string, engine: LiquidEngine): LiquidToken[] {
  const tokens: LiquidToken[] = [];
  const addText = (start: number, end: number): void => {
    if (end > start) tokens.push({ kind: 'text', start, end, markup: text.slice(start, end) });
  };
  let textStart = 0;
  let at = text.indexOf('{');
  // Once a search for a closer has failed, it fails for every later start: remembered to stay linear.
  let noTagEnd = false;
  let noBrace = false;
  while (at !== -1) {
    const next = text[at + 1];
    if (next === '%' || next === '{') {
      let end = at + 2;
      if (next === '%') {
        const close = noTagEnd ? -1 : text.indexOf('%}', at + 2);
        if (close === -1) noTagEnd = true;
        else end = close + 2;
      } else {
        const close = noBrace ? -1 : text.indexOf('}', at + 2);
        if (close === -1) noBrace = true;
        else end = text[close + 1] === '}' ? close + 2 : close + 1;
      }
      addText(textStart, at);
      tokens.push(next === '%' ? tagToken(text, at, end, engine) : outputToken(text, at, end));
      textStart = end;
      at = text.indexOf('{', end);
    } else {
      at = text.indexOf('{', at + 1);
    }
  }
  addText(textStart, text.length);
  return tokens;
}

/** True when an output token is closed by two braces (`ContentOfVariable` in lib/liquid/block_body.rb). */
export function isTerminatedOutput(text: string, token: LiquidToken): boolean {
  return token.end - token.start >= 4 && text.startsWith('}}', token.end - 2);
}

/** True when a tag token has its `%}`. */
export function isTerminatedTag(text: string, token: LiquidToken): boolean {
  return token.end - token.start >= 4 && text.startsWith('%}', token.end - 2);
}

function outputToken(text: string, start: number, end: number): LiquidToken {
  const closed = end - start >= 4 && text.startsWith('}}', end - 2);
  let from = start + 2;
  let to = closed ? end - 2 : end;
  if (closed) {
    if (from < to && text[from] === '-') from++;
    if (to > from && text[to - 1] === '-') to--;
  }
  return { kind: 'output', start, end, markup: text.slice(from, to) };
}

/** Splits a tag as `FullToken` does: dash, white space, name (`#` in Liquid 5 only), white space, markup, dash. */
function tagToken(text: string, start: number, end: number, engine: LiquidEngine): LiquidToken {
  const closed = end - start >= 4 && text.startsWith('%}', end - 2);
  const limit = closed ? end - 2 : end;
  const parts = closed ? splitTag(text, start + 2, limit, engine) : undefined;
  if (!parts) return { kind: 'tag', start, end, markup: text.slice(start + 2, limit) };
  return {
    kind: 'tag',
    start,
    end,
    markup: text.slice(parts.markupStart, parts.markupEnd),
    tagName: parts.name,
  };
}

/** Where the parts of a tag lie; undefined when the tag has no name. */
export function splitTag(
  text: string,
  from: number,
  limit: number,
  engine: LiquidEngine,
): { name: string; nameStart: number; nameEnd: number; markupStart: number; markupEnd: number } | undefined {
  const afterDash = text[from] === '-' && from < limit ? from + 1 : from;
  const nameStart = skipSpace(text, afterDash, limit);
  let nameEnd = nameStart;
  if (nameStart < limit) {
    if (engine === 'actions' && text[nameStart] === '#') nameEnd = nameStart + 1;
    else if (isWord(text.charCodeAt(nameStart))) nameEnd = skipWord(text, nameStart, limit);
  }
  if (nameEnd === nameStart) return undefined;
  const markupStart = skipSpace(text, nameEnd, limit);
  const markupEnd = limit > markupStart && text[limit - 1] === '-' ? limit - 1 : limit;
  return { name: text.slice(nameStart, nameEnd), nameStart, nameEnd, markupStart, markupEnd };
}

/** `FullTokenPossiblyInvalid` (tags/raw.rb): the last `{%` of a token that ends in `%}` and has a name there. */
export function lastTagIn(text: string, token: LiquidToken): { at: number; name: string } | undefined {
  if (token.kind === 'text' || !isTerminatedTag(text, token)) return undefined;
  // Only the token itself is searched: going back further would make many tokens quadratic.
  const source = text.slice(token.start, token.end);
  for (let at = source.lastIndexOf('{%'); at !== -1; at = at === 0 ? -1 : source.lastIndexOf('{%', at - 1)) {
    const nameStart = skipSpace(source, at + 2);
    const nameEnd = skipWord(source, nameStart);
    if (nameEnd > nameStart) return { at: token.start + at, name: source.slice(nameStart, nameEnd) };
  }
  return undefined;
}

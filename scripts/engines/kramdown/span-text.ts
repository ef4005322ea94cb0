/** Smart quotes, typographic symbols, entities, escapes and line breaks (kramdown's files of those names). */
import { namedEntity, numericEntity } from './entities.js';
import { wordClass } from '../ruby.js';
import type { SpanParser } from './span-parser.js';

const space = '[ \\t\\r\\n\\f\\v]';

/**
 * The rules for a quote (and the character before it) in kramdown's order. Groups: `before` text, `quote`
 * the character itself; `kind` says which way it curls: by quote character, or fixed.
 */
const quoteRules: { pattern: RegExp; curls: readonly ('open' | 'close' | 'lsquo' | 'rsquo' | 'ldquo')[] }[] =
  [
    { pattern: rule(`(?<quote>["'])(?=[_*]{1,2}(?!${space})[^])`), curls: ['open'] },
    {
      // Followed by punctuation that is not three dots and no word begins after it.
      pattern: rule(
        `(?<quote>["'])(?=[!"#$%'()*+,\\-./:;<=>?@[\\\\\\]^\`{|}~](?!\\.\\.|[${wordClass}])|_(?!\\.\\.)[${wordClass}])`,
      ),
      curls: ['close'],
    },
    { pattern: rule(`(?<before>${space}?)"'(?=[A-Za-z0-9_])`), curls: ['ldquo', 'lsquo'] },
    { pattern: rule(`(?<before>${space}?)'"(?=[A-Za-z0-9_])`), curls: ['lsquo', 'ldquo'] },
    { pattern: rule(`(?<before>${space}?)'(?=[0-9][0-9]s)`), curls: ['rsquo'] },
    { pattern: rule(`(?<before>${space})(?<quote>["'])(?=[A-Za-z0-9_])`), curls: ['open'] },
    { pattern: rule(`(?<before>[^ \\\\\\t\\r\\n\\[\\{\\(\\-])(?<quote>["'])`), curls: ['close'] },
    { pattern: rule(`(?<quote>["'])(?=${space}|s(?![${wordClass}])|$)`), curls: ['close'] },
    { pattern: rule(`(?<before>[^]?)'`), curls: ['lsquo'] },
    { pattern: rule(`(?<before>[^]?)"`), curls: ['ldquo'] },
  ];

function rule(source: string): RegExp {
  return new RegExp(source, 'uy');
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

/** A quote, alone or with the character before it. */
export function parseSmartQuote(parser: SpanParser): boolean {
  const { source } = parser;
  const { text, pos } = source;
  if (!isQuote(text[pos])) {
    const width = text.codePointAt(pos)! > 0xffff ? 2 : 1;
    if (text[pos] === '\\' || !isQuote(text[pos + width])) return false;
  }
  for (const { pattern, curls } of quoteRules) {
    pattern.lastIndex = pos;
    const match = pattern.exec(text);
    if (!match) continue;
    const isDouble = match.groups?.quote === '"';
    parser.text(match.groups?.before ?? '');
    for (const curl of curls) {
      let name: string = curl;
      if (curl === 'open') name = isDouble ? 'ldquo' : 'lsquo';
      if (curl === 'close') name = isDouble ? 'rdquo' : 'rsquo';
      parser.add(parser.create('smart_quote', name));
    }
    source.pos = pattern.lastIndex;
    return true;
  }
  return false;
}

const symbols: readonly (readonly [string, string])[] = [
  ['---', 'mdash'],
  ['--', 'ndash'],
  ['...', 'hellip'],
  ['\\<<', '<'],
  ['\\>>', '>'],
  ['<< ', 'laquo_space'],
  [' >>', 'raquo_space'],
  ['<<', 'laquo'],
  ['>>', 'raquo'],
];

/** What each symbol (and smart quote) looks like. */
export const typographicText: Readonly<Record<string, string>> = {
  mdash: '—',
  ndash: '–',
  hellip: '…',
  laquo_space: '«\u00a0',
  raquo_space: '\u00a0»',
  laquo: '«',
  raquo: '»',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

/** Dashes, dots and guillemets. */
export function parseTypographicSymbol(parser: SpanParser): boolean {
  const { source, document } = parser;
  const { text, pos } = source;
  if (parser.gfm && document.options.gfmQuirks.includes('no_auto_typographic')) return false;
  const found = symbols.find(([written]) => text.startsWith(written, pos));
  if (!found) return false;
  const [written, name] = found;
  if (name === '<' || name === '>') {
    for (let count = 0; count < 2; count++) parser.add(parser.create('entity', name));
  } else {
    parser.add(parser.create('typographic_sym', name));
  }
  source.pos += written.length;
  return true;
}

const entity = /&(?:([A-Za-z0-9_:][-A-Za-z0-9_.:]*)|#([0-9]+)|#x([0-9a-fA-F]+));/y;

/** `&name;`, `&#1;` or `&#x1;`. An unknown name is text. */
export function parseEntity(parser: SpanParser): boolean {
  const { source } = parser;
  entity.lastIndex = source.pos;
  const match = entity.exec(source.text);
  if (!match) return false;
  const [original, name, decimal, hex] = match;
  const character =
    name === undefined
      ? // A number beyond all characters stays as it is written.
        (numericEntity(decimal ?? hex ?? '', decimal === undefined ? 16 : 10) ?? original)
      : namedEntity(name);
  const node = parser.create('entity', character ?? '&');
  if (character !== undefined) node.original = original;
  parser.add(node);
  if (character === undefined) parser.text(original.slice(1));
  source.pos += original.length;
  return true;
}

/** Two spaces or two backslashes before a line feed. */
export function parseLineBreak(parser: SpanParser): boolean {
  const { source, document } = parser;
  const { text, pos } = source;
  if (parser.gfm && document.options.hardWrap) return false;
  if (!text.startsWith('  \n', pos) && !text.startsWith('\\\\\n', pos)) return false;
  parser.add(parser.create('br'));
  source.pos += 2;
  return true;
}

const escapable = '\\.*_+`<>()[]{}#!:|"\'$=-';

/** A backslash before punctuation that kramdown knows. */
export function parseEscape(parser: SpanParser): boolean {
  const { source } = parser;
  const next = source.text[source.pos + 1];
  if (next === undefined || !(escapable.includes(next) || (parser.gfm && next === '~'))) return false;
  parser.text(next);
  source.pos += 2;
  return true;
}

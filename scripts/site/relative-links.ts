/**
 * What the plugins that read a page's raw body find in it, as linear scans. jekyll-relative-links and
 * jekyll-titles-from-headings run regular expressions over the text before Liquid and kramdown see it; imitating them
 * with backtracking expressions would take quadratic time on a long line, so that the scans below follow the
 * expressions' order of attempts by hand.
 *
 * Sources: jekyll-relative-links 0.6.1 and 0.7.0, lib/jekyll-relative-links/generator.rb (`INLINE_LINK_REGEX`,
 * `REFERENCE_LINK_REGEX`); jekyll-titles-from-headings 0.5.3, lib/jekyll-titles-from-headings/generator.rb
 * (`TITLE_REGEX`).
 */

/** `0.6.1` is what GitHub Pages' own build runs, `0.7.0` what an own build pins. */
export type RelativeLinksVersion = '0.6.1' | '0.7.0';

/** One match of the plugin's expression; offsets are UTF-16 code units of the text that was scanned plus its base. */
export interface RelativeLinkMatch {
  form: 'inline' | 'reference';
  /** The whole match. */
  start: number;
  end: number;
  /** What the plugin takes for the path, as typed, and where it stands. */
  path: string;
  pathStart: number;
  /** With `#`; empty when there is none. */
  fragment: string;
  /** With its leading blanks and quotes; empty when there is none (always empty for 0.6.1). */
  title: string;
}

/**
 * Every match of the plugin's expression, left to right, as Ruby's `gsub` would meet them.
 *
 * @param body the text after the front matter
 * @param base offset of the body within the file, added to every offset of the result
 */
export function scanRelativeLinks(
  body: string,
  version: RelativeLinksVersion,
  base = 0,
): RelativeLinkMatch[] {
  const scanner = new Scanner(body, version === '0.7.0');
  const matches: RelativeLinkMatch[] = [];
  let position = 0;
  while (position < body.length) {
    const atLineStart = position === 0 || body[position - 1] === '\n';
    let from = position;
    if (atLineStart) {
      // `^\s*?\[` crosses blank lines, so a reference match begins at the first of them.
      from = scanner.skipBlanks(position);
      const inlineWins = from === position && scanner.inline(from)?.start === from;
      const reference = !inlineWins && body[from] === '[' ? scanner.reference(from) : null;
      if (reference) {
        matches.push({ ...shifted(reference, base), start: position + base });
        position = reference.end;
        continue;
      }
    }
    if (from >= body.length) break;
    const inline = scanner.inline(from);
    if (inline) matches.push(shifted(inline, base));
    position = inline ? inline.end : scanner.lineEnd(from) + 1;
  }
  return matches;
}

function shifted(match: RelativeLinkMatch, base: number): RelativeLinkMatch {
  return { ...match, start: match.start + base, end: match.end + base, pathStart: match.pathStart + base };
}

/** The parts of a destination: where the path, the fragment and the title end. */
interface Destination {
  pathEnd: number;
  fragmentEnd: number;
  titleEnd: number;
}

/** The next place of a needle, remembered so that a needle that is rare is not searched for again on every line. */
class Finder {
  private from = 0;
  private found = -1;

  constructor(
    private readonly text: string,
    private readonly needle: string,
  ) {}

  /** The first place from `from` on; the text's length when there is none. */
  next(from: number): number {
    if (this.found === -1 || from < this.from || from > this.found) {
      const found = this.text.indexOf(this.needle, from);
      this.found = found === -1 ? this.text.length : found;
    }
    this.from = from;
    return this.found;
  }
}

class Scanner {
  private readonly lastParenthesis: number;
  private readonly newline: Finder;
  private readonly bracket: Finder;
  private readonly inlineMiddle: Finder;
  private readonly referenceMiddle: Finder;
  private blanks = { from: 0, end: -1 };
  private apostrophe = { from: 0, found: -1 };

  /** @param titles 0.7.0 knows titles, 0.6.1 does not */
  constructor(
    private readonly text: string,
    private readonly titles: boolean,
  ) {
    this.lastParenthesis = text.lastIndexOf(')');
    this.newline = new Finder(text, '\n');
    this.bracket = new Finder(text, '[');
    this.inlineMiddle = new Finder(text, '](');
    this.referenceMiddle = new Finder(text, ']: ');
  }

  /** Offset of the newline that ends the line of `from`, or the text's length. */
  lineEnd(from: number): number {
    return this.newline.next(from);
  }

  /** Ruby's `\s*`: blanks, tabs, line endings, form feeds and vertical tabs. */
  skipBlanks(from: number): number {
    if (from >= this.blanks.from && from <= this.blanks.end) return this.blanks.end;
    let end = from;
    while (end < this.text.length && isBlank(this.text.charCodeAt(end))) end++;
    this.blanks = { from, end };
    return end;
  }

  /** The leftmost inline match that begins at `from` or later in its line. */
  inline(from: number): RelativeLinkMatch | null {
    const lineEnd = this.lineEnd(from);
    const start = this.bracket.next(from);
    if (start >= lineEnd) return null;
    for (
      let middle = this.inlineMiddle.next(start + 1);
      middle + 1 < lineEnd;
      middle = this.inlineMiddle.next(middle + 1)
    ) {
      const pathStart = middle + 2;
      // The path needs one character that is no parenthesis, and a parenthesis must follow somewhere.
      if (this.text[pathStart] !== ')' && this.lastParenthesis > pathStart) {
        const destination = this.inlineDestination(pathStart);
        return this.match('inline', start, pathStart, destination, destination.titleEnd + 1);
      }
    }
    return null;
  }

  /** The path is lazy: at each place fragment, title and parenthesis are tried before it grows. */
  private inlineDestination(pathStart: number): Destination {
    const closes = (end: number): boolean => this.text.charCodeAt(end) === CLOSE;
    let failedUntil = -1;
    let at = pathStart + 1;
    while (!closes(at)) {
      const code = this.text.charCodeAt(at);
      let next = at + 1;
      if (code === HASH && at > failedUntil) {
        const lineEnd = this.lineEnd(at);
        const found = this.fragment(at, lineEnd, closes, closes);
        if (found) return { pathEnd: at, ...found };
        failedUntil = lineEnd;
      } else if (isBlank(code)) {
        const titleEnd = this.title(at, closes);
        if (titleEnd !== -1) return { pathEnd: at, fragmentEnd: at, titleEnd };
        next = this.skipBlanks(at);
      }
      at = next;
    }
    return { pathEnd: at, fragmentEnd: at, titleEnd: at };
  }

  /** A reference match whose bracket stands at `bracket`; its `start` is the bracket. */
  reference(bracket: number): RelativeLinkMatch | null {
    const lineEnd = this.lineEnd(bracket);
    const pathStart = this.referenceMiddle.next(bracket + 1) + 3;
    if (pathStart >= lineEnd) return null;
    // From here on the line is blank: the lazy path stops here at the latest.
    let blankTail = lineEnd;
    while (blankTail > pathStart && isBlank(this.text.charCodeAt(blankTail - 1))) blankTail--;
    const endsOwnLine = (end: number): boolean => end >= blankTail;
    const endsAnyLine = (end: number): boolean => this.blankUntilLineEnd(end) !== -1;
    const found = this.referenceDestination(pathStart, lineEnd, endsOwnLine, endsAnyLine);
    return this.match('reference', bracket, pathStart, found, this.blankUntilLineEnd(found.titleEnd));
  }

  private referenceDestination(
    pathStart: number,
    lineEnd: number,
    endsOwn: Ends,
    endsAny: Ends,
  ): Destination {
    let fragmentFailed = false;
    let at = pathStart + 1;
    for (;;) {
      const code = at < lineEnd ? this.text.charCodeAt(at) : NEWLINE;
      if (code === HASH && !fragmentFailed) {
        const found = this.fragment(at, lineEnd, endsOwn, endsAny);
        if (found) return { pathEnd: at, ...found };
        fragmentFailed = true;
      }
      const titleEnd = isBlank(code) ? this.title(at, endsAny) : -1;
      if (titleEnd !== -1) return { pathEnd: at, fragmentEnd: at, titleEnd };
      if (endsOwn(at)) return { pathEnd: at, fragmentEnd: at, titleEnd: at };
      at = isBlank(code) ? this.skipBlanks(at) : at + 1;
    }
  }

  /**
   * `#.+?` with an optional title at `hash`, up to the first place where it may end.
   *
   * @param lineEnd the fragment itself does not cross the end of its line
   * @param ends may the match end at this place of the line?
   * @param endsTitle may it end at this place, on whatever line, after a title?
   */
  private fragment(
    hash: number,
    lineEnd: number,
    ends: Ends,
    endsTitle: Ends,
  ): { fragmentEnd: number; titleEnd: number } | null {
    let blanksTried = -1;
    for (let at = hash + 2; at <= lineEnd; at++) {
      const code = at < this.text.length ? this.text.charCodeAt(at) : NEWLINE;
      if (isBlank(code) && at >= blanksTried) {
        const titleEnd = this.title(at, endsTitle);
        if (titleEnd !== -1) return { fragmentEnd: at, titleEnd };
        // A later blank of the same run can begin no title that the first one could not.
        blanksTried = this.skipBlanks(at);
      }
      if (ends(at)) return { fragmentEnd: at, titleEnd: at };
    }
    return null;
  }

  /**
   * End of a title that begins with the blanks at `at`; -1 when there is none. The expression's second form opens with
   * a double quote and closes with an apostrophe.
   */
  private title(at: number, ends: Ends): number {
    if (!this.titles) return -1;
    const quote = this.skipBlanks(at);
    if (quote === at || this.text[quote] !== '"') return -1;
    const double = this.unescaped('"', quote + 1);
    if (double < this.text.length && ends(double + 1)) return double + 1;
    if (this.apostrophe.found === -1 || quote < this.apostrophe.from || quote >= this.apostrophe.found)
      this.apostrophe.found = this.unescaped("'", quote + 1);
    this.apostrophe.from = quote;
    const single = this.apostrophe.found;
    return single < this.text.length && ends(single + 1) ? single + 1 : -1;
  }

  /** The first `character` from `from` on that no backslash precedes; the text's length when there is none. */
  private unescaped(character: string, from: number): number {
    let at = this.text.indexOf(character, from);
    while (at !== -1 && this.text[at - 1] === '\\') at = this.text.indexOf(character, at + 1);
    return at === -1 ? this.text.length : at;
  }

  /** Offset of the line's end when only blanks stand between `from` and it; -1 otherwise. */
  private blankUntilLineEnd(from: number): number {
    let at = from;
    while (at < this.text.length && this.text[at] !== '\n') {
      if (!isBlank(this.text.charCodeAt(at))) return -1;
      at++;
    }
    return at;
  }

  private match(
    form: 'inline' | 'reference',
    start: number,
    pathStart: number,
    { pathEnd, fragmentEnd, titleEnd }: Destination,
    end: number,
  ): RelativeLinkMatch {
    return {
      form,
      start,
      end,
      pathStart,
      path: this.text.slice(pathStart, pathEnd),
      fragment: this.text.slice(pathEnd, fragmentEnd),
      title: this.text.slice(fragmentEnd, titleEnd),
    };
  }
}

type Ends = (end: number) => boolean;

const NEWLINE = 10;
const HASH = 35;
const CLOSE = 41;

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/**
 * The text that jekyll-titles-from-headings takes for a title: the first non-blank line when it is an ATX heading of
 * level 1–3, or a line that stands above a line of `-` or `=`. An empty first line above such a line gives an empty
 * title.
 *
 * @returns the heading's text as typed, or null
 */
export function headingTitle(body: string): string | null {
  let first = 0;
  while (first < body.length && isBlank(body.charCodeAt(first))) first++;
  const atx = /^#{1,3}\s+/.exec(body.slice(first, first + 4096));
  if (atx) {
    const start = first + atx[0].length;
    return lineAt(body, start);
  }
  const title = lineAt(body, first);
  if (first < body.length && isUnderline(body, first + title.length)) return title.replace(/\r$/, '');
  // The blanks before the text give back the last newline: an empty line above the underline.
  if (first > 0 && isUnderline(body, first - 1)) return '';
  return null;
}

/** The line from `start` on, without its ending. */
function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}

/** Does a line of nothing but `-` and `=` (and trailing blanks) follow the newline at `newline`? */
function isUnderline(text: string, newline: number): boolean {
  if (text[newline] !== '\n') return false;
  let at = newline + 1;
  while (text[at] === '-' || text[at] === '=') at++;
  if (at === newline + 1) return false;
  while (at < text.length && text[at] !== '\n') {
    if (!isBlank(text.charCodeAt(at))) return false;
    at++;
  }
  return true;
}

/**
 * Public shapes of the Liquid model. All offsets count UTF-16 units in the string that was analysed.
 */

/** `pages` is Liquid 4.0.4 (GitHub Pages), `actions` is Liquid 5.4. */
export type LiquidEngine = 'pages' | 'actions';

/** One piece of the source as Liquid's tokenizer cuts it; `markup` is what stands between the braces. */
export interface LiquidToken {
  kind: 'text' | 'output' | 'tag';
  start: number;
  end: number;
  markup: string;
  tagName?: string;
}

export type LiquidProblemCode =
  | 'unterminated-output'
  | 'unterminated-tag'
  | 'malformed-tag'
  | 'unknown-tag'
  | 'unclosed-block'
  | 'unexpected-tag'
  | 'bad-syntax'
  | 'bad-condition'
  | 'filter-arity'
  | 'filter-error'
  | 'missing-include'
  | 'missing-link'
  | 'missing-post-url'
  | 'reserved-name'
  | 'too-deep';

/** Something that stops the build. */
export interface LiquidProblem {
  code: LiquidProblemCode;
  start: number;
  end: number;
  /** Why Liquid refuses, in plain words. */
  liquidMessage: string;
  /** On which engines the build stops here. */
  engines: LiquidEngine[];
  /** `parse` problems stop Jekyll before any `render` problem of the same page can show. */
  phase: 'parse' | 'render';
  /** False when the place is only reached if a condition that depends on the site's data holds. */
  certain: boolean;
  /** The line Liquid names in its message, counted from 1 in the given text; undefined when it names none. */
  liquidLine: number | undefined;
  message: string;
  suggestion: string;
}

/** One `{{ … }}` (or `{% echo … %}`) that Liquid accepts. */
export interface LiquidOutput {
  start: number;
  end: number;
  markup: string;
  /** First segment of the looked-up name; null when the expression is a literal or nothing at all. */
  root: string | null;
  onPurpose: boolean;
  reason: string;
  rendersTo: 'nothing' | 'text' | 'unknown';
  /** What the reader sees instead, when `rendersTo` is `text`. */
  replacement?: string;
  /** True when strict parsing refuses the markup and Liquid reads it leniently. */
  lax: boolean;
}

/** One tag that Liquid accepts. */
export interface LiquidTag {
  start: number;
  end: number;
  name: string;
  markup: string;
  /** End offset of the matching end tag, for blocks that are closed. */
  blockEnd?: number;
}

/** A control tag in literal text: Liquid takes it, its body or its tags are missing on the page. */
export interface LiquidSwallowedTag {
  start: number;
  end: number;
  tagName: string;
  markup: string;
  /** Offset after the end tag. */
  blockEnd: number;
  root: string;
  /** `body` when all of the text up to the end tag is lost, `tags` when only the tags are. */
  loses: 'body' | 'tags';
  reason: string;
}

/** What only the caller can know. `undefined` as an answer means: unknown, say nothing. */
export interface LiquidLookups {
  includeExists?(name: string): boolean | undefined;
  includeRelativeExists?(name: string): boolean | undefined;
  linkTargetExists?(path: string): boolean | undefined;
  postExists?(name: string): boolean | undefined;
  /** Tags without an end tag that plugins add. */
  extraTags?: readonly string[];
  /** Block tags that plugins add; the end tag is `end` + name. */
  extraBlocks?: readonly string[];
  /** Filters that plugins add, with the number of arguments after the input. */
  extraFilters?: Readonly<Record<string, { min: number; max: number }>>;
  /** Names that the site's layouts, includes or plugins define. */
  extraRoots?: readonly string[];
}

export interface LiquidAnalysis {
  tokens: LiquidToken[];
  /** Every problem (of each phase the first thousand), sorted by `start`. */
  problems: LiquidProblem[];
  /** The one that Jekyll reports: the build stops there and never reaches the others. */
  firstProblem: LiquidProblem | undefined;
  outputs: LiquidOutput[];
  tags: LiquidTag[];
  swallowedTags: LiquidSwallowedTag[];
  stopsBuild: boolean;
}

/** Text after Liquid, and the way back to the source. */
export interface LiquidRendering {
  text: string;
  /** True when Liquid writes this text to the letter, whatever the site's data. */
  exact: boolean;
  /** Source offset of an offset in `text`. */
  map: (offsetInOutput: number) => number;
}

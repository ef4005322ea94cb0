/** The contract of a rule: data plus one pure function over facts. One file a rule; the file's name is its id. */
import type { z } from 'zod';
import type { Edit, PageFacts, Range } from '../corpus/types.js';
import type { CorpusConfig } from '../corpus/config.js';
import type { Site } from '../site/types.js';

export type Severity = 'error' | 'warning' | 'info';
export type Theme =
  | 'files'
  | 'front-matter'
  | 'navigation'
  | 'links'
  | 'backlinks'
  | 'jekyll'
  | 'listings'
  | 'freshness'
  | 'discoverability'
  | 'configuration';
/** `recommended` holds on any Jekyll site; `tutorial` adds the format of this corpus. */
export type Preset = 'recommended' | 'tutorial';

export type { Edit };

/** What a rule reports. `edits` present means fixable; they are applied together or not at all. */
export interface RuleFinding {
  /** Relative to the root; page rules leave it out. */
  file?: string;
  range: Range;
  /** What was found, what was expected, what to do; values in backticks. */
  message: string;
  /** Overrides the rule's severity, where one trigger is worse than another. */
  severity?: Severity;
  edits?: Edit[];
  /** Other places that belong to the finding. */
  related?: { file: string; range: Range; message: string }[];
}

/** What a page rule sees. */
export interface PageContext<Options = unknown> {
  facts: PageFacts;
  /** The whole text of the file, byte order mark included. */
  source: string;
  config: CorpusConfig;
  options: Options;
}

/** What a site rule sees. */
export interface SiteContext<Options = unknown> {
  site: Site;
  /** The text of a page or data file of the corpus; undefined when it is not text or not read. */
  source: (path: string) => string | undefined;
  config: CorpusConfig;
  options: Options;
}

/** A small corpus with the findings that the rule, and only this rule, gives on it: test and documentation at once. */
export interface Example {
  /** Reads as a sentence about the corpus: "a chapter number is left out". */
  name: string;
  /** Path -> text. Relative to the root; `_config.yml` is added (empty) when no configuration is given. */
  files: Record<string, string>;
  /** Extra corpus.yml settings as YAML text. */
  config?: string;
  /** Empty for an example that is fine. `message` is the whole message. */
  findings: { file: string; line: number; column?: number; message: string }[];
  /** The files that `fix` changes, whole. */
  fixed?: Record<string, string>;
}

interface RuleBase<Options> {
  id: string;
  theme: Theme;
  severity: Severity;
  preset: Preset;
  /** One line: what the rule finds. */
  summary: string;
  /** Markdown: what triggers it, why it matters to a reader, what to do, the source of the behaviour (theme, Jekyll or kramdown file). */
  documentation: string;
  /** Does any finding carry edits? */
  fixable: boolean;
  /** Validates the `options` of corpus.yml and supplies defaults. */
  options?: z.ZodType<Options>;
  examples: Example[];
}

export interface PageRule<Options = unknown> extends RuleBase<Options> {
  kind: 'page';
  check(context: PageContext<Options>): Iterable<RuleFinding>;
}

export interface SiteRule<Options = unknown> extends RuleBase<Options> {
  kind: 'site';
  check(context: SiteContext<Options>): Iterable<RuleFinding>;
}

// A registry holds rules of any option type; `any` is confined to this alias.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Rule = PageRule<any> | SiteRule<any>;

/** Identity functions that infer the option type. */
export function pageRule<Options = undefined>(rule: Omit<PageRule<Options>, 'kind'>): PageRule<Options> {
  return { kind: 'page', ...rule };
}
export function siteRule<Options = undefined>(rule: Omit<SiteRule<Options>, 'kind'>): SiteRule<Options> {
  return { kind: 'site', ...rule };
}

/** A finding as reporters and other tools get it: paths relative to the root, lines and columns from 1. */
export interface Finding {
  rule: string;
  severity: Severity;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  fixable: boolean;
}

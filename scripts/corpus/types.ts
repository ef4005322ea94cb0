/**
 * The contract between the files of a corpus and everything that judges them: plain JSON facts of one page.
 * Nothing here refers to a parser's tree, so that another extractor can take the place of today's.
 */

import type { DifferenceKind } from './divergence/difference.js';

/** A place in a file. `line` and `column` count from 1; `offset` counts UTF-16 code units from 0. */
export interface Point {
  line: number;
  column: number;
  offset: number;
}

/** A stretch of a file; `end` is the place just after its last character. */
export interface Range {
  start: Point;
  end: Point;
}

/** A value of YAML front matter as JSON. Dates are ISO strings; `Field.type` tells them from strings. */
export type YamlValue = string | number | boolean | null | YamlValue[] | { [key: string]: YamlValue };

export type YamlType = 'string' | 'integer' | 'float' | 'boolean' | 'null' | 'date' | 'list' | 'map';

/** One top-level key of the front matter, with the meaning that Ruby's Psych (YAML 1.1) gives to its value. */
export interface Field {
  key: string;
  value: YamlValue;
  type: YamlType;
  /** The value as the author typed it, quotes included; empty for a key without a value. */
  raw: string;
  keyRange: Range;
  valueRange: Range;
}

/**
 * What stands at the head of the file:
 * - `none`: no front matter;
 * - `valid`: a mapping (possibly empty);
 * - `invalid`: fenced, but Psych would raise: Jekyll logs it and the page has no data;
 * - `unclosed`: no closing fence: the YAML becomes body text;
 * - `not-a-mapping`: a list or a scalar: the build fails;
 * - `displaced`: what looks like front matter does not begin at the first byte (`nearMiss` says why).
 */
export type FrontMatterState = 'none' | 'valid' | 'invalid' | 'unclosed' | 'not-a-mapping' | 'displaced';

export interface FrontMatter {
  state: FrontMatterState;
  nearMiss: 'leading-space' | 'leading-blank-line' | 'byte-order-mark' | 'four-dashes' | null;
  /** From the opening fence to the end of the closing one (without its line ending); null for `none`. */
  range: Range | null;
  fields: Record<string, Field>;
  /** YAML errors with the parser's reason. */
  errors: { message: string; range: Range }[];
  duplicates: { key: string; range: Range; first: Range }[];
  /** Keys whose value carries a Ruby or custom tag such as `!ruby/object`. */
  tags: { tag: string; range: Range }[];
}

/** A heading as GitHub shows it (mdast). */
export interface Heading {
  level: number;
  /** Plain text: what a reader sees. */
  text: string;
  /** GitHub's anchor, with `-1`, `-2` for repeats. */
  slug: string;
  range: Range;
  /** The text between the markers, as typed. */
  textRange: Range;
  setext: boolean;
}

/** A heading as kramdown renders it; `id` is null where the HTML has no id attribute. */
export interface RenderedHeading {
  level: number;
  text: string;
  id: string | null;
  explicit: boolean;
  line: number;
}

export type LinkKind =
  | 'link' // [text](destination)
  | 'image' // ![alt](destination)
  | 'reference' // [text][label], [label][], [label]: destination is that of the definition
  | 'image-reference'
  | 'definition' // [label]: destination
  | 'autolink' // <https://…>
  | 'literal' // bare https://…, which GitHub links and kramdown does not
  | 'html-link' // <a href>
  | 'html-image' // <img src>
  | 'html-other'; // src/href of other elements

/** Everything on the page that leads somewhere. */
export interface Link {
  kind: LinkKind;
  /** The destination as CommonMark reads it (escapes and entities undone, no angle brackets). */
  destination: string;
  /** The destination as typed. */
  raw: string;
  /** Text or alt text as plain text. */
  text: string;
  title: string | null;
  range: Range;
  /** Where the destination stands in the source; for references that of the definition. */
  destinationRange: Range;
  label: string | null;
}

export type BlockKind =
  | 'heading'
  | 'paragraph'
  | 'code'
  | 'fence'
  | 'list'
  | 'item'
  | 'quote'
  | 'table'
  | 'html'
  | 'rule'
  | 'definition'
  | 'footnote';

/** The outline: blocks in document order; `parent` is an index into the same array, or -1. */
export interface Block {
  kind: BlockKind;
  range: Range;
  parent: number;
  /** For lists: ordered or not, and the first number. */
  ordered?: boolean;
  first?: number;
}

export interface CodeBlock {
  /** Null for indented code. */
  fence: { marker: string; indent: number; closed: boolean } | null;
  language: string;
  /** Info string after the language. */
  meta: string;
  value: string;
  range: Range;
  /** Where the code itself stands (whole lines); empty range at the fence's end when there is none. */
  valueRange: Range;
  /** Indexes of the enclosing blocks are in `blocks`; depth 0 is the page itself. */
  depth: number;
}

export interface CodeSpan {
  value: string;
  range: Range;
}

/** A raw HTML comment or tag sequence in Markdown. */
export interface Html {
  value: string;
  range: Range;
  inline: boolean;
  /** Targets for fragments: `id` of any element, `name` of `a`. */
  ids: string[];
}

/** A section: a heading with what follows up to the next heading of the same or a higher level. */
export interface Section {
  /** Index into `headings`. */
  heading: number;
  /** From the start of the line after the heading to the start of the next section's heading (or end of file). */
  contentRange: Range;
}

/** `<!-- listing: path#region -->`, `<!-- output: package/run#L1-L9 -->` or `<!-- verified: language -->`. */
export interface ListingReference {
  kind: 'listing' | 'output' | 'verified';
  /** Path below the listings folder, without the region. */
  target: string;
  region: string | null;
  range: Range;
  /** Index into `codeBlocks` of the fence that follows; -1 when none follows. */
  codeBlock: number;
  /** For `verified`: the paragraph that follows, if any. */
  paragraphRange: Range | null;
}

/** `<!-- corpus-disable-next-line rule -- reason -->` and its block form. */
export interface Suppression {
  rules: string[];
  reason: string;
  range: Range;
  fromLine: number;
  toLine: number;
  /** Last lines of those rules that were enabled again before the others. */
  ended: Map<string, number>;
}

export interface Diagram {
  codeBlock: number;
  /** Null: the diagram parses, or was not checked. `line` counts within the diagram from 1. */
  error: { message: string; line: number } | null;
  /** Why the diagram was not checked, and what to do; null: it was. */
  unchecked: string | null;
}

/** A place that GitHub and the site show differently. */
export interface Difference {
  /** Its cause in the source. */
  kind: DifferenceKind;
  range: Range;
  /** What GitHub and the site show, where the kind alone does not say it. */
  github: string;
  site: string;
  /** A form that both sides show alike; empty where there is no obvious one. */
  edits: Edit[];
}

/** Something wrong with the file itself, found while reading it. */
export interface FileProblem {
  code:
    | 'unreadable'
    | 'directory'
    | 'symlink-loop'
    | 'symlink-outside'
    | 'not-utf8'
    | 'nul-bytes'
    | 'too-deep'
    | 'parser-failed';
  message: string;
  range: Range;
}

/** Everything that any rule may know of one page besides its text. */
export interface PageFacts {
  /** Relative to the root, with `/`. */
  path: string;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  eol: '\n' | '\r\n';
  bom: boolean;
  lines: number;
  problems: FileProblem[];
  frontMatter: FrontMatter;
  /** Where the body (what Liquid and kramdown get) begins. */
  body: Point;
  headings: Heading[];
  sections: Section[];
  /** What kramdown makes of the body: headings with the ids of the rendered page, and every other anchor. */
  rendered: {
    headings: RenderedHeading[];
    anchors: string[];
    /** Footnotes that are used but defined without content: kramdown's HTML converter raises on them. */
    emptyFootnotes: { name: string; line: number }[];
  };
  /** Where GitHub and the site show the body differently; empty for pages that the guard of the parser cut. */
  differences: Difference[];
  links: Link[];
  blocks: Block[];
  codeBlocks: CodeBlock[];
  codeSpans: CodeSpan[];
  html: Html[];
  listings: ListingReference[];
  diagrams: Diagram[];
  suppressions: Suppression[];
}

/** A file or folder met while walking the root; nothing outside the root is ever read. */
export interface FileEntry {
  /** Relative to the root, with `/`. */
  path: string;
  kind: 'file' | 'directory' | 'symlink';
  /** For symlinks: what they lead to, relative to the root; null when that is outside the root, missing or a loop. */
  target: string | null;
  targetKind: 'file' | 'directory' | null;
}

/** A replacement of `[start, end)` (offsets in UTF-16 code units) of a file by `text`. `\n` becomes the file's line ending. */
export interface Edit {
  /** Relative to the root; the finding's own file when absent. */
  file?: string;
  start: number;
  end: number;
  text: string;
}

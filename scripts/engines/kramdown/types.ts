/**
 * The tree this model of kramdown builds. Names follow kramdown's own element types
 * (kramdown 2.4.0, lib/kramdown/element.rb), so that its documentation applies.
 */

/**
 * Every element type of the finished tree. Text may stand directly among blocks: a line indented by one to
 * three spaces and a tab begins no block. `raw_text` only appears where spans were not asked for.
 */
export type KramdownType =
  | 'root'
  | 'blank'
  | 'p'
  | 'header'
  | 'blockquote'
  | 'codeblock'
  | 'ul'
  | 'ol'
  | 'li'
  | 'dl'
  | 'dt'
  | 'dd'
  | 'hr'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tfoot'
  | 'tr'
  | 'td'
  | 'html_element'
  | 'xml_comment'
  | 'xml_pi'
  | 'comment'
  | 'raw'
  | 'math'
  | 'text'
  | 'raw_text'
  | 'a'
  | 'img'
  | 'codespan'
  | 'em'
  | 'strong'
  | 'del'
  | 'br'
  | 'footnote'
  | 'footnote_def'
  | 'entity'
  | 'typographic_sym'
  | 'smart_quote'
  | 'abbreviation'
  | 'eob';

/** What an inline attribute list (`{: #id .class key="v" ref}`) says. */
export interface AttributeList {
  /** Attributes in source order; `class` values are joined by spaces. */
  attributes: Map<string, string>;
  /** Names of attribute list definitions, and words such as `toc`. */
  refs: string[];
}

/** How the content of an HTML element is parsed (kramdown's content model). */
export type ContentModel = 'raw' | 'block' | 'span';

/** One element of the tree. Which optional fields are set depends on `type`. */
export interface KramdownElement {
  type: KramdownType;
  /** 1-based first line in the given text. */
  startLine: number;
  /** 1-based last line; exact for block elements, the first line for spans. */
  endLine: number;
  children: KramdownElement[];
  /** HTML attributes, in output order. */
  attributes: Map<string, string>;
  /** Text of text, code, comments and the like; the name of quotes, symbols and entities. */
  value?: string;
  /** Only for types that exist in both worlds (HTML, comments, math, raw). */
  category?: 'block' | 'span';
  /** Heading level, 1 to 6. */
  level?: number;
  /** Heading text that its automatic id is made of. */
  rawText?: string;
  /** Heading: true when the id was written by the author. */
  explicitId?: boolean;
  /** Heading or any element with an id, once the tree is finished. */
  id?: string;
  /** Code block: the whole info string. */
  lang?: string;
  /** Code block: true when it was fenced. */
  fenced?: boolean;
  /** HTML element name. */
  tag?: string;
  contentModel?: ContentModel;
  /** HTML element written as `<x />` or one that has no body. */
  isClosed?: boolean;
  /** Paragraph shown without `<p>` (tight lists). */
  transparent?: boolean;
  /** Link target or image source, title and alternative text. */
  href?: string;
  title?: string;
  alt?: string;
  /** Table: alignment of each column. */
  alignment?: TableAlignment[];
  /** Attribute list written next to the element. */
  ial?: AttributeList;
  /** Entity: its source; typographic text is in `value`. */
  original?: string;
  /** Footnote: its name and (shared) definition. */
  name?: string;
  content?: KramdownElement;
  /** `{::nomarkdown type="…"}`: output formats the text is meant for. */
  formats?: string[];
  /** End-of-block marks only: why the block ended. */
  eobKind?: 'link_def' | 'abbrev_def' | 'footnote_def' | 'ald' | 'extension' | 'ial';
  /** Definition being built: the line before it was blank. */
  firstAsPara?: boolean;
  /** Root only: what the whole document knows. */
  document?: KramdownDocument;
}

export type TableAlignment = 'default' | 'left' | 'right' | 'center';

/** A link definition: `[id]: href "title"`. */
export interface LinkDefinition {
  href: string;
  title: string | undefined;
  /** The end-of-block element that stands for it; attribute lists attach to it. */
  mark: KramdownElement | undefined;
  line: number;
}

/** A footnote definition: `[^name]: text`. */
export interface FootnoteDefinition {
  content: KramdownElement;
  mark: KramdownElement;
  /** True once the mark's attribute list was applied. */
  resolved: boolean;
}

/** An abbreviation: `*[HTML]: Hyper Text`. */
export interface AbbreviationDefinition {
  title: string;
  mark: KramdownElement;
}

/** Everything that belongs to a document and not to a place in it. */
export interface KramdownDocument {
  options: KramdownOptions;
  attributeLists: Map<string, AttributeList>;
  links: Map<string, LinkDefinition>;
  footnotes: Map<string, FootnoteDefinition>;
  abbreviations: Map<string, AbbreviationDefinition>;
  /** How many more cells short rows of tables may be given. */
  cellsLeft: number;
}

/** The options of kramdown that change what this model does (lib/kramdown/options.rb). */
export interface KramdownOptions {
  input: 'GFM' | 'kramdown';
  hardWrap: boolean;
  gfmQuirks: readonly string[];
  autoIds: boolean;
  autoIdPrefix: string;
  parseBlockHtml: boolean;
  parseSpanHtml: boolean;
  headerOffset: number;
  footnoteNr: number;
  footnotePrefix: string;
  footnoteBacklink: string;
  tocLevels: readonly number[];
  /** null shows math as kramdown does without an engine. */
  mathEngine: 'mathjax' | null;
}

/** The blocks of a page without further blocks inside, from either rendering, in the form in which they are compared. */
import type { Stream } from './stream.js';

/** A list, list item, block quote, definition or footnote around a leaf. */
export interface Container {
  kind: 'ul' | 'ol' | 'li' | 'quote' | 'dd' | 'footnote';
  /** First line, from 1. */
  line: number;
  /** The number shown beside an item of an ordered list. */
  number?: number;
}

export type LeafKind =
  'heading' | 'paragraph' | 'code' | 'rule' | 'table' | 'html' | 'math' | 'term' | 'empty';

export interface Leaf {
  kind: LeafKind;
  /** Lines of the compared text, from 1. */
  first: number;
  last: number;
  /** From the outermost. */
  path: readonly Container[];
  /** Heading level. */
  level?: number;
  /** Heading id; null for none. */
  id?: string | null;
  /** Code: text without its last line ending, language, fenced or not. */
  value?: string;
  language?: string;
  fenced?: boolean;
  /** Offset in the compared text; -1 for kramdown's. */
  start: number;
  end: number;
  /** Text with marks; for code and rules empty. Made when asked for. */
  stream(): Stream;
}

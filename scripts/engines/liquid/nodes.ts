import type { Condition } from './condition.js';
import type { Expression } from './expression.js';
import type { Variable } from './variable.js';

/** What every node knows: its place in the source and the line Liquid would name for it. */
interface Place {
  start: number;
  end: number;
  line: number;
}

/** Text that is kept; white-space control has already moved its ends. */
export interface TextNode {
  kind: 'text';
  start: number;
  end: number;
}

export interface Body {
  nodes: Node[];
  /** Liquid leaves out blocks that hold nothing but white space and tags without output. */
  blank: boolean;
}

export interface OutputNode extends Place {
  kind: 'output';
  markup: string;
  variable: Variable;
}

export interface RawNode extends Place {
  kind: 'raw';
  /** Source ranges that are shown; Liquid 4 can show one twice. */
  ranges: { start: number; end: number }[];
}

interface TagPlace extends Place {
  name: string;
  markup: string;
}

/** `if` and `unless`. */
export interface IfNode extends TagPlace {
  kind: 'if';
  branches: { condition: Condition | undefined; isElse: boolean; body: Body; start: number; end: number }[];
  blank: boolean;
  blockEnd: number;
}

export interface CaseNode extends TagPlace {
  kind: 'case';
  subject: Expression | undefined;
  before: Body;
  branches: { values: Expression[] | undefined; body: Body }[];
  blank: boolean;
  blockEnd: number;
}

/** `for` and `tablerow`. */
export interface LoopNode extends TagPlace {
  kind: 'loop';
  variable: string | undefined;
  collection: Expression | undefined;
  limit: Expression | undefined;
  offset: Expression | undefined;
  lax: boolean;
  body: Body;
  elseBody: Body | undefined;
  blank: boolean;
  blockEnd: number;
}

/** `comment`, `capture`, `ifchanged`, `highlight` and the blocks of plugins. */
export interface BlockNode extends TagPlace {
  kind: 'block';
  body: Body;
  blank: boolean;
  blockEnd: number;
  /** The name that `capture` fills, the language of `highlight`. */
  argument: string | undefined;
}

export interface AssignNode extends TagPlace {
  kind: 'assign';
  target: string;
  variable: Variable;
}

export interface IncludeNode extends TagPlace {
  kind: 'include';
  /** Undefined when no file is named. */
  file: string | undefined;
  /** True when the name holds `{{ … }}` and is known only while rendering. */
  dynamic: boolean;
}

/** Every other tag without a body. */
export interface SimpleNode extends TagPlace {
  kind: 'simple';
  /** The expressions of `cycle`. */
  values: Expression[];
}

export type BlockLike = IfNode | CaseNode | LoopNode | BlockNode;
export type Node = TextNode | OutputNode | RawNode | BlockLike | AssignNode | IncludeNode | SimpleNode;

/** A body that nothing has been added to. */
export function emptyBody(): Body {
  return { nodes: [], blank: true };
}

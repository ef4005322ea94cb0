/** Finds the items of Rust source: what a crate defines, where, and in what. Function bodies are not searched. */
import { afterTree, paired, tokenize, type Token } from './rust-lexer.js';
import {
  expandMacro,
  isPunctuation,
  macroArms,
  MAX_EXPANDED,
  MAX_EXPANSIONS,
  type Macro,
} from './rust-macros.js';
import { afterAttributes, afterGenerics, comma, find, isTestAttribute, selfType } from './rust-scan.js';

export type SymbolKind =
  | 'module'
  | 'struct'
  | 'enum'
  | 'union'
  | 'variant'
  | 'field'
  | 'trait'
  | 'function'
  | 'method'
  | 'constant'
  | 'type'
  | 'macro'
  | 'attribute'
  | 're-export';

export interface RustItem {
  kind: SymbolKind;
  name: string;
  /** Type or trait that the item is a member of. */
  owner: string | null;
  /** First line (of its attributes) and last line. */
  from: number;
  to: number;
}

export interface RustFile {
  items: RustItem[];
  /** `mod name;`: modules in files of their own, with the path of a `#[path]` attribute. */
  modules: { name: string; within: string[]; path: string | null }[];
  /** String literals outside of tests, and of the macros' invocations. */
  strings: string[];
}

/** Macros by name, filled file by file: a crate defines them before it uses them. */
export type MacroTable = Map<string, Macro>;

interface Scope {
  /** Tokens between the braces, paired. */
  tokens: Token[];
  kind: 'module' | 'members';
  owner: string | null;
  within: string[];
  /** Lines of the macro invocation that wrote the tokens; null for tokens that stand in the file. */
  invocation: { from: number; to: number; sameFile: boolean } | null;
}

interface Head {
  /** Line of the first attribute or word. */
  line: number;
  attributes: Token[][];
  isPublic: boolean;
}

/** What may follow `const` in the head of a function. */
const FUNCTION_WORDS = new Set(['fn', 'async', 'unsafe', 'extern']);
const QUALIFIERS = new Set(['async', 'unsafe', 'default', 'extern', 'safe', 'auto']);

/**
 * Reads the items of one file.
 *
 * @param path tells the files of a crate apart
 * @param source its text
 * @param macros macros defined so far; those of the file are added
 * @returns items in the order in which they are met, the content of modules and impl blocks after what stands beside them
 */
export function readRust(path: string, source: string, macros: MacroTable): RustFile {
  return new Reader(path, macros).read(source);
}

class Reader {
  private readonly file: RustFile = { items: [], modules: [], strings: [] };
  private readonly scopes: Scope[] = [];
  private expansions = 0;
  private expanded = 0;
  private scope: Scope = { tokens: [], kind: 'module', owner: null, within: [], invocation: null };
  private at = 0;

  constructor(
    private readonly path: string,
    private readonly macros: MacroTable,
  ) {}

  read(source: string): RustFile {
    this.scopes.push({ tokens: tokenize(source), kind: 'module', owner: null, within: [], invocation: null });
    for (let scope = this.scopes.shift(); scope; scope = this.scopes.shift()) {
      this.scope = scope;
      this.at = 0;
      while (this.at < scope.tokens.length) this.item();
    }
    return this.file;
  }

  private get token(): Token | undefined {
    return this.scope.tokens[this.at];
  }

  private peek(distance = 1): Token | undefined {
    return this.scope.tokens[this.at + distance];
  }

  /** Reads one item, at least one token. */
  private item(): void {
    const start = this.at;
    const head = this.head();
    if (head.attributes.some(isTestAttribute)) {
      this.skipItem();
      return;
    }
    this.itemAfter(head);
    if (this.at === start) this.at++;
    const end = Math.min(this.at, this.scope.tokens.length);
    for (let index = start; index < end; index++) {
      const token = this.scope.tokens[index];
      if (token?.kind === 'string') this.file.strings.push(token.text);
    }
  }

  private head(): Head {
    const line = this.token?.line ?? 0;
    const attributes: Token[][] = [];
    while (isPunctuation(this.token, '#')) {
      const open = isPunctuation(this.peek(), '!') ? this.at + 2 : this.at + 1;
      const end = afterTree(this.scope.tokens, open);
      attributes.push(this.scope.tokens.slice(open + 1, end - 1));
      this.at = end;
    }
    const isPublic = this.token?.text === 'pub';
    if (isPublic) {
      this.at++;
      if (this.peek(0)?.text === '(') this.at = afterTree(this.scope.tokens, this.at);
    }
    return { line, attributes, isPublic };
  }

  private itemAfter(head: Head): void {
    while (QUALIFIERS.has(this.token?.text ?? '') && !isPunctuation(this.peek(), '!')) {
      this.at++;
      if (this.token?.kind === 'string') this.at++;
    }
    const next = this.peek();
    const name = next?.kind === 'identifier' ? next : null;
    switch (this.token?.kind === 'identifier' ? this.token.text : '') {
      case 'mod':
        if (name) this.module(head, name);
        return;
      case 'struct':
      case 'union':
        if (name) this.struct(head, name);
        return;
      case 'enum':
        if (name) this.enumeration(head, name);
        return;
      case 'trait':
        if (name) this.body(head, 'trait', name);
        return;
      case 'impl':
        this.implementation();
        return;
      case 'const':
        if (name && FUNCTION_WORDS.has(name.text)) {
          this.at++;
          this.itemAfter(head);
        } else this.statement(head, 'constant', name);
        return;
      case 'static':
        this.statement(head, 'constant', name?.text === 'mut' ? (this.peek(2) ?? null) : name);
        return;
      case 'type':
        this.statement(head, 'type', name);
        return;
      case 'fn':
        if (name) this.callable(head, name);
        return;
      case 'use':
        this.imports(head);
        return;
      case 'macro_rules':
        this.macroRules(head);
        return;
      default:
        this.invocation();
    }
  }

  /** @param end index behind the last token of the item */
  private add(kind: SymbolKind, name: Token, owner: string | null, from: number, end: number): void {
    if (name.text === '_') return;
    const { tokens, invocation } = this.scope;
    const to = tokens[Math.min(end, tokens.length) - 1]?.line ?? from;
    // A name that a macro of this file writes stands in the macro, a name that it is given in the invocation.
    const inMacro = invocation?.sameFile && (name.line < invocation.from || name.line > invocation.to);
    const lines = invocation && !inMacro ? invocation : { from, to: Math.max(from, to) };
    this.file.items.push({ kind, name: name.text, owner, from: lines.from, to: lines.to });
  }

  private module(head: Head, name: Token): void {
    const open = this.at + 2;
    const within = [...this.scope.within, name.text];
    if (this.scope.tokens[open]?.text === '{') {
      const end = afterTree(this.scope.tokens, open);
      this.add('module', name, null, head.line, end);
      this.enter(open, end, { kind: 'module', owner: null, within });
      return;
    }
    const path = head.attributes
      .find(([word]) => word?.text === 'path')
      ?.find(({ kind }) => kind === 'string');
    this.add('module', name, null, head.line, open + 1);
    this.file.modules.push({ name: name.text, within: this.scope.within, path: path?.text ?? null });
    this.at = open + 1;
  }

  private struct(head: Head, name: Token): void {
    let at = afterGenerics(this.scope.tokens, this.at + 2);
    if (this.scope.tokens[at]?.text === '(') {
      at = find(this.scope.tokens, at, ';') + 1;
    } else {
      while (at < this.scope.tokens.length && !'{;'.includes(this.scope.tokens[at]?.text ?? ''))
        at = afterTree(this.scope.tokens, at);
      const end = afterTree(this.scope.tokens, at);
      if (this.scope.tokens[at]?.text === '{') this.fields(at, end, name.text);
      at = end;
    }
    this.add('struct', name, null, head.line, at);
    this.at = at;
  }

  /** `name: Type,` between the braces. */
  private fields(open: number, end: number, owner: string): void {
    const tokens = this.scope.tokens;
    for (let at = open + 1; at < end - 1;) {
      const from = tokens[at]?.line ?? 0;
      at = afterAttributes(this.scope.tokens, at);
      const next = comma(this.scope.tokens, at, end - 1);
      const name = tokens[at];
      if (name?.kind === 'identifier' && isPunctuation(tokens[at + 1], ':'))
        this.add('field', name, owner, from, next);
      at = Math.max(next, at + 1);
    }
  }

  private enumeration(head: Head, name: Token): void {
    const tokens = this.scope.tokens;
    const open = find(this.scope.tokens, this.at + 2, '{');
    const end = afterTree(tokens, open);
    for (let at = open + 1; at < end - 1;) {
      const from = tokens[at]?.line ?? 0;
      at = afterAttributes(this.scope.tokens, at);
      const next = comma(this.scope.tokens, at, end - 1);
      const variant = tokens[at];
      if (variant?.kind === 'identifier') {
        this.add('variant', variant, name.text, from, next);
        if (tokens[at + 1]?.text === '{') this.fields(at + 1, afterTree(tokens, at + 1), name.text);
      }
      at = Math.max(next, at + 1);
    }
    this.add('enum', name, null, head.line, end);
    this.at = end;
  }

  private body(head: Head, kind: 'trait', name: Token): void {
    const open = find(this.scope.tokens, this.at + 2, '{');
    const end = afterTree(this.scope.tokens, open);
    this.add(kind, name, null, head.line, end);
    this.enter(open, end, { kind: 'members', owner: name.text, within: this.scope.within });
  }

  private implementation(): void {
    const from = afterGenerics(this.scope.tokens, this.at + 1);
    const open = find(this.scope.tokens, from, '{');
    const words = this.scope.tokens.slice(from, open);
    this.enter(open, afterTree(this.scope.tokens, open), {
      kind: 'members',
      owner: selfType(words),
      within: this.scope.within,
    });
  }

  private statement(head: Head, kind: SymbolKind, name: Token | null): void {
    const end = find(this.scope.tokens, this.at + 1, ';') + 1;
    if (name) this.add(kind, name, this.scope.owner, head.line, end);
    this.at = end;
  }

  private callable(head: Head, name: Token): void {
    let at = this.at + 2;
    while (at < this.scope.tokens.length && !'{;'.includes(this.scope.tokens[at]?.text ?? ''))
      at = afterTree(this.scope.tokens, at);
    const end = afterTree(this.scope.tokens, at);
    const macro = head.attributes.find(([word]) => word?.text.startsWith('proc_macro'));
    const kind = macro
      ? macro[0]?.text === 'proc_macro_attribute'
        ? 'attribute'
        : 'macro'
      : this.scope.kind === 'members'
        ? 'method'
        : 'function';
    this.add(kind, name, this.scope.owner, head.line, end);
    this.at = end;
  }

  /** Names that a `pub use` adds; other imports say nothing about the crate. */
  private imports(head: Head): void {
    const end = find(this.scope.tokens, this.at, ';');
    if (head.isPublic) {
      for (let at = this.at + 1; at < end; at++) {
        const token = this.scope.tokens[at];
        const after = this.scope.tokens[at + 1]?.text ?? '';
        if (token?.kind !== 'identifier' || after === ':' || after === 'as' || token.text === 'as') continue;
        if (token.text !== 'self') this.add('re-export', token, null, token.line, at + 1);
      }
    }
    this.at = end + 1;
  }

  private macroRules(head: Head): void {
    const name = this.peek(2);
    const open = this.at + 3;
    const end = afterTree(this.scope.tokens, open);
    if (name)
      this.macros.set(name.text, {
        arms: macroArms(this.scope.tokens.slice(open + 1, end - 1)),
        file: this.path,
      });
    if (name) this.add('macro', name, null, head.line, end);
    this.at = end;
  }

  /** `name!(…)`: what the macro writes is read in place of it, when the crate defines the macro. */
  private invocation(): void {
    const tokens = this.scope.tokens;
    let at = this.at;
    while (tokens[at]?.kind === 'identifier' || isPunctuation(tokens[at], ':')) at++;
    const name = tokens[at - 1]?.text ?? '';
    if (at === this.at || !isPunctuation(tokens[at], '!') || tokens[at + 1]?.kind !== 'open') {
      this.at = afterTree(tokens, this.at);
      return;
    }
    const end = afterTree(tokens, at + 1);
    const input = tokens.slice(at + 2, end - 1);
    this.at = end;
    const macro = this.macros.get(name);
    // Macros of other crates around items, such as `pin_project! { struct … }` and `paste!`, leave the items as they are.
    const output = macro ? expandMacro(macro.arms, input) : tokens[at + 1]?.text === '{' ? input : null;
    if (!output || ++this.expansions > MAX_EXPANSIONS) return;
    // A macro that doubles its input and calls itself fills the memory long before.
    this.expanded += output.length;
    if (this.expanded > MAX_EXPANDED) return;
    const invocation = this.scope.invocation ?? {
      from: tokens[at]?.line ?? 0,
      to: tokens[end - 1]?.line ?? 0,
      sameFile: macro?.file === this.path,
    };
    this.scopes.push({ ...this.scope, tokens: paired(output), invocation });
  }

  private enter(open: number, end: number, scope: Omit<Scope, 'tokens' | 'invocation'>): void {
    const { invocation } = this.scope;
    this.scopes.push({ ...scope, invocation, tokens: paired(this.scope.tokens.slice(open + 1, end - 1)) });
    this.at = end;
  }

  /** Skips an item that is left out: up to its block or semicolon. */
  private skipItem(): void {
    const tokens = this.scope.tokens;
    while (this.at < tokens.length) {
      const text = this.token?.text;
      const isUse = text === 'use';
      if (isUse) {
        this.at = find(this.scope.tokens, this.at, ';') + 1;
        return;
      }
      this.at = afterTree(tokens, this.at);
      if (text === '{' || text === ';') return;
    }
  }
}

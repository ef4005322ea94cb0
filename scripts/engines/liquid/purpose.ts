import type { Expression } from './expression.js';
import { rootOf } from './expression.js';
import { filterArity } from './filters.js';
import type { Body, LoopNode, Node, OutputNode } from './nodes.js';
import { PAYLOAD_METHODS, PURPOSEFUL_ROOTS } from './roots.js';
import { strip } from '../ruby.js';
import type { LiquidEngine, LiquidLookups } from './types.js';

/** Calls a function for every node of a template, blocks before their contents. */
export function walk(body: Body, visit: (node: Node) => void): void {
  const bodies = [body];
  for (let current = bodies.pop(); current; current = bodies.pop()) {
    const inner: Body[] = [];
    for (const node of current.nodes) {
      visit(node);
      if (node.kind === 'if') inner.push(...node.branches.map((branch) => branch.body));
      else if (node.kind === 'case') inner.push(node.before, ...node.branches.map((branch) => branch.body));
      else if (node.kind === 'loop') inner.push(node.body, ...(node.elseBody ? [node.elseBody] : []));
      else if (node.kind === 'block' && node.name !== 'comment') inner.push(node.body);
    }
    for (const next of inner.reverse()) bodies.push(next);
  }
}

/** Names that the page itself gives a value, with the tag that does so. */
export function ownNames(body: Body): Map<string, string> {
  const names = new Map<string, string>();
  walk(body, (node) => {
    if (node.kind === 'assign') names.set(node.target, node.name);
    else if (node.kind === 'loop' && node.variable !== undefined) names.set(node.variable, node.name);
    else if (node.kind === 'block' && node.name === 'capture' && node.argument !== undefined) {
      names.set(node.argument, node.name);
    } else if (node.kind === 'simple' && (node.name === 'increment' || node.name === 'decrement')) {
      names.set(strip(node.markup), node.name);
    }
  });
  return names;
}

export interface Purpose {
  onPurpose: boolean;
  reason: string;
}

/** Decides whether Liquid in a page is meant as such. */
export class PurposeJudge {
  private readonly extraRoots: ReadonlySet<string>;

  constructor(
    private readonly own: ReadonlyMap<string, string>,
    private readonly engine: LiquidEngine,
    private readonly lookups: LiquidLookups,
  ) {
    this.extraRoots = new Set(lookups.extraRoots ?? []);
  }

  /** Judges a looked-up name. */
  root(name: string): Purpose {
    if (PURPOSEFUL_ROOTS.has(name))
      return { onPurpose: true, reason: `\`${name}\` is one of Jekyll's names` };
    if (this.extraRoots.has(name))
      return { onPurpose: true, reason: `\`${name}\` is a name that the configuration allows` };
    const tag = this.own.get(name);
    if (tag !== undefined)
      return { onPurpose: true, reason: `\`${name}\` is set on this page by \`${tag}\`` };
    if (PAYLOAD_METHODS.has(name)) {
      return {
        onPurpose: false,
        reason: `\`${name}\` is no variable, but Jekyll answers to this name with data of its own`,
      };
    }
    return { onPurpose: false, reason: `nothing defines \`${name}\`` };
  }

  /** Judges an output; literals count only when they escape braces or go through a filter that exists. */
  output(node: OutputNode): Purpose & { root: string | null } {
    const { name, filters, lax } = node.variable;
    const root = rootOf(name);
    if (root !== null) return { root, ...this.root(root) };
    if (!name || name.kind === 'lookup')
      return { root: null, onPurpose: false, reason: 'there is no name and no value in it' };
    if (!lax && name.kind === 'string' && /[{}%]/.test(name.value)) {
      return { root: null, onPurpose: true, reason: 'a quoted text with braces is the way to show them' };
    }
    if (!lax && filters.some((filter) => filterArity(filter.name, this.engine, this.lookups))) {
      return { root: null, onPurpose: true, reason: 'a value that goes through a filter' };
    }
    return { root: null, onPurpose: false, reason: 'only the literal at its start is shown' };
  }

  /** The name because of which a control tag looks like literal text; undefined when it is meant. */
  controlRoot(node: Node): { root: string; reason: string } | undefined {
    const roots = controlExpressions(node)
      .map((expression) => rootOf(expression))
      .filter((root) => root !== null);
    const judged = roots.map((root) => ({ root, ...this.root(root) }));
    return judged.some((purpose) => purpose.onPurpose) ? undefined : judged[0];
  }
}

function controlExpressions(node: Node): Expression[] {
  if (node.kind === 'if') {
    return node.branches.flatMap((branch) =>
      (branch.condition?.comparisons ?? []).flatMap(({ left, right }) => (right ? [left, right] : [left])),
    );
  }
  if (node.kind === 'case') return node.subject ? [node.subject] : [];
  return node.kind === 'loop' && node.collection ? [node.collection, ...rangeEnd(node)] : [];
}

function rangeEnd(node: LoopNode): Expression[] {
  return node.collection?.kind === 'range' ? [node.collection.last] : [];
}

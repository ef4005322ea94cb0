/** Runs what shows or sets one value and holds nothing: outputs, assignments, includes and other tags without a body. */
import type { AssignNode, IncludeNode, OutputNode, SimpleNode } from './nodes.js';
import { OutputBuffer } from './output-buffer.js';
import { PAYLOAD_METHODS, PAYLOAD_ROOTS, UNCOUNTABLE_NAMES } from './roots.js';
import { strip } from '../ruby.js';
import { Runtime } from './runtime.js';
import { checkInclude, checkLink } from './site-tags.js';
import { toText, UNKNOWN, type Value } from './values.js';

/** Any of these may follow a node: nothing, a `break` for sure, or a `break` under an unknown condition. */
export type Interrupt = 'no' | 'maybe' | 'yes';

/** A page that captures a text twice over and over shows no more characters of values than this. */
const MOST_SHOWN = 10_000_000;

/** The part of the evaluator that knows single tags. Sources: `render` of lib/liquid/tags/ and lib/jekyll/tags/. */
export class TagRunner extends Runtime {
  protected readonly shown = new Map<OutputNode, Value>();
  /** Where text goes. */
  protected buffer = new OutputBuffer();
  private cycled = false;
  private shownLength = 0;

  /** Runs something and keeps its text apart. */
  protected apart(action: () => void): OutputBuffer {
    const outer = this.buffer;
    const inner = new OutputBuffer();
    this.buffer = inner;
    try {
      action();
    } finally {
      this.buffer = outer;
    }
    return inner;
  }

  /** Notes that something is missing which only the site's data tell. */
  protected leaveOut(): void {
    this.buffer.unknown = true;
    this.exact = false;
  }

  /** Writes a value, or leaves it out when only the site's data tell it or all values are too long by now. */
  private show(value: Value, node: OutputNode | SimpleNode): void {
    const shown = toText(value);
    this.shownLength += shown?.length ?? 0;
    if (shown === undefined || this.shownLength > MOST_SHOWN) this.leaveOut();
    else this.buffer.add(shown, node.start, false);
  }

  protected assign(name: string, value: Value): void {
    this.scope.set(name, this.certain ? value : UNKNOWN);
  }

  protected runOutput(node: OutputNode): void {
    const value = this.variable(node.variable, node);
    this.shown.set(node, value);
    this.show(value, node);
  }

  protected runAssign(node: AssignNode): void {
    this.assign(node.target, this.variable(node.variable, node));
  }

  protected runSimple(node: SimpleNode): Interrupt {
    switch (node.name) {
      case 'break':
      case 'continue':
        return this.certain ? 'yes' : 'maybe';
      case 'cycle': {
        if (node.values[0]) this.show(this.evaluate(node.values[0], node), node);
        // Which value comes next depends on every cycle before; only the first one is exact.
        if (this.cycled) this.exact = false;
        this.cycled = true;
        return 'no';
      }
      case 'increment':
      case 'decrement':
        this.runCounter(node);
        return 'no';
      case 'link':
      case 'post_url':
        this.runLink(node);
        return 'no';
      case 'render':
        this.report('bad-syntax', node, {
          liquidMessage: 'there is no folder to render files from',
          message: `${this.quote(node)} uses \`render\`, which Jekyll gives no files: the build stops.`,
          suggestion: 'Write `{% include name.html %}`.',
        });
        return 'no';
      default:
        if (node.name !== '#') this.leaveOut();
        return 'no';
    }
  }

  private runCounter(node: SimpleNode): void {
    const name = strip(node.markup);
    const before = this.counters.get(name) ?? 0;
    if (UNCOUNTABLE_NAMES.has(name)) {
      this.reportReservedName(name, node);
      this.leaveOut();
      return;
    }
    if (PAYLOAD_ROOTS.has(name) || PAYLOAD_METHODS.has(name) || !this.certain) {
      this.leaveOut();
      this.counters.set(name, Number.NaN);
      return;
    }
    const shown = node.name === 'increment' ? before : before - 1;
    this.counters.set(name, node.name === 'increment' ? before + 1 : before - 1);
    if (Number.isNaN(shown)) this.leaveOut();
    else this.buffer.add(String(shown), node.start, false);
  }

  private runLink(node: SimpleNode): void {
    this.leaveOut();
    const fault = checkLink(node, this.quote(node), this.engine, this.lookups);
    if (fault) this.report(node.name === 'link' ? 'missing-link' : 'missing-post-url', node, fault, false);
  }

  protected runInclude(node: IncludeNode): void {
    this.leaveOut();
    const fault = checkInclude(node, this.quote(node), this.lookups);
    if (fault) this.report('missing-include', node, fault, false);
  }
}

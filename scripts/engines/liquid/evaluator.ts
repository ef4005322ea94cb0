import { applyFilter } from './apply-filter.js';
import { type Condition, OPERATORS } from './condition.js';
import type { Expression } from './expression.js';
import { filterArity } from './filters.js';
import { isIncludeName } from './jekyll-arguments.js';
import type {
  AssignNode,
  BlockNode,
  Body,
  CaseNode,
  IfNode,
  IncludeNode,
  LoopNode,
  Node,
  OutputNode,
  SimpleNode,
} from './nodes.js';
import { OutputBuffer } from './output-buffer.js';
import { MOST_PROBLEMS, problem, type ProblemText, quote, quoteRange, type RawProblem } from './problems.js';
import { FAILING_PAYLOAD_METHODS, PAYLOAD_METHODS, PAYLOAD_ROOTS } from './roots.js';
import { strip } from './ruby.js';
import type { LiquidEngine, LiquidLookups, LiquidProblemCode } from './types.js';
import {
  compare,
  fromData,
  isTruthy,
  lookUp,
  NIL,
  text,
  toInteger,
  toText,
  UNKNOWN,
  type Value,
} from './values.js';
import type { Variable } from './variable.js';

export interface Evaluation {
  buffer: OutputBuffer;
  /** In the order in which Liquid would meet them. */
  problems: RawProblem[];
  /** What each output that is reached shows. */
  shown: Map<OutputNode, Value>;
  /** Control blocks none of whose branches can run. */
  lost: Set<Node>;
  /** True when the text is what Liquid writes, character by character. */
  exact: boolean;
}

/** Any of these may follow a node: nothing, a `break` for sure, or a `break` under an unknown condition. */
type Interrupt = 'no' | 'maybe' | 'yes';

/**
 * Renders a parsed template with what the source alone tells: names that nobody defines are nil as in Jekyll,
 * names that hold the site's data are unknown. A branch under an unknown condition runs once, and what fails in
 * it is marked as not certain. Sources: `render` of lib/liquid/tags/ and lib/jekyll/tags/.
 */
export class Evaluator {
  private readonly problems: RawProblem[] = [];
  private readonly shown = new Map<OutputNode, Value>();
  private readonly lost = new Set<Node>();
  private readonly scope = new Map<string, Value>();
  private readonly extraRoots: ReadonlySet<string>;
  private readonly data: Readonly<Record<string, unknown>>;
  private buffer = new OutputBuffer();
  private certain = true;
  private exact = true;
  private lastChanged: string | undefined;
  private cycled = false;

  constructor(
    private readonly source: string,
    private readonly engine: LiquidEngine,
    private readonly lookups: LiquidLookups,
    data?: unknown,
  ) {
    this.extraRoots = new Set(lookups.extraRoots ?? []);
    this.data = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  }

  run(body: Body): Evaluation {
    this.runBody(body);
    return {
      buffer: this.buffer,
      problems: this.problems,
      shown: this.shown,
      lost: this.lost,
      exact: this.exact,
    };
  }

  private report(
    code: LiquidProblemCode,
    place: { start: number; end: number; line: number },
    content: ProblemText,
    namesLine = true,
  ): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push(
      problem(code, 'render', place, namesLine ? place.line : undefined, this.certain, content),
    );
  }

  /** Runs something whose execution depends on the site's data. */
  private maybe<T>(action: () => T): T {
    const before = this.certain;
    this.certain = false;
    this.exact = false;
    try {
      return action();
    } finally {
      this.certain = before;
    }
  }

  /** Runs something and keeps its text apart. */
  private apart(action: () => void): OutputBuffer {
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
  private leaveOut(): void {
    this.buffer.unknown = true;
    this.exact = false;
  }

  private assign(name: string, value: Value): void {
    this.scope.set(name, this.certain ? value : UNKNOWN);
  }

  private runBody(body: Body): Interrupt {
    const before = this.certain;
    let interrupt: Interrupt = 'no';
    for (const node of body.nodes) {
      const result = this.runNode(node);
      if (result === 'yes') {
        interrupt = 'yes';
        break;
      }
      if (result === 'maybe') {
        interrupt = 'maybe';
        this.certain = false;
        this.exact = false;
      }
    }
    this.certain = before;
    return interrupt;
  }

  private runNode(node: Node): Interrupt {
    switch (node.kind) {
      case 'text':
        this.buffer.add(this.source.slice(node.start, node.end), node.start, true);
        return 'no';
      case 'raw':
        for (const range of node.ranges)
          this.buffer.add(this.source.slice(range.start, range.end), range.start, true);
        return 'no';
      case 'output':
        this.runOutput(node);
        return 'no';
      case 'assign':
        this.runAssign(node);
        return 'no';
      case 'include':
        this.runInclude(node);
        return 'no';
      case 'simple':
        return this.runSimple(node);
      default:
        return this.runBlank(node);
    }
  }

  /** Liquid 4 drops the output of every blank block, Liquid 5 the white space in blank control blocks. */
  private runBlank(node: IfNode | CaseNode | LoopNode | BlockNode): Interrupt {
    const drops =
      node.blank && (this.engine === 'pages' || ['if', 'unless', 'case', 'for'].includes(node.name));
    if (!drops) return this.runBlock(node);
    let interrupt: Interrupt = 'no';
    this.apart(() => {
      interrupt = this.runBlock(node);
    });
    return interrupt;
  }

  private runBlock(node: IfNode | CaseNode | LoopNode | BlockNode): Interrupt {
    if (node.kind === 'if') return this.runIf(node);
    if (node.kind === 'case') return this.runCase(node);
    if (node.kind === 'loop') return this.runLoop(node);
    return this.runOther(node);
  }

  private runOutput(node: OutputNode): void {
    const value = this.variable(node.variable, node);
    this.shown.set(node, value);
    const shown = toText(value);
    if (shown === undefined) this.leaveOut();
    else this.buffer.add(shown, node.start, false);
  }

  private runAssign(node: AssignNode): void {
    this.assign(node.target, this.variable(node.variable, node));
  }

  private variable(variable: Variable, place: { start: number; end: number; line: number }): Value {
    let value: Value = variable.name ? this.evaluate(variable.name, place) : NIL;
    for (const filter of variable.filters) {
      const args = filter.args.map((arg) => this.evaluate(arg, place));
      const count = args.length + (filter.named.length > 0 ? 1 : 0);
      const arity = filterArity(filter.name, this.engine, this.lookups);
      if (!arity) continue;
      if (count < arity.min || count > arity.max) {
        const needed = arity.min === arity.max ? String(arity.min) : `${arity.min} to ${arity.max}`;
        this.report('filter-arity', place, {
          liquidMessage: `wrong number of arguments for the filter \`${filter.name}\``,
          message: `${this.quote(place)} gives the filter \`${filter.name}\` ${count} argument(s); it takes ${needed}, and Liquid stops the build.`,
        });
        return UNKNOWN;
      }
      if (filter.named.length > 0) args.push(UNKNOWN);
      const result = applyFilter(filter.name, value, args);
      if ('failure' in result) {
        this.report(
          'filter-error',
          place,
          {
            liquidMessage: `the filter \`${filter.name}\` fails: ${result.failure}`,
            message: `${this.quote(place)} makes the filter \`${filter.name}\` fail (${result.failure}), and the build stops.`,
          },
          !RUBY_FAILURES.has(filter.name) && !(filter.name === 'sort' && value.kind !== 'nil'),
        );
        return UNKNOWN;
      }
      value = result.value;
    }
    return value;
  }

  private evaluate(expression: Expression, place: { start: number; end: number; line: number }): Value {
    if (expression.kind === 'range') {
      const first = toInteger(this.evaluate(expression.first, place));
      const last = toInteger(this.evaluate(expression.last, place));
      return first === undefined || last === undefined ? UNKNOWN : { kind: 'range', first, last };
    }
    if (expression.kind !== 'lookup') return expression;
    let name: Value = NIL;
    if (typeof expression.name === 'string') name = text(expression.name);
    else if (expression.name) name = this.evaluate(expression.name, place);
    let value =
      name.kind === 'unknown' ? UNKNOWN : name.kind === 'string' ? this.root(name.value, place) : NIL;
    for (const key of expression.path) {
      value = lookUp(value, typeof key === 'string' ? text(key) : this.evaluate(key, place));
    }
    return value;
  }

  private root(name: string, place: { start: number; end: number; line: number }): Value {
    const local = this.scope.get(name);
    if (local) return local;
    if (Object.hasOwn(this.data, name)) return fromData(this.data[name]);
    if (PAYLOAD_ROOTS.has(name) || this.extraRoots.has(name) || PAYLOAD_METHODS.has(name)) return UNKNOWN;
    if (FAILING_PAYLOAD_METHODS.has(name)) {
      this.report(
        'reserved-name',
        place,
        {
          liquidMessage: `\`${name}\` is a method of the object that holds Jekyll's variables, and it fails without arguments`,
          message: `${this.quote(place)} uses the name \`${name}\`, which Jekyll's variables answer with a Ruby error: the build stops.`,
        },
        false,
      );
      return UNKNOWN;
    }
    return NIL;
  }

  private condition(
    condition: Condition | undefined,
    place: { start: number; end: number; line: number },
  ): boolean | undefined {
    if (!condition) return undefined;
    let result: boolean | undefined;
    const before = this.certain;
    for (const comparison of condition.comparisons) {
      const { left, operator, right, relation } = comparison;
      const leftValue = this.evaluate(left, place);
      if (operator === undefined) result = isTruthy(leftValue);
      else {
        const rightValue = right ? this.evaluate(right, place) : NIL;
        result = this.comparison(leftValue, operator, rightValue, place);
      }
      if (relation === undefined) break;
      if ((relation === 'or' && result === true) || (relation === 'and' && result === false)) break;
      if (result === undefined) this.certain = false;
    }
    const known = this.certain === before;
    this.certain = before;
    return known ? result : undefined;
  }

  private comparison(
    left: Value,
    operator: string,
    right: Value,
    place: { start: number; end: number; line: number },
  ): boolean | undefined {
    if (!OPERATORS.has(operator)) {
      this.report('bad-condition', place, {
        liquidMessage: `unknown operator \`${operator}\``,
        message: `${this.quote(place)} is read as a comparison with the operator \`${operator}\`, which Liquid does not have: the build stops.`,
      });
      return undefined;
    }
    const result = compare(left, operator, right);
    if ('result' in result) return result.result;
    this.report('bad-condition', place, {
      liquidMessage: result.failure,
      message: `${this.quote(place)} cannot be evaluated: ${result.failure}, and the build stops.`,
    });
    return undefined;
  }

  /** Runs branches until one is sure to be taken; only the first that may run shows its text. */
  private runBranches(
    node: Node,
    branches: Iterable<{ holds: () => boolean | undefined; body: Body }>,
    many = false,
  ): Interrupt {
    const before = this.certain;
    let interrupt: Interrupt = 'no';
    let shown = false;
    for (const branch of branches) {
      const holds = branch.holds();
      if (holds === false) continue;
      if (holds === undefined) {
        this.certain = false;
        this.exact = false;
      }
      const run = (): void => {
        const result = this.runBody(branch.body);
        if (result !== 'no') interrupt = holds === true && before === this.certain ? result : 'maybe';
      };
      if (shown && !(many && before === this.certain)) this.apart(run);
      else run();
      shown = true;
      if (!many && holds === true) break;
    }
    this.certain = before;
    if (!shown) this.lost.add(node);
    return interrupt;
  }

  private runIf(node: IfNode): Interrupt {
    const branches = node.branches.map((branch, index) => ({
      body: branch.body,
      holds: (): boolean | undefined => {
        if (branch.isElse) return true;
        const place = { start: branch.start, end: branch.end, line: node.line };
        const result = this.condition(branch.condition, place);
        return index === 0 && node.name === 'unless' && result !== undefined ? !result : result;
      },
    }));
    return this.runBranches(node, branches);
  }

  private runCase(node: CaseNode): Interrupt {
    const subject = node.subject ? this.evaluate(node.subject, node) : UNKNOWN;
    let otherwise: boolean | undefined = true;
    const branches = node.branches.map((branch) => ({
      body: branch.body,
      holds: (): boolean | undefined => {
        if (!branch.values) return otherwise;
        let any: boolean | undefined = false;
        for (const value of branch.values) {
          const result = compare(subject, '==', this.evaluate(value, node));
          const same = 'result' in result ? result.result : undefined;
          if (same) any = true;
          else if (same === undefined && any !== true) any = undefined;
        }
        if (any === true) otherwise = false;
        else if (any === undefined && otherwise) otherwise = undefined;
        return any;
      },
    }));
    return this.runBranches(node, branches, true);
  }

  private runLoop(node: LoopNode): Interrupt {
    const collection = node.collection ? this.evaluate(node.collection, node) : UNKNOWN;
    const item = loopItem(collection);
    if (node.name === 'tablerow') return this.runTableRow(node, collection, item);
    if (item === 'none') {
      if (!node.elseBody) this.lost.add(node);
      return node.elseBody ? this.runBody(node.elseBody) : 'no';
    }
    const sure = item.sure && !node.limit && !node.offset;
    if (!item.once) this.exact = false;
    const run = (): void => {
      this.inLoop(node, item.value, 'forloop', () => this.runBody(node.body));
    };
    if (sure) run();
    else {
      this.maybe(run);
      const other = node.elseBody;
      if (other) this.apart(() => this.maybe(() => this.runBody(other)));
    }
    return 'no';
  }

  private inLoop(node: LoopNode, item: Value, loopName: string, run: () => void): void {
    const saved = new Map([loopName, node.variable ?? loopName].map((name) => [name, this.scope.get(name)]));
    this.scope.set(loopName, UNKNOWN);
    if (node.variable !== undefined) this.scope.set(node.variable, item);
    run();
    for (const [name, value] of saved) {
      if (value === undefined) this.scope.delete(name);
      else this.scope.set(name, value);
    }
  }

  private runTableRow(node: LoopNode, collection: Value, item: LoopItem): Interrupt {
    if (isTruthy(collection) === false) {
      this.lost.add(node);
      return 'no';
    }
    if (item !== 'none' && !item.once) this.exact = false;
    const run = (): void => {
      this.buffer.add('<tr class="row1">\n', node.start, false);
      if (item !== 'none') {
        this.inLoop(node, item.value, 'tablerowloop', () => {
          this.buffer.add('<td class="col1">', node.start, false);
          this.runBody(node.body);
          this.buffer.add('</td>', node.blockEnd, false);
        });
      }
      this.buffer.add('</tr>\n', node.blockEnd, false);
    };
    if (item === 'none' || (item.sure && !node.limit && !node.offset)) run();
    else this.maybe(run);
    return 'no';
  }

  private runOther(node: BlockNode): Interrupt {
    let interrupt: Interrupt = 'no';
    if (node.name === 'comment') return 'no';
    if (node.name === 'capture') {
      const inner = this.apart(() => {
        interrupt = this.runBody(node.body);
      });
      if (node.argument !== undefined)
        this.assign(node.argument, inner.unknown ? UNKNOWN : text(inner.toString()));
      return interrupt;
    }
    if (node.name === 'ifchanged') return this.runIfChanged(node);
    this.exact = false;
    if (node.name !== 'highlight') return this.runBody(node.body);
    const inner = this.apart(() => {
      interrupt = this.runBody(node.body);
    });
    const language = node.argument ?? '';
    this.buffer.add(
      `<figure class="highlight"><pre><code class="language-${language.replace(/\+/g, '-')}" data-lang="${language}">`,
      node.start,
      false,
    );
    this.buffer.append(inner);
    this.buffer.add('</code></pre></figure>', node.blockEnd, false);
    return interrupt;
  }

  private runIfChanged(node: BlockNode): Interrupt {
    let interrupt: Interrupt = 'no';
    const inner = this.apart(() => {
      interrupt = this.runBody(node.body);
    });
    const shown = inner.toString();
    if (shown !== this.lastChanged) this.buffer.append(inner);
    this.lastChanged = inner.unknown ? undefined : shown;
    return interrupt;
  }

  private runSimple(node: SimpleNode): Interrupt {
    switch (node.name) {
      case 'break':
      case 'continue':
        return this.certain ? 'yes' : 'maybe';
      case 'cycle': {
        const shown = node.values[0] ? toText(this.evaluate(node.values[0], node)) : '';
        if (shown === undefined) this.leaveOut();
        else this.buffer.add(shown, node.start, false);
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
    if (PAYLOAD_ROOTS.has(name) || PAYLOAD_METHODS.has(name) || !this.certain) {
      this.leaveOut();
      this.counters.set(name, Number.NaN);
      return;
    }
    const shown = node.name === 'increment' ? before : before - 1;
    this.counters.set(name, node.name === 'increment' ? before + 1 : before - 1);
    if (Number.isNaN(shown)) this.leaveOut();
    else this.buffer.add(String(shown), node.start, false);
    if (!this.scope.has(name)) this.counterNames.add(name);
  }

  private readonly counters = new Map<string, number>();
  private readonly counterNames = new Set<string>();

  private runLink(node: SimpleNode): void {
    this.leaveOut();
    const target = strip(node.markup);
    const isLink = node.name === 'link';
    // Jekyll 4 renders the path first; Jekyll 3 takes it as it stands.
    if (isLink && this.engine === 'actions' && target.includes('{{')) return;
    const exists =
      target === ''
        ? false
        : isLink
          ? this.lookups.linkTargetExists?.(target)
          : this.lookups.postExists?.(target);
    if (exists !== false) return;
    this.report(
      isLink ? 'missing-link' : 'missing-post-url',
      node,
      {
        liquidMessage: isLink
          ? 'no page, document or file of the site has this path'
          : 'no post has this name',
        message: `${this.quote(node)} points to ${quote(target)}, which the site does not have: the build stops.`,
        suggestion: isLink
          ? "Write the path of an existing file from the site's root, with its ending."
          : 'Write the date and the slug of an existing post.',
      },
      false,
    );
  }

  private runInclude(node: IncludeNode): void {
    this.leaveOut();
    const { file } = node;
    if (node.dynamic) return;
    const named = file !== undefined && (isIncludeName(file) || node.name === 'include_cached');
    const lookup =
      node.name === 'include_relative' ? this.lookups.includeRelativeExists : this.lookups.includeExists;
    if (named && lookup?.call(this.lookups, file) !== false) return;
    this.report(
      'missing-include',
      node,
      {
        liquidMessage: named
          ? 'the included file does not exist'
          : 'the name of the included file is missing or not allowed',
        message: named
          ? `${this.quote(node)} includes ${quote(file)}, which does not exist: the build stops.`
          : `${this.quote(node)} ${file === undefined ? 'names no file' : `names ${quote(file)}, which has characters that Jekyll refuses`}: the build stops.`,
        suggestion: 'Write the name of a file in the `_includes` folder of the site or its theme.',
      },
      false,
    );
  }

  private quote(place: { start: number; end: number }): string {
    return quoteRange(this.source, place.start, place.end);
  }
}

/** Filters whose failure is Ruby's own, so that Liquid names no line. */
const RUBY_FAILURES: ReadonlySet<string> = new Set([
  'cgi_escape',
  'number_of_words',
  'array_to_sentence_string',
  'sassify',
  'scssify',
]);

/** What a loop's name stands for on its one run; `sure` when it is certain to run, `once` when no more often. */
type LoopItem = 'none' | { value: Value; sure: boolean; once: boolean };

function loopItem(collection: Value): LoopItem {
  switch (collection.kind) {
    case 'unknown':
      return { value: UNKNOWN, sure: false, once: false };
    case 'string':
      return collection.value === '' ? 'none' : { value: collection, sure: true, once: true };
    case 'range': {
      if (collection.last < collection.first) return 'none';
      const once = collection.first === collection.last;
      return { value: once ? fromData(collection.first) : UNKNOWN, sure: true, once };
    }
    case 'data': {
      const { value } = collection;
      const count = Array.isArray(value) ? value.length : Object.keys(value as object).length;
      return count === 0 ? 'none' : { value: UNKNOWN, sure: true, once: false };
    }
    default:
      return 'none';
  }
}

import { applyFilter } from './apply-filter.js';
import { type Condition, OPERATORS } from './condition.js';
import type { Expression } from './expression.js';
import { filterArity } from './filters.js';
import { MOST_PROBLEMS, problem, type ProblemText, quoteRange, type RawProblem } from './problems.js';
import { FAILING_PAYLOAD_METHODS, PAYLOAD_METHODS, PAYLOAD_ROOTS } from './roots.js';
import type { LiquidEngine, LiquidLookups, LiquidProblemCode } from './types.js';
import { compare, fromData, isTruthy, lookUp, NIL, text, toInteger, UNKNOWN, type Value } from './values.js';
import type { Variable } from './variable.js';

/** Where a node stands, with the line that Liquid would name for it. */
export interface NodePlace {
  start: number;
  end: number;
  line: number;
}

/**
 * Names, filters and conditions while a page renders: `Liquid::Context`, `Variable#render` and `Condition` of
 * lib/liquid/ with Jekyll's payload.
 */
export class Runtime {
  protected readonly problems: RawProblem[] = [];
  protected readonly scope = new Map<string, Value>();
  /** What `increment` and `decrement` have counted; NaN when that is unknown. */
  protected readonly counters = new Map<string, number>();
  private readonly extraRoots: ReadonlySet<string>;
  private readonly data: Readonly<Record<string, unknown>>;
  /** False while something runs that depends on the site's data. */
  protected certain = true;
  protected exact = true;

  constructor(
    protected readonly source: string,
    protected readonly engine: LiquidEngine,
    protected readonly lookups: LiquidLookups,
    data?: unknown,
  ) {
    this.extraRoots = new Set(lookups.extraRoots ?? []);
    this.data = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  }

  protected report(code: LiquidProblemCode, place: NodePlace, content: ProblemText, namesLine = true): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    this.problems.push(
      problem(code, 'render', place, namesLine ? place.line : undefined, this.certain, content),
    );
  }

  /** Runs something whose execution depends on the site's data. */
  protected maybe<T>(action: () => T): T {
    const before = this.certain;
    this.certain = false;
    this.exact = false;
    try {
      return action();
    } finally {
      this.certain = before;
    }
  }

  protected variable(variable: Variable, place: NodePlace): Value {
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

  protected evaluate(expression: Expression, place: NodePlace): Value {
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

  private root(name: string, place: NodePlace): Value {
    const local = this.scope.get(name);
    if (local) return local;
    const counted = this.counters.get(name);
    if (counted !== undefined) return Number.isNaN(counted) ? UNKNOWN : fromData(counted);
    if (Object.hasOwn(this.data, name)) return fromData(this.data[name]);
    if (PAYLOAD_ROOTS.has(name) || this.extraRoots.has(name) || PAYLOAD_METHODS.has(name)) return UNKNOWN;
    if (FAILING_PAYLOAD_METHODS.has(name)) {
      this.reportReservedName(name, place);
      return UNKNOWN;
    }
    return NIL;
  }

  /** A name that Jekyll's payload answers with a Ruby error. */
  protected reportReservedName(name: string, place: NodePlace): void {
    this.report(
      'reserved-name',
      place,
      {
        liquidMessage: `\`${name}\` belongs to the object that holds Jekyll's variables, and Ruby fails on this use of it`,
        message: `${this.quote(place)} uses the name \`${name}\`, which Jekyll's variables answer with a Ruby error: the build stops.`,
      },
      false,
    );
  }

  protected condition(condition: Condition | undefined, place: NodePlace): boolean | undefined {
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

  private comparison(left: Value, operator: string, right: Value, place: NodePlace): boolean | undefined {
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
  protected quote(place: { start: number; end: number }): string {
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

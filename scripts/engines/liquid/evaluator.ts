import type { BlockNode, Body, CaseNode, IfNode, LoopNode, Node, OutputNode } from './nodes.js';
import type { OutputBuffer } from './output-buffer.js';
import type { RawProblem } from './problems.js';
import { TagRunner, type Interrupt } from './tag-runner.js';
import { compare, fromData, isTruthy, text, UNKNOWN, type Value } from './values.js';

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

/**
 * Renders a parsed template with what the source alone tells: names that nobody defines are nil as in Jekyll,
 * names that hold the site's data are unknown. A branch under an unknown condition runs once, and what fails in
 * it is marked as not certain. Sources: `render` of lib/liquid/tags/ and lib/jekyll/tags/.
 */
export class Evaluator extends TagRunner {
  private readonly lost = new Set<Node>();
  private lastChanged: string | undefined;

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
}

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

/** Branches of `if`, `unless` and `case` (lib/liquid/tags/if.rb, unless.rb, case.rb). */
import { readWhen } from './arguments.js';
import { parseCondition } from './condition.js';
import { emptyBody, type Body, type CaseNode, type IfNode } from './nodes.js';
import type { TagSite, TemplateParser } from './parser.js';
import { strip } from '../ruby.js';
import type { LiquidEngine } from './types.js';

/** Adds the branch that `elsif` or `else` begins, and returns its body; null for another tag. */
export function openIfBranch(
  parser: TemplateParser,
  node: IfNode,
  site: TagSite,
  engine: LiquidEngine,
): Body | null {
  const isElse = site.name === 'else';
  if (!isElse && site.name !== 'elsif') return null;
  const body = emptyBody();
  let condition;
  if (!isElse) {
    try {
      condition = parseCondition(site.markup, engine);
      if (!condition) parser.reportBadSyntax(site, 'a condition such as `a == b`');
    } catch (error) {
      parser.reportFailure(error, site);
    }
  }
  node.branches.push({ condition, isElse, body, start: site.start, end: site.end });
  return body;
}

/** Adds the branch that `when` or `else` begins, and returns its body; null for another tag. */
export function openCaseBranch(
  parser: TemplateParser,
  node: CaseNode,
  site: TagSite,
  engine: LiquidEngine,
): Body | null {
  const body = emptyBody();
  if (site.name === 'else') {
    if (strip(site.markup) !== '')
      parser.reportBadSyntax(site, 'nothing: `else` in a `case` takes no condition');
    node.branches.push({ values: undefined, body });
    return body;
  }
  if (site.name !== 'when') return null;
  let values;
  try {
    values = readWhen(site.markup, engine);
    if (!values) parser.reportBadSyntax(site, 'a value such as `when "a" or "b"`');
  } catch (error) {
    parser.reportFailure(error, site);
  }
  node.branches.push({ values: values ?? [], body });
  return body;
}

import { describe, expect, it } from 'vitest';
import { DIFFERENCE_KINDS } from '../../scripts/corpus/divergence/index.js';
import { rules } from '../../scripts/rules/jekyll/index.js';

/** Kinds that one rule judges by the site's configuration. */
const CONFIGURED = ['mermaid', 'alert', 'emoji', 'dollar-math'];

describe('kinds of differences', () => {
  it('have exactly one rule each', () => {
    const named = rules.flatMap((rule) => ('kinds' in rule ? (rule.kinds as string[]) : []));
    expect([...named, ...CONFIGURED].sort()).toEqual([...DIFFERENCE_KINDS].sort());
  });
});

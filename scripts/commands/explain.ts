import type { Command } from 'commander';
import { ruleDocumentation, ruleSummary } from '../rules/documentation.js';
import { rules } from '../rules/index.js';
import { knownRule } from './findings.js';

/** `corpus explain [rule]`: the rule's documentation; without a rule the list of all. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .description('print what a rule finds, why it matters and what to do; without a rule: list them')
    .argument('[rule]', 'rule id')
    .option('--examples', 'all examples, which are also its tests')
    .action((id: string | undefined, options: { examples?: boolean }) => {
      if (id === undefined) {
        const width = Math.max(...rules.map((rule) => rule.id.length));
        for (const rule of rules) process.stdout.write(`${rule.id.padEnd(width)}  ${rule.summary}\n`);
        return;
      }
      const rule = knownRule(id);
      process.stdout.write(options.examples ? ruleDocumentation(rule, 1) : ruleSummary(rule));
    });
}

/** The reference page of a rule, made from the rule itself. */
import type { Example, Rule } from './types.js';

const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * Markdown documentation of one rule.
 *
 * @param level of its heading
 * @param withExamples the examples too, or the text only
 */
export function ruleDocumentation(rule: Rule, level: number, withExamples = true): string {
  const marks = '#'.repeat(level);
  const facts = [
    `Severity: ${SEVERITY_WORDS[rule.severity]}.`,
    `Preset: ${rule.preset}.`,
    rule.fixable ? 'Fixable: yes.' : 'Fixable: no.',
  ];
  const parts = [`${marks} ${rule.id}`, rule.summary, facts.join(' '), rule.documentation.trim()];
  if (withExamples) for (const example of rule.examples) parts.push(exampleText(example, level + 1));
  return `${parts.join('\n\n')}\n`;
}

function exampleText(example: Example, level: number): string {
  const parts = [`${'#'.repeat(level)} ${example.findings.length === 0 ? 'Fine' : 'Found'}: ${example.name}`];
  if (example.config) parts.push(fence('corpus.yml', example.config));
  for (const [name, text] of Object.entries(example.files)) parts.push(fence(name, text));
  if (example.findings.length > 0)
    parts.push(
      example.findings.map(({ file, line, message }) => `- ${file}, line ${line}: ${message}`).join('\n'),
    );
  for (const [name, text] of Object.entries(example.fixed ?? {}))
    parts.push(`Fixed:\n\n${fence(name, text)}`);
  return parts.join('\n\n');
}

function fence(name: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const marker = '`'.repeat(longest + 1);
  const language = /\.(\w+)$/.exec(name)?.[1] ?? 'text';
  const shown = text.length > 1500 ? `${text.slice(0, 1500)}\n…` : text;
  return `\`${name}\`:\n\n${marker}${language}\n${shown}${shown.endsWith('\n') ? '' : '\n'}${marker}`;
}

/** The reference page of a rule, made from the rule itself. */
import type { Example, Rule } from './types.js';

const SEVERITY_WORDS = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * The documentation with one example, before and after: what fits on a screen.
 */
export function ruleSummary(rule: Rule): string {
  const example =
    rule.examples.find(({ findings, fixed }) => findings.length > 0 && fixed) ??
    rule.examples.find(({ findings }) => findings.length > 0);
  const parts = [ruleDocumentation(rule, 1, false).trim()];
  const finding = example?.findings[0];
  if (example && finding) {
    const text = example.files[finding.file];
    parts.push(`## Found: ${example.name}`);
    if (text !== undefined) parts.push(fence(finding.file, withoutFrontMatter(text)));
    parts.push(`- line ${finding.line}: ${finding.message}`);
    const fixed = example.fixed?.[finding.file];
    if (fixed !== undefined) parts.push(`Fixed:\n\n${fence(finding.file, withoutFrontMatter(fixed))}`);
  }
  parts.push(`\`corpus explain ${rule.id} --examples\` shows all ${rule.examples.length} examples.`);
  return `${parts.join('\n\n')}\n`;
}

/** The body, where an example is about the body. */
function withoutFrontMatter(text: string): string {
  const body = text.replace(/^---\n[^]*?\n---\n+(?:# .*\n+)?/, '');
  return body === '' ? text : body;
}

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

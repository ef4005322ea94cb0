/**
 * Writes what is made from the sources: the published JSON Schemas and the rule reference. `npm run generate` after a
 * change; a test compares the files with what this would write.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { corpusConfigSchema } from './corpus/config.js';
import { reportSchema } from './reporters/json.js';
import { ruleDocumentation } from './rules/documentation.js';
import { rules } from './rules/index.js';
import type { Rule } from './rules/types.js';
import { modelSchema } from './site/json.js';

const THEMES: Record<Rule['theme'], string> = {
  configuration: 'Configuration',
  files: 'Files',
  'front-matter': 'Front Matter',
  navigation: 'Navigation',
  links: 'Links and Anchors',
  backlinks: 'Tutorial Format and Backlinks',
  jekyll: 'Liquid, kramdown and Diagrams',
  listings: 'Listings',
  freshness: 'Freshness',
  discoverability: 'Discoverability',
};

/** Path relative to the repository's root -> content. */
export function generatedFiles(): Map<string, string> {
  const schema = (title: string, of: z.ZodType, io: 'input' | 'output'): string =>
    `${JSON.stringify({ title, ...z.toJSONSchema(of, { io, unrepresentable: 'any' }) }, null, 2)}\n`;
  return new Map([
    ['schemas/findings.schema.json', schema('corpus check --format json', reportSchema, 'output')],
    ['schemas/model.schema.json', schema('corpus model', modelSchema, 'output')],
    ['schemas/corpus.schema.json', schema('corpus.yml', corpusConfigSchema, 'input')],
    ['docs/contributing/rules.md', ruleReference()],
  ]);
}

function ruleReference(): string {
  const parts = [
    `---
layout: default
title: Rule Reference
nav_order: 910
---`,
    '# Rule Reference',
    `Every finding of \`corpus check\` names one of these ${rules.length} rules. This page is made from the rules
themselves by \`npm run generate\`; \`corpus explain RULE\` prints the same text. Each example is also a test.`,
  ];
  for (const [theme, title] of Object.entries(THEMES)) {
    const own = rules.filter((rule) => rule.theme === theme);
    if (own.length === 0) continue;
    parts.push(`## ${title}`);
    for (const rule of own) parts.push(shielded(ruleDocumentation(rule, 3, false).trim()));
  }
  return `${parts.join('\n\n')}\n`;
}

/**
 * Liquid must not act on what the page quotes. Nothing inside a raw block can say `endraw`, so a code span that does
 * is written with entities.
 */
function shielded(markdown: string): string {
  if (!/\{\{|\{%/.test(markdown)) return markdown;
  const safe = markdown.replace(/`([^`\n]*\bendraw\b[^`\n]*)`/g, (_, text: string) => {
    const entities = text.replace(/[&<>{}*_-]/g, (character) => `&#${character.charCodeAt(0)};`);
    // Plain text: kramdown shows entities inside `<code>` as they are typed.
    return entities;
  });
  return `<!-- {% raw %} -->\n\n${safe}\n\n<!-- {% endraw %} -->`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  for (const [file, content] of generatedFiles()) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFileAtomic(path.join(root, file), content);
    process.stdout.write(`${file}\n`);
  }
}

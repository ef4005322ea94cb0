/** All rules, by theme. A test compares this list with the files of the folders. */
import { rules as backlinks } from './backlinks/index.js';
import { rules as configuration } from './configuration/index.js';
import { rules as diagrams } from './diagrams/index.js';
import { rules as engine } from './engine/index.js';
import { rules as files } from './files/index.js';
import { rules as freshness } from './freshness/index.js';
import { rules as frontMatter } from './front-matter/index.js';
import { rules as jekyll } from './jekyll/index.js';
import { rules as links } from './links/index.js';
import { rules as listings } from './listings/index.js';
import { rules as navigation } from './navigation/index.js';
import type { Rule } from './types.js';

export const rules: readonly Rule[] = [
  ...engine,
  ...configuration,
  ...files,
  ...frontMatter,
  ...navigation,
  ...links,
  ...backlinks,
  ...jekyll,
  ...diagrams,
  ...listings,
  ...freshness,
].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule with an id, or undefined. */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id);
}

import type { Rule } from '../types.js';
import { mermaidSyntax } from './mermaid-syntax.js';

/** Diagrams that browsers draw from text. */
export const rules: Rule[] = [mermaidSyntax];

import type { Rule } from '../types.js';
import { corpusConfig } from './corpus-config.js';
import { ruleFailed } from './rule-failed.js';
import { suppressionUsed } from './suppression-used.js';

/** Rules whose findings the runner itself makes. */
export const rules: Rule[] = [corpusConfig, ruleFailed, suppressionUsed];

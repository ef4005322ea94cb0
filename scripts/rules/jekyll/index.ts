import type { Rule } from '../types.js';
import { liquidSwallowed } from './liquid-swallowed.js';
import { liquidSyntax } from './liquid-syntax.js';

export const rules: Rule[] = [liquidSwallowed, liquidSyntax];

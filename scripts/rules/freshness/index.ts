/** Rules about facts that change outside the corpus. */
import type { Rule } from '../types.js';
import { snapshotCurrent } from './snapshot-current.js';

export const rules: Rule[] = [snapshotCurrent];

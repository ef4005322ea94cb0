/** Rules about facts that change outside the corpus. */
import type { Rule } from '../types.js';
import { knownSymbol } from './known-symbol.js';
import { snapshotCurrent } from './snapshot-current.js';
import { sourceLinkRule } from './source-link.js';
import { versionClaim } from './version-claim.js';

export const rules: Rule[] = [snapshotCurrent, knownSymbol, sourceLinkRule, versionClaim];

import type { Rule } from '../types.js';
import { listingInSync } from './listing-in-sync.js';
import { listingManifest } from './listing-manifest.js';
import { listingRegionSize } from './listing-region-size.js';
import { listingRequired } from './listing-required.js';
import { listingVerified } from './listing-verified.js';
import { outputInSync } from './output-in-sync.js';

/** Programs that pages show: in step with their source, verified, and small enough to read. */
export const rules: Rule[] = [
  listingInSync,
  listingManifest,
  listingRegionSize,
  listingRequired,
  listingVerified,
  outputInSync,
];

import type { LiquidAnalysis } from '../../engines/liquid/index.js';
import type { Purposeful } from './liquid-shield.js';

/** Where Liquid on purpose stands: outputs of known names and tags of Liquid and Jekyll that are not literal text. */
export function purposefulRanges(analysis: LiquidAnalysis, base: number): Purposeful {
  const swallowed = new Set(analysis.swallowedTags.map((tag) => tag.start));
  return [
    ...analysis.outputs.filter((output) => output.onPurpose),
    ...analysis.tags.filter((tag) => tag.name !== 'raw' && !swallowed.has(tag.start)),
  ].map(({ start, end }) => ({ start: base + start, end: base + end }));
}

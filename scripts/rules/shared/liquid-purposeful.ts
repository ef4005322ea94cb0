import type { LiquidAnalysis } from '../../engines/liquid/index.js';
import { Stretches } from './liquid-shield.js';

/** Where Liquid on purpose stands: outputs of known names and tags of Liquid and Jekyll that are not literal text. */
export function purposefulRanges(analysis: LiquidAnalysis, base: number): Stretches {
  const swallowed = new Set(analysis.swallowedTags.map((tag) => tag.start));
  const meant = [
    ...analysis.outputs.filter((output) => output.onPurpose),
    ...analysis.tags.filter((tag) => tag.name !== 'raw' && !swallowed.has(tag.start)),
  ];
  return new Stretches(meant.map(({ start, end }) => ({ start: base + start, end: base + end })));
}

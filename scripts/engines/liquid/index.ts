/** A model of Ruby Liquid with Jekyll's tags and filters: what a page's Liquid does before kramdown sees it. */
export { analyseLiquid, renderStatic } from './analyse.js';
export { tokenize } from './tokenizer.js';
export type {
  LiquidAnalysis,
  LiquidEngine,
  LiquidLookups,
  LiquidOutput,
  LiquidProblem,
  LiquidProblemCode,
  LiquidRendering,
  LiquidSwallowedTag,
  LiquidTag,
  LiquidToken,
} from './types.js';

import type { BlockLike } from './nodes.js';
import type { LiquidEngine, LiquidLookups } from './types.js';

/** Tags of Liquid and Jekyll that have an end tag (`raw` is read by the parser itself). */
const BLOCKS = ['if', 'unless', 'for', 'tablerow', 'case', 'comment', 'capture', 'ifchanged', 'highlight'];

/** Tags of Liquid 4.0.4 and Jekyll without an end tag; `include_cached` comes with the theme's plugin. */
const SIMPLE = [
  'assign',
  'break',
  'continue',
  'cycle',
  'decrement',
  'include',
  'include_cached',
  'include_relative',
  'increment',
  'link',
  'post_url',
];

/** Tags that Liquid 5 adds (lib/liquid/tags/; `liquid` is read by the parser itself). */
const SIMPLE_SINCE_5 = ['echo', 'render', '#'];

/** Which tags an engine knows with the site's plugins. */
export class TagRegistry {
  private readonly blocks: ReadonlySet<string>;
  private readonly simple: ReadonlySet<string>;

  constructor(engine: LiquidEngine, lookups: LiquidLookups) {
    this.blocks = new Set([...BLOCKS, ...(lookups.extraBlocks ?? [])]);
    this.simple = new Set([
      ...SIMPLE,
      ...(engine === 'actions' ? SIMPLE_SINCE_5 : []),
      ...(lookups.extraTags ?? []),
    ]);
  }

  has(name: string): boolean {
    return this.blocks.has(name) || this.simple.has(name);
  }

  isBlock(name: string): boolean {
    return this.blocks.has(name);
  }

  /** True for the end tag of a block that the engine knows. */
  isEndTag(name: string): boolean {
    return name === 'endraw' || (name.startsWith('end') && this.blocks.has(name.slice(3)));
  }

  /** `blank?` of a finished block (lib/liquid/block.rb and tags/capture.rb, comment.rb). */
  isBlank(node: BlockLike): boolean {
    return node.name === 'comment' || node.name === 'capture' || node.blank;
  }
}

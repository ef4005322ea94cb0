/** Names that Jekyll's payload or layouts give to a page (lib/jekyll/drops/unified_payload_drop.rb, renderer.rb). */
export const PAYLOAD_ROOTS: ReadonlySet<string> = new Set([
  'site',
  'page',
  'layout',
  'content',
  'paginator',
  'jekyll',
  'theme',
  'highlighter_prefix',
  'highlighter_suffix',
]);

/** Names that are Liquid on purpose wherever they stand, although a page itself may not define them. */
export const PURPOSEFUL_ROOTS: ReadonlySet<string> = new Set([
  ...PAYLOAD_ROOTS,
  'include',
  'forloop',
  'tablerowloop',
  'post',
]);

/**
 * Ruby methods of the payload that Liquid calls when a page uses their names (`Drop.invokable?`): `{{ count }}`
 * shows a number that nobody wrote.
 */
export const PAYLOAD_METHODS: ReadonlySet<string> = new Set([
  'content_methods',
  'count',
  'first',
  'hash_for_json',
  'keys',
  'max',
  'min',
  'sort',
  'to_hash',
  'to_liquid',
]);

/** Such methods that fail without arguments, so that `{{ merge }}` stops the build. */
export const FAILING_PAYLOAD_METHODS: ReadonlySet<string> = new Set(['each_key', 'fetch', 'merge']);

/** Names of the payload that `increment` and `decrement` fail on, because their values are no numbers. */
export const UNCOUNTABLE_NAMES: ReadonlySet<string> = new Set([
  'site',
  'page',
  'jekyll',
  'fetch',
  'merge',
  ...[...PAYLOAD_METHODS].filter((name) => name !== 'count'),
]);

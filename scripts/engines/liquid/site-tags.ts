import { isIncludeName } from './jekyll-arguments.js';
import type { IncludeNode, SimpleNode } from './nodes.js';
import { type ProblemText, quote } from './problems.js';
import { strip } from '../ruby.js';
import type { LiquidEngine, LiquidLookups } from './types.js';

/**
 * Checks the target of `link` or `post_url` (lib/jekyll/tags/link.rb, post_url.rb).
 *
 * @param shown the tag as it is quoted in messages
 * @returns what is wrong, or undefined when the target exists or nobody knows
 */
export function checkLink(
  node: SimpleNode,
  shown: string,
  engine: LiquidEngine,
  lookups: LiquidLookups,
): ProblemText | undefined {
  const target = strip(node.markup);
  const isLink = node.name === 'link';
  // Jekyll 4 renders the path first; Jekyll 3 takes it as it stands.
  if (isLink && engine === 'actions' && target.includes('{{')) return undefined;
  let exists: boolean | undefined = false;
  if (target !== '') exists = isLink ? lookups.linkTargetExists?.(target) : lookups.postExists?.(target);
  if (exists !== false) return undefined;
  return {
    liquidMessage: isLink ? 'no page, document or file of the site has this path' : 'no post has this name',
    message:
      target === ''
        ? `${shown} names no target: the build stops.`
        : `${shown} points to ${quote(target)}, which the site does not have: the build stops.`,
    suggestion: isLink
      ? "Write the path of an existing file from the site's root, with its ending."
      : 'Write the date and the slug of an existing post.',
  };
}

/**
 * Checks the file of `include`, `include_relative` or `include_cached` (lib/jekyll/tags/include.rb and the
 * plugin jekyll-include-cache, which leaves out the check of the name's characters).
 *
 * @returns what is wrong, or undefined when the file exists or nobody knows
 */
export function checkInclude(
  node: IncludeNode,
  shown: string,
  lookups: LiquidLookups,
): ProblemText | undefined {
  const { file } = node;
  if (node.dynamic) return undefined;
  const suggestion =
    node.name === 'include_relative'
      ? "Write the path of a file from this page's folder; `..` is not allowed."
      : 'Write the name of a file in the `_includes` folder of the site or its theme.';
  if (file === undefined || (node.name !== 'include_cached' && !isIncludeName(file))) {
    const fault =
      file === undefined ? 'names no file' : `names ${quote(file)}, which has characters that Jekyll refuses`;
    return {
      liquidMessage: 'the name of the included file is missing or not allowed',
      message: `${shown} ${fault}: the build stops.`,
      suggestion,
    };
  }
  const exists =
    node.name === 'include_relative' ? lookups.includeRelativeExists?.(file) : lookups.includeExists?.(file);
  if (exists !== false) return undefined;
  return {
    liquidMessage: 'the included file does not exist',
    message: `${shown} includes ${quote(file)}, which does not exist: the build stops.`,
    suggestion,
  };
}

/** Whether the theme of a site is one whose pages are known. */
import type { Site } from '../../site/types.js';

/** Is one of the values of `theme` and `remote_theme` just-the-docs, as a gem or as a repository? */
export function isJustTheDocs(...names: unknown[]): boolean {
  return names.some((name) => typeof name === 'string' && /(?:^|\/)just-the-docs(?:@|$)/iu.test(name));
}

/** Does the site name just-the-docs in `_config.yml`, as a gem or as a remote theme? */
export function drawnByJustTheDocs({ config }: Site): boolean {
  return isJustTheDocs(config.data['theme'], config.data['remote_theme']);
}

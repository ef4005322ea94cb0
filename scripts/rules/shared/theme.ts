/** Whether the theme of a site is one whose pages are known. */
import type { Site } from '../../site/types.js';

/** Does the site name just-the-docs in `_config.yml`, as a gem or as a remote theme? */
export function drawnByJustTheDocs(site: Site): boolean {
  return ['theme', 'remote_theme'].some((key) => {
    const name = site.config.data[key];
    return typeof name === 'string' && /(?:^|\/)just-the-docs(?:@|$)/i.test(name);
  });
}

/** Who builds a site whose `corpus.yml` does not say: the traces that an own build leaves in the repository. */
import type { Engine } from './config.js';

/** Where the usual services look for their instructions, relative to the root. */
const INSTRUCTIONS = /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|netlify\.toml)$/;
const GEMFILE = /(?:^|\/)Gemfile$/;
/** Jekyll's folder of plugins, which the branch build leaves unread. */
const PLUGIN = /(?:^|\/)_plugins\/[^/]+\.rb$/;

/** Must the text of the file be given to `detectEngine`? */
export function tellsEngine(path: string): boolean {
  return INSTRUCTIONS.test(path) || GEMFILE.test(path) || PLUGIN.test(path);
}

export interface DetectedEngine {
  engine: Engine;
  /** What was found, to follow "because": "`netlify.toml` runs `jekyll build`". */
  reason: string;
}

/**
 * An own build runs `jekyll build` where a service builds the site, or has plugins of its own. A bundle with the gem
 * `github-pages` is Jekyll 3 with the plugins of the branch build, whoever runs it. Without either, the branch build of
 * GitHub Pages is assumed, which needs no file at all.
 *
 * @param texts of the files for which `tellsEngine` holds, by root-relative path
 */
export function detectEngine(texts: ReadonlyMap<string, string>): DetectedEngine {
  let own: string | null = null;
  for (const [path, text] of texts) {
    if (GEMFILE.test(path) && /^[ \t]*gem[ \t(]+["']github-pages["']/m.test(text))
      return { engine: 'pages', reason: `\`${path}\` names the gem \`github-pages\`` };
    if (PLUGIN.test(path)) own ??= `\`${path}\` is a plugin of the site's own`;
    if (INSTRUCTIONS.test(path) && /^(?![ \t]*#).*\bjekyll[ \t]+b(?:uild)?\b/m.test(text))
      own ??= `\`${path}\` runs \`jekyll build\``;
  }
  return own === null
    ? { engine: 'pages', reason: 'nothing in the repository builds the site' }
    : { engine: 'actions', reason: own };
}

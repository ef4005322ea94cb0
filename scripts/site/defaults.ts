/**
 * Front matter defaults of `_config.yml` (jekyll/lib/jekyll/frontmatter_defaults.rb). Jekyll 3.10 compares the scope's
 * path by whole folders, Jekyll 4.3 as a plain prefix.
 */
import picomatch from 'picomatch';
import type { FileEntry, YamlValue } from '../corpus/types.js';
import { isMap } from './config.js';
import type { SiteConfig } from './types.js';

type Values = Record<string, YamlValue>;
type DefaultSet = SiteConfig['defaults'][number];

export class FrontMatterDefaults {
  private readonly globs = new Map<string, ReadonlySet<string>>();

  /** @param files of the root: what a `*` in a scope can match */
  constructor(
    private readonly config: SiteConfig,
    private readonly files: ReadonlyMap<string, FileEntry>,
  ) {}

  /**
   * All defaults of one file merged, the more precise scope on top.
   *
   * @param path relative to the source folder
   * @param type `pages`, `posts` or the name of a collection
   */
  all(path: string, type: string): Values {
    let merged: Values = {};
    let winner: DefaultSet | null = null;
    for (const set of this.config.defaults) {
      if (!this.applies(set, path, type)) continue;
      if (hasPrecedence(winner, set)) {
        merged = deepMerge(merged, set.values);
        winner = set;
      } else {
        merged = deepMerge(set.values, merged);
      }
    }
    return merged;
  }

  /** One default as `data[key]` finds it: the most precise scope among those that have the key. */
  find(path: string, type: string, key: string): YamlValue | undefined {
    let value: YamlValue | undefined;
    let winner: DefaultSet | null = null;
    for (const set of this.config.defaults) {
      if (!Object.hasOwn(set.values, key) || !this.applies(set, path, type)) continue;
      if (!hasPrecedence(winner, set)) continue;
      value = set.values[key];
      winner = set;
    }
    return value;
  }

  private applies(set: DefaultSet, path: string, type: string): boolean {
    if (set.type !== '' && set.type !== type) return false;
    if (set.path === '') return true;
    const wholeFolders = this.config.engine === 'pages';
    if (set.path.includes('*')) {
      const matched = this.glob(set.path);
      for (let end = 1; end <= path.length; end++) {
        const boundary = end === path.length || path[end] === '/';
        if ((boundary || !wholeFolders) && matched.has(path.slice(0, end))) return true;
      }
      return false;
    }
    if (!wholeFolders) return path.startsWith(set.path);
    const folder = set.path.replace(/\/+$/, '');
    return path === folder || path.startsWith(`${folder}/`);
  }

  /** `Dir.glob` below the source folder. */
  private glob(pattern: string): ReadonlySet<string> {
    let matched = this.globs.get(pattern);
    if (!matched) {
      const matches = picomatch(pattern.replace(/^\/+/, ''));
      const prefix = this.config.source === '.' ? '' : `${this.config.source}/`;
      const found = new Set<string>();
      for (const path of this.files.keys())
        if (path.startsWith(prefix) && matches(path.slice(prefix.length)))
          found.add(path.slice(prefix.length));
      this.globs.set(pattern, (matched = found));
    }
    return matched;
  }
}

function hasPrecedence(old: DefaultSet | null, candidate: DefaultSet): boolean {
  if (!old) return true;
  const difference = sanitized(candidate.path).length - sanitized(old.path).length;
  if (difference !== 0) return difference > 0;
  return candidate.type !== '' || old.type === '';
}

function sanitized(path: string): string {
  return path.startsWith('/') ? path.replace(/^\/|(?<=[^/])$/g, '') : path;
}

/** `Utils.deep_merge_hashes`: mappings are merged, a null on top does not override. */
function deepMerge(below: Values, above: Values, depth = 0): Values {
  const merged: Values = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (value === null && old !== undefined) continue;
    merged[key] = isMap(old) && isMap(value) && depth < 100 ? deepMerge(old, value, depth + 1) : value;
  }
  return merged;
}

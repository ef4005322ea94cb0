/** Places in `_config.yml` for findings about it. */
import { isJustTheDocs } from './theme.js';
import type { Field, Range, YamlValue } from '../../corpus/types.js';
import type { SiteContext } from '../types.js';
import { valueRange } from './fields.js';
import { fromSource } from './tutorial-links.js';
import { fileStart } from './wording.js';
import { YamlPlaces } from './yaml-nodes.js';

/** A `_config.yml` that could be read, with look-ups for values and positions. */
export class ConfigPlaces {
  private nodes: YamlPlaces | null = null;

  private constructor(
    /** Relative to the root. */
    readonly path: string,
    /** The whole text; undefined when it is not at hand. */
    readonly text: string | undefined,
    readonly fields: Record<string, Field>,
  ) {}

  /** Null when there is no configuration or Jekyll cannot read it (which is config-valid's finding). */
  static of<Options>(context: SiteContext<Options>): ConfigPlaces | null {
    const { path, file } = context.site.config;
    if (path === null || file.state !== 'valid' || path.endsWith('.toml')) return null;
    return new ConfigPlaces(path, context.source(path), file.fields);
  }

  /** A top-level field. */
  field(key: string): Field | undefined {
    return Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
  }

  /** The value at a path of keys; null when it is absent. */
  value(...path: string[]): YamlValue {
    const [first, ...rest] = path;
    let value: YamlValue = this.field(first ?? '')?.value ?? null;
    for (const key of rest) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
      value = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
    }
    return value;
  }

  /** The value at a path, or the nearest thing above it that has a place; the file's start for an absent key. */
  range(...path: (string | number)[]): Range {
    for (let length = path.length; length > 1; length--) {
      const range = this.places()?.value(path.slice(0, length));
      if (range && range.start.offset < range.end.offset) return range;
    }
    const field = this.field(String(path[0]));
    return field === undefined ? fileStart : valueRange(field);
  }

  /** The last key of a path. */
  keyRange(...path: (string | number)[]): Range {
    const field = path.length === 1 ? this.field(String(path[0])) : undefined;
    return field?.keyRange ?? this.places()?.key(path) ?? this.range(...path);
  }

  /** A scalar as typed. */
  typed(...path: (string | number)[]): { text: string; quoted: boolean } | null {
    return this.places()?.source(path) ?? null;
  }

  private places(): YamlPlaces | null {
    if (this.text === undefined) return null;
    return (this.nodes ??= new YamlPlaces(this.text));
  }
}

/** The Gemfile beside `_config.yml`; null without one. `forPages`: it installs what GitHub Pages has. */
export function gemfileOf({
  site,
  source,
}: Pick<SiteContext, 'site' | 'source'>): { path: string; text: string; forPages: boolean } | null {
  const path = fromSource(site, 'Gemfile');
  const text = source(path);
  if (text === undefined) return null;
  return { path, text, forPages: /^[ \t]*gem[ \t(]+["']github-pages["']/mu.test(text) };
}

export { isMap as isMapping } from '../../site/config.js';

/** Does the site use just-the-docs, by gem or as remote theme? */
export function usesJustTheDocs(config: ConfigPlaces): boolean {
  return isJustTheDocs(config.value('theme'), config.value('remote_theme'));
}

/** Positions inside the values of a YAML file: `SiteConfig.file` knows those of the top-level keys only. */
import { isCollection, isMap, isPair, isScalar, type Document, type Node } from 'yaml';
import { LineIndex } from '../../corpus/text.js';
import type { Range } from '../../corpus/types.js';
import { parseYaml } from '../../corpus/yaml.js';

/** Finds places in one YAML text; none in a text that nests too deeply to be parsed. */
export class YamlPlaces {
  private readonly lines: LineIndex;
  private readonly document: Document | null;

  constructor(readonly text: string) {
    this.lines = new LineIndex(text);
    this.document = parseYaml(text, { uniqueKeys: false });
  }

  /** The range of the value at a path of keys and indexes; null when there is none. */
  value(path: readonly (string | number)[]): Range | null {
    const node = this.node(path);
    return node?.range ? this.trimmed(node.range[0], node.range[1]) : null;
  }

  /** The range of the last key of a path; null when there is none. */
  key(path: readonly (string | number)[]): Range | null {
    const last = path.at(-1);
    const parent = this.node(path.slice(0, -1));
    if (!isMap(parent)) return null;
    for (const pair of parent.items) {
      const key = pair.key;
      if (isScalar(key) && String(key.value) === String(last) && key.range) {
        return this.lines.range(key.range[0], key.range[1]);
      }
    }
    return null;
  }

  /** A scalar as the author typed it, quotes not included; null when the path holds no scalar. */
  source(path: readonly (string | number)[]): { text: string; quoted: boolean } | null {
    const node = this.node(path);
    if (!isScalar(node)) return null;
    return { text: node.source ?? '', quoted: node.type !== 'PLAIN' };
  }

  private node(path: readonly (string | number)[]): Node | null {
    let node: unknown = this.document?.contents ?? null;
    for (const step of path) {
      if (!isCollection(node)) return null;
      node = node.get(step, true);
      if (isPair(node)) node = node.value;
    }
    return (node as Node | null | undefined) ?? null;
  }

  private trimmed(start: number, end: number): Range {
    let last = end;
    while (last > start && /\s/u.test(this.text[last - 1] ?? '')) last--;
    return this.lines.range(start, last);
  }
}

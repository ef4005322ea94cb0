/** Which file an author may have meant by a path that leads nowhere. */
import { Nearest } from '../corpus/nearest.js';

const INDEX_NAMES = ['README.md', 'index.md', 'Readme.md', 'readme.md', 'index.html'];

/** Look-ups over the published sources of a site; paths are relative to the source folder. */
export class Suggester {
  private readonly sources: ReadonlySet<string>;
  private readonly byLowerCase = new Map<string, string>();
  private readonly byName = new Map<string, string | null>();
  private readonly names = new Map<string, string[]>();
  /** Names by folder; made for the folders that broken links lead to. */
  private readonly likeness = new Map<string, Nearest>();

  constructor(sources: readonly string[]) {
    this.sources = new Set(sources);
    for (const source of sources) {
      const slash = source.lastIndexOf('/');
      const name = source.slice(slash + 1);
      const folder = source.slice(0, slash + 1);
      this.byLowerCase.set(source.toLowerCase(), source);
      const key = name.toLowerCase();
      this.byName.set(key, this.byName.has(key) ? null : source);
      const siblings = this.names.get(folder);
      if (siblings) siblings.push(name);
      else this.names.set(folder, [name]);
    }
  }

  /** The file that opens a folder; null when it has none. */
  indexOf(folder: string): string | null {
    const prefix = folder === '' ? '' : `${folder}/`;
    const name = INDEX_NAMES.find((candidate) => this.sources.has(prefix + candidate));
    return name === undefined ? null : prefix + name;
  }

  /** The likeliest file: other case, missing extension, a name that exists once, a similar name in the same folder. */
  nearest(path: string): string | null {
    const lower = path.toLowerCase();
    const stem = lower.replace(/\.html?$/, '');
    const direct = this.byLowerCase.get(lower) ?? this.byLowerCase.get(`${stem}.md`);
    if (direct !== undefined) return direct;
    const slash = path.lastIndexOf('/');
    const named = this.byName.get(lower.slice(slash + 1)) ?? this.byName.get(`${stem.slice(slash + 1)}.md`);
    if (named) return named;
    return this.alike(path.slice(0, slash + 1), path.slice(slash + 1));
  }

  private alike(folder: string, name: string): string | null {
    let likeness = this.likeness.get(folder);
    if (!likeness) this.likeness.set(folder, (likeness = new Nearest(this.names.get(folder) ?? [])));
    const found = likeness.find(name);
    return found === null ? null : folder + found;
  }
}

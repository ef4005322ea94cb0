/** Which file an author may have meant by a path that leads nowhere. */
import { distance } from 'fastest-levenshtein';

const INDEX_NAMES = ['README.md', 'index.md', 'Readme.md', 'readme.md', 'index.html'];
/** Folders with more files are not searched by likeness: the look-up must stay cheap per broken link. */
const MAX_SIBLINGS = 200;
const MAX_LENGTH = 200;
/** After so many different paths the search by likeness ends: a corpus with that many broken links has other needs. */
const MAX_SEARCHES = 10_000;

/** Look-ups over the published sources of a site; paths are relative to the source folder. */
export class Suggester {
  private readonly sources: ReadonlySet<string>;
  private readonly byLowerCase = new Map<string, string>();
  private readonly byName = new Map<string, string | null>();
  private readonly byFolder = new Map<string, string[]>();
  private readonly searched = new Map<string, string | null>();

  constructor(sources: readonly string[]) {
    this.sources = new Set(sources);
    for (const source of sources) {
      const slash = source.lastIndexOf('/');
      const name = source.slice(slash + 1).toLowerCase();
      const folder = source.slice(0, Math.max(slash, 0));
      this.byLowerCase.set(source.toLowerCase(), source);
      this.byName.set(name, this.byName.has(name) ? null : source);
      const siblings = this.byFolder.get(folder);
      if (siblings) siblings.push(source);
      else this.byFolder.set(folder, [source]);
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
    let found = this.searched.get(path);
    if (found === undefined) {
      found = this.searched.size < MAX_SEARCHES ? this.alike(path, slash) : null;
      this.searched.set(path, found);
    }
    return found;
  }

  private alike(path: string, slash: number): string | null {
    const siblings = this.byFolder.get(path.slice(0, Math.max(slash, 0))) ?? [];
    if (siblings.length > MAX_SIBLINGS || path.length > MAX_LENGTH) return null;
    const lower = path.toLowerCase();
    let best: string | null = null;
    let least = Math.max(2, Math.floor((path.length - slash) / 4)) + 1;
    for (const sibling of siblings) {
      const edits = distance(lower, sibling.toLowerCase());
      if (edits < least) {
        least = edits;
        best = sibling;
      }
    }
    return best;
  }
}

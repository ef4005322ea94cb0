/**
 * Which files Jekyll reads: the walk of jekyll/lib/jekyll/reader.rb with the filter of entry_filter.rb. Jekyll 4 also
 * reads files that `include` names with their path, and passes over names that end with a dot.
 */
import type { FileEntry } from '../corpus/types.js';
import { collectionFolder } from './config.js';
import { fnmatch } from './ruby.js';
import type { SiteConfig } from './types.js';

/** A file that Jekyll reads. */
export interface ReadFile {
  /** Relative to the root; below a symbolic link it leads through the link. */
  path: string;
  /** The file itself, when `path` is or leads through a symbolic link. */
  realPath: string;
  /** Relative to the source folder. */
  source: string;
}

export interface ReadEntries {
  /** Pages and static files. */
  files: ReadFile[];
  /** Files of `_posts` folders. */
  posts: ReadFile[];
  /** Files of each configured collection. */
  collections: Map<string, ReadFile[]>;
}

/**
 * Does an entry match one of the patterns of `include` or `exclude`? A pattern matches as a glob whose `*` crosses `/`,
 * **and as a plain prefix** of the entry's path.
 *
 * @param entry path relative to the source folder
 * @param isFolder a pattern with a final slash matches the folder of that name
 */
export function matchesPattern(patterns: readonly string[], entry: string, isFolder: boolean): boolean {
  return patterns.some((given) => {
    const pattern = given.replace(/^\/+/, '');
    return fnmatch(pattern, entry) || entry.startsWith(pattern) || (isFolder && pattern === `${entry}/`);
  });
}

/**
 * Walks the source folder as Jekyll does.
 *
 * @param files every file and folder of the root
 */
export function readEntries(files: ReadonlyMap<string, FileEntry>, config: SiteConfig): ReadEntries {
  return new Walk(files, config).run();
}

interface Folder {
  /** Relative to the source folder, empty for itself. */
  source: string;
  /** The real folder relative to the root, empty for the root. */
  real: string;
  /** Real folders on the way here that a symbolic link led to: a link back to one of them is a loop. */
  linked: readonly string[];
}

interface Entry extends Folder {
  name: string;
  isFolder: boolean;
}

class Walk {
  private readonly children = new Map<string, FileEntry[]>();
  private readonly root: string;
  private readonly result: ReadEntries = { files: [], posts: [], collections: new Map() };

  constructor(
    private readonly files: ReadonlyMap<string, FileEntry>,
    private readonly config: SiteConfig,
  ) {
    this.root = config.source === '.' ? '' : config.source;
    for (const entry of files.values()) {
      const slash = entry.path.lastIndexOf('/');
      const folder = slash === -1 ? '' : entry.path.slice(0, slash);
      const list = this.children.get(folder);
      if (list) list.push(entry);
      else this.children.set(folder, [entry]);
    }
  }

  run(): ReadEntries {
    const top: Folder = { source: '', real: this.root, linked: [] };
    const open: Folder[] = [top];
    for (let folder = open.pop(); folder; folder = open.pop()) {
      for (const entry of this.entries(folder)) {
        if (entry.name === '_posts' && entry.isFolder) this.collect(entry, this.result.posts, true);
        if (!this.isRead(entry.name, entry)) continue;
        if (!entry.isFolder) this.result.files.push(this.file(entry));
        else if (!this.isDestination(entry.source)) open.push(entry);
      }
    }
    if (this.config.engine === 'actions') this.readIncluded();
    this.readCollections(top);
    const bySource = (a: ReadFile, b: ReadFile): number => (a.source < b.source ? -1 : 1);
    this.result.files.sort(bySource);
    this.result.posts.sort(bySource);
    return this.result;
  }

  /** What a folder holds, symbolic links followed. */
  private entries(folder: Folder): Entry[] {
    const found: Entry[] = [];
    for (const entry of this.children.get(folder.real) ?? []) {
      const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
      const source = folder.source === '' ? name : `${folder.source}/${name}`;
      if (entry.kind !== 'symlink') {
        found.push({
          name,
          source,
          real: entry.path,
          linked: folder.linked,
          isFolder: entry.kind === 'directory',
        });
        continue;
      }
      const { target, targetKind } = entry;
      if (target === null || targetKind === null) continue;
      // GitHub Pages builds in safe mode, which drops links that leave the source folder.
      if (this.config.engine === 'pages' && !inside(target, this.root)) continue;
      if (targetKind === 'directory' && (inside(folder.real, target) || folder.linked.includes(target)))
        continue;
      found.push({
        name,
        source,
        real: target,
        linked: targetKind === 'directory' ? [...folder.linked, target] : folder.linked,
        isFolder: targetKind === 'directory',
      });
    }
    return found;
  }

  /** `EntryFilter#filter`; `entry` is the name as the reader passes it, which may hold folders. */
  private isRead(entry: string, { source, isFolder }: Pick<Entry, 'source' | 'isFolder'>): boolean {
    if (this.config.engine === 'actions' && entry.endsWith('.')) return false;
    const base = entry.slice(entry.lastIndexOf('/') + 1);
    const included =
      matchesPattern(this.config.include, entry, isFolder) ||
      matchesPattern(this.config.include, base, isFolder);
    if (included) return true;
    if (matchesPattern(this.config.exclude, source, isFolder)) return false;
    return !/^[._#~]/.test(entry) && !/^[._#~]/.test(base) && !entry.endsWith('~');
  }

  /** Every file below a folder that passes the filter, with its path below the folder as the entry. */
  private collect(folder: Entry, into: ReadFile[], hiddenSkipped: boolean): void {
    const open: Folder[] = [folder];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const entry of this.entries(next)) {
        // `Dir["**/*"]`, which the reader of posts uses, passes over hidden names.
        if (hiddenSkipped && entry.name.startsWith('.')) continue;
        if (entry.isFolder) open.push(entry);
        else if (this.isRead(entry.source.slice(folder.source.length + 1), entry))
          into.push(this.file(entry));
      }
    }
  }

  /** Files that `include` names with their path are read even when a folder above them is not. */
  private readIncluded(): void {
    const known = new Set(this.result.files.map((file) => file.source));
    for (const pattern of this.config.include) {
      const source = pattern.replace(/^\/+/, '');
      const entry = this.files.get(this.rooted(source));
      if (entry?.kind !== 'file' || known.has(source)) continue;
      known.add(source);
      this.result.files.push({ path: entry.path, realPath: entry.path, source });
    }
  }

  private readCollections(top: Folder): void {
    for (const label of this.config.collections) {
      if (label === 'posts' || label === 'data') continue;
      const source = collectionFolder(label, this.config);
      const entry = this.files.get(this.rooted(source));
      const documents: ReadFile[] = [];
      if (entry?.kind === 'directory')
        this.collect(
          { ...top, name: `_${label}`, source, real: entry.path, isFolder: true },
          documents,
          false,
        );
      documents.sort((a, b) => (a.source < b.source ? -1 : 1));
      this.result.collections.set(label, documents);
    }
  }

  private isDestination(source: string): boolean {
    const { destination } = this.config.data;
    return (
      this.config.engine === 'actions' &&
      typeof destination === 'string' &&
      destination.replace(/^\.\//, '').replace(/\/+$/, '') === source
    );
  }

  private file(entry: Entry): ReadFile {
    return { path: this.rooted(entry.source), realPath: entry.real, source: entry.source };
  }

  private rooted(source: string): string {
    return this.root === '' ? source : `${this.root}/${source}`;
  }
}

function inside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

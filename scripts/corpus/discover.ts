/** Walks the root: every file, folder and symlink, without ever leaving it. */
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FileEntry } from './types.js';

/** Folders that are never part of a corpus. Jekyll's own output and caches are among them. */
const NEVER = new Set(['.git', 'node_modules', '_site', '.jekyll-cache', '.corpus']);
/** Build folders of the programs that pages show: thousands of files that no page is made from. */
const BUILD_FOLDERS = new Set(['target']);

export interface Discovery {
  files: Map<string, FileEntry>;
  /** Folders that could not be listed, with the system's reason. */
  unreadable: { path: string; reason: string }[];
}

/**
 * @param root absolute path of the corpus' root
 * @returns every entry by its root-relative path with `/`, sorted by path; symlinked folders are not descended into
 */
export async function discover(root: string): Promise<Discovery> {
  const real = await realpath(root);
  const files = new Map<string, FileEntry>();
  const unreadable: Discovery['unreadable'] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    let entries;
    try {
      entries = await readdir(path.join(root, folder), { withFileTypes: true });
    } catch (error) {
      unreadable.push({ path: folder, reason: errorCode(error) });
      continue;
    }
    for (const entry of entries) {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (NEVER.has(entry.name) || (BUILD_FOLDERS.has(entry.name) && (await isBuildFolder(root, relative))))
          continue;
        files.set(relative, { path: relative, kind: 'directory', target: null, targetKind: null });
        folders.push(relative);
      } else if (entry.isSymbolicLink()) {
        files.set(relative, await symlink(root, real, relative));
      } else if (entry.isFile()) {
        files.set(relative, { path: relative, kind: 'file', target: null, targetKind: null });
      }
    }
  }
  const sorted = new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { files: sorted, unreadable };
}

/** `target` is cargo's and Maven's output, but also an ordinary word: only a folder beside a manifest counts. */
async function isBuildFolder(root: string, relative: string): Promise<boolean> {
  const parent = path.join(root, path.posix.dirname(relative));
  for (const manifest of ['Cargo.toml', 'pom.xml'])
    if (
      await lstat(path.join(parent, manifest)).then(
        () => true,
        () => false,
      )
    )
      return true;
  return false;
}

async function symlink(root: string, real: string, relative: string): Promise<FileEntry> {
  const entry: FileEntry = { path: relative, kind: 'symlink', target: null, targetKind: null };
  const absolute = path.join(root, relative);
  try {
    const target = await realpath(absolute);
    const inside = path.relative(real, target);
    if (inside === '' || inside.startsWith('..') || path.isAbsolute(inside)) return entry;
    entry.target = inside.split(path.sep).join('/');
    entry.targetKind = (await stat(absolute)).isDirectory() ? 'directory' : 'file';
  } catch {
    // A dangling link or a loop: the entry says so by having no target.
  }
  return entry;
}

/** Does a symlink lead outside the root (rather than nowhere or in a circle)? Reads the link, never its target. */
export async function leavesRoot(root: string, relative: string): Promise<boolean> {
  try {
    const target = await readlink(path.join(root, relative));
    const inside = path.relative(root, path.resolve(root, path.posix.dirname(relative), target));
    return inside.startsWith('..') || path.isAbsolute(inside);
  } catch {
    return false;
  }
}

/** The system's reason in one word, e.g. `EACCES`. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** Walks the root: every file, folder and symlink, without ever leaving it. */
import { constants } from 'node:fs';
import { access, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { globby, type Options } from 'globby';
import { pathBelow } from './paths.js';
import type { FileEntry } from './types.js';

/** Folders that are never part of a corpus. Jekyll's own output and caches are among them. */
const NEVER = ['.git', 'node_modules', '_site', '.jekyll-cache', '.corpus'].map((name) => `**/${name}`);

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
  const options: Options = {
    cwd: root,
    dot: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    onlyFiles: false,
    // One folder that may not be listed must not end the walk; it is named below.
    suppressErrors: true,
  };
  // `target` is cargo's and Maven's output, but also an ordinary word: only a folder beside a manifest counts.
  const manifests = await globby(['**/Cargo.toml', '**/pom.xml'], {
    ...options,
    ignore: [...NEVER, '**/target'],
  });
  const outputs = manifests.map((manifest) =>
    globEscape(path.posix.join(path.posix.dirname(manifest), 'target')),
  );
  const entries = await globby('**', { ...options, objectMode: true, ignore: [...NEVER, ...outputs] });

  const files = new Map<string, FileEntry>();
  const unreadable: Discovery['unreadable'] = [];
  for (const { path: relative, dirent } of entries.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (dirent.isSymbolicLink()) files.set(relative, await symlink(root, real, relative));
    else if (dirent.isDirectory()) {
      files.set(relative, { path: relative, kind: 'directory', target: null, targetKind: null });
      const reason = await cannotList(path.join(root, relative));
      if (reason) unreadable.push({ path: relative, reason });
    } else if (dirent.isFile())
      files.set(relative, { path: relative, kind: 'file', target: null, targetKind: null });
  }
  return { files, unreadable };
}

async function cannotList(folder: string): Promise<string | null> {
  try {
    await access(folder, constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

function globEscape(name: string): string {
  return name.replace(/[\\$^*+?()[\]{}!|@]/g, '\\$&');
}

async function symlink(root: string, real: string, relative: string): Promise<FileEntry> {
  const entry: FileEntry = { path: relative, kind: 'symlink', target: null, targetKind: null };
  const absolute = path.join(root, relative);
  try {
    const target = await realpath(absolute);
    const inside = pathBelow(real, target);
    if (inside === null || inside === '') return entry;
    const status = await stat(absolute);
    // Reading a named pipe or a device would block for ever.
    if (!status.isDirectory() && !status.isFile()) return entry;
    entry.target = inside;
    entry.targetKind = status.isDirectory() ? 'directory' : 'file';
  } catch {
    // A dangling link or a loop: like one that leads outside, the entry has no target.
  }
  return entry;
}

/** Does a symlink lead outside the root (rather than nowhere or in a circle)? Reads the link, never its target. */
export async function leavesRoot(root: string, relative: string): Promise<boolean> {
  try {
    const target = await readlink(path.join(root, relative));
    return pathBelow(root, path.resolve(root, path.posix.dirname(relative), target)) === null;
  } catch {
    return false;
  }
}

/** The system's reason in one word, e.g. `EACCES`. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

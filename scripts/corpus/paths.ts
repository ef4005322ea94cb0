/** Paths of the machine as paths of the corpus. */
import path from 'node:path';

/**
 * Where a file lies below a folder.
 *
 * @param folder absolute
 * @param file absolute; a name may begin with two dots (`..notes.md`) without leaving the folder
 * @returns the relative path with `/` on every system, empty for the folder itself; null for a file outside
 */
export function pathBelow(folder: string, file: string): string | null {
  const relative = path.relative(folder, file);
  // On Windows the way to another drive is an absolute path.
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) return null;
  return relative.split(path.sep).join('/');
}

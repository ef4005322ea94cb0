/** The only door to the disk for reading listings: nothing outside the root passes it. */
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pathBelow } from '../corpus/paths.js';

export interface DirectoryEntry {
  name: string;
  kind: 'file' | 'directory' | 'symlink' | 'other';
}

/** What `loadListings` needs of a file system; paths are relative to the root, with `/`. */
export interface ListingsIo {
  /** The entries of a folder, in any order; null when it does not exist, is no folder or lies outside the root. */
  list(folder: string): Promise<DirectoryEntry[] | null>;
  /** The bytes of a file, or why they are not read: `missing`, `outside` the root, `not-a-file`, `unreadable`. */
  read(file: string): Promise<{ bytes: Uint8Array } | { refused: Refusal }>;
}

export type Refusal = 'missing' | 'outside' | 'not-a-file' | 'unreadable';

/** Files larger than this are no listing; reading one would only fill the memory. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The file system below `root`.
 *
 * @param root - absolute path. A path with `..` or a symbolic link that leads out of it is refused before anything
 *   is opened.
 */
export function diskIo(root: string): ListingsIo {
  let realRoot: Promise<string> | undefined;

  async function inside(relative: string): Promise<{ absolute: string } | { refused: Refusal }> {
    const absolute = path.resolve(root, relative);
    if (pathBelow(root, absolute) === null) return { refused: 'outside' };
    realRoot ??= realpath(root);
    try {
      const real = await realpath(absolute);
      return pathBelow(await realRoot, real) === null ? { refused: 'outside' } : { absolute: real };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { refused: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
    }
  }

  return {
    async list(folder) {
      const place = await inside(folder);
      if ('refused' in place) return null;
      try {
        const entries = await readdir(place.absolute, { withFileTypes: true });
        return entries.map((entry) => ({
          name: entry.name,
          kind: entry.isFile()
            ? 'file'
            : entry.isDirectory()
              ? 'directory'
              : entry.isSymbolicLink()
                ? 'symlink'
                : 'other',
        }));
      } catch {
        return null;
      }
    },
    async read(file) {
      const place = await inside(file);
      if ('refused' in place) return place;
      try {
        const status = await lstat(place.absolute);
        // A named pipe or a device would block for ever.
        if (!status.isFile() || status.size > MAX_BYTES) return { refused: 'not-a-file' };
        return { bytes: await readFile(place.absolute) };
      } catch {
        return { refused: 'unreadable' };
      }
    },
  };
}

/** The text of a file, or a sentence about why there is none; `missing` when there is no such file. */
export async function readText(
  io: ListingsIo,
  file: string,
): Promise<{ text: string } | { problem: string; missing: boolean }> {
  const result = await io.read(file);
  if ('refused' in result)
    return { problem: refusalMessage(file, result.refused), missing: result.refused === 'missing' };
  const text = decode(result.bytes);
  return text === null ? { problem: `\`${file}\` is not UTF-8 text`, missing: false } : { text };
}

export function refusalMessage(file: string, refusal: Refusal): string {
  const reasons: Record<Refusal, string> = {
    missing: 'does not exist',
    outside: 'leads out of the repository; nothing outside it is read',
    'not-a-file': 'is no regular file of at most 16 MiB',
    unreadable: 'cannot be read',
  };
  return `\`${file}\` ${reasons[refusal]}`;
}

function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

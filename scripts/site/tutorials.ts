/** Tutorials: folders with an index page and numbered chapters, found by the globs and patterns of `corpus.yml`. */
import picomatch from 'picomatch';
import { chapterPattern, type CorpusConfig } from '../corpus/config.js';
import type { FileEntry } from '../corpus/types.js';
import { toText } from './ruby.js';
import type { Chapter, Page, Tutorial } from './types.js';

const INDEX_NAMES = ['README.md', 'index.md'];

/**
 * Finds the tutorials of a site, sorted by folder.
 *
 * @param source folder relative to the root, to which the globs are relative
 */
export function findTutorials(
  files: ReadonlyMap<string, FileEntry>,
  byPath: ReadonlyMap<string, Page>,
  config: CorpusConfig,
  source: string,
): Tutorial[] {
  const prefix = source === '.' ? '' : `${source}/`;
  const matches = picomatch(config.tutorials);
  const folders = new Map<string, Page[]>();
  for (const entry of files.values())
    if (
      entry.kind === 'directory' &&
      entry.path.startsWith(prefix) &&
      matches(entry.path.slice(prefix.length))
    )
      folders.set(entry.path, []);
  for (const page of byPath.values())
    if (page.markdown) folders.get(page.path.slice(0, Math.max(0, page.path.lastIndexOf('/'))))?.push(page);
  const pattern = chapterPattern(config);
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, pages]) => {
      const index = INDEX_NAMES.map((name) => byPath.get(`${folder}/${name}`)).find(
        (page) => page !== undefined,
      );
      const chapters = pages.filter((page) => page !== index).map((page) => chapter(page, pattern));
      chapters.sort(byNumber);
      return { folder, slug: folder.slice(folder.lastIndexOf('/') + 1), index: index ?? null, chapters };
    });
}

function chapter(page: Page, pattern: RegExp): Chapter {
  const name = page.path.slice(page.path.lastIndexOf('/') + 1);
  const digits = pattern.exec(name)?.[1];
  const number = digits !== undefined && /^\d+$/.test(digits) ? Number(digits) : null;
  const title = page.data.get('title');
  const text = title ? toText(title.value, title.type) : '';
  return { page, number, title: text.replace(/^Chapter \d+:\s*/, '') };
}

/** By number, those without one last, equal ones by name. */
function byNumber(left: Chapter, right: Chapter): number {
  const difference = (left.number ?? Infinity) - (right.number ?? Infinity);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return left.page.path < right.page.path ? -1 : left.page.path > right.page.path ? 1 : 0;
}

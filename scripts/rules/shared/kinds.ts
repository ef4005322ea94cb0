/** What part a page plays in the tutorial format. */
import type { Chapter, Page, Site, Tutorial } from '../../site/types.js';

export type PageKind = 'index' | 'chapter' | 'page';

export interface Part {
  kind: PageKind;
  /** Null for `page`. */
  tutorial: Tutorial | null;
  /** Null for anything but a chapter. */
  chapter: Chapter | null;
}

/** The part of every page that belongs to a tutorial; pages that are absent are of kind `page`. */
export function tutorialParts(site: Site): Map<Page, Part> {
  const parts = new Map<Page, Part>();
  for (const tutorial of site.tutorials) {
    if (tutorial.index !== null) parts.set(tutorial.index, { kind: 'index', tutorial, chapter: null });
    for (const chapter of tutorial.chapters) parts.set(chapter.page, { kind: 'chapter', tutorial, chapter });
  }
  return parts;
}

/** `Chapter 3: Transports` taken apart; null when the title does not begin that way. */
export function chapterTitle(title: string): { number: string; rest: string } | null {
  const match = /^Chapter (\d+): (\S.*)$/su.exec(title);
  return match === null ? null : { number: match[1] ?? '', rest: match[2] ?? '' };
}

/**
 * A title as part of a file name: lower-case ASCII letters and digits, one `-` for everything between them;
 * accents and apostrophes are dropped.
 */
export function titleSlug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}

/** The slug in a chapter's file name by the configured pattern (second group); null when the name does not match. */
export function fileSlug(path: string, pattern: RegExp): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return pattern.exec(name)?.[2] ?? null;
}

/**
 * Can a file be a page of the site by its path? Jekyll reads nothing below folders whose names begin with a dot, and
 * its own folders hold parts of pages. Source: `EntryFilter#filter` and the defaults in Jekyll's `configuration.rb`.
 */
export function mayBePage(path: string): boolean {
  return !/(?:^|\/)(?:\.|_(?:includes|layouts|sass|data|site|plugins)\/)/u.test(path);
}

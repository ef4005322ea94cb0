/** Findings about links and images whose target a browser would not get. */
import picomatch from 'picomatch';
import { z } from 'zod';
import type { Page, ResolvedLink, Site } from '../../site/types.js';
import type { Edit, RuleFinding, SiteContext } from '../types.js';
import { definitionEnds, isImage, rewriteDestination, shownLinks } from './links.js';
import { code } from './wording.js';

/** Options of both rules. */
export interface TargetOptions {
  elsewhere: string[];
}
export const targetOptions = z.strictObject({
  elsewhere: z
    .array(z.string())
    .default([])
    .describe(
      'Globs of destinations, as they are written and without fragment, that something else than Jekyll delivers.',
    ),
});

/** What is wrong, what was expected and what to do; `suggestion` is at best likely. */
function describe(site: Site, { link, reason, suggestion }: ResolvedLink): string | null {
  const typed = code(link.destination);
  const instead = suggestion === null ? '' : ` ${code(suggestion)}`;
  const thing = isImage(link) ? 'an image of the site' : 'a page or file of the site';
  switch (reason) {
    case 'missing': {
      const guess = suggestion === null ? 'correct the path or remove the link' : `did you mean${instead}?`;
      return `${typed} leads to nothing: expected the path of ${thing}, relative to this one; ${guess}`;
    }
    case 'no-index': {
      const advice = suggestion === null ? 'link a page in it or add a README.md' : `write${instead}`;
      return `${typed} leads to a folder without index page: expected a page; ${advice}`;
    }
    case 'unpublished':
      return `${typed} leads to a file that Jekyll does not publish (by its name, \`exclude\` or \`published: false\`): expected ${thing}; publish the file or link another`;
    case 'missing-baseurl': {
      const advice = suggestion === null ? 'write a path relative to this page' : `write${instead}`;
      return `${typed} begins at the root of the host, and the site is published below ${code(site.config.baseurl)}: expected a relative path; ${advice}`;
    }
    case 'malformed':
      return `${typed} has a \`%\` without two hexadecimal digits: expected a percent escape; write \`%25\` for the character itself`;
    default:
      return null;
  }
}

/** The edits where the target is beyond doubt: the index of the folder that is linked, the path without the root. */
function repair(
  resolved: ResolvedLink,
  source: string,
  ends: ReadonlyMap<number, number>,
): Edit[] | undefined {
  const { link, reason, suggestion } = resolved;
  if (suggestion === null) return undefined;
  const folder = link.destination.replace(/[#?].*$/s, '').replace(/\/+$/, '');
  const certain =
    reason === 'missing-baseurl' ||
    (reason === 'no-index' &&
      suggestion.replace(/^(?:\.\/)+/, '').startsWith(`${folder.replace(/^(?:\.\/)+/, '')}/`));
  if (!certain) return undefined;
  return rewriteDestination(source, link, suggestion, ends.get(link.destinationRange.start.offset));
}

/** Findings of `link-target` (images left out) or of `image-target` (images only). */
export function* missingTargets(context: SiteContext<TargetOptions>, images: boolean): Iterable<RuleFinding> {
  const elsewhere = picomatch(context.options.elsewhere, { dot: true });
  for (const page of context.site.pages) {
    const source = context.source(page.path) ?? context.source(page.facts.path);
    if (source === undefined) continue;
    yield* ofPage(context.site, page, source, { images, elsewhere });
  }
}

function* ofPage(
  site: Site,
  page: Page,
  source: string,
  { images, elsewhere }: { images: boolean; elsewhere: (destination: string) => boolean },
): Iterable<RuleFinding> {
  const ends = definitionEnds(page);
  for (const resolved of shownLinks(page)) {
    if (resolved.status !== 'broken' || isImage(resolved.link) !== images) continue;
    if (elsewhere(resolved.link.destination.replace(/[#?].*$/s, ''))) continue;
    const message = describe(site, resolved);
    if (message === null) continue;
    const edits = repair(resolved, source, ends);
    yield { file: page.path, range: resolved.link.destinationRange, message, ...(edits && { edits }) };
  }
}

import type { Page, ResolvedLink } from '../../site/types.js';
import {
  definitionEnds,
  isBracketed,
  isBroken,
  isSpaced,
  rewriteDestination,
  shownLinks,
} from '../shared/links.js';
import { code } from '../shared/wording.js';
import { siteRule, type Edit, type RuleFinding } from '../types.js';

/** What in the form of a link keeps jekyll-relative-links from rewriting it; null when the form is not at fault. */
function fault(source: string, { link }: ResolvedLink): string | null {
  if (link.kind.startsWith('html-')) return 'it stands in HTML';
  if (link.title !== null) return 'it has a title';
  if (isBracketed(source, link)) return 'it stands in angle brackets';
  if (isBroken(source, link)) return 'its text runs over the end of a line';
  if (isSpaced(source, link)) return 'a blank or a line end stands beside its address';
  if (/^\[!\[/.test(source.slice(link.range.start.offset, link.range.start.offset + 3)))
    return 'its text is an image';
  const path = link.destination.replace(/#.*$/s, '');
  if (path.includes('?')) return 'it has a query';
  if (/#$/.test(link.destination)) return 'it ends with an empty fragment';
  if (/%[0-9a-f]{2}/i.test(link.raw)) return 'it has percent escapes';
  if (path.startsWith('/')) return 'it begins with a slash';
  if (/[()]/.test(path)) return 'it has parentheses';
  return null;
}

/** The same destination where only the form around it is at fault. */
function portable(source: string, { link, suggestion }: ResolvedLink): string | null {
  if (suggestion !== null) return suggestion;
  const formOnly = isBracketed(source, link) || isBroken(source, link) || isSpaced(source, link);
  return formOnly && !/[\s()<>%?+]/.test(link.raw) ? link.raw : null;
}

function remedy(source: string, resolved: ResolvedLink, destination: string | null): string {
  const { link } = resolved;
  if (link.kind.startsWith('html-')) return 'write a Markdown link, or the address of the rendered page';
  if (link.title !== null) return 'remove the title';
  if (isBroken(source, link))
    return `${isBracketed(source, link) && destination !== null ? `write ${code(destination)} and ` : ''}put the text on one line`;
  if (destination !== null) return `write ${code(destination)}`;
  if (/^\[!\[/.test(source.slice(link.range.start.offset, link.range.start.offset + 3)))
    return 'add a text link beside the image';
  return 'link the source file by its relative path, and rename it when its name has blanks or signs';
}

interface Verdict {
  severity: 'error' | 'warning' | 'info';
  message: string;
}

/** What the plugin does with the links of a page: nothing without the plugin, nor in posts and collections by default. */
type Reach = 'active' | 'inactive' | 'passed over';

function judge(
  source: string,
  resolved: ResolvedLink,
  destination: string | null,
  reach: Reach,
): Verdict | null {
  const typed = code(resolved.link.destination);
  const why = fault(source, resolved);
  const because = why === null ? '' : `, because ${why}`;
  const advice = remedy(source, resolved, destination);
  switch (resolved.reason) {
    case 'not-rewritten':
      if (reach === 'inactive')
        return {
          severity: 'error',
          message: `${typed} stays as it is, because jekyll-relative-links is not active: expected the address of the rendered page; list the plugin in ${code('_config.yml')}`,
        };
      if (reach === 'passed over')
        return {
          severity: 'error',
          message: `${typed} stays as it is, because jekyll-relative-links leaves posts and collections alone: expected the address of the rendered page; ${destination === null ? 'write it' : `write ${code(destination)}`}, or set ${code('relative_links: {enabled: true, collections: true}')} in ${code('_config.yml')}`,
        };
      return {
        severity: 'error',
        message: `${typed} stays as it is${because}, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; ${advice}`,
      };
    case 'shifted':
      return {
        severity: 'error',
        message: `${typed} is taken from the address of this page, which is one folder deeper than its source: expected a form that jekyll-relative-links rewrites; ${advice}`,
      };
    case 'raw-markdown':
      return {
        severity: 'warning',
        message: `${typed} leads to a file that is published as raw Markdown: expected a page; give the file front matter, or link its address on GitHub`,
      };
    case 'redirect':
      return {
        severity: 'info',
        message: `${typed} leads to a folder without the final slash and works only where the server redirects: expected the page itself; ${advice}`,
      };
    case null:
      if (!resolved.engineDependent || resolved.status === 'broken') return null;
      return {
        severity: 'warning',
        message: `${typed} is rewritten by one of GitHub Pages' build and an own build only${because}: expected a form that works in both; ${advice}`,
      };
    default:
      return null;
  }
}

function* checkPage(page: Page, source: string, reach: Reach): Iterable<RuleFinding> {
  const ends = definitionEnds(page);
  for (const resolved of shownLinks(page)) {
    if (resolved.reason === null && !resolved.engineDependent) continue;
    const destination = reach === 'passed over' ? resolved.suggestion : portable(source, resolved);
    const verdict = judge(source, resolved, destination, reach);
    if (!verdict) continue;
    const { link, reason } = resolved;
    const edits: Edit[] | undefined =
      destination === null ||
      reason === 'raw-markdown' ||
      (reach === 'inactive' && reason === 'not-rewritten')
        ? undefined
        : rewriteDestination(source, link, destination, ends.get(link.destinationRange.start.offset));
    yield { file: page.path, range: link.destinationRange, ...verdict, ...(edits && { edits }) };
  }
  for (const { range, path, href, within } of page.rewrittenNonLinks) {
    // Nobody sees comments, and what stands in other HTML is no Markdown for kramdown either.
    if (within === 'html') continue;
    const where = {
      'code-block': 'in a code block',
      'code-span': 'in a code span',
      text: 'in text that is no link',
    };
    yield {
      file: page.path,
      range,
      severity: 'warning',
      message: `${code(path)} ${where[within]} is shown as ${code(href)}, because jekyll-relative-links takes it for a link: expected the text as typed; name a file that the site does not have, or break the pattern of a link`,
    };
  }
}

const HEAD = '---\ntitle: Lamp\n---\n\n';
const BULB = '---\ntitle: Bulb\n---\n\n## On\n';

export const linkForm = siteRule({
  id: 'link-form',
  theme: 'links',
  severity: 'error',
  preset: 'recommended',
  summary: 'A link to a page has a form that becomes the address of the page on every engine.',
  documentation: `
jekyll-relative-links turns \`bulb.md\` into the address of the rendered page with a regular expression over the raw text
(\`lib/jekyll-relative-links/generator.rb\`). It does not see every form of a link, and 0.6.1 (the build of GitHub Pages) sees
others than 0.7.0 (an own build). Portable is \`[text](relative/path.md#fragment)\`: on one line, without title, angle
brackets, escapes, query or leading slash. The rule reports links that stay as they are (error), links that are rewritten
by one build only, links to raw Markdown, and text in code that is rewritten although it is no link (warnings), and links
that work by a redirect (info). With pretty permalinks, a link that stays as it is counts from a deeper folder (error).

The reader gets the error page, a download of Markdown, or a code sample that is not what you typed.

Run \`corpus fix\`, which writes the portable form. It does not remove titles: they are your text.
`,
  fixable: true,
  *check(context) {
    const { enabled, collections } = context.site.config.relativeLinks;
    for (const page of context.site.pages) {
      const source = context.source(page.path) ?? context.source(page.facts.path);
      const reach = !enabled ? 'inactive' : page.kind === 'page' || collections ? 'active' : 'passed over';
      if (source !== undefined) yield* checkPage(page, source, reach);
    }
  },
  examples: [
    {
      name: 'links have the portable form',
      files: {
        'lamp.md': `${HEAD}[Bulb](bulb.md), [on](bulb.md#on), [again][bulb]\n\n\`\`\`text\n[Moon](moon.md)\n\`\`\`\n\n[bulb]: bulb.md\n`,
        'bulb.md': BULB,
      },
      findings: [],
    },
    {
      name: 'angle brackets and a line end in the text keep links as they are',
      files: { 'lamp.md': `${HEAD}[Bulb](<bulb.md>) and [a\nbulb](bulb.md#on).\n`, 'bulb.md': BULB },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`bulb.md` stays as it is, because it stands in angle brackets, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; write `bulb.md`',
        },
        {
          file: 'lamp.md',
          line: 6,
          message:
            '`bulb.md#on` stays as it is, because its text runs over the end of a line, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; put the text on one line',
        },
      ],
      fixed: { 'lamp.md': `${HEAD}[Bulb](bulb.md) and [a bulb](bulb.md#on).\n` },
    },
    {
      name: 'brackets and a line end in one link, and a line end behind an address',
      files: { 'lamp.md': `${HEAD}[a\nbulb](<bulb.md>) and [on](bulb.md#on\n).\n`, 'bulb.md': BULB },
      findings: [
        {
          file: 'lamp.md',
          line: 6,
          message:
            '`bulb.md` stays as it is, because it stands in angle brackets, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; write `bulb.md` and put the text on one line',
        },
        {
          file: 'lamp.md',
          line: 6,
          message:
            '`bulb.md#on` stays as it is, because a blank or a line end stands beside its address, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; write `bulb.md#on`',
        },
      ],
      fixed: { 'lamp.md': `${HEAD}[a bulb](bulb.md) and [on](bulb.md#on).\n` },
    },
    {
      name: 'a collection, which the plugin leaves alone, links a source',
      files: {
        '_config.yml': 'collections: {parts: {output: true}}\n',
        '_parts/lamp.md': `${HEAD}[Bulb](bulb.md)\n`,
        '_parts/bulb.md': BULB,
      },
      findings: [
        {
          file: '_parts/lamp.md',
          line: 5,
          message:
            '`bulb.md` stays as it is, because jekyll-relative-links leaves posts and collections alone: expected the address of the rendered page; write `bulb.html`, or set `relative_links: {enabled: true, collections: true}` in `_config.yml`',
        },
      ],
      fixed: { '_parts/lamp.md': `${HEAD}[Bulb](bulb.html)\n` },
    },
    {
      name: 'a title is seen by one build only',
      files: {
        '_config.yml': 'plugins: [jekyll-relative-links]\n',
        'lamp.md': `${HEAD}[Bulb](bulb.md "Light")\n`,
        'bulb.md': BULB,
      },
      config: 'engine: actions\n',
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            "`bulb.md` is rewritten by one of GitHub Pages' build and an own build only, because it has a title: expected a form that works in both; remove the title",
        },
      ],
    },
    {
      name: 'an own build lacks the plugin',
      files: { 'lamp.md': `${HEAD}[Bulb](<bulb.md>)\n`, 'bulb.md': BULB },
      config: 'engine: actions\n',
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`bulb.md` stays as it is, because jekyll-relative-links is not active: expected the address of the rendered page; list the plugin in `_config.yml`',
        },
      ],
    },
    {
      name: 'a path begins with a slash',
      files: { 'parts/lamp.md': `${HEAD}[Bulb](/parts/bulb.md)\n`, 'parts/bulb.md': BULB },
      findings: [
        {
          file: 'parts/lamp.md',
          line: 5,
          message:
            '`/parts/bulb.md` stays as it is, because it begins with a slash, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; write `bulb.md`',
        },
      ],
      fixed: { 'parts/lamp.md': `${HEAD}[Bulb](bulb.md)\n` },
    },
    {
      name: 'an HTML link names the source',
      files: { 'lamp.md': `${HEAD}<a href="bulb.md">Bulb</a>\n`, 'bulb.md': BULB },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`bulb.md` stays as it is, because it stands in HTML, and the site has no file of that name: expected a form that jekyll-relative-links rewrites to the page; write a Markdown link, or the address of the rendered page',
        },
      ],
    },
    {
      name: 'a folder is linked without the final slash',
      files: { 'lamp.md': `${HEAD}[Parts](parts)\n`, 'parts/index.md': BULB },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`parts` leads to a folder without the final slash and works only where the server redirects: expected the page itself; write `parts/index.md`',
        },
      ],
      fixed: { 'lamp.md': `${HEAD}[Parts](parts/index.md)\n` },
    },
    {
      name: 'a post, which the plugin leaves alone, links a folder without the final slash',
      files: {
        'index.md': `${HEAD}Text.\n`,
        'parts/index.md': BULB,
        '_posts/2024-01-02-news.md': `${HEAD}[Parts](/parts) and [more](../../../parts)\n`,
      },
      findings: [
        {
          file: '_posts/2024-01-02-news.md',
          line: 5,
          message:
            '`/parts` leads to a folder without the final slash and works only where the server redirects: expected the page itself; write `/parts/`',
        },
        {
          file: '_posts/2024-01-02-news.md',
          line: 5,
          message:
            '`../../../parts` leads to a folder without the final slash and works only where the server redirects: expected the page itself; write `../../../parts/`',
        },
      ],
      fixed: {
        '_posts/2024-01-02-news.md': `${HEAD}[Parts](/parts/) and [more](../../../parts/)\n`,
      },
    },
    {
      name: 'pretty addresses move a link',
      files: {
        '_config.yml': 'permalink: pretty\n',
        'lamp.md': `${HEAD}[Bulb](bulb/)\n`,
        'bulb.md': BULB,
      },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`bulb/` is taken from the address of this page, which is one folder deeper than its source: expected a form that jekyll-relative-links rewrites; write `bulb.md`',
        },
      ],
      fixed: { 'lamp.md': `${HEAD}[Bulb](bulb.md)\n` },
    },
    {
      name: 'a link leads to raw Markdown',
      files: { 'lamp.md': `${HEAD}[Licence](LICENSE.md)\n`, 'LICENSE.md': '# Licence\n' },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`LICENSE.md` leads to a file that is published as raw Markdown: expected a page; give the file front matter, or link its address on GitHub',
        },
      ],
    },
    {
      name: 'a code sample is rewritten',
      files: {
        'lamp.md': `${HEAD}Write \`[Bulb](bulb.md)\`:\n\n\`\`\`md\n[Bulb](bulb.md)\n\`\`\`\n`,
        'bulb.md': BULB,
      },
      findings: [
        {
          file: 'lamp.md',
          line: 5,
          message:
            '`bulb.md` in a code span is shown as `/bulb.html`, because jekyll-relative-links takes it for a link: expected the text as typed; name a file that the site does not have, or break the pattern of a link',
        },
        {
          file: 'lamp.md',
          line: 8,
          message:
            '`bulb.md` in a code block is shown as `/bulb.html`, because jekyll-relative-links takes it for a link: expected the text as typed; name a file that the site does not have, or break the pattern of a link',
        },
      ],
    },
  ],
});

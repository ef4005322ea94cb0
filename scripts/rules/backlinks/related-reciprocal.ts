import type { Page, ResolvedLink, Site, Tutorial } from '../../site/types.js';
import { markdownLink } from '../shared/derived-list.js';
import { findSection, topBlocks } from '../shared/sections.js';
import { pageTitle, relativePath } from '../shared/tutorial-links.js';
import { exact, place } from '../shared/wording.js';
import { siteRule, type Edit, type RuleFinding } from '../types.js';

const SECTION = 'Related Tutorials';

/** Links of a tutorial's related section to the indexes of other tutorials, by path of the index. */
function relatedIndexes(index: Page, indexes: ReadonlyMap<string, Tutorial>): Map<string, ResolvedLink> {
  const found = new Map<string, ResolvedLink>();
  const content = findSection(index.facts, SECTION)?.content;
  if (!content) return found;
  for (const resolved of index.links) {
    const { start, end } = resolved.link.range;
    const target = resolved.targetSource;
    if (target === null || target === index.path || !indexes.has(target) || found.has(target)) continue;
    if (start.offset >= content.start.offset && end.offset <= content.end.offset) found.set(target, resolved);
  }
  return found;
}

/** The edit that adds an entry to the section's last list, or a list below its heading. */
function addEntry(page: Page, source: string, entry: string): Edit[] | undefined {
  const section = findSection(page.facts, SECTION);
  if (!section) return undefined;
  const list = topBlocks(page.facts, section.content, 'list').at(-1)?.block;
  if (!list) {
    const at = section.heading.range.end.offset;
    return [{ start: at, end: at, text: `\n\n- ${entry}` }];
  }
  const marker =
    /^[-*+]/.exec(source.slice(list.range.start.offset, list.range.start.offset + 1))?.[0] ?? '-';
  return [{ start: list.range.end.offset, end: list.range.end.offset, text: `\n${marker} ${entry}` }];
}

function missingBacklink(page: Page, source: string, from: Page, link: ResolvedLink): RuleFinding {
  const title = pageTitle(from) ?? from.path;
  const entry = markdownLink(title, relativePath(page.path, from.path));
  const section = findSection(page.facts, SECTION);
  const edits = addEntry(page, source, entry);
  return {
    file: page.path,
    range: section?.heading.range ?? page.anchorRange,
    message: `${exact(title)} names this tutorial as related (${place(from.path, link.link.range)}), and this one does not lead back: expected ${exact(entry)} under ${exact(`## ${SECTION}`)}; add it`,
    ...(edits && { edits }),
    related: [{ file: from.path, range: link.link.range, message: 'the link that has no answer' }],
  };
}

function indexesOf(site: Site): Map<string, Tutorial> {
  const indexes = new Map<string, Tutorial>();
  for (const tutorial of site.tutorials) if (tutorial.index) indexes.set(tutorial.index.path, tutorial);
  return indexes;
}

const related = (title: string, list: string): string =>
  `---\ntitle: ${title}\n---\n\n# ${title}\n\n## Related Tutorials\n\n${list}\n\n---\n\nStart.\n`;
const LAMP = 'tutorials/lamp-tutorial/README.md';
const SOCKET = 'tutorials/socket-tutorial/README.md';

export const relatedReciprocal = siteRule({
  id: 'related-reciprocal',
  theme: 'backlinks',
  severity: 'error',
  preset: 'tutorial',
  summary: 'Tutorials that are related to each other lead to each other.',
  documentation: `
When the index of one tutorial links the index of another under \`## Related Tutorials\`, the other one links back. The
rule reports the index that does not, and names the link that has no answer.

A reader who begins with the wrong one of two tutorials should find the right one from either side.

Run \`corpus fix\` to add the entry, or remove the link that has no answer.
`,
  fixable: true,
  *check(context) {
    const { site } = context;
    const indexes = indexesOf(site);
    const links = new Map<string, Map<string, ResolvedLink>>();
    for (const [path, { index }] of indexes) if (index) links.set(path, relatedIndexes(index, indexes));
    for (const [path, targets] of links) {
      const from = indexes.get(path)?.index;
      for (const [target, link] of targets) {
        const page = indexes.get(target)?.index;
        const source = page ? context.source(page.path) : undefined;
        if (!from || !page || source === undefined || links.get(target)?.has(path)) continue;
        yield missingBacklink(page, source, from, link);
      }
    }
  },
  examples: [
    {
      name: 'two tutorials lead to each other',
      files: {
        [LAMP]: related('Lamp Tutorial', '- [Socket Tutorial](../socket-tutorial/README.md)'),
        [SOCKET]: related('Socket Tutorial', '- [Lamp Tutorial](../lamp-tutorial/README.md)'),
      },
      findings: [],
    },
    {
      name: 'one does not lead back',
      files: {
        [LAMP]: related('Lamp Tutorial', '- [Socket Tutorial](../socket-tutorial/README.md)'),
        [SOCKET]: related('Socket Tutorial', '* [Candles](https://example.com/candles)'),
      },
      findings: [
        {
          file: SOCKET,
          line: 7,
          message:
            '`Lamp Tutorial` names this tutorial as related (`tutorials/lamp-tutorial/README.md:9`), and this one does not lead back: expected `[Lamp Tutorial](../lamp-tutorial/README.md)` under `## Related Tutorials`; add it',
        },
      ],
      fixed: {
        [SOCKET]: related(
          'Socket Tutorial',
          '* [Candles](https://example.com/candles)\n* [Lamp Tutorial](../lamp-tutorial/README.md)',
        ),
      },
    },
    {
      name: 'the section that should lead back has no list',
      files: {
        [LAMP]: related('Lamp Tutorial', '- [Socket Tutorial](../socket-tutorial/README.md)'),
        [SOCKET]: related('Socket Tutorial', 'None yet.'),
      },
      findings: [
        {
          file: SOCKET,
          line: 7,
          message:
            '`Lamp Tutorial` names this tutorial as related (`tutorials/lamp-tutorial/README.md:9`), and this one does not lead back: expected `[Lamp Tutorial](../lamp-tutorial/README.md)` under `## Related Tutorials`; add it',
        },
      ],
      fixed: {
        [SOCKET]: related('Socket Tutorial', '- [Lamp Tutorial](../lamp-tutorial/README.md)\n\nNone yet.'),
      },
    },
  ],
});

import { posix } from 'node:path';
import type { FileEntry, PageFacts } from '../../corpus/types.js';
import { matchesPattern } from '../../site/entries.js';
import type { Site } from '../../site/types.js';
import { code, fileStart } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

/** Files that could not be read as text, or that lead somewhere else. */
export const fileReadable = siteRule({
  id: 'file-readable',
  theme: 'files',
  severity: 'error',
  preset: 'recommended',
  summary: 'Every page is a readable UTF-8 text file inside the repository.',
  fixable: false,
  documentation: `
A file that cannot be read as text has no findings of its own, which must not be mistaken for a clean bill. The rule
names it and the reason: no permission, a folder with the name of a Markdown file, bytes that are not UTF-8, a NUL byte
(usually a file saved as UTF-16). A part of a page that is too long or too deeply nested to be parsed is a warning: the
rest of the page is checked, and that part may be fine for its readers.

It also names symbolic links below the source folder that lead outside the repository, in a circle or nowhere. GitHub
Pages builds in safe mode and skips links that leave the source; the checker does not follow them either. Hidden and
excluded files are left alone.

Source: \`EntryFilter#filter\` and \`#symlink?\` in Jekyll's \`entry_filter.rb\`; Jekyll reads every page as UTF-8.`,
  examples: [
    { name: 'a text file', files: { 'a.md': '---\ntitle: Ä\n---\n\n# Ä\n' }, findings: [] },
    {
      name: 'a file contains a NUL byte',
      files: { 'a.md': '---\ntitle: A\n---\n\n# \0\n' },
      findings: [
        {
          file: 'a.md',
          line: 5,
          column: 3,
          message:
            'The file contains a NUL byte, so it is not text (or was saved as UTF-16): it is not checked; save it as UTF-8 or give it another extension.',
        },
      ],
    },
    {
      name: 'a line nests deeper than the parser can follow',
      files: { 'a.md': `---\ntitle: A\n---\n\n# A\n\n${'> '.repeat(101)}x\n` },
      findings: [
        {
          file: 'a.md',
          line: 7,
          message:
            'Block quotes and lists are nested more than 100 deep here: the line is read as plain text; nest them less.',
        },
      ],
    },
    {
      name: 'a folder has the name of a Markdown file',
      files: { 'a.md/b.txt': 'text\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'The entry `a.md` is a folder although its name ends like a Markdown file: Jekyll makes no page of it; rename it.',
        },
      ],
    },
  ],
  *check({ site }) {
    const reported = new Set<string>();
    const inside = site.config.source === '.' ? '' : `${site.config.source}/`;
    const passedOver = (path: string): boolean =>
      path.startsWith(inside) && !wouldBeRead(site, path.slice(inside.length));
    for (const facts of [...site.pages.map((page) => page.facts), ...site.others]) {
      if (facts.problems.length > 0) reported.add(facts.path);
      if (!passedOver(facts.path)) yield* problems(facts);
    }
    for (const entry of site.files.values()) {
      if (entry.kind !== 'symlink' || entry.targetKind !== null || reported.has(entry.path)) continue;
      if (entry.path.startsWith(inside) && !passedOver(entry.path)) yield brokenLink(entry);
    }
  },
});

/** Jekyll passes over hidden and excluded names wherever they lead; its own folders hold parts of pages. */
function wouldBeRead({ config }: Site, path: string): boolean {
  const folders = path.split('/');
  return folders.every((name, index) => {
    const entry = folders.slice(0, index + 1).join('/');
    if (matchesPattern(config.include, name, false)) return true;
    return !/^[.#~]|~$/u.test(name) && !matchesPattern(config.exclude, entry, index < folders.length - 1);
  });
}

function* problems(facts: PageFacts): Generator<RuleFinding> {
  for (const problem of facts.problems) {
    // A page that is only too much for the checker may be fine for its readers.
    const severity = problem.code === 'too-deep' ? 'warning' : 'error';
    yield { file: facts.path, range: problem.range, severity, message: sentence(problem.message) };
  }
}

/** The reader's reasons are phrases; a finding is a sentence. */
function sentence(phrase: string): string {
  const start = phrase.startsWith('`')
    ? `The entry ${phrase}`
    : phrase.charAt(0).toUpperCase() + phrase.slice(1);
  return start.endsWith('.') ? start : `${start}.`;
}

function brokenLink(entry: FileEntry): RuleFinding {
  return {
    file: entry.path,
    range: fileStart,
    message: `The symbolic link ${code(posix.basename(entry.path))} leads outside the repository, in a circle or nowhere, so the site has nothing under its name. Replace it by a copy of what it should lead to, or delete it.`,
  };
}

import type { Range } from '../../corpus/types.js';
import type { Site } from '../../site/types.js';
import { rangeOf } from '../shared/fields.js';
import { code, fileStart, listing, place } from '../shared/wording.js';
import { siteRule } from '../types.js';

/** Two sources that are written to one output file. */
export const outputConflict = siteRule({
  id: 'output-conflict',
  theme: 'files',
  severity: 'error',
  preset: 'recommended',
  summary: 'Every source file has an output file of its own.',
  fixable: false,
  documentation: `
When two sources have the same output path (\`a.md\` and \`a.html\`, or two equal \`permalink\`s) Jekyll writes one over
the other; GitHub Pages does not even print a message, and which one is left is not defined.

Output paths that differ only in the case of letters are a warning: the site works, but a checkout on macOS or Windows
holds only one of the two.

Source: \`Site#write\` in Jekyll 3.10; \`warn_on_conflicts\` (\`conflicting_urls\`) in Jekyll 4's \`doctor.rb\` and \`site.rb\`.`,
  examples: [
    {
      name: 'different outputs',
      files: { 'a.md': '---\ntitle: A\n---\n', 'b.md': '---\ntitle: B\n---\n' },
      findings: [],
    },
    {
      name: 'two sources give one page',
      files: { 'a.md': '---\ntitle: A\n---\n', 'a.html': '---\ntitle: A too\n---\n' },
      findings: [
        {
          file: 'a.md',
          line: 1,
          message:
            'The output `a.html` is also written by `a.html:1`, so one of the two pages is lost. Rename one, or give it another `permalink`.',
        },
      ],
    },
    {
      name: 'two permalinks are equal',
      files: {
        'a.md': '---\ntitle: A\npermalink: /x/\n---\n',
        'b.md': '---\ntitle: B\npermalink: /x/\n---\n',
      },
      findings: [
        {
          file: 'b.md',
          line: 3,
          column: 12,
          message:
            'The output `x/index.html` is also written by `a.md:3`, so one of the two pages is lost. Rename one, or give it another `permalink`.',
        },
      ],
    },
    {
      name: 'outputs differ in case only',
      files: {
        'a.md': '---\ntitle: A\npermalink: /Setup/\n---\n',
        'b.md': '---\ntitle: B\npermalink: /setup/\n---\n',
      },
      findings: [
        {
          file: 'b.md',
          line: 3,
          column: 12,
          message:
            'The output `setup/index.html` differs only in case from `Setup/index.html` of `a.md:3`, so a checkout or build on macOS or Windows keeps only one of them. Rename one.',
        },
      ],
    },
  ],
  *check({ site }) {
    const folded = new Map<string, { output: string; source: string }>();
    for (const [output, sources] of site.outputs) {
      const [first, ...others] = [...new Set(sources)].sort();
      if (first === undefined) continue;
      const firstRange = where(site, first);
      for (const source of others) {
        yield {
          file: source,
          range: where(site, source),
          message: `The output ${code(output)} is also written by ${place(first, firstRange)}, so one of the ${others.length === 1 ? 'two' : String(others.length + 1)} pages is lost. Rename one, or give it another \`permalink\`.`,
          related: [{ file: first, range: firstRange, message: 'writes the same output' }],
        };
      }
      const key = output.toLowerCase();
      const twin = folded.get(key);
      if (twin === undefined) {
        folded.set(key, { output, source: first });
        continue;
      }
      const [one, two] = [twin, { output, source: first }].sort((a, b) => (a.source < b.source ? -1 : 1));
      if (one === undefined || two === undefined) continue;
      const range = where(site, one.source);
      yield {
        file: two.source,
        range: where(site, two.source),
        severity: 'warning',
        message: `The output ${code(two.output)} differs only in case from ${code(one.output)} of ${listing([place(one.source, range)])}, so a checkout or build on macOS or Windows keeps only one of them. Rename one.`,
        related: [{ file: one.source, range, message: 'writes the other one' }],
      };
    }
  },
});

/** The permalink of a page that has one; else its first line. */
function where(site: Site, path: string): Range {
  const page = site.byPath.get(path);
  return page === undefined ? fileStart : rangeOf(page, 'permalink');
}

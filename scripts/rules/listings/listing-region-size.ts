import { z } from 'zod';
import type { PageFacts } from '../../corpus/types.js';
import { lampProgram, LISTING_PAGE, PROGRAM_PATH } from '../shared/listing-examples.js';
import { markdownFacts, referenceName } from '../shared/listing-fences.js';
import { code } from '../shared/wording.js';
import { siteRule } from '../types.js';

const optionsSchema = z.strictObject({
  /** Most lines of a fence. */
  lines: z.int().min(1).default(60),
});

/** Offsets between which text is folded away by `<details>`, in document order; nested ones count as one. */
function detailsRanges(facts: PageFacts): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (const html of facts.html) {
    for (const tag of html.value.matchAll(/<(\/?)details\b/gi)) {
      if (tag[1] === '') {
        if (depth++ === 0) start = html.range.start.offset;
      } else if (depth > 0 && --depth === 0) ranges.push({ start, end: html.range.end.offset });
    }
  }
  if (depth > 0) ranges.push({ start, end: Infinity });
  return ranges;
}

const LONG = `// ANCHOR: all\n${'fn a() {}\n'.repeat(61)}// ANCHOR_END: all\n`;
const FENCE = `\`\`\`rust\n${'fn a() {}\n'.repeat(61)}\`\`\``;

export const listingRegionSize = siteRule({
  id: 'listing-region-size',
  theme: 'listings',
  severity: 'warning',
  preset: 'tutorial',
  fixable: false,
  options: optionsSchema,
  summary: 'A page shows its listings in pieces that are small enough to read.',
  documentation: `
Triggered by a fence after a \`<!-- listing: … -->\` marker with more than 60 lines (option \`lines\`). A whole file inside
\`<details>\` is exempt: it is there to be copied, not to be read.

A fence that does not fit a screen is skipped. Prose that explains it stands a screen away from what it explains.

Cut the program into regions and discuss each one; put the whole file into \`<details>\` at the end. Where a long region
is the point, say so: \`<!-- corpus-disable-next-line listing-region-size -- reason -->\` before the marker.
`,
  *check({ site, options }) {
    for (const facts of markdownFacts(site)) {
      const references = facts.listings.filter((reference) => reference.kind === 'listing');
      if (references.length === 0) continue;
      const folded = detailsRanges(facts);
      for (const reference of references) {
        const block = facts.codeBlocks[reference.codeBlock];
        if (!block) continue;
        const lines = block.value === '' ? 0 : block.value.split('\n').length;
        if (lines <= options.lines) continue;
        const at = block.range.start.offset;
        const whole = reference.region === null;
        if (whole && folded.some((range) => range.start <= at && at < range.end)) continue;
        const name = code(referenceName(site, reference));
        const advice = whole
          ? 'show regions of it, or fold the whole file into `<details>`'
          : 'split the region, or suppress this finding with the reason why it must be long';
        yield {
          file: facts.path,
          range: reference.range,
          message: `the fence of ${name} has ${lines} lines: expected at most ${options.lines}; ${advice}`,
        };
      }
    }
  },
  examples: [
    {
      name: 'a whole file is folded away',
      files: lampProgram(
        `<details markdown="1">\n<summary>All of it</summary>\n\n<!-- listing: rust/lamp/src/main.rs -->\n${FENCE}\n\n</details>`,
        { [PROGRAM_PATH]: LONG },
      ),
      findings: [],
    },
    {
      name: 'a long whole file and a long region, folded or not',
      files: lampProgram(
        `<!-- listing: rust/lamp/src/main.rs -->\n${FENCE}\n\n<details markdown="1">\n<summary>All of it</summary>\n\n<!-- listing: rust/lamp/src/main.rs#all -->\n${FENCE}\n\n</details>`,
        { [PROGRAM_PATH]: LONG },
      ),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'the fence of `listings/rust/lamp/src/main.rs` has 61 lines: expected at most 60; show regions of it, or fold the whole file into `<details>`',
        },
        {
          file: LISTING_PAGE,
          line: 78,
          message:
            'the fence of `listings/rust/lamp/src/main.rs#all` has 61 lines: expected at most 60; split the region, or suppress this finding with the reason why it must be long',
        },
      ],
    },
    {
      name: 'the limit is set lower',
      files: lampProgram(
        '<!-- listing: rust/lamp/src/main.rs#switch -->\n```rust\nfn toggle(on: bool) -> bool {\n    !on\n}\n```',
      ),
      config: 'preset: tutorial\nrules:\n  listing-region-size:\n    options:\n      lines: 2\n',
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'the fence of `listings/rust/lamp/src/main.rs#switch` has 3 lines: expected at most 2; split the region, or suppress this finding with the reason why it must be long',
        },
      ],
    },
  ],
});

import type { ListingReference, PageFacts } from '../../corpus/types.js';
import { coverageProblem, verifiedParagraph } from '../../listings/coverage.js';
import { packageName } from '../../listings/references.js';
import type { LedgerEntry, ListingCatalog } from '../../listings/types.js';
import { lampLedger, lampProgram, LISTING_PAGE, listingPage } from '../shared/listing-examples.js';
import { markdownFacts } from '../shared/listing-fences.js';
import { code } from '../shared/wording.js';
import { siteRule, type Edit, type RuleFinding } from '../types.js';

/** The packages of one language that a page shows, each with the first marker that names it. */
type Shown = Map<string, ListingReference>;

/** Language -> packages, in the order of the page; files that belong to no package are given to `stray`. */
function shownPackages(
  catalog: ListingCatalog,
  facts: PageFacts,
  stray: (reference: ListingReference) => void,
): Map<string, Shown> {
  const languages = new Map<string, Shown>();
  for (const reference of facts.listings) {
    if (reference.kind === 'verified') continue;
    const name = packageName(reference.target);
    if (name === null) continue; // shared by the packages of a language, as a workspace manifest is
    if (!catalog.packages.has(name)) {
      const file = catalog.files.get(reference.target);
      if (file && 'text' in file) stray(reference);
      continue;
    }
    const language = name.slice(0, name.indexOf('/'));
    const shown = languages.get(language) ?? new Map<string, ListingReference>();
    if (!shown.has(name)) shown.set(name, reference);
    languages.set(language, shown);
  }
  return languages;
}

function* checkPage(
  catalog: ListingCatalog,
  facts: PageFacts,
  source: string,
  chapter: boolean,
): Iterable<RuleFinding> {
  const stray: ListingReference[] = [];
  const languages = shownPackages(catalog, facts, (reference) => stray.push(reference));
  for (const { range, target } of stray) {
    yield {
      range,
      message: `${code(`${catalog.folder}/${target}`)} belongs to no package, so nothing verifies it; add a \`listing.yml\` to its package`,
    };
  }
  const markers = new Map<string, ListingReference>();
  for (const reference of facts.listings) {
    if (reference.kind !== 'verified') continue;
    if (!languages.has(reference.target)) {
      yield {
        range: reference.range,
        message: `this page shows no ${code(reference.target)} program: expected listings below \`${catalog.folder}/${reference.target}\`; remove the marker and its paragraph`,
      };
    } else if (!markers.has(reference.target)) markers.set(reference.target, reference);
  }
  for (const [language, shown] of languages) {
    const entries = new Map<string, LedgerEntry>();
    for (const [name, reference] of shown) {
      const found = catalog.packages.get(name);
      if (!found) continue;
      const problem = coverageProblem(catalog, found);
      const entry = catalog.ledger.get(name);
      if (problem === null && entry) entries.set(name, entry);
      else {
        yield {
          range: reference.range,
          message: `program ${code(name)} ${problem ?? 'is not covered'}; run \`corpus verify ${name}\``,
        };
      }
    }
    const paragraph = entries.size === shown.size ? verifiedParagraph(entries) : null;
    const finding = checkMarker(facts, source, {
      language,
      shown,
      marker: markers.get(language),
      paragraph,
      chapter,
    });
    if (finding) yield finding;
  }
}

interface MarkerCheck {
  language: string;
  shown: Shown;
  marker: ListingReference | undefined;
  /** What the ledger gives; null while it does not cover every program. */
  paragraph: string | null;
  chapter: boolean;
}

function checkMarker(
  facts: PageFacts,
  source: string,
  { language, shown, marker, paragraph, chapter }: MarkerCheck,
): RuleFinding | null {
  const comment = `<!-- verified: ${language} -->`;
  const first = [...shown.values()].reduce((left, right) =>
    left.range.start.offset <= right.range.start.offset ? left : right,
  );
  if (!marker) {
    if (!chapter) return null;
    const heading = facts.headings.find((candidate) => candidate.level === 1);
    const edits: Edit[] = [];
    if (heading && paragraph !== null && heading.range.end.offset < first.range.start.offset) {
      const at = heading.range.end.offset;
      edits.push({ start: at, end: at, text: `\n\n${comment}\n${paragraph}` });
    }
    return {
      range: heading?.range ?? first.range,
      message: `this chapter shows ${code(language)} programs but not what they were verified with: expected \`${comment}\` and its paragraph below the title; ${edits.length > 0 ? 'run `corpus fix` to add them' : 'add the marker'}`,
      edits,
    };
  }
  if (marker.range.start.offset > first.range.start.offset) {
    return {
      range: marker.range,
      message: `\`${comment}\` stands below the first program that it speaks of: expected it near the top of the page; move it with its paragraph`,
    };
  }
  if (paragraph === null) return null;
  const range = marker.paragraphRange;
  const text = range && source.slice(range.start.offset, range.end.offset);
  // Whatever else follows the marker is the author's text and stays.
  if (!range || !text?.startsWith('*Verified on')) {
    const at = marker.range.end.offset;
    return {
      range: marker.range,
      message: `no verification paragraph follows \`${comment}\`: expected ${code(paragraph)}; run \`corpus fix\` to add it`,
      edits: [{ start: at, end: at, text: `\n${paragraph}${text == null ? '' : '\n'}` }],
    };
  }
  if (text.replace(/\s+/g, ' ') === paragraph) return null;
  return {
    range,
    message: `the verification paragraph is ${code(text)}: expected ${code(paragraph)} as the ledger says; run \`corpus fix\` to replace it`,
    edits: [{ start: range.start.offset, end: range.end.offset, text: paragraph }],
  };
}

const LEDGER = 'listings/ledger.json';
const LISTING = '<!-- listing: rust/lamp/src/main.rs#use -->\n```rust\nprintln!("{}", toggle(false));\n```';
const PARAGRAPH = '*Verified on 2026-01-31 with rmcp 3.1.4 and rustc 1.95.0: lamp.*';
const VERIFIED = `<!-- verified: rust -->\n${PARAGRAPH}\n\n${LISTING}`;

export const listingVerified = siteRule({
  id: 'listing-verified',
  theme: 'listings',
  severity: 'error',
  preset: 'tutorial',
  fixable: true,
  summary: 'The ledger covers every program that a page shows, and the page says with what versions.',
  documentation: `
\`corpus verify\` builds, tests and runs the packages below the listings folder and records each in \`ledger.json\`: a hash of
everything that goes into the package (its files, the packages it depends on, what it takes from the workspace, its locked
dependencies), a hash of its captured outputs, the SDK's version, the toolchain, the date and the result. The rule
reports a program that was never verified, failed, or changed since. A chapter that shows programs also says so below
its title: the marker \`<!-- verified: rust -->\` and, after it, a paragraph that is derived from the ledger.

A reader decides by versions and dates whether a tutorial still holds. They must be facts of a run, not of somebody's
memory.

Run \`corpus verify\` for the named package, then \`corpus fix\`: it writes the paragraph.
`,
  *check(context) {
    const { site } = context;
    const catalog = site.listings;
    // A ledger that cannot be read is one finding of `listing-manifest`, not one for each program.
    if (catalog.ledgerProblem !== null) return;
    const chapters = new Set(
      site.tutorials.flatMap(({ chapters: list }) => list.map(({ page }) => page.path)),
    );
    for (const facts of markdownFacts(site)) {
      const text = context.source(facts.path);
      if (facts.listings.length === 0 || text === undefined) continue;
      for (const finding of checkPage(catalog, facts, text, chapters.has(facts.path))) {
        yield { file: facts.path, ...finding };
      }
    }
  },
  examples: [
    {
      name: 'the program is verified and the page says so',
      files: lampProgram(VERIFIED, { [LEDGER]: lampLedger() }),
      findings: [],
    },
    {
      name: 'a shared file needs no verification of its own',
      files: lampProgram(
        '<!-- listing: rust/Cargo.toml -->\n```toml\n[workspace]\nresolver = "3"\nmembers = ["*"]\nexclude = ["target"]\n```',
      ),
      findings: [],
    },
    {
      name: 'the program was never verified',
      files: lampProgram(VERIFIED),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message: 'program `rust/lamp` was never verified; run `corpus verify rust/lamp`',
        },
      ],
    },
    {
      name: 'the program changed',
      files: lampProgram(VERIFIED, { [LEDGER]: lampLedger({ inputHash: 'a'.repeat(64) }) }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message:
            'program `rust/lamp` changed since it was verified on 2026-01-31; run `corpus verify rust/lamp`',
        },
      ],
    },
    {
      name: 'the program failed',
      files: lampProgram(VERIFIED, { [LEDGER]: lampLedger({ result: 'failed' }) }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message: 'program `rust/lamp` failed its verification on 2026-01-31; run `corpus verify rust/lamp`',
        },
      ],
    },
    {
      name: 'a captured output was edited',
      files: lampProgram(VERIFIED, {
        [LEDGER]: lampLedger(),
        'listings/rust/lamp/output/toggle.txt': 'by hand\n',
      }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message:
            'program `rust/lamp` has captured output that differs from the one verified on 2026-01-31; run `corpus verify rust/lamp`',
        },
      ],
    },
    {
      name: 'the paragraph is out of date',
      files: lampProgram(VERIFIED.replace('3.1.4', '3.1.0'), { [LEDGER]: lampLedger() }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 11,
          message:
            'the verification paragraph is `*Verified on 2026-01-31 with rmcp 3.1.0 and rustc 1.95.0: lamp.*`: expected `*Verified on 2026-01-31 with rmcp 3.1.4 and rustc 1.95.0: lamp.*` as the ledger says; run `corpus fix` to replace it',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(VERIFIED) },
    },
    {
      name: 'a marker without its paragraph leaves the text after it alone',
      files: lampProgram(VERIFIED.replace(PARAGRAPH, 'A lamp has a switch.'), { [LEDGER]: lampLedger() }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'no verification paragraph follows `<!-- verified: rust -->`: expected `*Verified on 2026-01-31 with rmcp 3.1.4 and rustc 1.95.0: lamp.*`; run `corpus fix` to add it',
        },
      ],
      fixed: {
        [LISTING_PAGE]: listingPage(VERIFIED.replace(PARAGRAPH, `${PARAGRAPH}\n\nA lamp has a switch.`)),
      },
    },
    {
      name: 'a chapter does not say what its programs were verified with',
      files: lampProgram(LISTING, { [LEDGER]: lampLedger() }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 8,
          message:
            'this chapter shows `rust` programs but not what they were verified with: expected `<!-- verified: rust -->` and its paragraph below the title; run `corpus fix` to add them',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(VERIFIED) },
    },
    {
      name: 'the marker stands too low, and one speaks of a language that is not shown',
      files: lampProgram(`${LISTING}\n\n<!-- verified: rust -->\n${PARAGRAPH}\n\n<!-- verified: go -->\n`, {
        [LEDGER]: lampLedger(),
      }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 15,
          message:
            '`<!-- verified: rust -->` stands below the first program that it speaks of: expected it near the top of the page; move it with its paragraph',
        },
        {
          file: LISTING_PAGE,
          line: 18,
          message:
            'this page shows no `go` program: expected listings below `listings/go`; remove the marker and its paragraph',
        },
      ],
    },
    {
      name: 'a shown file belongs to no package',
      files: lampProgram('<!-- listing: rust/notes/all.rs -->\n```rust\nfn a() {}\n```', {
        'listings/rust/notes/all.rs': 'fn a() {}\n',
      }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            '`listings/rust/notes/all.rs` belongs to no package, so nothing verifies it; add a `listing.yml` to its package',
        },
      ],
    },
  ],
});

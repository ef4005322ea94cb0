import { checkFences } from '../shared/listing-fences.js';
import { lampProgram, LISTING_PAGE, listingPage, PROGRAM_PATH } from '../shared/listing-examples.js';
import { siteRule } from '../types.js';

const MARKER = '<!-- listing: rust/lamp/src/main.rs#switch -->';
const SHOWN = `${MARKER}\n\`\`\`rust\nfn toggle(on: bool) -> bool {\n    !on\n}\n\`\`\``;

/** As an item of a numbered list holds it. */
function indented(text: string): string {
  return text.replace(/^/gm, '   ');
}

function crlf(text: string): string {
  return text.replace(/\n/g, '\r\n');
}

export const listingInSync = siteRule({
  id: 'listing-in-sync',
  theme: 'listings',
  severity: 'error',
  preset: 'tutorial',
  fixable: true,
  summary: 'A fence shows the listing that its marker names, word for word.',
  documentation: `
\`<!-- listing: rust/lamp/src/main.rs#switch -->\` on the line before a fence says where its text comes from: a file below the
listings folder and, after \`#\`, a region of it. A region lies between the lines \`ANCHOR: switch\` and \`ANCHOR_END: switch\`,
written as comments of the file's language (the names are those of mdBook's guide, "Including portions of a file"). The
fence holds the region without the indentation that all its lines share; without a region the whole file; lines of
anchors are left out of both. The rule reports a fence that differs, a marker without fence, and a file or region that
does not exist. A path with \`..\` and a symbolic link that leaves the repository are reported and never read.

The program is compiled and run, the page is not: a reader who copies a fence that has drifted gets code that nobody
has tried.

Change the program, not the fence, and run \`corpus fix\`: it copies the region into the page.
`,
  check: (context) => checkFences(context, 'listing', 'listing'),
  examples: [
    { name: 'a fence equals its region', files: lampProgram(SHOWN), findings: [] },
    {
      name: 'a region is shown without the indentation that its lines share, also in a list',
      files: lampProgram(
        '1. Use it:\n\n   <!-- listing: rust/lamp/src/main.rs#use -->\n   ```rust\n   println!("{}", toggle(false));\n   ```',
      ),
      findings: [],
    },
    {
      name: 'the program changed',
      files: lampProgram(SHOWN.replace('!on', 'on')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message:
            'the fence shows `on` where line 2 of `listings/rust/lamp/src/main.rs#switch` is `!on`; run `corpus fix` to copy the listing',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(SHOWN) },
    },
    {
      name: 'a fence in a list has other white space',
      files: lampProgram(`1. Switch:\n\n${indented(SHOWN.replace('    !on', '  !on'))}`),
      findings: [
        {
          file: LISTING_PAGE,
          line: 15,
          message:
            'the fence shows other white space where line 2 of `listings/rust/lamp/src/main.rs#switch` is `!on`; run `corpus fix` to copy the listing',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(`1. Switch:\n\n${indented(SHOWN)}`) },
    },
    {
      name: 'a line is missing at the end',
      files: lampProgram(SHOWN.replace('\n}\n', '\n')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 14,
          message:
            'the fence lacks the last 1 of 3 lines of `listings/rust/lamp/src/main.rs#switch`; run `corpus fix` to copy the listing',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(SHOWN) },
    },
    {
      name: 'a line was added at the end',
      files: lampProgram(SHOWN.replace('\n}\n', '\n}\n// more\n')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 15,
          message:
            'the fence goes on after the 3 lines of `listings/rust/lamp/src/main.rs#switch`; run `corpus fix` to copy the listing',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(SHOWN) },
    },
    {
      name: 'the marker stands alone',
      files: lampProgram(`${MARKER}\n\nThat was it.`),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'no fence follows the marker of `listings/rust/lamp/src/main.rs#switch`: expected the listing in a fenced code block on the next line; run `corpus fix` to add it',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(`${SHOWN}\n\nThat was it.`) },
    },
    {
      name: 'a marker within a paragraph and one in a quote are left to the author',
      files: lampProgram(`See ${MARKER} below.\n\n> ${MARKER}\n>\n> Nothing.`),
      findings: [10, 12].map((line) => ({
        file: LISTING_PAGE,
        line,
        message:
          'no fence follows the marker of `listings/rust/lamp/src/main.rs#switch`: expected the listing in a fenced code block on the next line; add it',
      })),
    },
    {
      name: 'markers that nothing reads',
      files: lampProgram(
        '<!-- listing rust/lamp/src/main.rs -->\n\n<!-- Listings: rust/lamp/src/main.rs -->\n\n<!-- listing of parts -->',
      ),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            '`<!-- listing rust/lamp/src/main.rs -->` looks like a marker, but nothing reads it: expected `<!-- listing: language/package/path#region -->` on a line of its own; correct it',
        },
        {
          file: LISTING_PAGE,
          line: 12,
          message:
            '`<!-- Listings: rust/lamp/src/main.rs -->` looks like a marker, but nothing reads it: expected `<!-- listing: language/package/path#region -->` on a line of its own; correct it',
        },
      ],
    },
    {
      name: 'a page with Windows line endings keeps them',
      files: lampProgram('', { [LISTING_PAGE]: crlf(listingPage(SHOWN.replace('!on', 'on'))) }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message:
            'the fence shows `on` where line 2 of `listings/rust/lamp/src/main.rs#switch` is `!on`; run `corpus fix` to copy the listing',
        },
      ],
      fixed: { [LISTING_PAGE]: crlf(listingPage(SHOWN)) },
    },
    {
      name: 'the file is not there',
      files: lampProgram(SHOWN.replace('main.rs', 'mian.rs')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            '`listings/rust/lamp/src/mian.rs` does not exist. Did you mean `rust/lamp/src/main.rs`? (named by this listing marker)',
        },
      ],
    },
    {
      name: 'the region is not there',
      files: lampProgram(SHOWN.replace('#switch', '#swich')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            '`listings/rust/lamp/src/main.rs`: no region `swich`: it has `switch`, `use`. Did you mean `switch`? (named by this listing marker)',
        },
      ],
    },
    {
      name: 'a path leaves the listings folder',
      files: lampProgram(SHOWN.replace('rust/lamp/src/main.rs', '../../secret.txt')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            '`../../secret.txt` leaves `listings`; write a path below it, without `..` (named by this listing marker)',
        },
      ],
    },
    {
      name: 'the listing has a fence of its own',
      files: lampProgram('<!-- listing: rust/lamp/src/main.rs -->\n```rust\n//! A lamp.\n```', {
        [PROGRAM_PATH]: '//! A lamp.\n/*\n```\n*/\nfn main() {}\n',
      }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message:
            'the fence lacks the last 4 of 5 lines of `listings/rust/lamp/src/main.rs`; run `corpus fix` to copy the listing',
        },
      ],
      fixed: {
        [LISTING_PAGE]: listingPage(
          '<!-- listing: rust/lamp/src/main.rs -->\n````rust\n//! A lamp.\n/*\n```\n*/\nfn main() {}\n````',
        ),
      },
    },
  ],
});

import { CAPTURED, lampProgram, LISTING_PAGE, listingPage } from '../shared/listing-examples.js';
import { checkFences } from '../shared/listing-fences.js';
import { siteRule } from '../types.js';

const SHOWN = `<!-- output: rust/lamp/toggle -->\n\`\`\`text\n${CAPTURED}\`\`\``;

export const outputInSync = siteRule({
  id: 'output-in-sync',
  theme: 'listings',
  severity: 'error',
  preset: 'tutorial',
  fixable: true,
  summary: 'A fence shows the captured output that its marker names.',
  documentation: `
\`<!-- output: rust/lamp/toggle -->\` on the line before a fence names a language, a package and one of the runs in the
package's \`listing.yml\`. \`corpus verify --update\` captures the run into \`output/toggle.txt\`, whose first line is the
command. The fence holds that text, or the lines that a range names: \`#L2\`, \`#L2-L9\`, \`#L2-\` (everything but the
command). The rule reports a fence that differs, a marker without fence, an unknown package or run, and an output that
was never captured.

A reader compares what the page promises with what the terminal says. Output that somebody typed, or that an older
version printed, sends the reader looking for a mistake that is not theirs.

Run \`corpus verify --update\` for the package after its program changed, then \`corpus fix\`: it copies the output into the
page. Never edit the fence.
`,
  check: (context) => checkFences(context, 'output', 'output'),
  examples: [
    { name: 'a fence equals the captured output', files: lampProgram(SHOWN), findings: [] },
    {
      name: 'a fence shows everything but the command',
      files: lampProgram('<!-- output: rust/lamp/toggle#L2- -->\n```text\ntrue\n```'),
      findings: [],
    },
    {
      name: 'the program prints something else by now',
      files: lampProgram(SHOWN.replace('true', 'on')),
      findings: [
        {
          file: LISTING_PAGE,
          line: 13,
          message:
            'the fence shows `on` where line 2 of `listings/rust/lamp/output/toggle.txt` is `true`; run `corpus fix` to copy the output',
        },
      ],
      fixed: { [LISTING_PAGE]: listingPage(SHOWN) },
    },
    {
      name: 'the run was never captured',
      files: lampProgram(SHOWN, { 'listings/rust/lamp/output/toggle.txt': undefined }),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'run `toggle` of `rust/lamp` was never captured; run `corpus verify --update lamp` (named by this output marker)',
        },
      ],
    },
    {
      name: 'the package, the run or the lines do not exist',
      files: lampProgram(
        [
          SHOWN.replace('lamp/', 'lmap/'),
          SHOWN.replace('/toggle', '/togle'),
          SHOWN.replace('/toggle', '/toggle#L2-L3'),
          SHOWN.replace('/toggle', '/toggle#command'),
          SHOWN.replace('rust/lamp/', 'lamp/'),
        ].join('\n\n'),
      ),
      findings: [
        {
          file: LISTING_PAGE,
          line: 10,
          message:
            'there is no package `listings/rust/lmap`. Did you mean `rust/lamp`? (named by this output marker)',
        },
        {
          file: LISTING_PAGE,
          line: 16,
          message:
            '`listings/rust/lamp/listing.yml` has no run `togle`; its runs: `toggle`. Did you mean `toggle`? (named by this output marker)',
        },
        {
          file: LISTING_PAGE,
          line: 22,
          message:
            '`listings/rust/lamp/output/toggle.txt`: `#L2-L3` leaves the output, which has lines 1 to 2 (named by this output marker)',
        },
        {
          file: LISTING_PAGE,
          line: 28,
          message:
            '`listings/rust/lamp/output/toggle.txt`: `#command` is no line range; write `#L2`, `#L2-L9` or `#L2-` (named by this output marker)',
        },
        {
          file: LISTING_PAGE,
          line: 34,
          message: '`lamp/toggle` names no run; write `language/package/run` (named by this output marker)',
        },
      ],
    },
  ],
});

/** Examples of `known-symbol`. */
import { FIRST_PATH } from '../../shared/example-tutorial.js';
import { SNAPSHOT_PATH, sdkTable, sdkTutorial, TABLE_PATH, TEXT_LINE } from '../../shared/symbol-examples.js';
import type { Example } from '../../types.js';

const FENCE = '```';
const WHERE = '`lamp 1.2.0`, the protocol or the programs of this tutorial';

/** A chapter that uses one wrong name. */
function wrong(name: string, text: string, thing: string, unknown: string, wanted: string): Example {
  return {
    name,
    files: sdkTutorial(text),
    findings: [
      {
        file: FIRST_PATH,
        line: TEXT_LINE,
        message: `${thing} \`${unknown}\` is not known in ${WHERE}: expected ${wanted}; correct it`,
      },
    ],
  };
}

export const EXAMPLES: Example[] = [
  {
    name: 'names of the SDK, of the protocol, of a program and of the standard library',
    files: sdkTutorial(
      `\`#[lamp]\` makes a \`LampPeer\`. \`LampPeer::list_all_lamps()\` sends \`lamps/list\` and follows \`nextCursor\`.
The feature \`transport-io\` needs \`Arc<LampPeer>\` in \`main.rs\`; \`Desk\` is yours, and \`switch_desk_lamp_attr\` is written for you.
Run \`cargo run\`. The test \`a_lamp_can_be_switched\` covers it, and the header is \`Mcp-Lamp: 1\`.

<!-- listing: rust/lamp/src/main.rs -->
${FENCE}rust
struct Desk;
fn switch_desk() {}
${FENCE}`,
      { 'listings/rust/lamp/src/main.rs': 'struct Desk;\nfn switch_desk() {}\n' },
    ),
    findings: [],
  },
  wrong('a type that was renamed', 'Call it on a `LampPeers`.', 'name', 'LampPeers', '`LampPeer`'),
  wrong(
    'a member that the type does not have',
    'Use `LampPeer::list_all_lamp`.',
    'path',
    'LampPeer::list_all_lamp',
    '`LampPeer::list_all_lamps`',
  ),
  wrong('a method that nobody has', 'Call `.switch_onn()` on it.', 'name', 'switch_onn', '`switch_on`'),
  wrong(
    'an attribute without the right name',
    'Write `#[lamps(on)]` above it.',
    'attribute',
    'lamps',
    '`lamp`',
  ),
  wrong(
    'a feature that does not exist',
    'Switch on `transport-wires`.',
    'feature',
    'transport-wires',
    '`transport-wire`',
  ),
  wrong(
    'a method of the protocol that does not exist',
    'The client sends `lamps/count`.',
    'method',
    'lamps/count',
    'a name that exists',
  ),
  wrong(
    'a field in camel case that no message has',
    'Read `previousLampCursor`.',
    'name',
    'previousLampCursor',
    'a name that exists',
  ),
  wrong('a header that does not exist', 'Send `Mcp-Lamps`.', 'header', 'Mcp-Lamps', '`Mcp-Lamp`'),
  {
    name: 'tests that the programs have, and one that they do not have',
    files: sdkTutorial(
      'The tests `a_lamp_can_be_switched` and `a_bulb_glows` cover it; so does the test `a_bulb_glowed`.',
      {
        'listings/rust/lamp/Cargo.toml': '[package]\nname = "lamp"\nversion = "1.0.0"\n',
        'listings/rust/lamp/listing.yml': 'summary: A lamp.\n',
        'listings/rust/lamp/tests/lamp.rs': `#[test]
fn a_lamp_can_be_switched() {}

fn no_test() {}

#[tokio::test(start_paused = true)]
// A comment.
#[ignore]
async fn a_bulb_glows() {}
`,
      },
    ),
    findings: [
      {
        file: FIRST_PATH,
        line: TEXT_LINE,
        message: 'no program has a test `a_bulb_glowed`: expected `a_bulb_glows`; correct it',
      },
    ],
  },
  {
    name: 'an allowed name',
    files: sdkTutorial('The old name was `LampPeers`.'),
    config: 'preset: tutorial\nrules:\n  known-symbol:\n    options:\n      allow: [LampPeers]\n',
    findings: [],
  },
  {
    name: 'a table of an older release',
    files: sdkTutorial('Call it on a `LampPeers`.', { [TABLE_PATH]: sdkTable({ version: '1.1.0' }) }),
    findings: [
      {
        file: TABLE_PATH,
        line: 1,
        message:
          'the symbol table is of `lamp 1.1.0`: expected `lamp 1.2.0` as the snapshot says; run `corpus refresh sdk`',
      },
    ],
  },
  {
    name: 'a table that is none',
    files: sdkTutorial('Call it on a `LampPeers`.', { [TABLE_PATH]: '{}' }),
    findings: [
      {
        file: TABLE_PATH,
        line: 1,
        message: 'the file is no symbol table: expected what `corpus refresh sdk` writes; run it',
      },
    ],
  },
  {
    name: 'a crate without a table',
    files: sdkTutorial('Call it on a `LampPeers`.', { [TABLE_PATH]: undefined }),
    findings: [
      {
        file: SNAPSHOT_PATH,
        line: 3,
        message:
          'there is no symbol table for `lamp 1.2.0`: expected `_data/symbols/lamp.json`; run `corpus refresh sdk`',
      },
    ],
  },
];

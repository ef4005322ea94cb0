/** Examples of `version-claim`. */
import { FIRST_PATH } from '../../shared/example-tutorial.js';
import { lampProgram } from '../../shared/listing-examples.js';
import { SNAPSHOT_PATH, sdkTutorial, TEXT_LINE } from '../../shared/symbol-examples.js';
import type { Example } from '../../types.js';

const FENCE = '```';
const EXPECTED = 'expected `1.2.0` as the snapshot and the lock file say';

/** A chapter with one claim that is wrong. */
function wrong(name: string, text: string, message: string, below = 0): Example {
  return {
    name,
    files: sdkTutorial(text),
    findings: [{ file: FIRST_PATH, line: TEXT_LINE + below, message }],
  };
}

export const EXAMPLES: Example[] = [
  {
    name: 'claims that agree, and sentences about other releases',
    files:
      sdkTutorial(`This is written against \`lamp\` 1.2.0 and needs Rust 1.88 or newer. Depend on \`lamp = "1.2"\`.
The switch was added in \`lamp\` 1.1.0. Moving from lamp 1.0.0 to lamp 1.2.0 takes a minute.
On January 2, 2026 the newest release is 1.2.0.

![lamp](https://img.shields.io/badge/lamp-1.2.0-blue)

${FENCE}toml
lamp = { version = "1", features = ["wire"] }
other = "0.1"
${FENCE}`),
    findings: [],
  },
  wrong(
    'an older version in prose',
    'You work with `lamp` 1.1.0.',
    `the text speaks of \`lamp 1.1.0\`: ${EXPECTED}; correct it, or say that the sentence is about an older release`,
  ),
  wrong(
    'programs that were verified with an older version',
    'The programs were tested with **lamp 1.1**.',
    `the text speaks of \`lamp 1.1\`: ${EXPECTED}; correct it, or say that the sentence is about an older release`,
  ),
  wrong(
    'a dependency on another major version',
    `${FENCE}toml\n[dependencies]\nlamp = "0.9"\n${FENCE}`,
    `the dependency \`lamp = "0.9"\` does not accept \`1.2.0\`: ${EXPECTED}; correct it`,
    2,
  ),
  wrong(
    'a dependency that an older release satisfies',
    'Run `cargo add lamp@1.1` first.',
    'the dependency `lamp = "1.1"` also accepts releases before `1.2.0`, with which nothing here was verified: expected `1.2` or `=1.2.0`; correct it',
  ),
  wrong(
    'a badge of an older release',
    '![lamp](https://img.shields.io/badge/lamp-v1.1.0-blue)',
    `the badge shows \`lamp 1.1.0\`: ${EXPECTED}; correct it`,
  ),
  wrong(
    'another minimum version of Rust',
    'You need Rust 1.85 or newer.',
    'the text asks for Rust `1.85`: expected `1.88`, the minimum of `lamp 1.2.0`; correct it',
  ),
  wrong(
    'a newest release without a date',
    'The newest release is 1.2.0 and speaks revision 2025-11-25.',
    '`newest release` is true for a while only: expected the date on which it was, such as `2026-02-03`; add it to the sentence or the paragraph',
  ),
  wrong(
    'a fact that is true at the time of writing only',
    'At the time of writing there are two bulbs.',
    '`At the time of writing` is true for a while only: expected the date on which it was, such as `2026-02-03`; add it to the sentence or the paragraph',
  ),
  {
    name: 'a lock file with another release',
    files: {
      ...lampProgram('<!-- listing: rust/lamp/src/main.rs#switch -->'),
      [SNAPSHOT_PATH]: sdkTutorial('')[SNAPSHOT_PATH]?.replace('crate: lamp', 'crate: rmcp') ?? '',
    },
    findings: [
      {
        file: SNAPSHOT_PATH,
        line: 3,
        message:
          'the snapshot is of `rmcp 1.2.0`, and the lock file of the programs has `3.1.4`: expected one release; run `corpus refresh sdk`, or lock the other',
      },
    ],
  },
];

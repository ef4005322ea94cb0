/** Examples of `source-link`. */
import { FIRST_PATH } from '../../shared/example-tutorial.js';
import { sdkChapter, sdkTutorial, TEXT_LINE } from '../../shared/symbol-examples.js';
import type { Example } from '../../types.js';

const REPOSITORY = 'https://github.com/lamp/lamp';
const FILE = `${REPOSITORY}/blob/lamp-v1.2.0/crates/lamp/src/lib.rs`;

/** A chapter with one link and one finding, and the text that a fix gives. */
function wrong(name: string, text: string, message: string, fixed?: string): Example {
  return {
    name,
    files: sdkTutorial(text),
    findings: [{ file: FIRST_PATH, line: TEXT_LINE, message }],
    ...(fixed !== undefined && { fixed: { [FIRST_PATH]: sdkChapter(fixed) } }),
  };
}

export const EXAMPLES: Example[] = [
  {
    name: 'links to the release: a file, a folder, lines, a guide, an item and another release on purpose',
    files: sdkTutorial(`- [sources](${FILE}), [folder](${REPOSITORY}/tree/lamp-v1.2.0/crates/lamp/src)
- [\`LampPeer::switch_on\`](${FILE}#L40-L50), [line 30 of the manifest](${REPOSITORY}/blob/lamp-v1.2.0/crates/lamp/Cargo.toml#L30)
- [guide](${REPOSITORY}/blob/lamp-v1.2.0/docs/GUIDE.md), [slow test](${REPOSITORY}/blob/lamp-v1.2.0/crates/lamp/tests/slow.rs)
- [\`LampPeer\`](https://docs.rs/lamp/1.2.0/lamp/struct.LampPeer.html#method.switch_on), [newest](https://docs.rs/lamp/latest/lamp/)
- [file](https://docs.rs/crate/lamp/1.2.0/source/src/lib.rs#L80), [the manifest of 1.1.0](${REPOSITORY}/blob/lamp-v1.1.0/Cargo.toml)
- [issue](${REPOSITORY}/issues/1), [another project](https://github.com/other/lamp/blob/main/README.md)`),
    findings: [],
  },
  wrong(
    'a link to a branch',
    `[Guide](${REPOSITORY}/blob/main/docs/GUIDE.md)`,
    'the link leads to `main` of `lamp/lamp`: expected the tag `lamp-v1.2.0` of the snapshot; run `corpus fix` to replace it',
    `[Guide](${REPOSITORY}/blob/lamp-v1.2.0/docs/GUIDE.md)`,
  ),
  wrong(
    'a link to the documentation of an older release',
    '[`LampPeer`](https://docs.rs/lamp/1.1.0/lamp/struct.LampPeer.html)',
    'the link leads to `1.1.0` of `lamp`: expected the version `1.2.0` of the snapshot; run `corpus fix` to replace it',
    '[`LampPeer`](https://docs.rs/lamp/1.2.0/lamp/struct.LampPeer.html)',
  ),
  wrong(
    'lines of an older release',
    `[\`LampPeer\`](${FILE.replace('1.2.0', '1.1.0')}#L12)`,
    'the link leads to `lamp-v1.1.0` of `lamp/lamp`: expected the tag `lamp-v1.2.0` of the snapshot; read the lines anew and replace it',
  ),
  wrong(
    'an older release whose file is gone',
    `[Switch](${REPOSITORY}/blob/lamp-v1.1.0/crates/lamp/src/libs.rs)`,
    'the link leads to `lamp-v1.1.0` of `lamp/lamp`: expected the tag `lamp-v1.2.0` of the snapshot; replace it; there, `crates/lamp/src/libs.rs` is not in the published packages of `lamp 1.2.0`: expected `crates/lamp/src/lib.rs`; correct the path',
  ),
  wrong(
    'a path that the package does not have',
    `[Switch](${REPOSITORY}/blob/lamp-v1.2.0/crates/lamp/src/lip.rs)`,
    '`crates/lamp/src/lip.rs` is not in the published packages of `lamp 1.2.0`: expected `crates/lamp/src/lib.rs`; correct the path',
  ),
  wrong(
    'lines behind the end of the file',
    `[Switch](${FILE}#L79-L90)`,
    'lines 79 to 90 are not in `crates/lamp/src/lib.rs`: expected lines from 1 to 80; correct the fragment',
  ),
  wrong(
    'lines that do not hold what the text names',
    `[\`LampPeer::switch_on\`](${FILE}#L10-L20)`,
    "lines 10 to 20 of `crates/lamp/src/lib.rs` do not hold `LampPeer::switch_on`, which the link's text names: expected lines 42 to 48 (`LampPeer::switch_on`); correct the fragment",
  ),
  wrong(
    'an item that the release does not have',
    '[peer](https://docs.rs/lamp/1.2.0/lamp/struct.LampPeers.html)',
    '`LampPeers` is not in `lamp 1.2.0`: expected `LampPeer`; correct the link',
  ),
];

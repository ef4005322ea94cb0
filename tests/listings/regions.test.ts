import { describe, expect, it } from 'vitest';
import { readOutput, readRegion } from '../../scripts/listings/regions.js';

const PROGRAM = `//! Top.
fn main() {
    // ANCHOR: outer
    let a = 1;
    // ANCHOR: inner
        let b = 2;

    // ANCHOR_END: inner
    let c = 3;
    // ANCHOR_END: outer
}
`;

describe('readRegion', () => {
  it('gives a region without the shared indentation and without the anchors inside it', () => {
    expect(readRegion(PROGRAM, 'outer')).toEqual({ text: 'let a = 1;\n    let b = 2;\n\nlet c = 3;' });
    expect(readRegion(PROGRAM, 'inner')).toEqual({ text: 'let b = 2;' });
  });

  it('gives the whole file without anchors', () => {
    expect(readRegion(PROGRAM, null)).toEqual({
      text: '//! Top.\nfn main() {\n    let a = 1;\n        let b = 2;\n\n    let c = 3;\n}',
    });
  });

  it.each([
    ['shell', '# ANCHOR: x\nls\n# ANCHOR_END: x\n'],
    ['HTML', '<!-- ANCHOR: x -->\nls\n<!-- ANCHOR_END: x -->\n'],
    ['C', '/* ANCHOR: x */\nls\n/* ANCHOR_END: x */\n'],
    ['SQL', '-- ANCHOR: x\nls\n-- ANCHOR_END: x\n'],
    ['CRLF', '// ANCHOR: x\r\nls\r\n// ANCHOR_END: x\r\n'],
  ])('knows anchors in comments of %s', (_name, text) => {
    expect(readRegion(text, 'x')).toEqual({ text: 'ls' });
  });

  it('takes a word in the middle of code for no anchor', () => {
    const text = 'let text = "ANCHOR: x";\nfoo() // ANCHOR: x\n';
    expect(readRegion(text, null)).toEqual({ text: text.trimEnd() });
  });

  it.each([
    ['innr', 'no region `innr`: it has `outer`, `inner`. Did you mean `inner`?', PROGRAM],
    ['x', 'no region `x`: the file has no `ANCHOR: name` line.', 'fn main() {}\n'],
    ['x', 'region `x` begins in line 1 but has no `ANCHOR_END: x`', '// ANCHOR: x\nfoo\n'],
    ['x', 'region `x` begins twice, in lines 1 and 3', '// ANCHOR: x\n// ANCHOR_END: x\n// ANCHOR: x\n'],
    ['x', 'region `x` ends twice, in lines 2 and 3', '// ANCHOR: x\n// ANCHOR_END: x\n// ANCHOR_END: x\n'],
    ['x', 'region `x` ends in line 1 before it begins', '// ANCHOR_END: x\n// ANCHOR: x\n'],
  ])('says what is wrong with region %s: %s', (region, problem, text) => {
    expect(readRegion(text, region)).toEqual({ problem });
  });
});

describe('readOutput', () => {
  const output = '$ run\none\ntwo\n';
  it.each([
    [null, '$ run\none\ntwo'],
    ['L2', 'one'],
    ['L2-', 'one\ntwo'],
    ['L1-L2', '$ run\none'],
    ['L2-3', 'one\ntwo'],
  ])('gives the lines %s', (region, text) => {
    expect(readOutput(output, region)).toEqual({ text });
  });
  it.each(['L0', 'L3-L2', 'L2-L4', 'L9-'])('refuses lines that are not there: %s', (region) => {
    expect(readOutput(output, region)).toEqual({
      problem: `\`#${region}\` leaves the output, which has lines 1 to 3`,
    });
  });
  it('refuses what is no line range', () => {
    expect(readOutput(output, 'two')).toEqual({
      problem: '`#two` is no line range; write `#L2`, `#L2-L9` or `#L2-`',
    });
  });
});

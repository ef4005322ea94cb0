import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, dominantEol, LineIndex } from '../../scripts/corpus/text.js';

describe('LineIndex', () => {
  it('counts lines from 1 with any line ending', () => {
    const index = new LineIndex('a\nb\r\nc\rd');
    expect([0, 2, 5, 7].map((offset) => index.point(offset))).toEqual([
      { line: 1, column: 1, offset: 0 },
      { line: 2, column: 1, offset: 2 },
      { line: 3, column: 1, offset: 5 },
      { line: 4, column: 1, offset: 7 },
    ]);
    expect(index.count).toBe(4);
    expect(new LineIndex('a\n').count).toBe(1);
    expect(index.lineText(2)).toBe('b');
  });

  it('agrees with counting line feeds, for any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab\n]*$/), fc.nat(), (text, at) => {
        const offset = Math.min(at, text.length);
        const before = text.slice(0, offset);
        const point = new LineIndex(text).point(offset);
        expect(point.line).toBe(before.split('\n').length);
        expect(point.column).toBe(offset - before.lastIndexOf('\n'));
      }),
    );
  });
});

describe('applyEdits', () => {
  it('applies groups whole, earlier groups first', () => {
    const result = applyEdits('abcdef', [
      [{ start: 0, end: 1, text: 'A' }],
      [
        { start: 0, end: 2, text: 'X' },
        { start: 5, end: 6, text: 'F' },
      ],
      [{ start: 2, end: 2, text: '-' }],
    ]);
    expect(result).toEqual({ text: 'Ab-cdef', applied: [true, false, true] });
  });

  it('writes the line ending of the file', () => {
    expect(applyEdits('a\r\nb\r\n', [[{ start: 3, end: 3, text: 'x\n' }]]).text).toBe('a\r\nx\r\nb\r\n');
    expect(dominantEol('a\nb\r\nc\r\n')).toBe('\r\n');
  });

  it('refuses edits outside the text', () => {
    expect(applyEdits('ab', [[{ start: 1, end: 9, text: '' }]])).toEqual({ text: 'ab', applied: [false] });
  });

  it('leaves everything outside accepted edits as it was', () => {
    const edit = fc
      .tuple(fc.nat(40), fc.nat(10))
      .map(([start, length]) => [{ start, end: start + length, text: '#' }]);
    fc.assert(
      fc.property(
        fc.string({ minLength: 50, maxLength: 50 }),
        fc.array(edit, { maxLength: 8 }),
        (text, groups) => {
          const { text: after, applied } = applyEdits(text, groups);
          const removed = groups
            .filter((_, i) => applied[i])
            .reduce((sum, [e]) => sum + (e!.end - e!.start) - 1, 0);
          expect(after.length).toBe(text.length - removed);
        },
      ),
    );
  });
});

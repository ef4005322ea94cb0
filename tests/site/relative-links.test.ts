import { describe, expect, test } from 'vitest';
import { headingTitle, scanRelativeLinks } from '../../scripts/site/relative-links.js';

const paths = (body: string, version: '0.6.1' | '0.7.0'): string[] =>
  scanRelativeLinks(body, version).map(({ path }) => path);

describe('scanRelativeLinks', () => {
  test('takes path, fragment and title apart as each version does', () => {
    const body = '[a](b.md#c "t") [d](e.md "t")';
    expect(scanRelativeLinks(body, '0.6.1')).toMatchObject([
      { path: 'b.md', fragment: '#c "t"', title: '' },
      { path: 'e.md "t"', fragment: '', title: '' },
    ]);
    expect(scanRelativeLinks(body, '0.7.0')).toMatchObject([
      { path: 'b.md', fragment: '#c', title: ' "t"' },
      { path: 'e.md', fragment: '', title: ' "t"' },
    ]);
  });

  test('gives offsets in the file', () => {
    const [match] = scanRelativeLinks('x [a](b.md)', '0.6.1', 100);
    expect(match).toMatchObject({ start: 102, pathStart: 106, end: 111 });
  });

  test('is blind to code, comments and escapes', () => {
    expect(paths('`[a](b.md)` \\[c](d.md) <!-- [e](f.md) -->', '0.6.1')).toEqual(['b.md', 'd.md', 'f.md']);
  });

  test('reads a footnote after a blank line as one reference, and as an inline link otherwise', () => {
    expect(scanRelativeLinks('\n[^1]: see [f](a.md)', '0.6.1')).toMatchObject([
      { form: 'reference', path: 'see [f](a.md)' },
    ]);
    expect(scanRelativeLinks('[^1]: see [f](a.md)', '0.6.1')).toMatchObject([
      { form: 'inline', path: 'a.md' },
    ]);
  });

  test('the inner of two nested links wins', () => {
    expect(paths('[![i](a.png)](b.md)', '0.7.0')).toEqual(['a.png']);
  });

  test.each(['[', '[a](', '[a](#', '[a](b "', '[r]: #', '[]()', '\n[r]: ', ' ', '"', '[a](b#c '])(
    'ends on a million times %j',
    (piece) => {
      for (const version of ['0.6.1', '0.7.0'] as const)
        expect(Array.isArray(scanRelativeLinks(piece.repeat(1_000_000), version))).toBe(true);
    },
  );
});

describe('headingTitle', () => {
  test.each([
    ['# One #\ntext', 'One #'],
    ['\n\n### Three\n', 'Three'],
    ['#### Four\n', null],
    ['Title\n=====\n', 'Title'],
    ['Title\r\n---\r\ntext', 'Title'],
    ['Text\n\n# Late', null],
    ['\n---\ntitle: x\n---\n', ''],
    ['---\ntitle: x\n---\n', null],
    ['', null],
    ['  # Indented\n', 'Indented'],
  ])('%j gives %j', (body, title) => {
    expect(headingTitle(body)).toBe(title);
  });
});

import { describe, expect, test } from 'vitest';
import { compareText, expandPath, extensionOf, fnmatch, toText } from '../../scripts/site/ruby.js';
import { escapePath, relativeUrl, resolvePath, sanitizeUrl } from '../../scripts/site/urls.js';

describe('URLs', () => {
  test.each([
    ['with space', 'with%20space'],
    ['100%', '100%25'],
    ['h#sh', 'h%23sh'],
    ['q?', 'q?'],
    ['café', 'caf%C3%A9'],
    ['a-b.c/d', 'a-b.c/d'],
  ])('escapePath(%j)', (path, escaped) => {
    expect(escapePath(path)).toBe(escaped);
  });

  test('sanitizeUrl', () => {
    expect(sanitizeUrl('/../up/./nine//')).toBe('/up/nine/');
  });

  test('relativeUrl encodes once and normalises', () => {
    expect(relativeUrl('/sub 11/', '/r')).toBe('/r/sub%2011/');
    expect(relativeUrl('/caf%C3%A9.html', '')).toBe('/caf%C3%A9.html');
    expect(relativeUrl('/%C2%B2.html', '')).toBe('/2.html');
  });

  test.each([
    ['b.md', '/a/c.html', '/a/b.md'],
    ['../b/', '/a/c.html', '/b/'],
    ['../../../b', '/a/c.html', '/b'],
    ['.', '/a/c.html', '/a/'],
    ['/x', '/a/', '/x'],
    ['', '/a/', '/a/'],
  ])('resolvePath(%j, %j)', (path, base, resolved) => {
    expect(resolvePath(path, base)).toBe(resolved);
  });
});

describe('pieces of Ruby', () => {
  test.each([
    ['*.tmp.md', 'd/b.tmp.md', true],
    ['foo', 'foobar', false],
    ['a?c', 'a/c', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['\\*', '*', true],
    ['*', '', true],
    ['a**b', 'a/x/b', true],
    ['*a*a*a*a*a*b', 'a'.repeat(5000), false],
  ])('fnmatch(%j)', (pattern, text, matches) => {
    expect(fnmatch(pattern, text)).toBe(matches);
  });

  test('expandPath', () => {
    expect(expandPath('../x//./y/', 'a/b')).toBe('a/x/y');
    expect(expandPath('../../..', 'a/b')).toBeNull();
  });

  test.each([
    ['.hidden', ''],
    ['.a.md', '.md'],
    ['a.b.md', '.md'],
    ['none', ''],
  ])('extensionOf(%j)', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });

  test('texts compare by code point', () => {
    expect(['🚀', '！', 'É', 'a', 'B'].sort(compareText)).toEqual(['B', 'a', 'É', '！', '🚀']);
  });

  test('values as text', () => {
    expect(toText(1, 'float')).toBe('1.0');
    expect(toText(['x', 1, null], 'list')).toBe('["x", 1, nil]');
    expect(toText(null, 'null')).toBe('');
  });
});

/** The linear scans against the plugin's own regular expression, on random texts of the characters that matter to it. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inUtf8 } from '../../scripts/jekyll/run.js';
import { scanRelativeLinks, type RelativeLinksVersion } from '../../scripts/site/relative-links.js';
import { hasJekyll, pagesLibraries } from '../support/jekyll.js';

const PIECES = [
  '[',
  ']',
  '](',
  ']: ',
  '(',
  ')',
  '#',
  '"',
  "'",
  '\\',
  ' ',
  '\t',
  '\n',
  '\r\n',
  'a',
  '\n\n',
  ' "',
  '")',
];
/** Beginnings of links, so that most texts hold a few. */
const OPENINGS = ['[a](', '[a](b', '[r]: b', '\n[r]: b#c ', '[a](b#c', '[a](b "t'];
const TEXTS = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...OPENINGS)), { minLength: 6, maxLength: 30 })
  .map((pieces) => pieces.join(''));

type Found = [start: number, end: number, path: string, fragment: string, title: string];

function ruby(texts: readonly string[], version: RelativeLinksVersion): Found[][] {
  const answer = execFileSync('ruby', [path.join(import.meta.dirname, '../support/relative-links.rb')], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...inUtf8(process.env), PAGES_LIBRARIES: version === '0.6.1' ? pagesLibraries : '' },
  });
  return JSON.parse(answer) as Found[][];
}

const versions: { version: RelativeLinksVersion; present: boolean }[] = [
  { version: '0.7.0', present: hasJekyll() },
  { version: '0.6.1', present: hasJekyll() && pagesLibraries !== undefined },
];

describe.each(versions)('scan and expression of jekyll-relative-links $version', ({ version, present }) => {
  test.skipIf(!present)('find the same in 20,000 random texts', () => {
    const texts = fc.sample(TEXTS, { numRuns: 20_000, seed: 7 });
    const expected = ruby(texts, version);
    expect(expected.flat().length).toBeGreaterThan(5_000);
    for (const [index, text] of texts.entries()) {
      const found = scanRelativeLinks(text, version).map((match): Found => [
        match.start,
        match.end,
        match.path,
        match.fragment,
        match.title,
      ]);
      expect(found, JSON.stringify(text)).toEqual(expected[index]);
    }
  });
});

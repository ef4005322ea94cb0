import { describe, expect, it } from 'vitest';
import { chapterTitle, fileSlug, titleSlug } from '../../../scripts/rules/shared/kinds.js';

describe('titleSlug', () => {
  it.each([
    [
      'Transports: stdio, Streamable HTTP, and Custom Channels',
      'transports-stdio-streamable-http-and-custom-channels',
    ],
    ['Service Model and Macro-Based Tooling', 'service-model-and-macro-based-tooling'],
    ["What's New?", 'whats-new'],
    ['Café & Crème', 'cafe-creme'],
    ['C++ (2nd Edition)', 'c-2nd-edition'],
    ['🚀', ''],
  ])('makes of %j %j', (title, slug) => {
    expect(titleSlug(title)).toBe(slug);
  });
});

describe('chapterTitle', () => {
  it('takes number and name apart', () => {
    expect(chapterTitle('Chapter 3: Transports: stdio')).toEqual({ number: '3', rest: 'Transports: stdio' });
  });
  it.each(['Chapter 3', 'chapter 3: A', 'Chapter 3:A', 'Transports'])('does not know %j', (title) => {
    expect(chapterTitle(title)).toBeNull();
  });
});

describe('fileSlug', () => {
  const pattern = /^(\d{2})-(.+)\.md$/;
  it('is the second group of the pattern on the name alone', () => {
    expect(fileSlug('docs/01-x/02-first-steps.md', pattern)).toBe('first-steps');
    expect(fileSlug('docs/01-x/README.md', pattern)).toBeNull();
  });
});

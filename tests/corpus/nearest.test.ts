import { describe, expect, it } from 'vitest';
import { Nearest, didYouMean, nearest as nearestOf } from '../../scripts/corpus/nearest.js';

describe('Nearest', () => {
  const nearest = new Nearest(['nav_order', 'has_children', 'title', 'User Guide']);
  it.each([
    ['navorder', 'nav_order'],
    ['nav-order', 'nav_order'],
    ['Nav Order', 'nav_order'],
    ['nav_oder', 'nav_order'],
    ['has_childern', 'has_children'],
    ['tilte', 'title'],
    ['User guide ', 'User Guide'],
  ])('takes %j for %j', (word, meant) => {
    expect(nearest.find(word)).toBe(meant);
  });
  it.each(['title', 'difficulty', 'x', '', 'subtitle'])('leaves %j alone', (word) => {
    expect(nearest.find(word)).toBeNull();
  });
  it('answers the second time what it answered the first time', () => {
    expect([nearest.find('titel'), nearest.find('titel')]).toEqual(['title', 'title']);
    expect(nearest.find('titel', 0)).toBeNull();
  });
  it('stops comparing among very many unknown words and still knows exact ones', () => {
    const titles = Array.from({ length: 3000 }, (_, index) => `Chapter about subject ${index}`);
    const many = new Nearest(titles);
    for (let index = 0; index < 3000; index++) many.find(`Chapter about nothing ${index}`);
    expect(many.find('chapter about subject 7')).toBe('Chapter about subject 7');
  });
});

describe('nearest', () => {
  it.each([
    ['summry', 'summary'],
    ['lmap', 'lamp'],
    ['colour', null],
    ['a'.repeat(5000), null],
  ])('answers a single question about %.10s', (word, meant) => {
    expect(nearestOf(word, ['runs', 'summary', 'lamp', 'a'.repeat(4999)])).toBe(meant);
  });
});

describe('didYouMean', () => {
  it('is the tail of a message, or nothing', () => {
    expect(didYouMean('title')).toBe(' Did you mean `title`?');
    expect(didYouMean(null)).toBe('');
  });
});

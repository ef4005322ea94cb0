import { describe, expect, it } from 'vitest';
import { predictedMegabytes } from '../../../scripts/rules/files/site-size.js';

describe('predictedMegabytes', () => {
  // HTML of real builds plus 13.5 KB of search index a page: 16.7 MB at 200 pages, 153.7 MB at 800.
  it.each([
    [200, 16.7 + 2.7],
    [800, 153.7 + 10.8],
  ])('is within 5 %% of the measured size of %i pages', (pages, megabytes) => {
    expect(Math.abs(predictedMegabytes(pages, pages) / megabytes - 1)).toBeLessThan(0.05);
  });
  it('grows with the square of the pages unless they are kept out of the navigation', () => {
    expect(predictedMegabytes(2000, 2000)).toBeGreaterThan(800);
    expect(predictedMegabytes(2000, 200)).toBeLessThan(200);
  });
});

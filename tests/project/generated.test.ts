/** Generated files are what the sources make of them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/generate.js';

describe('generated files', () => {
  it.each([...generatedFiles()])('%s is up to date (npm run generate)', (file, content) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(content);
  });
});

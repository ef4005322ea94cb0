import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', './tests/support/reporter.ts'],
    // Differential tests start Jekyll, and listing tests start cargo: seconds, not milliseconds.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});

import type { Range } from '../corpus/types.js';

/** Where a finding about a file as a whole points. */
export const FILE_START_RANGE: Range = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 1, offset: 0 },
};

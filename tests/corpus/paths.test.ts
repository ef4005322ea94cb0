import path from 'node:path';
import { expect, it } from 'vitest';
import { pathBelow } from '../../scripts/corpus/paths.js';

it.each([
  ['notes/a.md', 'notes/a.md'],
  ['.', ''],
  ['..notes.md', '..notes.md'],
  ['../other/a.md', null],
  ['..', null],
])('says where %j lies below the folder', (file, expected) => {
  const folder = path.resolve('corpus');
  expect(pathBelow(folder, path.resolve(folder, file))).toBe(expected);
});

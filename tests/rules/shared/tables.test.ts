import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../scripts/corpus/text.js';
import { readTable } from '../../../scripts/rules/shared/tables.js';

function cells(table: string): string[][] {
  const rows = readTable(table, new LineIndex(table).range(0, table.length));
  return rows.map((row) => row.cells.map((cell) => cell.text));
}

describe('readTable', () => {
  it('leaves the delimiter row out and trims cells', () => {
    expect(cells('| A | B |\n|:--|---|\n|  1 |2|')).toEqual([
      ['A', 'B'],
      ['1', '2'],
    ]);
  });
  it('reads rows without outer pipes', () => {
    expect(cells('A | B\n--|--\n1 | 2')).toEqual([
      ['A', 'B'],
      ['1', '2'],
    ]);
  });
  it('keeps empty cells and escaped pipes', () => {
    expect(cells('| A | B |\n|---|---|\n| a \\| b | |')).toEqual([
      ['A', 'B'],
      ['a \\| b', ''],
    ]);
  });
  it('gives offsets of the trimmed text', () => {
    const table = '| A |\r\n|---|\r\n|  x y  |\r\n';
    const row = readTable(table, new LineIndex(table).range(0, table.length))[1];
    const cell = row?.cells[0];
    expect(table.slice(cell?.start, cell?.end)).toBe('x y');
    expect(table.slice(row?.start, row?.end)).toBe('|  x y  |');
  });
});

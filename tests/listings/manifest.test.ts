import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../scripts/listings/manifest.js';

const problems = (text: string): [number, string][] =>
  parseManifest('listing.yml', text).problems.map(({ range, message }) => [range.start.line, message]);

describe('parseManifest', () => {
  it('fills in what the file leaves out', () => {
    const manifest = parseManifest(
      'listing.yml',
      'summary: A lamp.\nruns:\n  - name: on\n    command: ./lamp on\n',
    );
    expect(manifest).toEqual({
      path: 'listing.yml',
      summary: 'A lamp.',
      needs: [],
      runs: [{ name: 'on', command: './lamp on', exit: 0, stderr: false, normalise: [], seconds: 300 }],
      problems: [],
    });
  });

  it('keeps the runs that are right when something else is not', () => {
    const manifest = parseManifest(
      'listing.yml',
      'summary: A lamp.\ncolour: red\nruns:\n  - {name: on, command: ./lamp}\n  - {name: off}\n',
    );
    expect(manifest.runs.map((run) => run.name)).toEqual(['on']);
    expect(manifest.problems).toHaveLength(2);
  });

  it.each<[string, string, [number, string][]]>([
    ['an empty file', '', [[1, '`summary` is missing; expected text']]],
    ['a list', '- a\n', [[1, 'the file must be a mapping']]],
    ['runs that are no list', 'summary: A.\nruns: all\n', [[2, '`runs` must be a list']]],
    [
      'a command of several lines',
      'summary: A.\nruns:\n  - name: on\n    command: |\n      a\n      b\n',
      [[4, '`runs[0].command`: write the command on one line, as a reader types it']],
    ],
    [
      'a repeated key',
      'summary: A.\nsummary: B.\n',
      [[2, 'the YAML cannot be read: Map keys must be unique']],
    ],
    ['an alias', 'summary: &a A.\nneeds: [*a]\n', [[1, 'the YAML uses an alias; write the value out']]],
    [
      'a time limit out of bounds',
      'summary: A.\nruns:\n  - {name: on, command: ls, seconds: 0}\n',
      [[3, '`runs[0].seconds`: Too small: expected number to be >=1']],
    ],
  ])('reports %s', (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });
});

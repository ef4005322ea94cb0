import { describe, expect, it } from 'vitest';
import { parseYamlFile } from '../../../scripts/corpus/front-matter.js';
import { longDate, readSnapshot, snapshotEntries } from '../../../scripts/rules/shared/snapshot.js';

const BASE =
  'page: a.md\nrepository: lamp/lamp\nversion: 1.2.0\ntag: v1.2.0\nreleased: 2026-01-02\nchecked: 2026-02-03\n';

function entries(yaml: string): string[] {
  const read = readSnapshot(parseYamlFile(yaml));
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('; '));
  return snapshotEntries(read.snapshot);
}

describe('longDate', () => {
  it('names the month', () => {
    expect(longDate('2026-11-07')).toBe('November 7, 2026');
    expect(longDate('2026-01-31T10:00:00Z')).toBe('January 31, 2026');
  });
});

describe('snapshotEntries', () => {
  it('has repository, release and date without a package', () => {
    expect(entries(BASE)).toEqual([
      'repository: [`lamp/lamp`](https://github.com/lamp/lamp)',
      'latest release: [`v1.2.0`](https://github.com/lamp/lamp/releases/tag/v1.2.0) (**January 2, 2026**)',
      'checked: **February 3, 2026**',
    ]);
  });
  it('names the module of a crate with a hyphen by its underscore', () => {
    expect(entries(`${BASE}crate: rmcp-macros\n`)[2]).toBe(
      'crate: [`rmcp-macros` 1.2.0](https://docs.rs/rmcp-macros/1.2.0/rmcp_macros/)',
    );
  });
  it('names the file in which a fact was read, without a link where there is no crate', () => {
    expect(entries(`${BASE}licence: MIT\nread_in:\n  licence: COPYING\n`)).toContain(
      'licence: MIT (read in `COPYING`)',
    );
  });
});

describe('readSnapshot', () => {
  it('points at a number that should be text', () => {
    const read = readSnapshot(parseYamlFile(`${BASE}msrv: 1.88\n`));
    expect('problems' in read && read.problems).toMatchObject([
      {
        message: '`msrv` of the snapshot cannot be used: expected text (quote numbers); correct it',
        range: { start: { line: 7 } },
      },
    ]);
  });
  it('reports broken YAML', () => {
    const read = readSnapshot(parseYamlFile('page: [a\n'));
    expect('problems' in read && read.problems.length).toBeGreaterThan(0);
  });
});

/** Entries that an example cannot hold: bytes that are not UTF-8, and symbolic links. */
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCorpus } from '../../../scripts/index.js';
import { writeCorpus } from '../../support/corpus.js';

const PAGE = '---\ntitle: A\n---\n\n# A\n';

async function findings(root: string): Promise<{ file: string; line: number; message: string }[]> {
  const result = await checkCorpus({ root, only: new Set(['file-readable']) });
  return result.findings.map(({ file, line, message }) => ({ file, line, message }));
}

describe('file-readable', () => {
  it('points at the first byte that is not UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('---\ntitle: A\n---\n\nCaf'),
      Buffer.from([0xe9]),
      Buffer.from(' x\n'),
    ]);
    const root = await writeCorpus({ '_config.yml': '', 'a.md': bytes });
    expect(await findings(root)).toEqual([
      {
        file: 'a.md',
        line: 5,
        message:
          'The file is not valid UTF-8 from here on, and Jekyll stops at it: it is not checked; save it as UTF-8.',
      },
    ]);
  });

  it('follows links inside the root, and names those that leave it, circle or lead nowhere', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
    await writeFile(path.join(outside, 'secret.md'), PAGE);
    const root = await writeCorpus({ '_config.yml': '', 'a.md': PAGE });
    await symlink('a.md', path.join(root, 'inside.md'));
    await symlink(path.join(outside, 'secret.md'), path.join(root, 'leaves.md'));
    await symlink('circle.md', path.join(root, 'circle.md'));
    await symlink('nothing.png', path.join(root, 'picture.png'));
    await symlink(outside, path.join(root, 'folder'));
    expect(await findings(root)).toEqual([
      {
        file: 'circle.md',
        line: 1,
        message:
          'The symbolic link leads nowhere or in a circle: it is not followed; point it to a file or remove it.',
      },
      {
        file: 'folder',
        line: 1,
        message:
          'The symbolic link `folder` leads outside the repository, in a circle or nowhere, so the site has nothing under its name. Replace it by a copy of what it should lead to, or delete it.',
      },
      {
        file: 'leaves.md',
        line: 1,
        message:
          'The symbolic link leads outside the repository: it is not followed, and GitHub Pages skips it; copy the file instead.',
      },
      {
        file: 'picture.png',
        line: 1,
        message:
          'The symbolic link `picture.png` leads outside the repository, in a circle or nowhere, so the site has nothing under its name. Replace it by a copy of what it should lead to, or delete it.',
      },
    ]);
  });

  it('is silent about links that Jekyll passes over: hidden and excluded ones', async () => {
    const root = await writeCorpus({
      '_config.yml': 'exclude: [vendor, tools/]\n',
      'tools/a.txt': 'a\n',
      '_includes/part.s/a.html': '<p>A</p>\n',
    });
    for (const name of ['.ruby-version', 'vendor', 'tools/run', 'tools/b.md'])
      await symlink('nothing', path.join(root, name));
    expect(await findings(root)).toEqual([]);
  });
});

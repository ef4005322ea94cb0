/** Corpora whose file names no repository should hold: written to a temporary folder when the tests run. */
const PAGE = '---\n---\n# Page\n';

export const awkwardCorpora: Record<string, Record<string, string>> = {
  'awkward names': {
    '_config.yml': 'plugins: [jekyll-relative-links]\nbaseurl: /base\n',
    'index.md': `${PAGE}
[percent](100%25.html) [hash](h%23sh.html) [question](q%3F.html) [question left](q?.html)
[space](with%20space.html) [accents](caf%C3%A9.html) [raw accents](café.html) [plus](a+b.html)
[bracket](%5Bx%5D.html) [chinese](中文.md) [quote](it's.md) [square](²x.md)
`,
    '100%.md': PAGE,
    'h#sh.md': PAGE,
    'q?.md': PAGE,
    'with space.md': PAGE,
    'café.md': PAGE,
    '中文.md': PAGE,
    'a+b.md': PAGE,
    '[x].md': PAGE,
    "it's.md": PAGE,
    '²x.md': PAGE,
    'a&b.md': PAGE,
    'a=b,c;d.md': PAGE,
    'under_score~tilde!.md': PAGE,
    'back\\slash.md': PAGE,
    '100%25.txt': 'text\n',
    '%41.md': PAGE,
    'sub dir/p.md': `${PAGE}\n[up](../index.md) [sibling](p.md)\n`,
    'sub#dir/p.md': PAGE,
    'a..b.md': PAGE,
    'Index.md': PAGE,
    noext: PAGE,
    'image with space.png': 'x',
  },
};

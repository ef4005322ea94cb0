import { describe, expect, it } from 'vitest';
import { parseFrontMatter, parseYamlFile } from '../../scripts/corpus/front-matter.js';

const types = (yaml: string): Record<string, [string, unknown]> =>
  Object.fromEntries(
    Object.entries(parseFrontMatter(`---\n${yaml}\n---\n`).fields).map(([key, { type, value }]) => [
      key,
      [type, value],
    ]),
  );

describe('what counts as front matter', () => {
  const state = (source: string): string => parseFrontMatter(source).state;
  it.each([
    ['---\n---\n', 'valid'],
    ['---  \ntitle: x\n---\t\nbody', 'valid'],
    ['---\r\ntitle: x\r\n---\r\nbody', 'valid'],
    ['---\ntitle: x\n...\nbody', 'valid'],
    ['# Heading\n', 'none'],
    ['', 'none'],
    ['---\ntitle: x\nbody', 'unclosed'],
    ['---\n- a\n---\n', 'not-a-mapping'],
    ['---\njust text\n---\n', 'not-a-mapping'],
    ['---\ntitle: a: b\n---\n', 'invalid'],
    ['---\ntitle:\tx\n\tb: y\n---\n', 'invalid'],
    [' ---\ntitle: x\n---\n', 'displaced'],
    ['\n---\ntitle: x\n---\n', 'displaced'],
    ['\uFEFF---\ntitle: x\n---\n', 'displaced'],
    ['----\ntitle: x\n----\n', 'displaced'],
  ])('%j is %s', (source, expected) => {
    expect(state(source)).toBe(expected);
  });

  it('says where the body begins', () => {
    const source = '---\r\ntitle: x\r\n---\r\n# Body';
    expect(source.slice(parseFrontMatter(source).bodyOffset)).toBe('# Body');
  });
});

describe('values as Psych reads them', () => {
  it('follows YAML 1.1', () => {
    expect(
      types(
        [
          'yes: yes',
          'off: Off',
          'date: 2024-01-01',
          'time: 2024-01-01 10:00:00',
          'thousand: 1_000',
          'octal: 010',
          'hex: 0x10',
          'word: 1e1',
          'float: 1.10',
          'nothing:',
          'tilde: ~',
          'quoted: "010"',
          'list: [a, 1]',
          'sixty: 1:30',
          'plain: a b',
        ].join('\n'),
      ),
    ).toEqual({
      yes: ['boolean', true],
      off: ['boolean', false],
      date: ['date', '2024-01-01'],
      time: ['date', '2024-01-01 10:00:00'],
      thousand: ['integer', 1000],
      octal: ['integer', 8],
      hex: ['integer', 16],
      word: ['string', '1e1'],
      float: ['float', 1.1],
      nothing: ['null', null],
      tilde: ['null', null],
      quoted: ['string', '010'],
      list: ['list', ['a', 1]],
      sixty: ['integer', 5400],
      plain: ['string', 'a b'],
    });
  });

  it('gives the position of every key and value', () => {
    const { fields } = parseFrontMatter('---\ntitle: "A: b"\nnav_order: 3\n---\n');
    expect(fields['title']?.keyRange.start).toEqual({ line: 2, column: 1, offset: 4 });
    expect(fields['title']?.valueRange).toEqual({
      start: { line: 2, column: 8, offset: 11 },
      end: { line: 2, column: 14, offset: 17 },
    });
    expect(fields['nav_order']?.raw).toBe('3');
  });

  it('keeps the last of duplicate keys and names both places', () => {
    const { fields, duplicates } = parseFrontMatter('---\na: 1\nb: 2\na: 3\n---\n');
    expect(fields['a']?.value).toBe(3);
    expect(duplicates).toMatchObject([
      { key: 'a', range: { start: { line: 4 } }, first: { start: { line: 2 } } },
    ]);
  });

  it('reads aliases, and does not unfold a bomb of them', () => {
    expect(parseYamlFile('a: &x [1]\nb: *x\n').fields['b']?.value).toEqual([1]);
    const bomb = [
      'a0: &a0 [x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ];
    expect(parseYamlFile(`${bomb.join('\n')}\n`).state).toBe('valid');
  });

  it('survives collections that nest without end', () => {
    expect(parseFrontMatter(`---\na: ${'['.repeat(100_000)}\n---\n`).state).toBe('invalid');
  });

  it('keeps keys that are names of object members', () => {
    expect(types('__proto__: 1\nconstructor: 2')['constructor']).toEqual(['integer', 2]);
  });

  it('reports Ruby tags', () => {
    expect(parseFrontMatter('---\na: !ruby/object {b: 1}\n---\n').tags.map(({ tag }) => tag)).toEqual([
      '!ruby/object',
    ]);
  });
});

describe('what Psych 4 makes of rarer forms, as `Psych.safe_load` printed it', () => {
  it.each([
    ['1.0e1', 'string', '1.0e1'],
    ['1.0e+1', 'float', 10],
    ['12:30', 'integer', 45_000],
    ['1:30:05', 'integer', 5405],
    ['-1:30', 'integer', -1800],
    ['1:2:3:4', 'string', '1:2:3:4'],
    ['2024-1-1', 'date', '2024-01-01'],
    ['2024-02-31', 'string', '2024-02-31'],
    ['!!str 12', 'string', '12'],
    ['! 12', 'integer', 12],
  ])('%s', (typed, type, value) => {
    expect(types(`k: ${typed}`)).toEqual({ k: [type, value] });
  });
  it('applies merge keys in place: what stands later wins, and the first mapping of a list', () => {
    expect(types('a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3')['b']).toEqual(['map', { p: 1, q: 3 }]);
    expect(types('b:\n  q: 3\n  <<: [{q: 1, r: 2}, {r: 3}]')['b']).toEqual(['map', { q: 1, r: 2 }]);
    expect(types('title: x\n<<: {title: y, layout: z}')).toEqual({
      title: ['string', 'y'],
      layout: ['string', 'z'],
    });
    expect(types('<<: 5')).toEqual({ '<<': ['integer', 5] });
  });
  it('does not follow a merge that leads back to itself', () => {
    expect(parseYamlFile('a: &a\n  <<: *a\n  b: 1\n').state).toBe('valid');
    const bomb = Array.from(
      { length: 30 },
      (_, index) => `k${index}: &k${index} {<<: [*k${index - 1}, *k${index - 1}]}`,
    );
    expect(parseYamlFile(['k-1: &k-1 {a: 1}', ...bomb].join('\n')).state).toBe('valid');
  });
  it('looks up ten thousand aliases in linear time', () => {
    const aliases = Array.from({ length: 10_000 }, (_, index) => `k${index}: *x`);
    expect(parseYamlFile(['a: &x 1', 'b: &x 2', ...aliases].join('\n')).fields['k9000']?.value).toBe(2);
  }, 10_000);
});

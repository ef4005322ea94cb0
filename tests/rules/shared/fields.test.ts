import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrontMatter } from '../../../scripts/corpus/front-matter.js';
import { applyEdits } from '../../../scripts/corpus/text.js';
import { setField, yamlString } from '../../../scripts/rules/shared/fields.js';

function set(source: string, key: string, text: string): string {
  const edits = setField(parseFrontMatter(source), source, key, text);
  return applyEdits(source, [edits ?? []]).text;
}

describe('yamlString', () => {
  it('is read back as the very same string, in any quoting style', () => {
    const style = fc.constantFrom('"', "'", 'plain', '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), style, (text, like) => {
        const { fields, state } = parseFrontMatter(`---\nkey: ${yamlString(text, like)}\n---\n`);
        expect(state).toBe('valid');
        expect([fields['key']?.value, fields['key']?.type]).toEqual([text, 'string']);
      }),
    );
  });
  it.each(['yes', 'null', '2024-01-01', '1.10', 'a: b', ' a', '~', '# a', '- a'])('quotes %j', (text) => {
    expect(yamlString(text, 'plain')).toBe(JSON.stringify(text));
  });
  it('keeps the style of the value that it replaces', () => {
    expect(yamlString("it's", "'old'")).toBe("'it''s'");
    expect(yamlString('A B', 'old')).toBe('A B');
    expect(yamlString('A B', '"old"')).toBe('"A B"');
  });
});

describe('setField', () => {
  it('replaces a value, fills an empty one and leaves comments alone', () => {
    expect(set('---\nnav_order: 7 # why\n---\n', 'nav_order', '1')).toBe('---\nnav_order: 1 # why\n---\n');
    expect(set('---\ntitle:\nlayout: default\n---\n', 'title', 'A')).toBe(
      '---\ntitle: A\nlayout: default\n---\n',
    );
  });
  it('adds a missing field behind those that customarily stand before it', () => {
    const source = '---\nlayout: default\ntitle: A\nhas_children: true\n---\n';
    expect(set(source, 'nav_order', '1')).toBe(
      '---\nlayout: default\ntitle: A\nnav_order: 1\nhas_children: true\n---\n',
    );
    expect(set('---\n---\n', 'title', 'A')).toBe('---\ntitle: A\n---\n');
    expect(set('---\r\ntitle: A\r\n---\r\n', 'parent', 'B')).toBe('---\r\ntitle: A\r\nparent: B\r\n---\r\n');
  });
  it('adds behind a value of several lines', () => {
    expect(set('---\ntitle: >\n  A\n  B\n---\n', 'parent', 'C')).toBe(
      '---\ntitle: >\n  A\n  B\nparent: C\n---\n',
    );
  });
  it('offers nothing for front matter that cannot be read', () => {
    const source = '---\ntitle: a: b\n---\n';
    expect(setField(parseFrontMatter(source), source, 'parent', 'B')).toBeUndefined();
  });
});

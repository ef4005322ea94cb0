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
  it('fills an empty value before a comment, and wherever the colon stands', () => {
    expect(set('---\ntitle: # none yet\n---\n', 'title', '"A"')).toBe('---\ntitle: "A" # none yet\n---\n');
    expect(set('---\n"title" :\nx: 1\n---\n', 'title', 'A')).toBe('---\n"title" : A\nx: 1\n---\n');
    expect(set('---\r\ntitle:\r\nx: 1\r\n---\r\n', 'title', 'A')).toBe('---\r\ntitle: A\r\nx: 1\r\n---\r\n');
  });
  it('keeps the indentation of the other fields', () => {
    expect(set('---\n  layout: default\n  nav_order: 1\n---\n', 'title', 'A')).toBe(
      '---\n  layout: default\n  title: A\n  nav_order: 1\n---\n',
    );
    expect(set('---\n  nav_order: 1\n---\n', 'title', 'A')).toBe('---\n  title: A\n  nav_order: 1\n---\n');
  });
  it.each(['{layout: default}', '{\nlayout: default,\nx: 1\n}', '{ layout: default,\n  x: 1 }'])(
    'leaves %j alone, since a line behind it would make the YAML unreadable',
    (yaml) => {
      const source = `---\n${yaml}\n---\n`;
      expect(parseFrontMatter(source).state).toBe('valid');
      expect(setField(parseFrontMatter(source), source, 'title', 'A')).toBeUndefined();
    },
  );
  it('offers nothing for a key whose empty value has an anchor', () => {
    const source = '---\ntitle: &t\n---\n';
    expect(setField(parseFrontMatter(source), source, 'title', 'A')).toBeUndefined();
  });
  it('offers nothing for front matter that cannot be read', () => {
    const source = '---\ntitle: a: b\n---\n';
    expect(setField(parseFrontMatter(source), source, 'parent', 'B')).toBeUndefined();
  });
});

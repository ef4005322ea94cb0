import { describe, expect, it } from 'vitest';
import { DiagramChecker, type DiagramError } from '../../scripts/corpus/diagrams.js';

const checker = new DiagramChecker();
const checkDiagram = async (text: string): Promise<DiagramError | null> => (await checker.check(text)).error;

describe('checkDiagram', () => {
  it.each([
    ['flowchart', 'flowchart LR\n  a["x & <b>y</b>"] -->|t| b{q}\n  click a "https://example.org"'],
    ['sequenceDiagram', 'sequenceDiagram\n  A->>B: hi<br/>there\n  Note over A,B: text'],
    ['stateDiagram-v2', 'stateDiagram-v2\n  [*] --> A\n  A --> B: go'],
    ['classDiagram', 'classDiagram\n  class A {\n    +int x\n  }\n  A <|-- B'],
    ['timeline', 'timeline\n  title T\n  2025 : a : b'],
    ['erDiagram', 'erDiagram\n  A ||--o{ B : has'],
    ['gitGraph', 'gitGraph\n  commit\n  branch x\n  commit'],
    ['pie', 'pie title X\n  "a": 3'],
    ['front matter', '---\ntitle: x\n---\nflowchart LR\n  a-->b'],
    ['a directive and comments', '%%{init: {"theme": "dark"}}%%\n%% why\nflowchart LR\n  %% more\n  a-->b'],
  ])('accepts %s', async (_name, text) => {
    expect(await checkDiagram(text)).toBeNull();
  });

  it('points at the line of the diagram as it is typed, whatever mermaid cuts out first', async () => {
    const message =
      "found `[` where mermaid's grammar expects `AMP`, `COLON`, `PIPE`, `TESTSTR`, `DOWN` or 8 other tokens";
    const wrong = 'flowchart LR\n  a --> b\n  c --> [d';
    expect(await checkDiagram(wrong)).toEqual({ message, line: 3 });
    expect(await checkDiagram(`\n%% one\n${wrong}`)).toEqual({ message, line: 5 });
    expect(await checkDiagram(`---\ntitle: x\n---\n${wrong}`)).toEqual({ message, line: 6 });
    expect(await checkDiagram(`%%{init: {"theme": "dark"}}%%\n${wrong}`)).toEqual({ message, line: 4 });
    expect(await checkDiagram(wrong.replace('  a', '  %% two\n\n  a'))).toEqual({ message, line: 5 });
  });

  it.each([
    [
      'an unknown type',
      'flowchrt LR\n a-->b',
      1,
      '`flowchrt LR` names no diagram type that mermaid 11 knows; begin with one such as `flowchart LR`, `sequenceDiagram` or `stateDiagram-v2`',
    ],
    ['no text', '', 1, 'the diagram is empty; begin it with its type, for example `flowchart LR`'],
    [
      'an unclosed directive',
      '%%{init: {"theme": "dark"}\nflowchart LR\n a-->b',
      1,
      'the directive that begins with `%%{` is not closed; end it with `}%%`',
    ],
    [
      'a message without text',
      'sequenceDiagram\n A->>B hi\n',
      2,
      "found the end of the line where mermaid's grammar expects `TXT`",
    ],
    [
      'a grammar of the second generation',
      'pie title X\n "a": 3\n b: 4',
      3,
      "mermaid's parser says: Expecting token of type 'EOF' but found `:`.",
    ],
    [
      'an error that names no line',
      'mindmap\n root\n other',
      3,
      'mermaid says: There can be only one root. No parent could be found for ("other")',
    ],
    [
      'front matter that is not YAML',
      '---\ntitle: x\n  bad: [\n---\nflowchart LR\n a-->b',
      3,
      "the diagram's front matter is not YAML: bad indentation of a mapping entry (2:6)",
    ],
    [
      'a diagram that is too long',
      `flowchart LR\n${'  a --> b\n'.repeat(5001)}`,
      1,
      'the diagram has 50023 characters, and mermaid draws at most 50000; split it',
    ],
  ])('explains %s', async (_name, text, line, message) => {
    expect(await checkDiagram(text)).toEqual({ message, line });
  });

  it.each([
    [
      "Cannot find package 'mermaid' imported from diagrams.js",
      '`mermaid` is not installed; run `npm install --save-dev mermaid@11 jsdom`',
    ],
    [
      "Cannot find package 'jsdom' imported from diagrams.js",
      '`jsdom` is not installed; run `npm install --save-dev mermaid@11 jsdom`',
    ],
    ['out of\n  luck', 'mermaid cannot be loaded (out of luck); install it anew'],
  ])('says why a diagram was not checked: %s', async (reason, unchecked) => {
    const without = new DiagramChecker(() => Promise.reject(new Error(reason)));
    expect(await without.check('flowchrt LR')).toEqual({ error: null, unchecked });
    expect(await without.check('flowchrt LR')).toEqual({ error: null, unchecked });
  });

  it('leaves no browser globals behind', async () => {
    await checkDiagram('flowchart LR\n a-->b');
    expect('window' in globalThis || 'document' in globalThis || 'injected' in globalThis).toBe(false);
  });
});

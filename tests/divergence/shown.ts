/**
 * What a reader sees of a rendered page as a list of tokens: words with their emphasis and links, the starts and ends of
 * blocks, code line by line. Made from HTML alone, so that it knows nothing of how the checker compares.
 */
import GithubSlugger from 'github-slugger';
import type { Element, ElementContent, Root, RootContent } from 'hast';
import type { Nodes as MdastNodes, Root as MdastRoot } from 'mdast';
import { toString } from 'mdast-util-to-string';
import rehypeRaw from 'rehype-raw';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

export interface Token {
  text: string;
  /** Line of the source, from 1; 0 where the HTML does not tell. */
  line: number;
}

const github = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(() => markHeadings)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw);
const site = unified().use(rehypeRaw);

/** GitHub's page of a Markdown text. */
export function githubTokens(markdown: string): Token[] {
  return new Collector().collect(github.runSync(github.parse(markdown)));
}

/** The page of kramdown's HTML. */
export function siteTokens(html: string): Token[] {
  const root = site.runSync({ type: 'root', children: [{ type: 'raw', value: html }] } as unknown as Root);
  return new Collector().collect(root);
}

/** Gives each heading GitHub's anchor, as GitHub's own filter does after rendering. */
function markHeadings(tree: MdastRoot): void {
  const slugger = new GithubSlugger();
  const open: MdastNodes[] = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'heading')
      node.data = {
        hProperties: { id: slugger.slug(toString(node, { includeImageAlt: false, includeHtml: false })) },
      };
    if ('children' in node)
      for (let index = node.children.length - 1; index >= 0; index--)
        open.push(node.children[index] as MdastNodes);
  }
}

const BLOCKS: Readonly<Record<string, string>> = {
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  blockquote: 'quote',
  table: 'table',
  tr: 'row',
  td: 'cell',
  th: 'cell',
  dl: 'dl',
  dt: 'dt',
  dd: 'dd',
};
/** Elements that only end a paragraph. */
const BREAKS = new Set(
  'p div section article aside details summary figure figcaption header footer main nav form fieldset center address'.split(
    ' ',
  ),
);
const HIDDEN = new Set(['script', 'style', 'template', 'head', 'title']);
const MARKS: Readonly<Record<string, string>> = { em: 'em', strong: 'strong', del: 'del', code: 'code' };
const QUOTES: Readonly<Record<string, string>> = { '‘': "'", '’': "'", '“': '"', '”': '"' };

class Collector {
  private readonly tokens: Token[] = [];
  private readonly footnotes: Element[] = [];
  private run = '';
  private runMarks = '';
  private runLine = 0;
  private glued = false;
  private lineNow = 0;
  /** Number of the next item of the list; 0 outside ordered ones. */
  private number = 0;

  collect(root: Root): Token[] {
    this.children(root.children, []);
    this.endText();
    for (const section of this.footnotes) {
      this.push('footnotes');
      this.children(section.children, []);
      this.endText();
    }
    while (this.tokens[this.tokens.length - 1]?.text === '¶') this.tokens.pop();
    return this.tokens;
  }

  private children(nodes: readonly (RootContent | ElementContent)[], marks: readonly string[]): void {
    for (const node of nodes) this.node(node, marks);
  }

  private node(node: RootContent | ElementContent, marks: readonly string[]): void {
    // Elements that the HTML parser adds, and cells that fill a row, have no place of their own.
    const start = node.position?.start as { line: number } | undefined;
    if (start) this.lineNow = start.line;
    else if (node.type === 'element') this.lineNow = this.tokens[this.tokens.length - 1]?.line ?? 1;
    if (node.type === 'text') this.text(node.value, marks);
    else if (node.type === 'element') this.element(node, marks);
  }

  private element(node: Element, marks: readonly string[]): void {
    const { tagName, properties } = node;
    if (HIDDEN.has(tagName)) return;
    const classes = Array.isArray(properties.className) ? properties.className.join(' ') : '';
    if (classes === 'footnotes' || properties.dataFootnotes !== undefined) {
      this.endText();
      this.footnotes.push(...bodyOf(node));
      return;
    }
    if (classes.includes('reversefootnote') || properties.dataFootnoteBackref !== undefined) {
      // kramdown puts a no-break space before the link back.
      this.run = this.run.replace(/\u00a0+$/, '');
      return;
    }
    if (tagName === 'sup' && /^fnref:|user-content-fnref/.test(text(properties.id) + firstId(node))) {
      this.mark('†');
      return;
    }
    if (tagName === 'br') this.mark('⏎');
    else if (tagName === 'img') this.mark(`img ${target(properties.src)} ${marks.join(' ')}`);
    else if (tagName === 'hr') {
      this.endText();
      this.push('<hr>');
    } else if (tagName === 'pre') this.code(node);
    else if (tagName in BLOCKS) this.block(node, BLOCKS[tagName] ?? tagName);
    else if (BREAKS.has(tagName)) {
      this.paragraph();
      this.children(node.children, marks);
      this.paragraph();
    } else if (tagName === 'a' && properties.href !== undefined)
      this.children(node.children, [
        ...marks.filter((m) => !m.startsWith('->')),
        `->${target(properties.href)}`,
      ]);
    else if (tagName in MARKS)
      this.children(node.children, [...new Set([...marks, MARKS[tagName] ?? ''])].sort());
    else this.children(node.children, marks);
  }

  private block(node: Element, name: string): void {
    this.endText();
    const last = this.tokens[this.tokens.length - 1];
    // Two lists or quotes with nothing between look like one.
    if (/^(?:ul|ol|quote)$/.test(name) && last?.text === `</${name}>`) this.tokens.pop();
    else this.push(name === 'li' && this.number > 0 ? `<li ${this.number}>` : `<${name}>`);
    if (name === 'ol') this.number = Number(node.properties.start ?? 1);
    const own = this.number;
    const id = text(node.properties.id);
    if (/^h\d$/.test(name) && id !== '') this.push(`#${id.replace(/^user-content-/, '')}`);
    if (name !== 'ol') this.number = 0;
    this.children(node.children, []);
    this.endText();
    this.push(`</${name}>`, this.tokens[this.tokens.length - 1]?.line ?? this.lineNow);
    this.number = name === 'li' && own > 0 ? own + 1 : own;
  }

  private code(node: Element): void {
    this.endText();
    const inner = node.children.find((child) => child.type === 'element' && child.tagName === 'code');
    const code = inner?.type === 'element' ? inner : node;
    const classes = Array.isArray(code.properties.className) ? code.properties.className.join(' ') : '';
    // The HTML parser drops a line feed after `<pre>`, on one side only.
    const value = textOf(code).replace(/\n$/, '').replace(/^\n/, '');
    const first = this.lineNow;
    this.push(`<pre ${/language-(\S+)/.exec(classes)?.[1] ?? ''}>`);
    for (const [index, line] of value.split('\n').entries()) this.push(`|${line}`, first + index);
    this.push('</pre>');
  }

  private text(value: string, marks: readonly string[]): void {
    const key = marks.join(' ');
    for (const character of value) {
      if (character === '\n') {
        if (this.lineNow > 0) this.lineNow++;
      }
      if (/[ \t\n\r\f]/.test(character)) {
        this.flush();
        this.glued = false;
        continue;
      }
      if (key !== this.runMarks && this.run !== '') {
        this.flush();
        this.glued = true;
      }
      if (this.run === '') {
        this.runMarks = key;
        this.runLine = this.lineNow;
      }
      this.run += QUOTES[character] ?? character;
    }
  }

  private flush(): void {
    if (/^\u00a0*$/.test(this.run)) this.run = '';
    if (this.run === '') return;
    const glue = this.glued ? '+' : '';
    this.tokens.push({
      text: `${glue}${this.run}${this.runMarks ? ` ‹${this.runMarks}›` : ''}`,
      line: this.runLine,
    });
    this.run = '';
    this.glued = true;
  }

  private mark(token: string): void {
    this.flush();
    this.glued = false;
    this.tokens.push({ text: token, line: this.lineNow });
  }

  private paragraph(): void {
    this.flush();
    this.glued = false;
    const last = this.tokens[this.tokens.length - 1]?.text;
    if (last !== undefined && last !== '¶' && !isBlock(last))
      this.tokens.push({ text: '¶', line: this.lineNow });
  }

  private endText(): void {
    this.flush();
    this.glued = false;
    if (this.tokens[this.tokens.length - 1]?.text === '¶') this.tokens.pop();
  }

  private push(token: string, line = this.lineNow): void {
    if (isBlock(token) && this.tokens[this.tokens.length - 1]?.text === '¶') this.tokens.pop();
    this.tokens.push({ text: token, line });
  }
}

function isBlock(token: string): boolean {
  return /^<\/?(?:h\d|ul|ol|li|quote|table|row|cell|dl|dt|dd|pre|hr)\b/.test(token) || token === 'footnotes';
}

function bodyOf(section: Element): Element[] {
  return section.children.filter(
    (child): child is Element => child.type === 'element' && child.tagName === 'ol',
  );
}

function firstId(node: Element): string {
  const [child] = node.children;
  return child?.type === 'element' ? text(child.properties.id) : '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function target(value: unknown): string {
  const given = text(value)
    .replace(/^mailto:/i, '')
    .replace(/\s+/g, ' ')
    .trim();
  try {
    return decodeURI(given).replaceAll(' ', '%20');
  } catch {
    return given;
  }
}

function textOf(node: Element): string {
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}

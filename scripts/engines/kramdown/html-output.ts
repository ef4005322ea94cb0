/**
 * The tree as HTML, as kramdown's own converter writes it (lib/kramdown/converter/html.rb), without a
 * syntax highlighter.
 */
import { namedEntity } from './entities.js';
import { voidElements } from './html-tables.js';
import { plainId, usedFootnotes } from './ids.js';
import { strip } from '../ruby.js';
import { typographicText } from './span-text.js';
import { tableOfContents, type TocEntry } from './toc.js';
import type { KramdownDocument, KramdownElement, KramdownOptions } from './types.js';

const reference = /&(?:[A-Za-z0-9_:][-A-Za-z0-9_.:]*;|#[0-9]+;|#x[0-9a-fA-F]+;)|[<>&"]/g;
const replacements: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

function escapeText(text: string): string {
  return text.replace(reference, (found) => replacements[found] ?? found);
}

function escapeAttribute(text: string): string {
  return text.replace(reference, (found) => (found === '"' ? '&quot;' : (replacements[found] ?? found)));
}

function escapeAll(text: string): string {
  return text.replace(/[<>&]/g, (found) => replacements[found]!);
}

function attributesOf(attributes: ReadonlyMap<string, string>): string {
  let result = '';
  for (const [name, value] of attributes) {
    if (name === 'id' && strip(value) === '') continue;
    result += ` ${name}="${escapeAttribute(value)}"`;
  }
  return result;
}

function spaces(indent: number): string {
  return ' '.repeat(Math.max(0, indent));
}

function isRawHtml(element: KramdownElement | undefined): boolean {
  return element?.type === 'html_element' && element.contentModel === 'raw';
}

/** Marks spaces and tabs, those at the start and the end of a line differently. */
function showSpaces(code: string): string {
  const lines = code.split('\n').map((line) =>
    line.replace(/[ \t]+/g, (run, at: number) => {
      let suffix = '';
      if (at === 0) suffix = '-l';
      else if (at + run.length === line.length) suffix = '-r';
      return Array.from(run, (character) =>
        character === '\t'
          ? `<span class="ws-tab${suffix}">\t</span>`
          : `<span class="ws-space${suffix}">&#8901;</span>`,
      ).join('');
    }),
  );
  return lines.join('\n');
}

class Converter {
  private readonly options: KramdownOptions;
  private readonly document: KramdownDocument;
  private readonly stack: KramdownElement[] = [];
  private readonly numbers = new Map<string, { number: number; repeats: number }>();
  private readonly toc: TocEntry[] = [];
  private tocList: KramdownElement | undefined;
  private footnoteList: KramdownElement | undefined;

  constructor(private readonly root: KramdownElement) {
    this.document = root.document!;
    this.options = this.document.options;
  }

  convertRoot(): string {
    // Both are only known once all else is converted; NUL cannot appear in what authors write by hand.
    let result = this.inner(this.root, -2);
    const footnotes = this.footnotes();
    result = this.footnoteList ? result.replace('\0footnotes\0', () => footnotes) : result + footnotes;
    if (this.tocList) {
      const { type, attributes } = this.tocList;
      const list = tableOfContents(this.toc, type === 'ol' ? 'ol' : 'ul', attributes);
      const html = list.children.length > 0 ? this.convert(list, 0) : '';
      result = result.replace('\0toc\0', () => html);
    }
    return result;
  }

  private inner(element: KramdownElement, indent: number): string {
    this.stack.push(element);
    let result = '';
    for (const child of element.children) result += this.convert(child, indent + 2);
    this.stack.pop();
    return result;
  }

  private indented(
    name: string,
    attributes: ReadonlyMap<string, string>,
    body: string,
    indent: number,
  ): string {
    return `${spaces(indent)}<${name}${attributesOf(attributes)}>\n${body}${spaces(indent)}</${name}>\n`;
  }

  private block(name: string, attributes: ReadonlyMap<string, string>, body: string, indent: number): string {
    return `${spaces(indent)}<${name}${attributesOf(attributes)}>${body}</${name}>\n`;
  }

  private span(name: string, attributes: ReadonlyMap<string, string>, body: string): string {
    return `<${name}${attributesOf(attributes)}>${body}</${name}>`;
  }

  private convert(el: KramdownElement, indent: number): string {
    switch (el.type) {
      case 'blank':
        return '\n';
      case 'text':
        return escapeText(el.value!);
      case 'p':
        return this.paragraph(el, indent);
      case 'header':
        return this.header(el, indent);
      case 'codeblock':
        return this.codeblock(el, indent);
      case 'blockquote':
      case 'dl':
      case 'table':
      case 'thead':
      case 'tbody':
      case 'tfoot':
        return this.indented(el.type, el.attributes, this.inner(el, indent), indent);
      case 'tr':
        return this.row(el, indent);
      case 'ul':
      case 'ol':
        return this.list(el, indent);
      case 'li':
      case 'dd':
        return this.item(el, indent);
      case 'dt':
        return this.block('dt', this.termAttributes(el), this.inner(el, indent), indent);
      case 'hr':
        return `${spaces(indent)}<hr${attributesOf(el.attributes)} />\n`;
      case 'math':
        return this.math(el, indent);
      case 'html_element':
      case 'del':
        return this.html(el, indent);
      default:
        return this.convertSpan(el, indent);
    }
  }

  private convertSpan(el: KramdownElement, indent: number): string {
    const value = el.value ?? '';
    const isBlock = el.category === 'block';
    switch (el.type) {
      case 'em':
      case 'strong':
      case 'a':
        return this.span(el.type, el.attributes, this.inner(el, indent));
      case 'img':
        return `<img${attributesOf(el.attributes)} />`;
      case 'codespan':
        return this.span('code', el.attributes, escapeAll(value));
      case 'br':
        return '<br />';
      case 'smart_quote':
      case 'typographic_sym':
        return typographicText[value]!;
      case 'entity':
        return value in replacements ? (el.original ?? replacements[value]!) : value;
      case 'abbreviation':
        return this.abbreviation(value);
      case 'footnote':
        return this.footnoteMark(el);
      case 'comment':
        return isBlock ? `${spaces(indent)}<!-- ${value} -->\n` : `<!-- ${value} -->`;
      case 'xml_comment':
      case 'xml_pi':
        return isBlock && !isRawHtml(this.stack.at(-1)) ? `${spaces(indent)}${value}\n` : value;
      case 'raw':
        if (el.formats && el.formats.length > 0 && !el.formats.includes('html')) return '';
        return value + (isBlock ? '\n' : '');
      default:
        return '';
    }
  }

  private paragraph(el: KramdownElement, indent: number): string {
    if (el.transparent) return this.inner(el, indent);
    const only = el.children.length === 1 ? el.children[0]! : undefined;
    if (only?.type !== 'img' || !only.ial?.refs.includes('standalone')) {
      return this.block('p', el.attributes, this.inner(el, indent), indent);
    }
    const figure = new Map(el.attributes);
    const image = new Map(only.attributes);
    for (const name of ['class', 'id']) {
      const value = image.get(name);
      if (value === undefined || figure.has(name)) continue;
      figure.set(name, value);
      image.delete(name);
    }
    const inside = spaces(indent + 2);
    const body = `${inside}<img${attributesOf(image)} />\n${inside}<figcaption>${image.get('alt') ?? ''}</figcaption>\n`;
    return this.indented('figure', figure, body, indent);
  }

  private header(el: KramdownElement, indent: number): string {
    const id = el.attributes.get('id');
    const isListed = !/\bno_toc\b/.test(el.attributes.get('class') ?? '');
    if (id !== undefined && this.options.tocLevels.includes(el.level!) && isListed) {
      this.toc.push({ level: el.level!, id, children: el.children });
    }
    const level = Math.max(1, Math.min(6, el.level! + this.options.headerOffset));
    return this.block(`h${level}`, el.attributes, this.inner(el, indent), indent);
  }

  private codeblock(el: KramdownElement, indent: number): string {
    const attributes = new Map(el.attributes);
    const classes = attributes.get('class');
    const language = classes === undefined ? undefined : /\blanguage-([^ \t\r\n\f\v]+)/.exec(classes)?.[1];
    if (language !== undefined) {
      const rest = strip(classes!.replace(/\blanguage-[^ \t\r\n\f\v]+/, ''));
      if (rest === '') attributes.delete('class');
      else attributes.set('class', rest);
    }
    const code = language === undefined ? '' : ` class="language-${escapeAttribute(language)}"`;
    let value = escapeAll(el.value!).replace(/\n$/, '');
    if (/\bshow-whitespaces\b/.test(el.attributes.get('class') ?? '')) value = showSpaces(value);
    return `${spaces(indent)}<pre${attributesOf(attributes)}><code${code}>${value}\n</code></pre>\n`;
  }

  private list(el: KramdownElement, indent: number): string {
    if (!this.tocList && el.ial?.refs.includes('toc')) {
      this.tocList = el;
      return '\0toc\0';
    }
    if (!this.footnoteList && el.ial?.refs.includes('footnotes')) {
      this.footnoteList = el;
      return '\0footnotes\0';
    }
    return this.indented(el.type, el.attributes, this.inner(el, indent), indent);
  }

  private item(el: KramdownElement, indent: number): string {
    const body = this.inner(el, indent);
    const first = el.children[0];
    const isTight = first === undefined || (first.type === 'p' && first.transparent === true);
    const start = `${spaces(indent)}<${el.type}${attributesOf(el.attributes)}>`;
    const before = isTight ? '' : '\n';
    const after = !isTight || body.endsWith('\n') ? spaces(indent) : '';
    return `${start}${before}${body}${after}</${el.type}>\n`;
  }

  private termAttributes(el: KramdownElement): Map<string, string> {
    const ref = this.stack.at(-1)?.ial?.refs.find((name) => name.startsWith('auto_ids'));
    if (ref === undefined || el.attributes.has('id')) return el.attributes;
    const prefix = /^auto_ids-([\w-]+)/.exec(ref)?.[1] ?? '';
    return new Map([...el.attributes, ['id', prefix + plainId(el.rawText ?? '')]]);
  }

  private row(el: KramdownElement, indent: number): string {
    this.stack.push(el);
    const cells = el.children.map((cell, column) => this.cell(cell, indent + 2, column));
    this.stack.pop();
    return this.indented('tr', el.attributes, cells.join(''), indent);
  }

  private cell(el: KramdownElement, indent: number, column: number): string {
    const body = this.inner(el, indent);
    const alignment = this.stack.at(-3)!.alignment![column] ?? 'default';
    const attributes = new Map(el.attributes);
    if (alignment !== 'default') {
      const style = attributes.get('style');
      attributes.set('style', `${style === undefined ? '' : `${style}; `}text-align: ${alignment}`);
    }
    const name = this.stack.at(-2)!.type === 'thead' ? 'th' : 'td';
    return this.block(name, attributes, body === '' ? namedEntity('nbsp')! : body, indent);
  }

  private math(el: KramdownElement, indent: number): string {
    const value = escapeAll(el.value!);
    const isBlock = el.category === 'block';
    if (this.options.mathEngine === 'mathjax') {
      const result = isBlock ? `\\[${value}\\]\n` : `\\(${value}\\)`;
      if (el.attributes.size === 0) return result;
      if (isBlock) return this.block('div', el.attributes, result, indent);
      return this.span('span', el.attributes, `$${el.value!}$`);
    }
    const classes = [el.attributes.get('class') ?? '', 'kdmath'].join(' ').trimStart();
    const attributes = new Map([...el.attributes, ['class', classes]]);
    if (isBlock) return this.block('div', attributes, `$$\n${el.value!}\n$$`, indent);
    return this.span('span', attributes, `$${el.value!}$`);
  }

  private html(el: KramdownElement, indent: number): string {
    const body = this.inner(el, indent);
    const start = `<${el.tag!}${attributesOf(el.attributes)}`;
    const isVoid = voidElements.has(el.tag!);
    if (el.category === 'span')
      return body === '' && isVoid ? `${start} />` : `${start}>${body}</${el.tag!}>`;
    const isInRaw = isRawHtml(this.stack.at(-1));
    let result = isInRaw ? start : spaces(indent) + start;
    if (el.isClosed && el.contentModel === 'raw') result += ' />';
    else if (body !== '' && el.contentModel !== 'block') result += `>${body}</${el.tag!}>`;
    else if (body !== '') result += `>\n${body.replace(/\n$/, '')}\n${spaces(indent)}</${el.tag!}>`;
    else if (isVoid) result += ' />';
    else result += `></${el.tag!}>`;
    return isInRaw ? result : `${result}\n`;
  }

  private abbreviation(name: string): string {
    const definition = this.document.abbreviations.get(name)!;
    const attributes = new Map(definition.mark.attributes);
    if (definition.title !== '') attributes.set('title', definition.title);
    return this.span('abbr', attributes, name);
  }

  private footnoteMark(el: KramdownElement): string {
    const name = this.options.footnotePrefix + el.name!;
    let entry = this.numbers.get(name);
    let repeat = '';
    if (entry) {
      entry.repeats++;
      repeat = `:${entry.repeats}`;
    } else {
      entry = { number: this.options.footnoteNr + this.numbers.size, repeats: 0 };
      this.numbers.set(name, entry);
    }
    return (
      `<sup id="fnref:${name}${repeat}" role="doc-noteref">` +
      `<a href="#fn:${name}" class="footnote" rel="footnote">${entry.number}</a></sup>`
    );
  }

  /** The paragraph that back links are put into; undefined if the footnote ends with another block. */
  private backlinkTarget(item: KramdownElement): KramdownElement | undefined {
    const last = item.children.at(-1);
    return last?.type === 'p' ? last : undefined;
  }

  private footnotes(): string {
    let items = '';
    for (const definition of usedFootnotes(this.root)) {
      const name = this.options.footnotePrefix + definition.name!;
      // Converting a footnote may mark others, and mark this one again: marks in later ones do not count.
      const links = this.backlinks(name, this.backlinkTarget(definition) !== undefined);
      const item: KramdownElement = {
        ...definition,
        type: 'li',
        attributes: new Map([
          ['id', `fn:${name}`],
          ['role', 'doc-endnote'],
        ]),
        children: [...definition.children],
      };
      const target = this.backlinkTarget(definition);
      if (links.length > 0) {
        if (target)
          item.children[item.children.length - 1] = {
            ...target,
            attributes: target.attributes,
            children: [...target.children, ...links],
          };
        else item.children.push({ ...definition, type: 'p', attributes: new Map(), children: links });
      }
      items += this.convert(item, 4);
    }
    if (items === '') return '';
    const start = this.options.footnoteNr === 1 ? '' : ` start="${this.options.footnoteNr}"`;
    return `<div class="footnotes" role="doc-endnotes">\n  <ol${start}>\n${items}  </ol>\n</div>\n`;
  }

  private backlinks(name: string, hasText: boolean): KramdownElement[] {
    const text = escapeText(this.options.footnoteBacklink);
    if (text === '') return [];
    const link = (space: string, target: string, body: string): KramdownElement => ({
      type: 'raw',
      startLine: 0,
      endLine: 0,
      children: [],
      attributes: new Map(),
      value: `${space}<a href="#fnref:${target}" class="reversefootnote" role="doc-backlink">${body}</a>`,
    });
    const links = [link(hasText ? '\u00a0' : '', name, text)];
    const repeats = this.numbers.get(name)?.repeats ?? 0;
    for (let index = 1; index <= repeats; index++) {
      links.push(link('\u00a0', `${name}:${index}`, `${text}<sup>${index + 1}</sup>`));
    }
    return links;
  }
}

/** HTML of a tree made by `parseKramdown`, indentation included. Code is not highlighted. */
export function toHtml(root: KramdownElement): string {
  return new Converter(root).convertRoot();
}

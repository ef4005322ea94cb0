/**
 * Ids: those kramdown makes for headings, and every other target of a fragment
 * (GFM#generate_gfm_header_id; Converter::Base#generate_id).
 */
import { downcase, strip, wordClass } from '../ruby.js';
import { typographicText } from './span-text.js';
import type { KramdownElement, KramdownType } from './types.js';

/** A heading of the rendered page. */
export interface RenderedHeading {
  level: number;
  /** Text as shown, without markup. */
  text: string;
  /** The id attribute; null if the heading has none. */
  id: string | null;
  /** True if the author wrote the id. */
  explicit: boolean;
  /** 1-based line in the given text. */
  line: number;
}

/** Something a fragment (`#id`) can lead to. */
export interface Anchor {
  id: string;
  line: number;
}

/** The bare text below an element (Kramdown#update_raw_text): no code, quotes or symbols. */
export function plainText(parent: KramdownElement): string {
  return parent.children.reduce(
    (text, child) => text + (child.type === 'text' ? child.value! : plainText(child)),
    '',
  );
}

/** The text an automatic id is made of (GFM#update_raw_text). */
export function headingText(parent: KramdownElement): string {
  let text = '';
  for (const child of parent.children) {
    switch (child.type) {
      case 'text':
      case 'codespan':
      case 'math':
      case 'abbreviation':
      case 'entity':
        text += child.value!;
        break;
      case 'smart_quote':
      case 'typographic_sym':
        text += typographicText[child.value!]!;
        break;
      default:
        text += headingText(child);
    }
  }
  return text;
}

const notInId = new RegExp(`[^${wordClass}\\- \\t]`, 'gu');

/** GFM: all but word characters, hyphens and blanks goes; blanks become hyphens. */
export function gfmId(text: string): string {
  return downcase(text).replace(notInId, '').replace(/[ \t]/g, '-');
}

/** kramdown's own: ASCII letters and digits, from the first letter on. */
export function plainId(text: string): string {
  const fromLetter = text.replace(/^[^a-zA-Z]+/, '');
  return fromLetter
    .replace(/[^a-zA-Z0-9 -]/g, '')
    .replace(/ /g, '-')
    .toLowerCase();
}

/** Calls back for every element in the order of the page; what stands in footnotes comes last. */
function visit(
  parent: KramdownElement,
  inHtml: boolean,
  call: (child: KramdownElement, inHtml: boolean) => void,
): void {
  for (const child of parent.children) {
    call(child, inHtml);
    visit(child, inHtml || child.type === 'html_element' || child.type === 'del', call);
  }
}

/** Footnote definitions in the order of their first mark, those marked in other footnotes included. */
export function usedFootnotes(root: KramdownElement): KramdownElement[] {
  const used: KramdownElement[] = [];
  const seen = new Set<KramdownElement>();
  const collect = (child: KramdownElement): void => {
    if (child.type !== 'footnote' || seen.has(child.content!)) return;
    seen.add(child.content!);
    used.push(child.content!);
  };
  visit(root, false, collect);
  for (const definition of used) visit(definition, false, collect);
  return used;
}

/**
 * Footnotes that are shown although their definition has no content (say, only an attribute list).
 * kramdown fails on them with a NoMethodError, which stops Jekyll's build.
 */
export function emptyFootnotes(root: KramdownElement): { name: string; line: number }[] {
  return usedFootnotes(root)
    .filter((definition) => definition.children.length === 0)
    .map((definition) => ({ name: definition.name!, line: definition.startLine }));
}

/** Elements that never have attributes. Asking them would make a map for each. */
const bareTypes: ReadonlySet<KramdownType> = new Set(['text', 'raw_text', 'blank']);

/** Gives every heading its id, and copies ids, targets and titles to the fields named so. */
export function assignIds(root: KramdownElement): void {
  const { options } = root.document!;
  const automatic = options.autoIds;
  const counts = new Map<string, number>();
  const waiting: KramdownElement[] = [];
  const finish = (child: KramdownElement, inHtml: boolean): void => {
    if (child.type === 'header') {
      const explicit = child.attributes.get('id');
      if (explicit !== undefined) child.explicitId = true;
      else if (automatic && (inHtml || options.input !== 'GFM')) waiting.push(child);
      else if (automatic)
        child.attributes.set('id', options.autoIdPrefix + numbered(gfmId(child.rawText!), counts));
    }
  };
  visit(root, false, finish);
  const footnotes = usedFootnotes(root);
  for (const definition of footnotes) {
    visit(definition, true, finish);
  }
  // Headings that the GFM parser leaves out get the converter's kind of id, counted on their own.
  const convertedCounts = new Map<string, number>();
  for (const child of waiting) {
    const id = plainId(child.rawText!) || 'section';
    child.attributes.set('id', options.autoIdPrefix + numbered(id, convertedCounts));
  }
  const copy = (child: KramdownElement): void => {
    if (bareTypes.has(child.type)) return;
    const id = child.attributes.get('id');
    if (id !== undefined && strip(id) !== '') child.id = id;
    const target = child.attributes.get(child.type === 'img' ? 'src' : 'href');
    if ((child.type === 'a' || child.type === 'img') && target !== undefined) child.href = target;
    const title = child.attributes.get('title');
    if (title !== undefined) child.title = title;
    const alt = child.attributes.get('alt');
    if (alt !== undefined) child.alt = alt;
  };
  for (const tree of [root, ...footnotes]) visit(tree, false, copy);
}

/** `x`, then `x-1`, `x-2` and so on. The numbered form itself is not counted. */
function numbered(id: string, counts: Map<string, number>): string {
  const count = counts.get(id) ?? 0;
  counts.set(id, count + 1);
  return count > 0 ? `${id}-${count}` : id;
}

/**
 * All headings of the page, in its order (those in footnotes last), whether nested in lists, quotes or
 * HTML with `markdown="1"`. Works on trees of `parseKramdown` and `parseBlocks`.
 */
export function renderedHeadings(root: KramdownElement): RenderedHeading[] {
  const headings: RenderedHeading[] = [];
  const offset = root.document!.options.headerOffset;
  for (const tree of [root, ...usedFootnotes(root)]) {
    visit(tree, false, (child) => {
      if (child.type !== 'header') return;
      headings.push({
        level: Math.max(1, Math.min(6, child.level! + offset)),
        text: headingText(child),
        id: child.id ?? null,
        explicit: child.explicitId === true,
        line: child.startLine,
      });
    });
  }
  return headings;
}

const idInHtml = /<[A-Za-z][^<>]*?[ \t\n](?:id|name)[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'|([^ \t\n"'>]+))/g;

/**
 * Every target a fragment can lead to, in the order of the page: heading ids, ids of attribute lists and
 * of HTML, names of `<a name>`, footnotes and their marks, and the entries of a table of contents.
 * Needs a tree of `parseKramdown`.
 */
export function anchors(root: KramdownElement): Anchor[] {
  const found: Anchor[] = [];
  const { options } = root.document!;
  const marks = new Map<string, number>();
  const add = (id: string | undefined, line: number): void => {
    if (id !== undefined && strip(id) !== '') found.push({ id, line });
  };
  const collect = (child: KramdownElement): void => {
    const line = child.startLine;
    if (child.type === 'footnote') {
      const name = options.footnotePrefix + child.name!;
      const count = marks.get(name) ?? 0;
      marks.set(name, count + 1);
      add(`fnref:${name}${count > 0 ? `:${count}` : ''}`, line);
      return;
    }
    if (child.type === 'abbreviation' || bareTypes.has(child.type)) return;
    add(child.attributes.get('id'), line);
    if (child.tag === 'a') add(child.attributes.get('name'), line);
    if (child.type === 'raw') {
      for (const [, double, single, bare] of child.value!.matchAll(idInHtml))
        add(double ?? single ?? bare, line);
    }
    if ((child.type === 'ul' || child.type === 'ol') && child.ial?.refs.includes('toc')) {
      add(child.attributes.get('id') ?? 'markdown-toc', line);
    }
  };
  visit(root, false, collect);
  for (const definition of usedFootnotes(root)) {
    add(`fn:${options.footnotePrefix}${definition.name!}`, definition.startLine);
    visit(definition, false, collect);
  }
  return found;
}

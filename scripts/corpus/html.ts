/** Tags of raw HTML with the positions of their attributes, from parse5's tokenizer (the WHATWG algorithm). */
import { Tokenizer, type TokenHandler, type Token } from 'parse5';

export interface HtmlAttribute {
  name: string;
  value: string;
  /** Offset of the whole attribute (`name="value"`) in the given text. */
  start: number;
  end: number;
}

export interface HtmlTag {
  name: string;
  attributes: HtmlAttribute[];
  start: number;
  end: number;
}

/** The start tags in a piece of HTML, comments and text left out; linear in its length. */
export function startTags(html: string): HtmlTag[] {
  const tags: HtmlTag[] = [];
  const ignore = (): void => undefined;
  const handler: TokenHandler = {
    onStartTag(token: Token.TagToken) {
      const location = token.location;
      if (!location) return;
      tags.push({
        name: token.tagName,
        start: location.startOffset,
        end: location.endOffset,
        attributes: token.attrs.map(({ name, value }) => {
          const at = location.attrs?.[name];
          return {
            name,
            value,
            start: at?.startOffset ?? location.startOffset,
            end: at?.endOffset ?? location.endOffset,
          };
        }),
      });
    },
    onEndTag: ignore,
    onComment: ignore,
    onDoctype: ignore,
    onEof: ignore,
    onCharacter: ignore,
    onNullCharacter: ignore,
    onWhitespaceCharacter: ignore,
    onParseError: null,
  };
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, handler);
  tokenizer.write(html, true);
  return tags;
}

/** Ids and anchor names that a fragment can lead to. */
export function anchorsOf(tags: readonly HtmlTag[]): string[] {
  return tags.flatMap((tag) =>
    tag.attributes
      .filter(({ name }) => name === 'id' || (name === 'name' && tag.name === 'a'))
      .map(({ value }) => value),
  );
}

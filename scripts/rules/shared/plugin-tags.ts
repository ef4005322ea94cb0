/** The Liquid tags that a site's own plugins register, read from their Ruby source; nothing of it is run. */

export interface PluginTags {
  tags: string[];
  /** Tags with an end tag. */
  blocks: string[];
}

const REGISTRATION = /\bregister_tag[ \t(]+["':]([\w-]+)["']?[ \t]*,[ \t]*([\w:]+)/g;
const CLASS = /^[ \t]*class[ \t]+([\w:]+)[ \t]*<[ \t]*([\w:]+)/gm;
/** Liquid's own classes of tags with an end tag (`lib/liquid/block.rb`, `tags/raw.rb`), and Jekyll's `HighlightBlock`. */
const BLOCK = /(?:^|::)(?:Block|Raw|Comment|Capture|If|For|Case|HighlightBlock)$/;
/** Real plugins derive from Liquid's classes directly or over one class of their own. */
const MAX_DEPTH = 10;

/**
 * @param sources Ruby files of the `_plugins` folder, which Jekyll loads (`require_plugin_files` in `plugin_manager.rb`)
 * @returns the names of `Liquid::Template.register_tag(name, class)`
 */
export function pluginTags(sources: readonly string[]): PluginTags {
  const parents = new Map<string, string>();
  for (const source of sources)
    for (const [, name = '', parent = ''] of source.matchAll(CLASS)) parents.set(bare(name), parent);
  const found: PluginTags = { tags: [], blocks: [] };
  for (const source of sources)
    for (const [, name = '', type = ''] of source.matchAll(REGISTRATION))
      (isBlock(type, parents) ? found.blocks : found.tags).push(name);
  return found;
}

function isBlock(type: string, parents: ReadonlyMap<string, string>): boolean {
  let current: string | undefined = type;
  for (let depth = 0; current !== undefined && depth < MAX_DEPTH; depth++) {
    if (BLOCK.test(current)) return true;
    current = parents.get(bare(current));
  }
  return false;
}

/** `Jekyll::Tags::Card` is found as `Card`, since modules are opened around classes. */
function bare(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

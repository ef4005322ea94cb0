/** The model of a site: a pure function of files' facts, texts and configuration. */
import type { PageFacts } from '../corpus/types.js';
import { readSiteConfig } from './config.js';
import { FrontMatterDefaults } from './defaults.js';
import { readEntries } from './entries.js';
import { generatedOutputs } from './generated.js';
import { LinkResolver } from './links.js';
import { drawNavigation } from './navigation.js';
import { makePages } from './pages.js';
import { extensionOf } from './ruby.js';
import { findTutorials } from './tutorials.js';
import type { Page, Site, SiteInput } from './types.js';

/**
 * What Jekyll, the plugins of the engine and just-the-docs make of a folder.
 *
 * @param input files, facts, texts and configuration; nothing else is read
 * @returns the whole model; it never throws for what a corpus can contain
 */
export function buildSite(input: SiteInput): Site {
  const config = readSiteConfig(input);
  const defaults = new FrontMatterDefaults(config, input.files);
  const entries = readEntries(input.files, config);
  const { pages, staticFiles } = makePages(entries, {
    config,
    facts: input.facts,
    sources: input.sources,
    defaults,
  });
  const written = pages.filter((page) => page.kind === 'page' || isWritten(page, config.data.collections));

  const byPath = new Map<string, Page>();
  const byOutput = new Map<string, Page>();
  const outputs = new Map<string, string[]>();
  const write = (output: string, source: string): void => {
    const sources = outputs.get(output);
    if (!sources) outputs.set(output, [source]);
    else if (!sources.includes(source)) sources.push(source);
  };
  for (const page of written) {
    if (!byPath.has(page.path)) byPath.set(page.path, page);
    if (!byOutput.has(page.output)) byOutput.set(page.output, page);
    write(page.output, page.path);
  }
  for (const file of staticFiles) write(file.output, file.path);
  for (const output of generatedOutputs(written, staticFiles, config))
    if (!outputs.has(output)) outputs.set(output, []);

  const resolver = new LinkResolver({
    config,
    pages: written,
    staticFiles,
    outputs,
    byOutput,
    files: input.files,
    sources: input.sources,
  });
  for (const page of written) resolver.resolvePage(page);

  const { navigation, undrawn } = drawNavigation(written, config);
  return {
    engine: config.engine,
    config,
    pages: written,
    staticFiles,
    byPath,
    byOutput,
    outputs,
    files: input.files,
    read: new Set(
      [...entries.files, ...entries.posts, ...[...entries.collections.values()].flat()].map(
        ({ path }) => path,
      ),
    ),
    others: otherFacts(input.facts, byPath, config.markdownExtensions),
    navigation,
    undrawn,
    tutorials: findTutorials(input.files, byPath, input.config, input.source),
    listings: input.listings,
    home: byOutput.get('index.html') ?? null,
  };
}

/** Posts are always written, documents when their collection says `output: true`. */
function isWritten(page: Page, collections: unknown): boolean {
  if (page.kind === 'post') return true;
  const all = collections as Record<string, { output?: unknown } | null> | undefined;
  return page.collection !== null && all?.[page.collection]?.output === true;
}

function otherFacts(
  facts: ReadonlyMap<string, PageFacts>,
  byPath: ReadonlyMap<string, Page>,
  extensions: readonly string[],
): PageFacts[] {
  return [...facts.values()].filter(
    ({ path, problems }) =>
      !byPath.has(path) &&
      (problems.length > 0 || extensions.includes(extensionOf(path).slice(1).toLowerCase())),
  );
}

/** Models of small corpora written down in a test. */
import { loadCorpus } from '../../scripts/corpus/load.js';
import type { Engine } from '../../scripts/corpus/config.js';
import { buildSite } from '../../scripts/site/model.js';
import type { ResolvedLink, Site } from '../../scripts/site/types.js';
import { writeCorpus } from '../support/corpus.js';

/** The model of files (path -> text); `_config.yml` is added, empty, when it is not among them. */
export async function siteOf(files: Record<string, string>, engine: Engine = 'pages'): Promise<Site> {
  const configured = Object.keys(files).some((name) => name.endsWith('_config.yml'));
  const root = await writeCorpus(configured ? files : { '_config.yml': '', ...files });
  return buildSite(await loadCorpus(root, { engine }));
}

/** The first link of a page with this destination as typed. */
export function linkOf(site: Site, path: string, raw: string): ResolvedLink {
  const found = site.byPath.get(path)?.links.find(({ link }) => link.raw === raw);
  if (!found) throw new Error(`${path} has no link to ${raw}`);
  return found;
}

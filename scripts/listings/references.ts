/** Which package, file or run a marker of a page names. */
import type { ListingReference } from '../corpus/types.js';
import type { ListingCatalog } from './types.js';
import { didYouMean, nearest } from '../corpus/nearest.js';
import { readOutput, readRegion, type Excerpt } from './regions.js';

/** `rust/lantern-hello` of `rust/lantern-hello/src/main.rs`; null for a path with fewer than three parts. */
export function packageName(target: string): string | null {
  const [language, name, ...rest] = target.split('/');
  return language && name && rest.length > 0 ? `${language}/${name}` : null;
}

/**
 * The text that the fence after a marker must hold.
 *
 * @returns the excerpt, or why there is none: the file, run or region is missing, or must not be read.
 */
export function expectedText(catalog: ListingCatalog, reference: ListingReference): Excerpt {
  return reference.kind === 'output'
    ? expectedOutput(catalog, reference)
    : expectedListing(catalog, reference);
}

function expectedListing(catalog: ListingCatalog, reference: ListingReference): Excerpt {
  const file = catalog.files.get(reference.target);
  if (file === undefined) return { problem: `\`${catalog.folder}/${reference.target}\` does not exist` };
  if ('problem' in file) return file;
  const excerpt = readRegion(file.text, reference.region);
  if ('text' in excerpt) return excerpt;
  return { problem: `\`${catalog.folder}/${reference.target}\`: ${excerpt.problem}` };
}

function expectedOutput(catalog: ListingCatalog, reference: ListingReference): Excerpt {
  const parts = reference.target.split('/');
  const [language = '', name = '', run = ''] = parts;
  if (parts.length !== 3) {
    return { problem: `\`${reference.target}\` names no run; write \`language/package/run\`` };
  }
  const found = catalog.packages.get(`${language}/${name}`);
  if (!found) {
    const hint = didYouMean(nearest(`${language}/${name}`, catalog.packages.keys()));
    return { problem: `there is no package \`${catalog.folder}/${language}/${name}\`.${hint}` };
  }
  const output = found.outputs.get(run);
  if (output === undefined) {
    const known = [...found.outputs.keys()];
    const runs = known.length === 0 ? 'none' : known.map((key) => `\`${key}\``).join(', ');
    const hint = didYouMean(nearest(run, known));
    return { problem: `\`${found.manifest.path}\` has no run \`${run}\`; its runs: ${runs}.${hint}` };
  }
  if (output === null) {
    return {
      problem: `run \`${run}\` of \`${found.name}\` was never captured; run \`corpus verify --update ${name}\``,
    };
  }
  const excerpt = readOutput(output, reference.region);
  if ('text' in excerpt) return excerpt;
  return { problem: `\`${found.folder}/output/${run}.txt\`: ${excerpt.problem}` };
}

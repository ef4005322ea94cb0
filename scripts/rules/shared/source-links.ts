/** Links into the sources of an SDK: to its repository on GitHub and to the files and items that docs.rs shows. */
import type { Snapshot } from './snapshot.js';

/** What a link leads to, with the places of its parts in the destination. */
export interface SourceLink {
  site: 'github' | 'docs.rs';
  /** Tag, branch or commit; on docs.rs the version. */
  ref: string;
  /** Offset of `ref` in the destination. */
  refAt: number;
  /** On docs.rs the crate that is shown. */
  crate: string | null;
  /** Below the repository's root, on docs.rs below the crate's; null for pages of items. */
  path: string | null;
  /** Lines of the fragment. */
  lines: { from: number; to: number } | null;
  /** Name of the item, on docs.rs: `Peer`, and `call_tool` from the fragment. */
  item: { name: string; member: string | null } | null;
}

const GITHUB =
  /^https?:\/\/(?:www\.)?(?:github\.com\/([^/?#]+\/[^/?#]+)\/(?:blob|tree|raw|blame)\/|raw\.githubusercontent\.com\/([^/?#]+\/[^/?#]+)\/)([^/?#]+)(?:\/([^?#]*))?/;
const DOCS_SOURCE = /^https?:\/\/docs\.rs\/crate\/([\w-]+)\/([^/?#]+)\/source\/([^?#]*)/;
const DOCS_ITEM = /^https?:\/\/docs\.rs\/([\w-]+)\/([^/?#]+)\/[\w-]+\/(?:[\w-]+\/)*([a-z]+)\.(\w+)\.html/;
const DOCS = /^https?:\/\/docs\.rs\/([\w-]+)\/([^/?#]+)(?:\/|$)/;

/**
 * Reads a destination.
 *
 * @param crates names of the SDK's packages
 * @returns null for other addresses, and for docs.rs without a version (`latest`, `^3`)
 */
export function sourceLink(
  destination: string,
  { repository }: Snapshot,
  crates: ReadonlySet<string>,
): SourceLink | null {
  const github = GITHUB.exec(destination);
  if (github) {
    const [whole, page, raw, ref = '', path] = github;
    if ((page ?? raw ?? '').toLowerCase() !== repository.toLowerCase()) return null;
    return {
      site: 'github',
      ref: decode(ref),
      refAt: whole.length - (path === undefined ? 0 : path.length + 1) - ref.length,
      crate: null,
      path: decode(path ?? '').replace(/\/$/, ''),
      lines: linesOf(destination),
      item: null,
    };
  }
  const docs = DOCS_SOURCE.exec(destination) ?? DOCS_ITEM.exec(destination) ?? DOCS.exec(destination);
  const [, crate = '', version = ''] = docs ?? [];
  if (!docs || !crates.has(crate) || !/^=?\d+\.\d+\.\d+/.test(version)) return null;
  const isSource = destination.includes('/source/');
  const member = /#(?:ty)?(?:method|variant|structfield|associatedconstant)\.(\w+)/.exec(destination);
  return {
    site: 'docs.rs',
    ref: version,
    refAt: destination.indexOf(`/${version}`) + 1,
    crate,
    path: isSource ? decode(docs[3] ?? '').replace(/\/$/, '') : null,
    lines: isSource ? linesOf(destination) : null,
    item: isSource || docs[4] === undefined ? null : { name: docs[4], member: member?.[1] ?? null },
  };
}

/** `#L10`, `#L10-L20`, `#L10C3-L20C1`, `#10-20`. */
function linesOf(destination: string): SourceLink['lines'] {
  const match = /#L?(\d{1,9})(?:C\d+)?(?:-L?(\d{1,9})(?:C\d+)?)?$/.exec(destination);
  if (!match) return null;
  const from = Number(match[1]);
  return { from, to: match[2] === undefined ? from : Number(match[2]) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

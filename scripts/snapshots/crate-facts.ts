/** Facts of an SDK release for `_data/snapshots/*.yml`, read in the published package. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { dominantEol } from '../corpus/text.js';
import type { CargoPackage } from './cargo.js';

/** Values by key of the snapshot; keys that the package says nothing about are left out. */
export interface CrateFacts {
  version: string;
  released?: string;
  edition: string;
  msrv?: string;
  licence?: string;
  protocol?: { known: string[]; default: string; newest_with_initialize?: string };
}

/**
 * Reads the facts of an unpacked package: its manifest (as cargo gives it), the heading of its release in
 * `CHANGELOG.md`, and the constants of `ProtocolVersion` in `src/model.rs`.
 */
export async function crateFacts(item: CargoPackage): Promise<CrateFacts> {
  const read = async (file: string): Promise<string> =>
    await readFile(path.join(path.dirname(item.manifest_path), file), 'utf8').catch(() => '');
  const released = releaseDate(await read('CHANGELOG.md'), item.version);
  const protocol = protocolRevisions(await read('src/model.rs'));
  return {
    version: item.version,
    edition: item.edition,
    ...(released !== null && { released }),
    ...(item.rust_version !== null && { msrv: item.rust_version.replace(/^(\d+\.\d+)\.0$/, '$1') }),
    ...(item.license !== null && { licence: item.license }),
    ...(protocol && { protocol }),
  };
}

/** Date of `## [VERSION](…) - 2026-01-31` in a changelog in the form of "Keep a Changelog"; null without it. */
export function releaseDate(changelog: string, version: string): string | null {
  for (const line of changelog.split('\n')) {
    const heading = /^## \[?v?([\w.+-]+)\]?(?:\([^)]*\))? - (\d{4}-\d{2}-\d{2})\s*$/.exec(line);
    if (heading?.[1] === version) return heading[2] ?? null;
  }
  return null;
}

/** Revisions that a Rust source declares as constants of `ProtocolVersion`; null when it has none in the known form. */
export function protocolRevisions(source: string): CrateFacts['protocol'] | null {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of source.matchAll(
    /pub const (V_\w+): Self = Self\(Cow::Borrowed\("([\w-]+)"\)\);/g,
  ))
    values.set(name, value);
  const constant = (name: string): string | undefined =>
    values.get(new RegExp(`pub const ${name}: Self = Self::(V_\\w+);`).exec(source)?.[1] ?? '');
  const latest = constant('LATEST');
  if (values.size === 0 || latest === undefined) return null;
  const initialize = constant('LATEST_WITH_INITIALIZE');
  return {
    known: [...values.values()].sort(),
    default: latest,
    ...(initialize !== undefined && { newest_with_initialize: initialize }),
  };
}

/**
 * The snapshot with the facts in place of its own; comments, line endings and everything else stay.
 *
 * @param text the snapshot file
 * @param today ISO date that `checked` gets, when any fact is another
 * @returns the text, and the keys that changed (empty: the text is the same)
 */
export function updateSnapshot(
  text: string,
  facts: CrateFacts,
  today: string,
): { text: string; changed: string[] } {
  const document = parseDocument(text);
  const changed: string[] = [];
  const tag = document.get('tag');
  const before = document.get('version');
  const values: Record<string, unknown> = { ...facts };
  const old: unknown = document.toJS() as unknown;
  // The tag's form is the repository's affair: only the version in it is replaced.
  if (typeof tag === 'string' && typeof before === 'string' && tag.endsWith(before))
    values.tag = tag.slice(0, tag.length - before.length) + facts.version;
  for (const [key, value] of Object.entries(values)) {
    const current =
      old !== null && typeof old === 'object' ? (old as Record<string, unknown>)[key] : undefined;
    if (JSON.stringify(current) === JSON.stringify(value)) continue;
    document.set(key, document.createNode(value));
    changed.push(key);
  }
  if (changed.length === 0) return { text, changed };
  document.set('checked', today);
  const written = document.toString({ lineWidth: 0, flowCollectionPadding: false, singleQuote: true });
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return { text: mark + written.replace(/\r?\n/g, dominantEol(text)), changed };
}

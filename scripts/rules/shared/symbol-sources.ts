/** Snapshots of SDKs with the symbol tables beside them, and the tutorials that they are about. */
import { parseYamlFile } from '../../corpus/front-matter.js';
import type { Range } from '../../corpus/types.js';
import type { Page, Site, Tutorial } from '../../site/types.js';
import type { SiteContext } from '../types.js';
import { readSnapshot, type Snapshot } from './snapshot.js';
import {
  parseData,
  specificationSchema,
  symbolTablePath,
  symbolTableSchema,
  type Specification,
  type SymbolTable,
} from './symbol-table.js';
import { fromSource } from './tutorial-links.js';
import { fileStart } from './wording.js';

/** Below the source folder. */
export const SNAPSHOT_FOLDER = '_data/snapshots';

/** One SDK that a tutorial is about. */
export interface Sdk {
  snapshot: Snapshot;
  /** Where the version stands: for findings about the data. */
  file: string;
  versionRange: Range;
  /** Root-relative path of the symbol table, whether it exists or not. */
  tablePath: string;
  /** Null when there is none, `unreadable` when it is not one. */
  table: SymbolTable | 'unreadable' | null;
}

type Sources = Pick<SiteContext, 'site' | 'source'>;

/** Paths of the snapshot files, sorted. */
export function snapshotFiles(site: Site): string[] {
  const folder = `${fromSource(site, SNAPSHOT_FOLDER)}/`;
  return [...site.files.keys()].filter((path) => path.startsWith(folder) && /\.ya?ml$/.test(path)).sort();
}

/** The SDKs of the corpus in the order of their files; snapshots that cannot be used are snapshot-current's affair. */
export function sdks(context: Sources): Sdk[] {
  return snapshotFiles(context.site).flatMap((file) => {
    const text = context.source(file);
    if (text === undefined) return [];
    const yaml = parseYamlFile(text);
    const read = readSnapshot(yaml);
    if ('problems' in read) return [];
    const tablePath = symbolTablePath(file);
    const json = context.source(tablePath);
    const table = json === undefined ? null : (parseData(symbolTableSchema, json) ?? 'unreadable');
    const versionRange = yaml.fields['version']?.valueRange ?? fileStart;
    return [{ snapshot: read.snapshot, file, versionRange, tablePath, table }];
  });
}

/** The tutorial whose index shows the snapshot. */
export function tutorialOf(site: Site, { snapshot }: Sdk): Tutorial | null {
  const index = fromSource(site, snapshot.page);
  return site.tutorials.find((tutorial) => tutorial.index?.path === index) ?? null;
}

/** Index and chapters. */
export function pagesOf({ index, chapters }: Tutorial): Page[] {
  return [...(index ? [index] : []), ...chapters.map(({ page }) => page)];
}

/** Names of the protocol, `_data/symbols/specification.json`; null without it. */
export function specification(context: Sources): Specification | null {
  const text = context.source(fromSource(context.site, '_data/symbols/specification.json'));
  return text === undefined ? null : parseData(specificationSchema, text);
}

/** `rmcp 3.11.0`, for messages. */
export function sdkName({ crate, repository, version }: Snapshot): string {
  return `${crate ?? repository} ${version}`;
}

/** Names of the protocol, from a checkout of the specification's repository. Only names are taken, no text. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parseRecord, recordText } from '../listings/record.js';
import type { Specification } from '../rules/shared/symbol-table.js';

/** Headers in the prose of the transports and of authorization: `Mcp-Session-Id`, `WWW-Authenticate`. */
const HEADER = /`([A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)+)(?::[^`\n]*)?`/g;

/**
 * Reads the names.
 *
 * @param checkout folder of the repository
 * @param commit the commit that it stands at, for `source`
 * @param revisions names of the folders below `schema/` to read; those that do not exist are left out
 * @returns everything but the date
 * @throws when none of them has a schema, or one is not JSON
 */
export async function specificationNames(
  checkout: string,
  commit: string,
  revisions: readonly string[],
): Promise<Omit<Specification, 'checked'>> {
  const names = new Names();
  const read: string[] = [];
  for (const revision of [...revisions].sort()) {
    const file = path.join(checkout, 'schema', revision, 'schema.json');
    const text = await recordText(file);
    if (text === null) continue;
    const record = parseRecord(z.unknown(), text, `\`${file}\``);
    if ('problem' in record) throw new Error(`${record.problem}; check the repository out anew`);
    names.schema(record.data);
    await names.pages(path.join(checkout, 'docs', 'specification', revision));
    read.push(revision);
  }
  if (read.length === 0)
    throw new Error(`\`${checkout}\` has no \`schema/REVISION/schema.json\` for ${revisions.join(', ')}`);
  return {
    specification: 'Model Context Protocol',
    revisions: read,
    source: `schemas and pages of modelcontextprotocol/modelcontextprotocol at ${commit}`,
    methods: sorted(names.methods),
    headers: sorted(names.headers),
    types: sorted(names.types),
    fields: sorted(names.fields),
    values: sorted(names.values),
  };
}

class Names {
  readonly methods = new Set<string>();
  readonly headers = new Set<string>();
  readonly types = new Set<string>();
  readonly fields = new Set<string>();
  readonly values = new Set<string>();

  /** Type names are the keys of `$defs` (`definitions` before 2025-11-25), fields those of `properties`. */
  schema(root: unknown): void {
    const open: unknown[] = [root];
    while (open.length > 0) {
      const node = open.pop();
      if (node === undefined || node === null || typeof node !== 'object') continue;
      if (!Array.isArray(node)) this.object(node as Record<string, unknown>);
      for (const value of Object.values(node) as unknown[]) open.push(value);
    }
  }

  private object(node: Record<string, unknown>): void {
    for (const key of ['$defs', 'definitions']) for (const name of keysOf(node[key])) this.types.add(name);
    for (const name of keysOf(node.properties)) this.fields.add(name);
    const values = [node.const, ...(Array.isArray(node.enum) ? (node.enum as unknown[]) : [])];
    for (const value of values)
      if (typeof value === 'string' && /^[A-Za-z][\w-]*$/.test(value)) this.values.add(value);
    const method = propertyConst(node, 'method');
    if (method !== null) this.methods.add(method);
  }

  async pages(folder: string): Promise<void> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile() || !entry.name.endsWith('.mdx')) continue;
      const text = await readFile(path.join(entry.parentPath, entry.name), 'utf8');
      for (const [, name = ''] of text.matchAll(HEADER)) this.headers.add(name);
    }
  }
}

function keysOf(value: unknown): string[] {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
}

function propertyConst(node: Record<string, unknown>, name: string): string | null {
  const properties = node.properties as Record<string, { const?: unknown } | undefined> | undefined;
  const value = properties?.[name]?.const;
  return typeof value === 'string' ? value : null;
}

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

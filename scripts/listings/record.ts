/** JSON files in which commands keep what they verified: read with a reason for everything that is wrong. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { errorCode } from '../corpus/discover.js';

/** A SHA-256 in hexadecimal and a day, as records have them. */
export const SHA256 = /^[0-9a-f]{64}$/;
export const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a record's text.
 *
 * @param name what messages call the file, such as `the ledger`
 * @returns the content, or what is wrong: not JSON, or of another form at a named place
 */
export function parseRecord<T>(
  schema: z.ZodType<T>,
  text: string,
  name: string,
): { data: T } | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { problem: `${name} is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { data: parsed.data };
  const issue = parsed.error.issues[0];
  const place = issue?.path.length ? `\`${issue.path.join('.')}\`` : 'the top level';
  return { problem: `${name} has another form at ${place}: ${issue?.message ?? ''}` };
}

/**
 * The text of a record; null when there is none yet.
 *
 * @throws the system's error when the file is there and cannot be read
 */
export async function recordText(file: string): Promise<string | null> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
}

import { readFileSync } from 'node:fs';

/** Texts of a file of `%%% name.md` lines, each followed by a page. */
export function readCases(file: string): { name: string; text: string }[] {
  return readFileSync(new URL(`../fixtures/divergence/${file}`, import.meta.url), 'utf8')
    .split(/^%%% /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { name: part.slice(0, end), text: part.slice(end + 1) };
    });
}

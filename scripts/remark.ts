/**
 * The findings of `corpus check`, page and site rules alike, as messages of a remark plugin: for `npx remark docs`
 * and for editors, where the open buffer stands in for the saved file.
 */
import path from 'node:path';
import { existsSync } from 'node:fs';
import type { Root } from 'mdast';
import type { VFile } from 'vfile';
import { pathBelow } from './corpus/paths.js';
import type { PageFacts } from './corpus/types.js';
import { checkCorpus, type CheckResult } from './index.js';

export interface CorpusPluginOptions {
  /**
   * Folder of the corpus; default: the nearest folder above the file with corpus.yml or .git, else with _config.yml.
   */
  root?: string;
}

/** One corpus of this process: the last result for the saved files, and facts that later runs can reuse. */
interface Known {
  cache: Map<string, PageFacts>;
  saved: Promise<CheckResult> | null;
}

const known = new Map<string, Known>();

/** A unified plugin. Attach it after the parser; it never changes the tree. */
export default function remarkCorpus(options: CorpusPluginOptions = {}) {
  return async (_tree: Root, file: VFile): Promise<void> => {
    if (!file.path) return;
    const absolute = path.resolve(file.cwd, file.path);
    const root = options.root ? path.resolve(file.cwd, options.root) : nearestRoot(absolute);
    if (!root) return;
    const relative = pathBelow(root, absolute);
    if (relative === null) return;
    const result = await resultFor(root, relative, String(file));
    for (const finding of result.findings) {
      if (finding.file !== relative) continue;
      const message = file.message(finding.message, {
        place: {
          start: { line: finding.line, column: finding.column },
          end: { line: finding.endLine, column: finding.endColumn },
        },
        source: 'corpus',
        ruleId: finding.rule,
      });
      message.fatal =
        finding.severity === 'error' ? true : finding.severity === 'warning' ? false : undefined;
    }
  };
}

async function resultFor(root: string, relative: string, text: string): Promise<CheckResult> {
  const entry = known.get(root) ?? { cache: new Map<string, PageFacts>(), saved: null };
  known.set(root, entry);
  entry.saved ??= checkCorpus({ root, cache: entry.cache });
  const saved = await entry.saved.catch((error: unknown) => {
    // The next message asks anew: what could not be read may be there by then.
    entry.saved = null;
    throw error;
  });
  if (saved.corpus.sources.get(relative) === text || !saved.corpus.facts.has(relative)) return saved;
  // The buffer differs from what was read. Read everything anew: in a long-lived editor other files change too.
  entry.saved = null;
  const result = await checkCorpus({ root, cache: entry.cache, overlay: new Map([[relative, text]]) });
  // Every keystroke is another version of the buffer; only the last one will be asked for again.
  for (const [key, facts] of entry.cache)
    if (result.corpus.facts.get(facts.path) !== facts) entry.cache.delete(key);
  return result;
}

function nearestRoot(file: string): string | null {
  return nearestWith(file, ['corpus.yml', '.git']) ?? nearestWith(file, ['_config.yml']);
}

function nearestWith(file: string, names: readonly string[]): string | null {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (names.some((name) => existsSync(path.join(folder, name)))) return folder;
    if (folder === path.dirname(folder)) return null;
  }
}

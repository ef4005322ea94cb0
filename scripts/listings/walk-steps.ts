/** What a reader does who follows a page: files to create, commands to type, outputs to compare. Pure. */
import type { ListingReference, PageFacts } from '../corpus/types.js';

export type WalkStep =
  | {
      kind: 'file';
      line: number;
      /** Below the folder that the reader is in: the listing's path without its language. */
      path: string;
      text: string;
    }
  | {
      kind: 'command';
      line: number;
      script: string;
      /** Outputs that the page shows as those of this step. */
      outputs: ShownOutput[];
    };

type Command = Extract<WalkStep, { kind: 'command' }>;

export interface ShownOutput {
  line: number;
  /** `rust/lantern-hello/session`. */
  target: string;
  region: string | null;
  text: string;
}

export interface PageWalk {
  steps: WalkStep[];
  /** Outputs that no command precedes: shown for comparison, not as the result of a step. */
  unattached: ShownOutput[];
  /** Command fences that a `<!-- not-walked: reason -->` marker leaves out. */
  skipped: { line: number; reason: string }[];
  problems: { line: number; message: string }[];
}

const NOT_WALKED = /^<!--\s*not-walked\b:?([^>]{0,500}?)-->$/;

/**
 * Reads a page from top to bottom: a whole-file listing is a file to create, an `sh` fence a command, and output
 * fences belong to the command before them as long as nothing but outputs of the same run stands between.
 */
export function walkSteps(facts: PageFacts, source: string): PageWalk {
  const walk: PageWalk = { steps: [], unattached: [], skipped: [], problems: [] };
  const references = new Map<number, ListingReference>();
  for (const reference of facts.listings) {
    if (reference.kind !== 'verified') references.set(reference.codeBlock, reference);
  }
  const excuses = skippedFences(facts, source);
  let command: Command | null = null;
  for (const [index, block] of facts.codeBlocks.entries()) {
    const line = block.range.start.line;
    const text = block.value.replace(/\r\n?/g, '\n');
    const reference = references.get(index);
    const previous: Command | null = command;
    command = null;
    if (reference?.kind === 'output') {
      const { target, region } = reference;
      const output: ShownOutput = { line, target, region, text };
      if (previous && previous.outputs.every((other) => other.target === target)) {
        previous.outputs.push(output);
        command = previous;
      } else walk.unattached.push(output);
    } else if (reference) {
      if (reference.region !== null) continue;
      const [, ...parts] = reference.target.split('/');
      if (parts.length === 0 || parts.includes('..')) {
        walk.problems.push({
          line,
          message: `\`${reference.target}\` names no file below a language's folder`,
        });
      } else walk.steps.push({ kind: 'file', line, path: parts.join('/'), text: `${text}\n` });
    } else if (block.fence && block.language === 'sh') {
      const reason = excuses.get(index);
      if (reason === undefined) {
        command = { kind: 'command', line, script: text, outputs: [] };
        walk.steps.push(command);
      } else if (reason === '') {
        walk.problems.push({
          line,
          message: 'the `not-walked` marker gives no reason; write `<!-- not-walked: reason -->`',
        });
      } else walk.skipped.push({ line, reason });
    }
  }
  return walk;
}

/** Reasons of the markers, by index of the fence that each precedes. */
function skippedFences(facts: PageFacts, source: string): Map<number, string> {
  const reasons = new Map<number, string>();
  let block = 0;
  for (const html of facts.html) {
    const match = NOT_WALKED.exec(html.value.trim());
    if (!match) continue;
    const end = html.range.end.offset;
    while (block < facts.codeBlocks.length && (facts.codeBlocks[block]?.range.start.offset ?? 0) < end)
      block++;
    const next = facts.codeBlocks[block];
    if (next && source.slice(end, Math.min(next.range.start.offset, end + 1000)).trim() === '') {
      reasons.set(block, (match[1] ?? '').trim());
    }
  }
  return reasons;
}

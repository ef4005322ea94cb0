/** Rules that report differences between GitHub's and the site's rendering: one wording for each cause. */
import type { CorpusConfig } from '../../corpus/config.js';
import type { Difference, PageFacts } from '../../corpus/types.js';
import type { DifferenceKind } from '../../corpus/divergence/difference.js';
import { meantFrontMatterEnd } from './meant-front-matter.js';
import { exact } from './wording.js';
import {
  siteRule,
  type Example,
  type RuleFinding,
  type Severity,
  type SiteContext,
  type SiteRule,
} from '../types.js';

/** What a rule says about differences of one cause. */
export interface Wording {
  /** Where it is not the rule's own. */
  severity?: Severity;
  /**
   * Does the site most likely show what its author wants? Then it is a note, except for tutorials, which are read on
   * GitHub too.
   */
  deliberate?: (difference: Difference) => boolean;
  message: string | ((difference: Difference) => string);
}

export interface DifferenceRule {
  id: string;
  severity: Severity;
  summary: string;
  documentation: string;
  fixable: boolean;
  kinds: Partial<Record<DifferenceKind, Wording>>;
  examples: Example[];
}

/** A rule over the differences of all Markdown pages of the site. */
export function differenceRule({ kinds, ...rule }: DifferenceRule): SiteRule & { kinds: DifferenceKind[] } {
  const names = new Set(Object.keys(kinds));
  return {
    ...siteRule({
      ...rule,
      theme: 'jekyll',
      preset: 'recommended',
      *check(context) {
        for (const { facts, difference } of siteDifferences(context)) {
          if (!names.has(difference.kind)) continue;
          const wording = kinds[difference.kind];
          if (wording) yield { file: facts.path, ...findingOf(difference, wording, context.config.preset) };
        }
      },
    }),
    kinds: [...names] as DifferenceKind[],
  };
}

/**
 * The differences of all Markdown pages, without those of text that was meant as front matter: it is no Markdown, and
 * front-matter-valid says what is wrong with it.
 */
export function* siteDifferences({
  site,
  source,
}: Pick<SiteContext, 'site' | 'source'>): Iterable<{ facts: PageFacts; difference: Difference }> {
  for (const { facts, markdown } of site.pages) {
    if (!markdown || facts.differences.length === 0) continue;
    const from = meantFrontMatterEnd(facts, source(facts.path) ?? '');
    for (const difference of facts.differences)
      if (difference.range.start.offset >= from) yield { facts, difference };
  }
}

function findingOf(
  difference: Difference,
  { message, severity: own, deliberate }: Wording,
  preset: CorpusConfig['preset'],
): RuleFinding {
  const severity = preset === 'recommended' && deliberate?.(difference) ? 'info' : own;
  return {
    range: difference.range,
    message: typeof message === 'string' ? message : message(difference),
    ...(severity ? { severity } : {}),
    edits: difference.edits,
  };
}

/** Text in a message as code on one line, unshortened; the word "nothing" for none. */
export function code(text: string): string {
  const shown = text.replace(/\s+/g, ' ').trim();
  return shown === '' ? 'nothing' : exact(shown);
}

/** A page of an example: body text below front matter and a heading; the text begins on line 7. */
export function examplePage(body: string): string {
  return `---\ntitle: Home\n---\n\n# Home\n\n${body}\n`;
}

/** A corpus of one page without findings. */
export function fine(name: string, body: string): Example {
  return { name, files: { 'index.md': examplePage(body) }, findings: [] };
}

/** A corpus of one page with one finding; `line` counts in the body. */
export function found(name: string, body: string, line: number, message: string, fixed?: string): Example {
  return {
    name,
    files: { 'index.md': examplePage(body) },
    findings: [{ file: 'index.md', line: line + 6, message }],
    ...(fixed === undefined ? {} : { fixed: { 'index.md': examplePage(fixed) } }),
  };
}

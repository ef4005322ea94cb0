import { siteRule } from '../types.js';

/** The runner reports it: a rule that throws must not hide what the other rules found. */
export const ruleFailed = siteRule({
  id: 'rule-failed',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  fixable: false,
  summary: 'No rule failed while it was checking.',
  documentation: `A defect in a rule shows as a finding on the page that it was reading, with the rule's id and the
error. The other rules and pages are still checked. Please report it together with the page.`,
  examples: [
    { name: 'an ordinary page', files: { 'index.md': '---\ntitle: Home\n---\n\n# Home\n' }, findings: [] },
  ],
  check: () => [],
});

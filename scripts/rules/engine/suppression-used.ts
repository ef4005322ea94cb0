import { siteRule } from '../types.js';

/** The runner reports it, because only the runner knows which suppressions met a finding. */
export const suppressionUsed = siteRule({
  id: 'suppression-used',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  fixable: true,
  summary: 'Every suppression comment names rules, gives a reason and suppresses something.',
  documentation: `\`<!-- corpus-disable-next-line RULE -- reason -->\` silences a rule for the next line,
\`<!-- corpus-disable RULE -- reason -->\` up to \`<!-- corpus-enable RULE -->\` or the end of the page, and
\`<!-- corpus-disable-file RULE -- reason -->\` for the whole page. A suppression without a reason cannot be judged later, and
one that silences nothing hides the next mistake: both are findings, and so is the name of a rule that does not exist.
\`fix\` removes a suppression that silences nothing.`,
  examples: [
    {
      name: 'a suppression that is needed',
      files: {
        'index.md':
          '---\ntitle: Home\n---\n\n# Home\n\n<!-- corpus-disable-next-line link-target -- made by the release build -->\n[Report](report.html)\n',
      },
      findings: [],
    },
    {
      name: 'a suppression of nothing',
      files: {
        'index.md':
          '---\ntitle: Home\n---\n\n# Home\n\n<!-- corpus-disable-next-line link-target -- made by the release build -->\nNo link.\n',
      },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 1,
          message: 'the suppression of `link-target` silences nothing; remove it',
        },
      ],
      fixed: { 'index.md': '---\ntitle: Home\n---\n\n# Home\n\nNo link.\n' },
    },
    {
      name: 'suppressions of nothing in a list item and behind a heading',
      files: {
        'index.md':
          '---\ntitle: Home\n---\n\n# Home <!-- corpus-disable-next-line link-target -- old -->\nText.\n\n- a\n\n  <!-- corpus-disable-next-line link-target -- old -->\n  b\n',
      },
      findings: [
        {
          file: 'index.md',
          line: 5,
          column: 8,
          message: 'the suppression of `link-target` silences nothing; remove it',
        },
        {
          file: 'index.md',
          line: 10,
          column: 3,
          message: 'the suppression of `link-target` silences nothing; remove it',
        },
      ],
      fixed: { 'index.md': '---\ntitle: Home\n---\n\n# Home\nText.\n\n- a\n\n  b\n' },
    },
    {
      name: 'a suppression of a rule that does not exist',
      files: {
        'index.md':
          '---\ntitle: Home\n---\n\n# Home\n\n<!-- corpus-disable-next-line image-altt -- decoration -->\nNo image.\n',
      },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 1,
          message:
            'the suppression names the rule `image-altt`, which does not exist, so it silences nothing; correct it. Did you mean `image-alt`?',
        },
      ],
    },
    {
      name: 'a suppression without a reason',
      files: {
        'index.md':
          '---\ntitle: Home\n---\n\n# Home\n\n<!-- corpus-disable-next-line link-target -->\n[Report](report.html)\n',
      },
      findings: [
        {
          file: 'index.md',
          line: 7,
          column: 1,
          message:
            'the suppression gives no reason; write `<!-- corpus-disable-next-line link-target -- why -->`',
        },
      ],
    },
  ],
  check: () => [],
});

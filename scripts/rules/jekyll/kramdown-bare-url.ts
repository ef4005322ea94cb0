import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Every address is a link on the site too. */
export const kramdownBareUrl = differenceRule({
  id: 'kramdown-bare-url',
  severity: 'warning',
  fixable: true,
  summary: 'Every address is a link on the site too.',
  documentation: `GitHub makes links of addresses in plain text: \`https://example.com\`, \`www.example.com\`, \`me@example.com\`. kramdown
shows them as text, so readers of the site cannot click them, and underscores in them may turn into emphasis.

What to do: put the address between \`<\` and \`>\`, or write \`[text](address)\`; \`fix\` does.

Source: kramdown's \`parser/kramdown/autolink.rb\` links \`<address>\` only; the extended autolinks of the GFM specification.`,
  kinds: {
    'bare-url': {
      message: ({ github }) =>
        `GitHub makes a link of ${code(github)}, the site shows plain text; write ${code(/^www/i.test(github) ? `[${github}](http://${github})` : `<${github}>`)}`,
    },
  },
  examples: [
    fine('addresses in angle brackets and in code', 'See <https://example.com> and `https://example.com`.'),
    found(
      'an address in text',
      'See https://example.com now.',
      1,
      'GitHub makes a link of `https://example.com`, the site shows plain text; write `<https://example.com>`',
      'See <https://example.com> now.',
    ),
    found(
      'an address without scheme',
      'See www.example.com now.',
      1,
      'GitHub makes a link of `www.example.com`, the site shows plain text; write `[www.example.com](http://www.example.com)`',
      'See [www.example.com](http://www.example.com) now.',
    ),
    found(
      'a mail address',
      'Mail me@example.com now.',
      1,
      'GitHub makes a link of `me@example.com`, the site shows plain text; write `<me@example.com>`',
      'Mail <me@example.com> now.',
    ),
  ],
});

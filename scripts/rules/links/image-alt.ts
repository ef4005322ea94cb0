import { code } from '../shared/wording.js';
import { pageRule } from '../types.js';

export const imageAlt = pageRule({
  id: 'image-alt',
  theme: 'links',
  severity: 'warning',
  preset: 'recommended',
  summary: 'An image has an alternative text.',
  documentation: `
An image without alternative text, \`![](lamp.png)\` or \`<img src="lamp.png">\` without \`alt\`, is reported. An HTML image
with \`alt=""\`, or \`alt\` alone, is decoration on purpose and is left alone.

Whoever hears the page instead of seeing it gets the file name or nothing. The same holds while the image does not load.
WCAG 2.2, success criterion 1.1.1 (non-text content) asks for the text.

Say what the image shows, in the words that you would use on the telephone.
`,
  fixable: false,
  *check({ facts, source }) {
    for (const { kind, text, range, destination } of facts.links) {
      if (kind !== 'image' && kind !== 'image-reference' && kind !== 'html-image') continue;
      if (text.trim() !== '') continue;
      const typed = source.slice(range.start.offset, range.end.offset);
      if (kind === 'html-image' && /\salt(?=[\s=/>])/i.test(typed)) continue;
      yield {
        range,
        message: `image ${code(destination)} has no alternative text: expected words that say what it shows; add them${kind === 'html-image' ? ' as `alt`, or `alt=""` for decoration' : ''}`,
      };
    }
  },
  examples: [
    {
      name: 'images have texts, or are marked as decoration',
      files: {
        'a.md':
          '---\ntitle: A\n---\n\n![A lamp on a desk](lamp.png)\n\n<img src="line.png" alt=""> <img alt src="line.png">\n',
      },
      findings: [],
    },
    {
      name: 'images have no text',
      files: {
        'a.md':
          '---\ntitle: A\n---\n\nSee ![](lamp.png) and ![ ][bulb].\n\n<img src="line.png">\n\n[bulb]: bulb.png\n',
      },
      findings: [
        {
          file: 'a.md',
          line: 5,
          column: 5,
          message:
            'image `lamp.png` has no alternative text: expected words that say what it shows; add them',
        },
        {
          file: 'a.md',
          line: 5,
          column: 23,
          message:
            'image `bulb.png` has no alternative text: expected words that say what it shows; add them',
        },
        {
          file: 'a.md',
          line: 7,
          column: 1,
          message:
            'image `line.png` has no alternative text: expected words that say what it shows; add them as `alt`, or `alt=""` for decoration',
        },
      ],
    },
  ],
});

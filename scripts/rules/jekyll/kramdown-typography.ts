import { code, differenceRule, fine, found } from '../shared/kramdown-difference.js';

/** Dashes, dots and angle brackets look the same on both sides. */
export const kramdownTypography = differenceRule({
  id: 'kramdown-typography',
  severity: 'warning',
  fixable: true,
  summary: 'Dashes, dots and angle brackets look the same on both sides.',
  documentation: `kramdown replaces \`--\` by an en dash, \`---\` by an em dash, three dots by an ellipsis, and \`<<\` and \`>>\` by guillemets
wherever they stand outside code. GitHub shows what is typed. An option such as \`--flag\` in prose loses its hyphens on the
site, and the id of a heading changes with it. Where the repair is the sign itself the finding is a note, except in the
tutorial preset.

What to do: put options and operators into a code span. \`fix\` keeps what is meant: \`\\--\` before an option, \`\\<\\<\` for
shifts, and the dash or ellipsis itself between words.

Source: \`TYPOGRAPHIC_SYMS\` in kramdown's \`parser/kramdown/typographic_symbol.rb\`.`,
  kinds: {
    typography: {
      // Between words the sign is what is meant, and so what the repair writes; before a name the hyphens are an option.
      deliberate: ({ site, edits }) => edits.length > 0 && edits.every(({ text }) => text === site),
      message: ({ github, site }) =>
        `GitHub shows ${code(github)}, the site ${code(site)}; put it into a code span if it is code, else type the character that you mean or escape it with \`\\\``,
    },
  },
  examples: [
    fine('code, escapes and real dashes', 'Run `--help`, \\--flag, a – b.'),
    found(
      'an option in prose',
      'Run it with --help now.',
      1,
      'GitHub shows `--`, the site `–`; put it into a code span if it is code, else type the character that you mean or escape it with `\\`',
      'Run it with \\--help now.',
    ),
    found(
      'two hyphens for a dash',
      'a -- b',
      1,
      'GitHub shows `--`, the site `–`; put it into a code span if it is code, else type the character that you mean or escape it with `\\`',
      'a – b',
    ),
    found(
      'three dots',
      'wait...',
      1,
      'GitHub shows `...`, the site `…`; put it into a code span if it is code, else type the character that you mean or escape it with `\\`',
      'wait…',
    ),
    found(
      'a shift',
      'x << y',
      1,
      'GitHub shows `<<`, the site `«`; put it into a code span if it is code, else type the character that you mean or escape it with `\\`',
      'x \\<\\< y',
    ),
  ],
});

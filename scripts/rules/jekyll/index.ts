import type { Rule } from '../types.js';
import { kramdownAttributeList } from './kramdown-attribute-list.js';
import { kramdownBareUrl } from './kramdown-bare-url.js';
import { kramdownCodeSpan } from './kramdown-code-span.js';
import { kramdownDefinition } from './kramdown-definition.js';
import { kramdownDiffers } from './kramdown-differs.js';
import { kramdownEmphasis } from './kramdown-emphasis.js';
import { kramdownEscape } from './kramdown-escape.js';
import { kramdownFence } from './kramdown-fence.js';
import { kramdownFootnote } from './kramdown-footnote.js';
import { kramdownGithubOnly } from './kramdown-github-only.js';
import { kramdownHeading } from './kramdown-heading.js';
import { kramdownHtml } from './kramdown-html.js';
import { kramdownLineBreak } from './kramdown-line-break.js';
import { kramdownLink } from './kramdown-link.js';
import { kramdownList } from './kramdown-list.js';
import { kramdownMath } from './kramdown-math.js';
import { kramdownPipeParagraph } from './kramdown-pipe-paragraph.js';
import { kramdownStops } from './kramdown-stops.js';
import { kramdownStrikethrough } from './kramdown-strikethrough.js';
import { kramdownTable } from './kramdown-table.js';
import { kramdownTypography } from './kramdown-typography.js';
import { liquidSwallowed } from './liquid-swallowed.js';
import { liquidSyntax } from './liquid-syntax.js';

export const rules: Rule[] = [
  kramdownAttributeList,
  kramdownBareUrl,
  kramdownCodeSpan,
  kramdownDefinition,
  kramdownDiffers,
  kramdownEmphasis,
  kramdownEscape,
  kramdownFence,
  kramdownFootnote,
  kramdownGithubOnly,
  kramdownHeading,
  kramdownHtml,
  kramdownLineBreak,
  kramdownLink,
  kramdownList,
  kramdownMath,
  kramdownPipeParagraph,
  kramdownStops,
  kramdownStrikethrough,
  kramdownTable,
  kramdownTypography,
  liquidSwallowed,
  liquidSyntax,
];

/** Rules about links, anchors and images. */
import type { Rule } from '../types.js';
import { anchorPortable } from './anchor-portable.js';
import { headingIdUnique } from './heading-id-unique.js';
import { imageAlt } from './image-alt.js';
import { imageTarget } from './image-target.js';
import { linkAnchor } from './link-anchor.js';
import { linkForm } from './link-form.js';
import { linkOutsideSite } from './link-outside-site.js';
import { linkTarget } from './link-target.js';
import { orphanPage } from './orphan-page.js';

export const rules: Rule[] = [
  anchorPortable,
  headingIdUnique,
  imageAlt,
  imageTarget,
  linkAnchor,
  linkForm,
  linkOutsideSite,
  linkTarget,
  orphanPage,
];

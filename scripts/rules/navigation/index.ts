/** Rules about the navigation: who is drawn where, in which order, under which title. */
import type { Rule } from '../types.js';
import { chapterFileName } from './chapter-file-name.js';
import { chapterSequence } from './chapter-sequence.js';
import { navOrder } from './nav-order.js';
import { navParent } from './nav-parent.js';
import { navTitle } from './nav-title.js';
import { navUniqueTitle } from './nav-unique-title.js';

export const rules: Rule[] = [
  chapterFileName,
  chapterSequence,
  navOrder,
  navParent,
  navTitle,
  navUniqueTitle,
];

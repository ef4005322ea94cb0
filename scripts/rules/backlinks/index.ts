/** Rules about what is derived from a tutorial's pages: guides, maps, navigation and backlinks. */
import type { Rule } from '../types.js';
import { chapterGuide } from './chapter-guide.js';
import { chapterMap } from './chapter-map.js';
import { chapterNavigation } from './chapter-navigation.js';
import { formatV2 } from './format-v2.js';
import { indexBacklinks } from './index-backlinks.js';
import { relatedReciprocal } from './related-reciprocal.js';

export const rules: Rule[] = [
  chapterGuide,
  chapterMap,
  chapterNavigation,
  formatV2,
  indexBacklinks,
  relatedReciprocal,
];

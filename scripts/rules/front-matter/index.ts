/** Rules about front matter: is it read, and does it say what it should. */
import type { Rule } from '../types.js';
import { frontMatterMissing } from './front-matter-missing.js';
import { frontMatterSchema } from './front-matter-schema.js';
import { frontMatterValid } from './front-matter-valid.js';
import { layoutExists } from './layout-exists.js';
import { readmeNotIndex } from './readme-not-index.js';
import { titleMatchesHeading } from './title-matches-heading.js';

export const rules: Rule[] = [
  frontMatterValid,
  frontMatterMissing,
  frontMatterSchema,
  layoutExists,
  readmeNotIndex,
  titleMatchesHeading,
];

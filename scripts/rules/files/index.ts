/** Rules about files: can they be read, and does each reach the site under an address of its own. */
import type { Rule } from '../types.js';
import { fileName } from './file-name.js';
import { fileReadable } from './file-readable.js';
import { outputConflict } from './output-conflict.js';
import { siteSize } from './site-size.js';

export const rules: Rule[] = [fileReadable, fileName, outputConflict, siteSize];

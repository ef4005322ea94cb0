/** The languages whose packages are understood. */
import { rust } from './rust.js';
import type { Language } from './types.js';

export const languages: ReadonlyMap<string, Language> = new Map([[rust.name, rust]]);

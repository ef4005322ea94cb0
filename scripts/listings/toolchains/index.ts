import { rustToolchain } from './rust.js';
import type { Toolchain } from './types.js';

/** The languages whose packages can be built, by name. */
export const toolchains: ReadonlyMap<string, Toolchain> = new Map([[rustToolchain.language, rustToolchain]]);

import type { Toolchain } from './types.js';

/** Cargo and rustc. */
export const rustToolchain: Toolchain = {
  language: 'rust',
  versionCommand: ['rustc', '--version'],
  requires: [['cargo', '--version']],
  versionOf(output) {
    const match = /^rustc (\S+)/.exec(output);
    return match?.[1] === undefined ? null : `rustc ${match[1]}`;
  },
  /**
   * A manifest path selects one package, in the shared workspace as in one of its own. It is never built together
   * with its neighbours: cargo would unite their features, and a feature that the package forgot would go unnoticed.
   */
  steps(name) {
    const selection = ['--locked', '--manifest-path', `${name}/Cargo.toml`];
    return [
      { name: 'build', command: ['cargo', 'build', ...selection] },
      { name: 'test', command: ['cargo', 'test', ...selection] },
    ];
  },
  countTests(output) {
    let passed = 0;
    for (const match of output.matchAll(/^test result: ok\. (\d+) passed;/gm)) passed += Number(match[1]);
    return passed;
  },
};

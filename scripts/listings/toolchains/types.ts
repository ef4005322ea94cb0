/** How the packages of a language are built and tested on this machine. */

/** A program to run, with what to call it. */
export interface Step {
  name: 'build' | 'test';
  /** Program and arguments; the current folder is that of the language. */
  command: readonly string[];
}

/** One language: the seam at which others join. */
export interface Toolchain {
  language: string;
  /** Prints the version; its first line is given to `versionOf`. A program that does not exist means: no toolchain. */
  versionCommand: readonly string[];
  /** Other programs that the steps need, each as a command that succeeds when the program is there. */
  requires: readonly (readonly string[])[];
  /** `rustc 1.95.0` from what the version command printed; null when it is not understood. */
  versionOf(output: string): string | null;
  /** @param name - folder of the package below that of the language. */
  steps(name: string): Step[];
  /** The number of tests that passed, from the test step's own lines. */
  countTests(output: string): number;
}

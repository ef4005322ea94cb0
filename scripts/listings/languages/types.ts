/** What a language's package manager says about a package, read from its files: nothing is executed. */
import type { ListingsIo } from '../io.js';

/** One language; its folder below the listings folder has this name. */
export interface Language {
  name: string;
  /** The file that makes a folder a package of this language. */
  manifest: string;
  /** The SDK that the language's tutorial teaches, as the registry names it. */
  sdk: string;
  /** How the names of source files end. */
  extension: string;
  /** The names of the tests that a source file defines, as the language's test runner knows them without their module. */
  testNames(source: string): string[];
  /** @param folder - the language's folder, relative to the root. */
  open(io: ListingsIo, folder: string): Promise<Workspace>;
}

/** The packages of one language; what they share is read once. */
export interface Workspace {
  /** @param name - folder of a package, relative to the language's folder. */
  describe(name: string): Promise<PackageInputs>;
}

export interface PackageInputs {
  /** Folders of the packages it depends on by path, relative to the language's folder. */
  dependencies: string[];
  /** Everything outside the package's own folder that may change what it does, in a fixed form. */
  shared: string;
  sdk: { name: string; version: string } | null;
  problems: string[];
}

/**
 * Names every skipped test, then every failed one with its reason, and ends the run with one line that continuous
 * integration reads.
 */
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/** Of a reason that is longer the end is shown: programs say most there. */
const REASON_CHARACTERS = 3000;

export default class ClosingLine implements Reporter {
  private selected = false;

  onInit(vitest: Vitest): void {
    // With `-t` most tests are skipped because nobody asked for them: their names say nothing.
    this.selected = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string): TestCase[] => tests.filter((test) => test.result().state === state);
    const skipped = inState('skipped');
    if (!this.selected) for (const line of skipLines(skipped)) console.log(line);

    const failed = inState('failed');
    // A file that could not be loaded, or an error outside every test, has no test case to count.
    const broken = modules.filter((module) => module.errors().length > 0);
    // Last, because what shows only the end of a log must show these.
    for (const test of failed) console.log(failure(nameOf(test), test.result().errors ?? []));
    for (const module of broken) console.log(failure(module.relativeModuleId, module.errors()));
    for (const error of errors) console.log(failure('outside every test', [error]));
    const counts = [
      `${inState('passed').length} passed`,
      `${failed.length + broken.length + errors.length} failed`,
      ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ];
    console.log(`\n${counts.join(', ')}`);
  }
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName}`;
}

/** A line for each group of tests: hundreds of comparisons are skipped for one reason, which their group names. */
function skipLines(skipped: readonly TestCase[]): string[] {
  const groups = new Map<string, string[]>();
  for (const test of skipped) {
    const group = test.parent.type === 'suite' ? ` > ${test.parent.fullName}` : '';
    const line = `skipped: ${test.module.relativeModuleId}${group}`;
    groups.set(line, [...(groups.get(line) ?? []), test.name]);
  }
  return [...groups].map(([line, names]) => `${line} > ${names.join(', ')}`);
}

function failure(name: string, errors: readonly unknown[]): string {
  const reasons = errors.map((error) => stripVTControlCharacters(messageOf(error)).slice(-REASON_CHARACTERS));
  return `\nfailed: ${name}\n${reasons.join('\n').replace(/^/gm, '  ')}`;
}

/** Vitest hands over plain objects, with the comparison beside the message. */
function messageOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const difference = 'diff' in error && typeof error.diff === 'string' ? `\n${error.diff}` : '';
  return `${String(error.message)}${difference}`;
}

/** Names every skipped test and ends the run with one line that continuous integration reads. */
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

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
    if (!this.selected)
      for (const test of skipped) console.log(`skipped: ${test.module.relativeModuleId} > ${test.fullName}`);
    // A file that could not be loaded, or an error outside every test, has no test case to count.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    const failed = inState('failed').length + broken;
    console.log(
      `\n${inState('passed').length} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    );
  }
}

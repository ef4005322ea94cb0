import type { Command } from 'commander';
import { loadCorpus, requireSource } from '../index.js';
import { modelToJson } from '../site/json.js';
import { buildSite } from '../site/model.js';
import { loadOptions, sayConfigMistakes, withCommon, type CommonOptions } from './shared.js';

/** `corpus model`: the whole model of the site as JSON (`schemas/model.schema.json`). */
export function registerModel(program: Command): void {
  withCommon(
    program
      .command('model')
      .description('print pages, URLs, heading ids, links, navigation and tutorials as JSON'),
  ).action(async (options: CommonOptions) => {
    const corpus = await loadCorpus(options.root, loadOptions(options));
    requireSource(corpus);
    sayConfigMistakes(corpus);
    process.stdout.write(`${JSON.stringify(modelToJson(buildSite(corpus)), null, 2)}\n`);
  });
}

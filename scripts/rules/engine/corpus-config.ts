import { siteRule } from '../types.js';

/** The runner reports what `readConfig` and `resolveSettings` found; the rule object documents it. */
export const corpusConfig = siteRule({
  id: 'corpus-config',
  theme: 'configuration',
  severity: 'error',
  preset: 'recommended',
  fixable: false,
  summary: 'corpus.yml is valid: known keys, known rules, values of the right type.',
  documentation: `A misspelt key in \`corpus.yml\` switches nothing on or off, and nobody notices. So an unknown key, an
unknown rule id and a value of the wrong type are errors with their position and the nearest known name. Until the
file is right its defaults are used and the rest of the corpus is still checked.`,
  examples: [
    { name: 'known keys', files: {}, config: 'engine: actions\n', findings: [] },
    {
      name: 'a misspelt key',
      files: {},
      config: 'engin: actions\n',
      findings: [
        {
          file: 'corpus.yml',
          line: 1,
          column: 1,
          message: 'unknown key `engin`; remove or correct it. Did you mean `engine`?',
        },
      ],
    },
    {
      name: 'a rule that does not exist',
      files: {},
      config: 'rules:\n  link-targt: off\n',
      findings: [
        {
          file: 'corpus.yml',
          line: 2,
          column: 3,
          message: 'unknown rule `link-targt`; `corpus explain` lists the rules. Did you mean `link-target`?',
        },
      ],
    },
  ],
  check: () => [],
});

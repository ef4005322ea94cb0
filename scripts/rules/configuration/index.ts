/** Rules about `_config.yml`: can Jekyll read it, and does the engine obey it. */
import type { Rule } from '../types.js';
import { configBaseurl } from './config-baseurl.js';
import { configDefaults } from './config-defaults.js';
import { configExclude } from './config-exclude.js';
import { configIgnored } from './config-ignored.js';
import { configMarkdown } from './config-markdown.js';
import { configPermalink } from './config-permalink.js';
import { configPlugins } from './config-plugins.js';
import { configReadmeIndex } from './config-readme-index.js';
import { configTheme } from './config-theme.js';
import { configThemeOptions } from './config-theme-options.js';
import { configValid } from './config-valid.js';

export const rules: Rule[] = [
  configBaseurl,
  configDefaults,
  configExclude,
  configIgnored,
  configMarkdown,
  configPermalink,
  configPlugins,
  configReadmeIndex,
  configTheme,
  configThemeOptions,
  configValid,
];

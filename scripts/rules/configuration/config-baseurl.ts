import { ConfigPlaces } from '../shared/config-places.js';
import { code, codeValue } from '../shared/wording.js';
import { siteRule, type RuleFinding } from '../types.js';

/** Where the site is served. */
export const configBaseurl = siteRule({
  id: 'config-baseurl',
  theme: 'configuration',
  severity: 'warning',
  preset: 'recommended',
  summary: '`url` is a host and `baseurl` the path of the site below it.',
  fixable: false,
  documentation: `
GitHub Pages serves a project site below the name of its repository: \`https://owner.github.io/name/\`. Jekyll puts
\`baseurl\` before every address that it or the theme writes; without it style sheets, navigation and rewritten links lead
to the host's root. \`baseurl\` begins with \`/\` and does not end with one; \`url\` is scheme and host alone.

When the configuration names the repository (\`repository\` or \`gh_edit_repository\`) the rule compares \`baseurl\` with its
name. It does not ask for one on an own build (\`engine: actions\`), where the workflow passes \`--baseurl\`, nor on a site
with a CNAME file.

Source: \`relative_url\` and \`absolute_url\` in Jekyll's \`filters/url_filters.rb\`; GitHub's documentation of project sites.`,
  examples: [
    {
      name: 'a project site',
      files: { '_config.yml': 'url: https://ada.github.io\nbaseurl: /engine\nrepository: ada/engine\n' },
      findings: [],
    },
    {
      name: 'a user site and a site with its own domain',
      files: { '_config.yml': 'repository: ada/ada.github.io\n' },
      findings: [],
    },
    {
      name: 'a project site without baseurl',
      files: { '_config.yml': 'url: https://ada.github.io\nrepository: ada/engine\n' },
      findings: [
        {
          file: '_config.yml',
          line: 2,
          column: 13,
          message:
            'The repository `ada/engine` is served below `/engine`, but `baseurl` is not set, so addresses lead to the root of the host. Add `baseurl: /engine`.',
        },
      ],
    },
    {
      name: 'baseurl is another repository',
      files: { '_config.yml': 'baseurl: /motor\nrepository: ada/engine\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 10,
          message:
            'The `baseurl` is `/motor`, but the repository `ada/engine` is served below `/engine`. Write `/engine`.',
        },
      ],
    },
    {
      name: 'forms that addresses cannot be made of',
      files: { '_config.yml': 'url: ada.github.io/engine\nbaseurl: engine/\n' },
      findings: [
        {
          file: '_config.yml',
          line: 1,
          column: 6,
          message:
            'The `url` is `ada.github.io/engine`; it must be scheme and host alone. Write it like `https://owner.github.io`, and the path as `baseurl`.',
        },
        {
          file: '_config.yml',
          line: 2,
          column: 10,
          message:
            'The `baseurl` is `engine/`; it must be empty, or begin with `/` and not end with it. Write `/engine`.',
        },
      ],
    },
  ],
  *check(context) {
    const config = ConfigPlaces.of(context);
    if (config === null) return;
    const url = config.value('url');
    if (url !== null && url !== '' && !(typeof url === 'string' && /^https?:\/\/[^/?#\s]+\/?$/iu.test(url))) {
      yield {
        file: config.path,
        range: config.range('url'),
        message: `The \`url\` is ${codeValue(url)}; it must be scheme and host alone. Write it like \`https://owner.github.io\`, and the path as \`baseurl\`.`,
      };
    }
    const baseurl = config.value('baseurl');
    if (
      baseurl !== null &&
      baseurl !== '' &&
      !(typeof baseurl === 'string' && /^(?:\/[^/?#\s]+)+$/u.test(baseurl))
    ) {
      const path = typeof baseurl === 'string' ? baseurl.replace(/^[a-z]+:\/\/[^/]*/iu, '') : '';
      const wanted = path
        .split('/')
        .filter((segment) => segment !== '')
        .map((segment) => `/${segment}`)
        .join('');
      yield {
        file: config.path,
        range: config.range('baseurl'),
        severity: typeof baseurl === 'string' && !baseurl.includes('://') ? 'warning' : 'error',
        message: `The \`baseurl\` is ${codeValue(baseurl)}; it must be empty, or begin with \`/\` and not end with it. Write ${code(wanted === '' ? '""' : wanted)}.`,
      };
      return;
    }
    const { source } = context.site.config;
    const ownDomain = context.site.files.has(source === '.' ? 'CNAME' : `${source}/CNAME`);
    if (!ownDomain && context.site.engine === 'pages') yield* project(config, baseurl);
  },
});

function* project(config: ConfigPlaces, baseurl: unknown): Generator<RuleFinding> {
  const key = config.field('repository') ? 'repository' : 'gh_edit_repository';
  const value = config.value(key);
  const match =
    typeof value === 'string'
      ? /^(?:https:\/\/github\.com\/)?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/iu.exec(value)
      : null;
  const [owner, name] = [match?.[1], match?.[2]];
  if (owner === undefined || name === undefined || /\.github\.io$/iu.test(name)) return;
  // Another host than GitHub's means an own domain, which serves the site from its root.
  const url = config.value('url');
  if (typeof url === 'string' && url !== '' && !/\.github\.io\/?$/iu.test(url)) return;
  if (baseurl === null || baseurl === '') {
    const place = config.field('baseurl') ? 'baseurl' : key;
    yield {
      file: config.path,
      range: config.range(place),
      message: `The repository ${code(`${owner}/${name}`)} is served below ${code(`/${name}`)}, but \`baseurl\` is not set, so addresses lead to the root of the host. Add \`baseurl: /${name}\`.`,
    };
  } else if (typeof baseurl === 'string' && baseurl !== `/${name}`) {
    yield {
      file: config.path,
      range: config.range('baseurl'),
      message: `The \`baseurl\` is ${code(baseurl)}, but the repository ${code(`${owner}/${name}`)} is served below ${code(`/${name}`)}. Write ${code(`/${name}`)}.`,
    };
  }
}

/** Who builds the site when `corpus.yml` does not say. */
import { describe, expect, it } from 'vitest';
import { loadCorpus } from '../../scripts/corpus/load.js';
import { writeCorpus } from '../support/corpus.js';

const WORKFLOW = 'jobs:\n  build:\n    steps:\n      - run: bundle exec jekyll build --baseurl /x\n';
const JEKYLL = 'gem "jekyll", "~> 4.3"\n';
const PAGES = '# gem "jekyll"\ngem "github-pages", group: :jekyll_plugins\n';

async function engine(files: Record<string, string>, override?: 'pages' | 'actions'): Promise<string> {
  const root = await writeCorpus({ '_config.yml': '', 'a.md': '---\ntitle: A\n---\n', ...files });
  return (await loadCorpus(root, override ? { engine: override } : {})).config.engine;
}

describe('the engine without a setting', () => {
  it('is the branch build where nothing tells of another one', async () => {
    expect(await engine({})).toBe('pages');
    expect(await engine({ Gemfile: JEKYLL })).toBe('pages');
    expect(await engine({ '.github/workflows/ci.yml': '# run: jekyll build\non: push\n' })).toBe('pages');
  });

  it('is an own build where a workflow runs Jekyll', async () => {
    expect(await engine({ '.github/workflows/pages.yml': WORKFLOW, Gemfile: JEKYLL })).toBe('actions');
    expect(await engine({ 'netlify.toml': '[build]\ncommand = "jekyll build"\n' })).toBe('actions');
    expect(await engine({ '.gitlab-ci.yml': 'pages:\n  script: [jekyll b -d public]\n' })).toBe('actions');
  });

  it('is an own build where the site has plugins', async () => {
    expect(await engine({ '_plugins/card.rb': 'class Card < Liquid::Tag\nend\n' })).toBe('actions');
  });

  it('is the branch build where a workflow runs its bundle', async () => {
    expect(await engine({ '.github/workflows/ci.yml': WORKFLOW, 'docs/Gemfile': PAGES })).toBe('pages');
  });

  it('is what corpus.yml says, and the command line before it', async () => {
    const files = { '.github/workflows/pages.yml': WORKFLOW, 'corpus.yml': 'engine: pages\n' };
    expect(await engine(files)).toBe('pages');
    expect(await engine({ ...files, 'corpus.yml': 'preset: recommended\n' })).toBe('actions');
    expect(await engine({ ...files, 'corpus.yml': 'engine: nobody\n' })).toBe('actions');
    expect(await engine(files, 'actions')).toBe('actions');
  });
});

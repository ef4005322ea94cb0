/** Fragments that lead to what includes and layouts bring to a page. */
import { describe, expect, it } from 'vitest';
import { linkOf, siteOf } from './support.js';

/** Does the model find the anchor `x` on a page of this body? */
async function exists(body: string, files: Record<string, string> = {}, head = ''): Promise<boolean | null> {
  const site = await siteOf({
    'a.md': '---\ntitle: A\n---\n\n[x](b.md#x)\n',
    'b.md': `---\ntitle: B\n${head}---\n\n${body}\n`,
    ...files,
  });
  return linkOf(site, 'a.md', 'b.md#x').fragmentExists;
}

describe('anchors of included parts', () => {
  it('are those of HTML and headings, however deep', async () => {
    expect(await exists('{% include p.md %}', { '_includes/p.md': '## X\n' })).toBe(true);
    expect(await exists('{% include /p.html a=1 %}', { '_includes/p.html': "<h2 id='x'>T</h2>\n" })).toBe(
      true,
    );
    expect(
      await exists('{% include p.md %}', {
        '_includes/p.md': '{% include d/q.md %}\n',
        '_includes/d/q.md': '<div>\n  <p id="x">T</p>\n</div>\n{% include p.md %}\n',
      }),
    ).toBe(true);
  });

  it('are missing when no part has them', async () => {
    expect(await exists('{% include p.md %}', { '_includes/p.md': '## Y\n' })).toBe(false);
    expect(await exists('{% assign a = 1 %}{% if a %}\n\n## Y\n\n{% endif %}')).toBe(false);
    expect(await exists('{% raw %}{% include p.md %}{% endraw %}', { '_includes/p.md': '## X\n' })).toBe(
      false,
    );
  });

  it('are unknown when data, a plugin or the theme makes them', async () => {
    const unknown = async (body: string): Promise<void> => {
      expect(await exists(body), body).toBe(null);
    };
    await unknown('{% include {{ page.part }} %}');
    await unknown('{% include of-the-theme.html %}');
    await unknown('{% for i in site.data.list %}\n## {{ i.title }}\n{% endfor %}');
    await unknown('<p id="{{ page.slug }}">T</p>');
    await unknown('{{ page.text | markdownify }}');
    await unknown('{% card x %}');
  });

  it('are the literal ids of the layouts around the page', async () => {
    const files = {
      '_layouts/inner.html': '---\nlayout: outer\n---\n{{ content }}\n',
      '_layouts/outer.html': '<body>{% include foot.html %}{{ content }}</body>\n',
      '_includes/foot.html': '<footer id="x"></footer>\n',
    };
    expect(await exists('T', files, 'layout: inner\n')).toBe(true);
    expect(await exists('T', files, 'layout: none\n')).toBe(false);
  });
});

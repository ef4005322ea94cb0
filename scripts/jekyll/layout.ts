/**
 * The layout that stands in for a theme which is not installed: enough to read the pages and walk the navigation.
 * It is Liquid, filled in by Jekyll.
 */
export const builtInLayout = `<!doctype html>
<html lang="{{ site.lang | default: 'en' }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title | default: site.title | escape }}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.6 system-ui, sans-serif; display: flex; flex-wrap: wrap; }
nav { flex: 1 1 14rem; max-width: 20rem; padding: 1rem 1.5rem; border-right: 1px solid #8884; font-size: .9rem; }
nav ul { list-style: none; padding-left: 1rem; margin: .2rem 0; }
main { flex: 3 1 20rem; max-width: 50rem; padding: 1rem 2rem 4rem; min-width: 0; }
pre { overflow-x: auto; padding: .8rem; background: #8881; border-radius: 4px; font-size: .85rem; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8886; padding: .3rem .6rem; text-align: left; }
blockquote { border-left: 4px solid #8886; margin: 1rem 0; padding-left: 1rem; }
img { max-width: 100%; }
</style>
</head>
<body>
<nav aria-label="Site">
<strong><a href="{{ '/' | relative_url }}">{{ site.title | escape }}</a></strong>
{%- assign titled = site.html_pages | where_exp: 'p', 'p.title' | sort: 'nav_order' -%}
{%- assign tops = titled | where_exp: 'p', 'p.parent == nil' %}
<ul>
{%- for top in tops -%}{%- unless top.nav_exclude %}
<li><a href="{{ top.url | relative_url }}">{{ top.title | escape }}</a>
{%- assign children = titled | where: 'parent', top.title -%}
{%- if children.size > 0 %}
<ul>{% for child in children %}
<li><a href="{{ child.url | relative_url }}">{{ child.title | escape }}</a></li>{% endfor %}
</ul>{% endif %}
</li>
{%- endunless -%}{%- endfor %}
</ul>
</nav>
<main id="main-content">
{{ content }}
</main>
</body>
</html>
`;

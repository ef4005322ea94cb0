/** Posts and documents of collections: their URLs (jekyll/lib/jekyll/document.rb, drops/url_drop.rb). */
import type { Engine } from '../corpus/config.js';
import type { YamlValue } from '../corpus/types.js';
import { collectionFolder, isMap } from './config.js';
import { extensionOf } from './ruby.js';
import type { Page, SiteConfig } from './types.js';
import { escapePath, sanitizeUrl } from './urls.js';

/** Of the name without its folders. */
const POST_NAME = /^(\d{2,4})-(\d{1,2})-(\d{1,2})-([^/]*)(\.[^.]+)$/;

/** `Configuration::STYLE_TO_PERMALINK`. */
const STYLES: Record<string, string> = {
  none: '/:categories/:title:output_ext',
  date: '/:categories/:year/:month/:day/:title:output_ext',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
};

/** Is it the name of a post (`YYYY-MM-DD-slug.ext`)? */
export function postName(source: string): boolean {
  return POST_NAME.test(source.slice(source.lastIndexOf('/') + 1));
}

/** `Utils.titleize_slug`: the title of a document that has none. */
export function titleFromSlug(slug: string): string {
  return slug
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(' ');
}

/** `Utils.slugify` in its default and `pretty` modes. */
function slugify(text: string, pretty: boolean): string {
  const slug = text
    .replace(pretty ? /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu : /[^\p{M}\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return pretty ? slug : slug.toLowerCase();
}

/**
 * The URL of a post or document.
 *
 * @param label of the collection, `posts` for posts
 */
export function documentUrl(
  page: Page,
  label: string,
  config: SiteConfig,
  isMarkdown: boolean,
): { url: string; outputExtension: string; slug: string } {
  const name = page.source.slice(page.source.lastIndexOf('/') + 1);
  const own = page.data.get('permalink')?.value;
  const permalink = typeof own === 'string' && own !== '' ? own : null;
  const permalinkExtension = permalink && !permalink.endsWith('/') ? extensionOf(permalink) : '';
  const outputExtension = permalinkExtension || (isMarkdown ? '.html' : extensionOf(name));
  const post = POST_NAME.exec(name);
  const plainName = name.slice(0, name.length - extensionOf(name).length);
  const typedSlug = page.data.get('slug')?.value;
  const fileSlug = (post?.[4] ?? plainName).replace(/\.+$/, '');
  const slug = typeof typedSlug === 'string' ? typedSlug : fileSlug;
  const date = dateOf(page, post);
  const below = belowCollection(page.source, label, config);
  const placeholders: Record<string, string> = {
    collection: label,
    path: below.slice(0, below.length - extensionOf(below).length).replace(/\.+$/, ''),
    name: slugify(plainName, false),
    title: slugify(slug, true),
    slug: slugify(slug, false),
    output_ext: outputExtension,
    categories:
      label === 'posts'
        ? categoriesOf(page, label)
            .map((item) => item.toLowerCase())
            .join('/')
        : '',
    slugified_categories: categoriesOf(page, label)
      .map((item) => slugify(item, false))
      .join('/'),
    ...datePlaceholders(date, config.engine),
  };
  const template = permalink ?? templateOf(label, config);
  const url = template.replace(/:([a-z_]+)/g, (whole, found: string) => {
    const key = Object.hasOwn(placeholders, found) ? found : found.replace(/_$/, '');
    if (!Object.hasOwn(placeholders, key)) return whole;
    return escapePath(placeholders[key] ?? '') + found.slice(key.length);
  });
  return { url: sanitizeUrl(url), outputExtension, slug: fileSlug };
}

/** The path of a document below the folder of its collection, with a leading slash. */
export function belowCollection(source: string, label: string, config: SiteConfig): string {
  const folder = collectionFolder(label, config);
  if (source.startsWith(`${folder}/`)) return source.slice(folder.length);
  // Posts lie in any folder.
  return source.slice(source.indexOf(`_${label}/`) + label.length + 1);
}

/** `Collection#url_template`. */
function templateOf(label: string, config: SiteConfig): string {
  const { collections } = config.data;
  const metadata = isMap(collections) ? collections[label] : undefined;
  const own = isMap(metadata) ? metadata.permalink : undefined;
  if (typeof own === 'string') return STYLES[own] ?? own;
  const style = config.permalink ?? 'date';
  if (label === 'posts') return STYLES[style] ?? style;
  const suffix = style === 'pretty' || style.endsWith('/') ? '/' : '';
  const extension = ['date', 'ordinal', 'none'].includes(style) || style.endsWith(':output_ext');
  return `/:collection/:path${suffix}${extension ? ':output_ext' : ''}`;
}

/** Folders above `_posts`, then the front matter's `categories` and `category`. */
function categoriesOf(page: Page, label: string): string[] {
  const folders = page.source
    .slice(0, Math.max(0, page.source.indexOf(`_${label}`)))
    .split('/')
    .filter((folder) => folder !== '');
  const many = page.data.get('categories')?.value ?? null;
  const one = page.data.get('category')?.value ?? null;
  return [...new Set([...folders, ...words(many), ...(one === null ? [] : [textOf(one)])])];
}

function words(value: YamlValue): string[] {
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  return Array.isArray(value) ? value.map(textOf) : [];
}

function textOf(value: YamlValue): string {
  return typeof value === 'object' ? '' : String(value);
}

/** The date of the front matter (its first ten characters), else that of the file's name; null when there is none. */
function dateOf(page: Page, post: RegExpExecArray | null): Date | null {
  const own = page.data.get('date')?.value;
  const typed = typeof own === 'string' ? /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(own) : null;
  const parts = typed ?? post;
  if (!parts) return null;
  const year = Number(parts[1]);
  return new Date(Date.UTC(year < 100 ? 2000 + year : year, Number(parts[2]) - 1, Number(parts[3])));
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** The placeholders that `Date#strftime` fills; Jekyll 3.10 has no days and weeks. */
function datePlaceholders(date: Date | null, engine: Engine): Record<string, string> {
  if (!date) return {};
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = date.getUTCDate();
  const month = date.getUTCMonth();
  const year = date.getUTCFullYear();
  const monthName = MONTHS[month] ?? '';
  const common = {
    year: String(year),
    short_year: two(year % 100),
    month: two(month + 1),
    i_month: String(month + 1),
    short_month: monthName.slice(0, 3),
    day: two(day),
    i_day: String(day),
    y_day: String(dayOfYear(date)).padStart(3, '0'),
    hour: '00',
    minute: '00',
    second: '00',
  };
  if (engine === 'pages') return common;
  const weekday = (date.getUTCDay() + 6) % 7;
  const dayName = DAYS[weekday] ?? '';
  // ISO 8601: a week belongs to the year of its Thursday.
  const thursday = new Date(date.getTime() + (3 - weekday) * DAY);
  return {
    ...common,
    long_month: monthName,
    w_year: String(thursday.getUTCFullYear()),
    week: two(Math.ceil(dayOfYear(thursday) / 7)),
    w_day: String(weekday + 1),
    short_day: dayName.slice(0, 3),
    long_day: dayName,
  };
}

const DAY = 86_400_000;

/** From 1. */
function dayOfYear(date: Date): number {
  return Math.round((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1;
}

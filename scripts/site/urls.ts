/** URLs as Jekyll makes them (jekyll/lib/jekyll/url.rb) and as Addressable encodes and normalises them. */

const SAFE_PATH = /^[a-zA-Z0-9./-]+$/;
const encoder = new TextEncoder();

/** `Jekyll::URL.escape_path`: percent-encodes a folder or a base name for use in a URL; `?` is left alone. */
export function escapePath(path: string): string {
  if (path === '' || SAFE_PATH.test(path)) return path;
  const hash = path.indexOf('#');
  const beforeHash = hash === -1 ? path : path.slice(0, hash);
  const query = beforeHash.indexOf('?');
  const plain = query === -1 ? beforeHash : beforeHash.slice(0, query);
  let escaped = encode(plain, isPathByte);
  if (query !== -1) escaped += `?${encode(beforeHash.slice(query + 1), isQueryByte)}`;
  if (hash !== -1) escaped += `#${encode(path.slice(hash + 1), isQueryByte)}`;
  return escaped.replace('#', '%23');
}

/** `Jekyll::URL.unescape_path`; escapes that are no UTF-8 stay as they are. */
export function unescapePath(path: string): string {
  return path.includes('%') ? decodeEscapes(path) : path;
}

/** `Jekyll::URL#sanitize_url`: a leading slash, no `..`, no `./`, no doubled slashes. */
export function sanitizeUrl(url: string): string {
  return `/${url}`
    .replaceAll('..', '/')
    .replaceAll('./', '')
    .replace(/\/{2,}/g, '/');
}

/** Fills the placeholders of a page's permalink or template (`URL#generate_url_from_hash`). */
export function fillPlaceholders(
  template: string,
  placeholders: readonly (readonly [string, string])[],
): string {
  let url = template;
  for (const [name, value] of placeholders) {
    if (!url.includes(':')) break;
    url = url.replaceAll(`:${name}`, () => escapePath(value));
  }
  return url;
}

/**
 * Jekyll's `relative_url` filter: the baseurl before the URL, then Addressable's `normalize`, which decodes each
 * segment, brings it to NFKC and encodes it again.
 *
 * @param baseurl with a leading and without a trailing slash, or empty
 */
export function relativeUrl(url: string, baseurl: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  const whole = baseurl + (url === '' || url.startsWith('/') ? url : `/${url}`);
  const hash = whole.indexOf('#');
  const beforeHash = hash === -1 ? whole : whole.slice(0, hash);
  const query = beforeHash.indexOf('?');
  const path = (query === -1 ? beforeHash : beforeHash.slice(0, query)).trim();
  let normal = path
    .split('/')
    .map((segment) => encode(decodeEscapes(segment).normalize('NFKC'), isSegmentByte))
    .join('/');
  if (query !== -1) normal += `?${encodeKeepingEscapes(beforeHash.slice(query + 1))}`;
  if (hash !== -1) normal += `#${encode(decodeEscapes(whole.slice(hash + 1)), isQueryByte)}`;
  return normal;
}

/** Percent-decodes what is valid UTF-8; null when an escape is malformed or the bytes are not UTF-8. */
export function decodeStrict(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** `CGI.unescape`: `+` is a blank, escapes that are complete are decoded. */
export function cgiUnescape(text: string): string {
  return decodeEscapes(text.replaceAll('+', ' '));
}

/** Decodes each run of complete escapes that is valid UTF-8 and leaves the others. */
function decodeEscapes(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodeStrict(run) ?? run);
}

function encode(text: string, keep: (byte: number) => boolean): string {
  let result = '';
  for (const byte of encoder.encode(text))
    result += keep(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return result;
}

function encodeKeepingEscapes(text: string): string {
  return encode(text, (byte) => isQueryByte(byte) || byte === 37);
}

const PCHAR = new Set([...encoder.encode("-._~!$&'()*+,;=:@")]);

function isSegmentByte(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || PCHAR.has(byte)
  );
}

function isPathByte(byte: number): boolean {
  return isSegmentByte(byte) || byte === 47;
}

function isQueryByte(byte: number): boolean {
  return isPathByte(byte) || byte === 63;
}

const METADATA = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** Has the destination a scheme or a host of its own? */
export function isAbsolute(destination: string): boolean {
  return METADATA.test(destination);
}

export interface UrlParts {
  path: string;
  query: string | null;
  fragment: string | null;
}

/** Splits a destination without scheme; neither part has its mark. */
export function splitUrl(destination: string): UrlParts {
  const hash = destination.indexOf('#');
  const beforeHash = hash === -1 ? destination : destination.slice(0, hash);
  const query = beforeHash.indexOf('?');
  return {
    path: query === -1 ? beforeHash : beforeHash.slice(0, query),
    query: query === -1 ? null : beforeHash.slice(query + 1),
    fragment: hash === -1 ? null : destination.slice(hash + 1),
  };
}

/**
 * Resolves a path against the URL of a page as browsers do: `..` at the top stays at the top.
 *
 * @param base path of the page, with leading slash
 * @returns the path with leading slash, still percent-encoded
 */
export function resolvePath(path: string, base: string): string {
  if (path === '') return base;
  const segments = path.startsWith('/') ? [] : base.split('/').slice(1, -1);
  const added = (path.startsWith('/') ? path.slice(1) : path).split('/');
  for (const [index, segment] of added.entries()) {
    const last = index === added.length - 1;
    if (segment === '.' || segment === '..') {
      if (segment === '..') segments.pop();
      if (last) segments.push('');
    } else segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

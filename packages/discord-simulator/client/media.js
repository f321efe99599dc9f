import { h } from './dom.js';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const UNITS = ['B', 'KB', 'MB', 'GB'];

/** The address on this server of something it serves itself, whatever its host is called; null for anything elsewhere, which is not loaded. */
export function localUrl(url) {
  try {
    const { host, hostname, port, pathname, search } = new URL(url, location.origin);
    const isHere = host === location.host || (LOOPBACK.includes(hostname) && port === location.port);
    return isHere ? `${pathname}${search}` : null;
  } catch {
    return null;
  }
}

export const isWebLink = (url) => /^https?:\/\//.test(url ?? '');

/** Attributes of a link that leaves the page. */
export const linkTo = (href) => ({ href, target: '_blank', rel: 'noreferrer noopener' });

/**
 * An image of this server; one from elsewhere is only named, since the local Discord loads nothing from the Internet.
 * @param {string} tag element with classes, e.g. `img.thumbnail`
 * @param {{ url?: string, proxy_url?: string, width?: number, height?: number }} media
 */
export function renderImage(tag, media, alt = '') {
  const src = localUrl(media.url ?? '') ?? localUrl(media.proxy_url ?? '');
  const { width, height } = media;
  if (src) return h(tag, { src, alt, width, height, loading: 'lazy' });
  const name = nameOf(media.url);
  return h(
    `span.elsewhere${tag.replace(/^img/, '')}`,
    { role: 'img', 'aria-label': alt || name, title: media.url },
    name,
  );
}

/** Where something comes from. */
function nameOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return url ?? '';
  }
}

/** A number of bytes, as people read it. */
export function sizeOf(bytes, locale) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const amount = (bytes / 1_024 ** power).toLocaleString(locale, { maximumFractionDigits: power > 0 ? 2 : 0 });
  return `${amount} ${UNITS[power]}`;
}

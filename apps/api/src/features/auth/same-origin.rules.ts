import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page of ours or from no page at all. Browsers say where a request comes from in headers
 * that pages cannot write.
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function isFromOwnPages(headers: IncomingHttpHeaders, webOrigin: string): boolean {
  const { origin, host } = headers;
  if (origin !== undefined) return origin === webOrigin || hostOf(origin) === host;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** The host with its port; undefined for `null`, which sandboxed frames send. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

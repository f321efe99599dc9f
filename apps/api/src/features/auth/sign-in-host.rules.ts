const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where a sign-in has to begin instead, or null when it may begin here. Discord sends the browser back to the one address
 * that is registered; a cookie left at another name of this machine would not come along. Only names of the same machine
 * are treated so: behind a proxy the host of a request says nothing.
 * @param host of the request, with its port
 */
export function signInHost(host: string, callbackUrl: string): string | null {
  const callback = new URL(callbackUrl);
  if (host === callback.host || !LOOPBACK_NAMES.has(callback.hostname)) return null;
  const requested = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  return LOOPBACK_NAMES.has(requested) && requested !== callback.hostname ? callback.origin : null;
}

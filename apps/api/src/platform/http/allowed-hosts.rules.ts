import { BlockList, isIP, isIPv6 } from 'node:net';
import type { ApiConfig } from '../../config.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

const HOST_NAME = /^(?=.{1,253}$)[a-z\d](?:[\w-]*[a-z\d])?(?:\.[a-z\d](?:[\w-]*[a-z\d])?)*$/i;

const HOST_AND_PORT = /^[\w.:[\]-]+$/;

/** Whether this is a value of `ALLOWED_HOSTS`. */
export function isHostList(text: string): boolean {
  return hostList(text).every((name) => HOST_NAME.test(name) || isIP(name) !== 0);
}

function hostList(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

type HostConfig = Pick<ApiConfig, 'WEB_URL' | 'DISCORD_CALLBACK_URL' | 'HOST' | 'ALLOWED_HOSTS'>;

/** The names, without ports, by which this API may be called; the names of the machine itself go without saying. */
export function allowedHosts({ WEB_URL, DISCORD_CALLBACK_URL, HOST, ALLOWED_HOSTS }: HostConfig): ReadonlySet<string> {
  const own = [WEB_URL, DISCORD_CALLBACK_URL].map((url) => new URL(url).hostname);
  const further = [HOST, ...(ALLOWED_HOSTS === undefined ? [] : hostList(ALLOWED_HOSTS))];
  return new Set([...own, ...further.map(bare)].map((name) => name.toLowerCase()));
}

/** An IPv6 address as it stands in a `Host` header. */
function bare(name: string): string {
  return isIPv6(name) ? new URL(`http://[${name}]`).hostname : name;
}

/**
 * Whether a request was meant for us: a page of somebody else can make a browser call this address under a name of its own
 * and read the answer, unless we look at the name.
 * @param host the `Host` header, with or without a port
 * @see https://en.wikipedia.org/wiki/DNS_rebinding
 */
export function isHostAllowed(host: string | undefined, allowed: ReadonlySet<string>): boolean {
  // Other characters would make the URL parser see more than a host and a port.
  if (host === undefined || !HOST_AND_PORT.test(host) || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || allowed.has(hostname.replace(/\.$/, ''));
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) return true;
  const address = hostname.replaceAll(/[[\]]/g, '');
  const version = isIP(address);
  return version !== 0 && LOOPBACK.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

import { BlockList, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** What a reverse proxy adds: behind one on this machine, strangers seem to come from the loopback address. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** Whether a request was made on this machine itself, and not merely passed on by a proxy that runs here. */
export function isDirectLoopback(
  address: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean {
  if (address === undefined || PROXY_HEADERS.some((name) => headers[name] !== undefined)) return false;
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

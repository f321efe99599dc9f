import { BlockList, isIPv6 } from 'node:net';

/** The kinds of routes that are counted apart. */
export const RATE_CLASSES = ['read', 'write', 'sign-in', 'expensive'] as const;

export type RateClass = (typeof RATE_CLASSES)[number];

/** How many requests of a class one caller has in a minute. */
export type RateLimitTable = Readonly<Record<RateClass, number>>;

export const RATE_WINDOW_SECONDS = 60;

/** What a person with a fast hand, or a well-behaved automation, does not reach. */
const DEFAULT_RATE_LIMITS: RateLimitTable = { read: 600, write: 120, 'sign-in': 20, expensive: 20 };

const ENTRY = new RegExp(`^\\s*(?:${RATE_CLASSES.join('|')})\\s*=\\s*[1-9]\\d{0,8}\\s*$`);

/** Whether this is a value of `RATE_LIMITS`, such as `read=600,write=120`. */
export function isRateLimits(text: string): boolean {
  return text.split(',').every((entry) => ENTRY.test(entry));
}

/** Reads a value of `RATE_LIMITS`; what is not named keeps its default. */
export function readRateLimits(text: string): RateLimitTable {
  const entries = text.split(',').map((entry) => entry.split('=').map((side) => side.trim()));
  return { ...DEFAULT_RATE_LIMITS, ...Object.fromEntries(entries.map(([name, limit]) => [name, Number(limit)])) };
}

/** The class of a route that does not name one. */
export function rateClassOfMethod(method: string): RateClass {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/**
 * Who calls, by address: a household or a machine gets a whole /64 of IPv6, so that one address of it says nothing.
 * @see https://www.rfc-editor.org/rfc/rfc6177
 */
export function addressCaller(ipAddress: string): string {
  const address = ipAddress.split('%', 1)[0] ?? '';
  if (!isIPv6(address)) return `ip:${address}`;
  // The URL parser writes every address the same way, an embedded IPv4 one included.
  const groups = expand(new URL(`http://[${address}]`).hostname.slice(1, -1));
  if (MAPPED.check(address, 'ipv6')) return `ip:${mappedAddress(groups)}`;
  return `ip:${groups.slice(0, 4).join(':')}::/64`;
}

function expand(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  if (tail === undefined) return left;
  const right = tail === '' ? [] : tail.split(':');
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}

/** `::ffff:192.0.2.1`, as a socket that speaks both shows an IPv4 caller. */
function mappedAddress(groups: readonly string[]): string {
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

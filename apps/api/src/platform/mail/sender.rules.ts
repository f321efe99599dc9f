import { z } from 'zod';

const email = z.email();
/** A name that needs no quoting, and an address in angle brackets. @see https://www.rfc-editor.org/rfc/rfc5322#section-3.4 */
const NAMED = /^[^<>"@,;:\\\p{Cc}]+<([^<>\s]+)>$/u;
/** What a mail server of this machine takes without knowing a domain. */
const LOCAL = /^[\w.+-]+@localhost$/;

/** Whether mails may come from it: `name@example.org` or `Name <name@example.org>`. */
export function isSender(text: string): boolean {
  const address = NAMED.exec(text)?.[1] ?? text;
  return LOCAL.test(address) || email.safeParse(address).success;
}

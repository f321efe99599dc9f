import type { Locale, PlatformRole } from '@guildhall/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import { Changes } from '../src/platform/changes/changes.js';
import { EmailAccounts } from '../src/features/auth/email/email-accounts.js';
import { hashPassword } from '../src/features/auth/email/password-hash.js';

/** A password that nothing speaks against. */
export const GOOD_PASSWORD = 'four brass lanterns swing';

let goodHash: Promise<string> | undefined;

export interface EmailPerson {
  email: string;
  isVerified?: boolean;
  role?: PlatformRole;
  locale?: Locale;
}

/** An account that signs in by e-mail with `GOOD_PASSWORD`. */
export async function createEmailPerson(
  app: INestApplicationContext,
  { email, isVerified = true, role = 'USER', locale = 'en' }: EmailPerson,
): Promise<string> {
  goodHash ??= hashPassword(GOOD_PASSWORD);
  const passwordHash = await goodHash;
  const facts = { email, passwordHash, isVerified, role, locale, displayName: 'Robin' };
  const { accountId } = await app.get(Changes).make((context) => app.get(EmailAccounts).create(context, facts));
  return accountId;
}

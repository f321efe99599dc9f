import type { Locale, PlatformRole } from '@guildhall/contracts';
import { schema, type Transaction } from '@guildhall/database';
import { sql } from 'drizzle-orm';
import { newId } from '../../../platform/ids.js';

const { accounts, emailCredentials } = schema;

/** The e-mail address of an account, and the hash of the password that goes with it. */
export interface CredentialFacts {
  email: string;
  /** Null until an invited person has chosen a password. */
  passwordHash: string | null;
  /** Whether somebody vouches that the address is the person's. */
  isVerified: boolean;
}

export interface EmailAccountFacts extends CredentialFacts {
  /** The part of the address before the `@` when absent. */
  displayName?: string | undefined;
  role: PlatformRole;
  locale: Locale;
}

/** Which account signs in with an address; whoever takes the same one at the same time waits until the transaction ends. */
export async function ownerOfAddress(transaction: Transaction, email: string): Promise<string | null> {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(lower(${email}), 0))`);
  const [row] = await transaction
    .select({ accountId: emailCredentials.accountId })
    .from(emailCredentials)
    .where(sql`lower(${emailCredentials.email}) = lower(${email})`);
  return row?.accountId ?? null;
}

/** Gives an account its credential, in place of one that it had; the address must be nobody else's. */
export async function putCredential(
  transaction: Transaction,
  accountId: string,
  { email, passwordHash, isVerified, now }: CredentialFacts & { now: Date },
): Promise<void> {
  const credential = {
    email,
    passwordHash,
    verifiedAt: isVerified ? now : null,
    passwordChangedAt: passwordHash === null ? null : now,
    updatedAt: now,
  };
  await transaction
    .insert(emailCredentials)
    .values({ accountId, ...credential, createdAt: now })
    .onConflictDoUpdate({ target: emailCredentials.accountId, set: credential });
}

/** Creates an account that signs in by e-mail and returns its id; null when the address has one. */
export async function insertEmailAccount(
  transaction: Transaction,
  { displayName, role, locale, ...credential }: EmailAccountFacts,
  now: Date,
): Promise<string | null> {
  if ((await ownerOfAddress(transaction, credential.email)) !== null) return null;
  const id = newId();
  const username = credential.email.split('@', 1)[0] ?? credential.email;
  await transaction.insert(accounts).values({
    id,
    username,
    displayName: displayName ?? username,
    email: credential.email,
    role,
    locale,
    createdAt: now,
    updatedAt: now,
  });
  await putCredential(transaction, id, { ...credential, now });
  return id;
}

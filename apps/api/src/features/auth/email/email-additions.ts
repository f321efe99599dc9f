import { type AddEmail, type Locale, localeSchema, type SignInWays } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { AccountIdentity } from '../../../platform/identity/identity.js';
import { queue } from '../../../platform/jobs/queue.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { EmailCredentialsRepository } from './email-credentials.repository.js';
import { MailedRequests } from './mailed-requests.js';
import { Passwords } from './passwords.js';

/** An address that an account wants to sign in with, to be added by `EmailAdditionJob`. */
export const emailAddition = queue(
  'auth.add-email',
  z.object({
    accountId: z.uuid(),
    email: z.string(),
    passwordHash: z.string(),
    locale: localeSchema,
    ipAddress: z.string(),
  }),
  { isForgottenWhenDone: true },
);

/** E-mail sign-in for an account that has Discord only. */
@Injectable()
export class EmailAdditions {
  constructor(
    private readonly credentials: EmailCredentialsRepository,
    private readonly passwords: Passwords,
    private readonly requests: MailedRequests,
  ) {}

  /** The ways in which a person can sign in. */
  async ways({ accountId, discordId }: AccountIdentity): Promise<SignInWays> {
    const credential = await this.credentials.find(accountId);
    return {
      isDiscordLinked: discordId !== null,
      email: credential && {
        email: credential.email,
        isVerified: credential.verifiedAt !== null,
        hasPassword: credential.passwordHash !== null,
      },
    };
  }

  /**
   * Asks for an address and a password; they open the account once the address is proven.
   * @throws DomainError `conflict` when the account has a proven address, `password-too-weak`, `unavailable`
   */
  async add(
    { accountId, locale }: { accountId: string; locale: Locale },
    { email, password }: Omit<AddEmail, 'currentPassword'>,
    ipAddress: string,
  ): Promise<void> {
    const own = await this.credentials.find(accountId);
    if (own?.verifiedAt != null) throw new DomainError('conflict', { detail: 'You sign in by e-mail already.' });
    const passwordHash = await this.passwords.hash(password, { email });
    await this.requests.submit(emailAddition, { accountId, email, passwordHash, locale, ipAddress });
  }
}

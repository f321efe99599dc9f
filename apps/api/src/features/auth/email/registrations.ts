import { localeSchema, type RegisterAccount } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { ApiConfig } from '../../../config.js';
import { API_CONFIG } from '../../../platform/config/config.module.js';
import { queue } from '../../../platform/jobs/queue.js';
import { DomainError } from '../../../platform/problems/domain-error.js';
import { InvitedRegistrations } from './invited-registrations.js';
import { MailedRequests } from './mailed-requests.js';
import { Passwords } from './passwords.js';

/** A registration that was accepted, to be done by `RegistrationJob`. */
export const registration = queue(
  'auth.register',
  z.object({
    email: z.string(),
    passwordHash: z.string(),
    displayName: z.string().optional(),
    locale: localeSchema,
    ipAddress: z.string(),
  }),
  { isForgottenWhenDone: true },
);

/** Accounts that people create for themselves, where the instance allows it or they were invited. */
@Injectable()
export class Registrations {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly invited: InvitedRegistrations,
    private readonly passwords: Passwords,
    private readonly requests: MailedRequests,
  ) {}

  /** @throws DomainError `registration-closed`, `password-too-weak`, `unavailable`; with an invitation `link-invalid`, `conflict` */
  async register({ invitation, ...body }: RegisterAccount, ipAddress: string): Promise<void> {
    const { email, password, displayName, locale = 'en' } = body;
    if (invitation !== undefined) return this.invited.register({ ...body, locale, invitation }, ipAddress);
    if (this.config.REGISTRATION === 'closed') {
      throw new DomainError('registration-closed', {
        detail: 'Ask an administrator for an account, or use the link of an invitation.',
      });
    }
    const passwordHash = await this.passwords.hash(password, { email, displayName });
    await this.requests.submit(registration, { email, passwordHash, displayName, locale, ipAddress });
  }
}

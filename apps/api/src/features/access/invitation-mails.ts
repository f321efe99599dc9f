import type { Locale, Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../../platform/config/config.module.js';
import { Mails } from '../../platform/mail/mails.js';
import { SettingsService } from '../settings/index.js';
import { INVITATION_DAYS } from './invitations.rules.js';

/** What has to be known to write an invitation. */
export interface InvitationMail {
  email: string;
  /** The secret of the link; it is nowhere else but in the mail. */
  token: string;
  locale: Locale;
  guildName: string;
  inviterName: string;
}

/** Writes to people who are invited. */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly mails: Mails,
    private readonly settings: SettingsService,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The guild's language: that of who is invited is not known yet. @throws DomainError `not-found` */
  async localeFor(guildId: Snowflake): Promise<Locale> {
    return this.settings.localeOf(guildId);
  }

  /** Sends the mail when the transaction commits. */
  async queue(transaction: Transaction, { email, token, locale, ...names }: InvitationMail): Promise<void> {
    const link = new URL('/invitation', this.config.WEB_URL);
    // Behind the `#` no server and no log gets to see it.
    link.hash = `token=${token}`;
    const values = { ...names, link: link.href, expiresInDays: INVITATION_DAYS };
    await this.mails.queue(transaction, { to: email, template: 'invitation', locale, values });
  }
}

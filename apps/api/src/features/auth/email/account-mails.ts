import type { Locale } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable } from '@nestjs/common';
import { Mails } from '../../../platform/mail/mails.js';
import { EmailPages } from './email-pages.js';
import { OneTimeLinks } from './one-time-links.js';

const VERIFY_HOURS = 24;
const RESET_MINUTES = 30;
/** An invited person did not ask for the link and may not sit in front of the mail. */
const FIRST_PASSWORD_MINUTES = 24 * 60;

/** To whom a mail goes, and in which language. */
export interface Recipient {
  email: string;
  locale: Locale;
}

/** The same, where the link in the mail is good for an account. */
export interface AccountRecipient extends Recipient {
  accountId: string;
}

/** The mails about an account and its password. They are sent when the transaction commits. */
@Injectable()
export class AccountMails {
  constructor(
    private readonly links: OneTimeLinks,
    private readonly mails: Mails,
    private readonly pages: EmailPages,
  ) {}

  /** The link that proves an address. */
  async verification(transaction: Transaction, recipient: AccountRecipient): Promise<void> {
    const lifetime = { purpose: 'verify-email', lifetimeMinutes: VERIFY_HOURS * 60 } as const;
    const token = await this.links.issue(transaction, recipient, lifetime);
    const values = { link: this.pages.verifyEmail(token), expiresInHours: VERIFY_HOURS };
    await this.mails.queue(transaction, { ...to(recipient), template: 'verify-email', values });
  }

  /** The link with which a password is chosen: a new one, or the first one of an account that somebody else created. */
  async reset(transaction: Transaction, recipient: AccountRecipient, { isFirst = false } = {}): Promise<void> {
    const lifetimeMinutes = isFirst ? FIRST_PASSWORD_MINUTES : RESET_MINUTES;
    const token = await this.links.issue(transaction, recipient, { purpose: 'reset-password', lifetimeMinutes });
    const values = { link: this.pages.resetPassword(token), expiresInMinutes: lifetimeMinutes };
    await this.mails.queue(transaction, { ...to(recipient), template: 'reset-password', values });
  }

  /** Tells that the password is another one now; links to choose one that were mailed before are good no more. */
  async passwordChanged(transaction: Transaction, recipient: AccountRecipient): Promise<void> {
    await this.links.end(transaction, recipient.accountId, 'reset-password');
    const values = { link: this.pages.forgotPassword() };
    await this.mails.queue(transaction, { ...to(recipient), template: 'password-changed', values });
  }

  /** For who tries to create an account with an address that has one. */
  async accountExists(transaction: Transaction, recipient: Recipient): Promise<void> {
    const values = { link: this.pages.signIn() };
    await this.mails.queue(transaction, { ...to(recipient), template: 'account-exists', values });
  }

  async lockOut(transaction: Transaction, recipient: Recipient, lockedForMinutes: number): Promise<void> {
    const values = { link: this.pages.forgotPassword(), lockedForMinutes };
    await this.mails.queue(transaction, { ...to(recipient), template: 'lock-out-notice', values });
  }
}

function to({ email, locale }: Recipient): { to: string; locale: Locale } {
  return { to: email, locale };
}

import type { Locale } from '@guildhall/contracts';

/** A mail to one person. */
export interface Mail {
  /** One plain address, without a name. */
  to: string;
  subject: string;
  text: string;
  /** The same as `text`, for those who want it pretty. */
  html?: string;
  locale: Locale;
}

/**
 * The way out for mails. Only jobs send: a mail server may be slow or away, and no request waits for it. See `Mails`.
 */
export abstract class Mailer {
  /**
   * Hands a mail over for delivery.
   * @throws DomainError `validation-failed` when the address or the subject is none, `unavailable` when nobody takes the mail
   */
  abstract send(mail: Mail): Promise<void>;
}

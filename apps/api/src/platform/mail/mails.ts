import { type Locale, localeSchema } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Jobs } from '../jobs/jobs.js';
import { queue } from '../jobs/queue.js';
import { checkMail } from './mail.rules.js';
import { Mailer } from './mailer.js';
import { checkMailValues, renderMail } from './render-mail.js';
import { type MailTemplate, mailTemplates, type MailValues } from './templates/index.js';

// Safe: the keys of an object literal that has some.
const templateNames = Object.keys(mailTemplates) as [MailTemplate, ...MailTemplate[]];

const mailSend = queue(
  'mail.send',
  z.object({
    to: z.string(),
    template: z.enum(templateNames),
    locale: localeSchema,
    values: z.record(z.string(), z.unknown()),
  }),
  // The links in it sign people in.
  { isForgottenWhenDone: true, shown: ['template'] },
);

/** A mail to be written and sent. */
export interface QueuedMail<T extends MailTemplate> {
  to: string;
  template: T;
  locale: Locale;
  values: MailValues<T>;
}

/** Sends mails in the background: written in the language of who gets them, tried again while the mail server is away. */
@Injectable()
export class Mails implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
  ) {}

  onModuleInit(): void {
    this.jobs.work(mailSend, async ({ to, ...order }) => {
      await this.mailer.send({ to, locale: order.locale, ...renderMail(order) });
    });
  }

  /**
   * Sends a mail when the transaction commits. It is sent at least once: a process that dies right after the mail server took
   * it lets another send it again.
   * @throws DomainError `validation-failed` when the address is none, and ZodError for values that the template does not take
   */
  async queue<T extends MailTemplate>(transaction: Transaction, mail: QueuedMail<T>): Promise<void> {
    checkMail({ to: mail.to, subject: mail.template });
    checkMailValues(mail);
    await this.jobs.send(transaction, mailSend, { ...mail });
  }
}

import { join } from 'node:path';
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { Clock } from '../clock.js';
import { API_CONFIG } from '../config/config.module.js';
import { FolderMailer } from './folder-mailer.js';
import { Mailer } from './mailer.js';
import { Mails } from './mails.js';
import { SmtpMailer } from './smtp-mailer.js';

/** A mail server where `SMTP_URL` names one, else a folder. Only `Mails` is for others: nobody sends but its jobs. */
@Global()
@Module({
  providers: [
    {
      provide: Mailer,
      inject: [API_CONFIG, Clock],
      useFactory: ({ SMTP_URL, MAIL_FROM, GUILDHALL_DATA_DIR }: ApiConfig, clock: Clock): Mailer =>
        SMTP_URL === undefined
          ? new FolderMailer(join(GUILDHALL_DATA_DIR, 'mail'), clock)
          : new SmtpMailer(SMTP_URL, MAIL_FROM),
    },
    Mails,
  ],
  exports: [Mails],
})
export class MailModule implements OnApplicationShutdown {
  constructor(private readonly mailer: Mailer) {}

  onApplicationShutdown(): void {
    if (this.mailer instanceof SmtpMailer) this.mailer.close();
  }
}

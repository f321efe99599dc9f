import { createTransport } from 'nodemailer';
import { DomainError } from '../problems/domain-error.js';
import { checkMail } from './mail.rules.js';
import { type Mail, Mailer } from './mailer.js';

const CONNECTION_TIMEOUT_MS = 10_000;
const GREETING_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;

/** Mails by a mail server. */
export class SmtpMailer extends Mailer {
  private readonly transport: ReturnType<typeof createTransport>;

  /** @param from the sender, as `name@example.org` or `Name <name@example.org>` */
  constructor(url: string, from: string) {
    super();
    this.transport = createTransport(
      {
        url,
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        greetingTimeout: GREETING_TIMEOUT_MS,
        socketTimeout: SILENCE_TIMEOUT_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      { from },
    );
  }

  override async send(mail: Mail): Promise<void> {
    checkMail(mail);
    const { to, subject, text, html, locale } = mail;
    try {
      await this.transport.sendMail({
        to: { name: '', address: to },
        subject,
        text,
        ...(html !== undefined && { html }),
        // Keeps holiday notices from answering. @see https://www.rfc-editor.org/rfc/rfc3834#section-5
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
      });
    } catch (error) {
      // The server's words often quote the address, and this ends in the log: only codes are passed on.
      throw new DomainError('unavailable', {
        detail: 'The mail server did not take a mail.',
        cause: new Error(`the mail server did not take a mail: ${codesOf(error)}`),
      });
    }
  }

  /** Connects and signs in, without sending anything. @throws Error with the mail server's codes */
  async verify(): Promise<void> {
    try {
      await this.transport.verify();
    } catch (error) {
      throw new Error(`the mail server refuses: ${codesOf(error)}`, { cause: error });
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** For example `EENVELOPE 550 RCPT TO`. */
function codesOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode, command } = error as { code?: unknown; responseCode?: unknown; command?: unknown };
  return [code, responseCode, command].filter((part) => part !== undefined).join(' ') || error.name;
}

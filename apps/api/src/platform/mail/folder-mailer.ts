import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { newId } from '../ids.js';
import { checkMail } from './mail.rules.js';
import { type Mail, Mailer } from './mailer.js';

/** How many mails are kept; the oldest make room. */
const MAX_MAILS = 500;
const MAIL_FILE = /^[0-9a-f-]{36}\.json$/;

/**
 * Without a mail server: each mail is a JSON file `{ id, to, subject, text, html, sentAt }`, for the operator, and for the
 * mailbox of the local Discord.
 */
export class FolderMailer extends Mailer {
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly maxMails = MAX_MAILS,
  ) {
    super();
  }

  override async send(mail: Mail): Promise<void> {
    checkMail(mail);
    const { to, subject, text, html } = mail;
    const id = newId();
    const sentAt = this.clock.now().toISOString();
    // Only for the operator's account: the links in it sign people in.
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.write(`${id}.json`, JSON.stringify({ id, to, subject, text, html, sentAt }, null, 2));
    await this.makeRoom();
  }

  /** The file has its name only when it is whole, so that readers never see half a mail. */
  private async write(name: string, content: string): Promise<void> {
    const path = join(this.folder, name);
    const file = await open(`${path}.part`, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
  }

  /** Ids grow with time, so that names in order are mails in order. */
  private async makeRoom(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => MAIL_FILE.test(name)).sort();
    const surplus = names.slice(0, Math.max(0, names.length - this.maxMails));
    await Promise.all(surplus.map((name) => rm(join(this.folder, name), { force: true })));
  }
}

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

/** A mail as the API left it in its data folder. */
export interface LeftMail {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** How long a job may take until it is done. */
const WAITING = { timeout: 15_000, interval: 50 };

/** The mails of an API that was started with `dataDir` as its data folder and without a mail server. */
export class Mailbox {
  private constructor(readonly dataDir: string) {}

  static async open(): Promise<Mailbox> {
    return new Mailbox(await mkdtemp(join(tmpdir(), 'guildhall-mailbox-')));
  }

  /** Everything that was sent to an address, the oldest first. */
  async mailsTo(address: string): Promise<LeftMail[]> {
    const folder = join(this.dataDir, 'mail');
    const names = await readdir(folder).catch(() => []);
    const whole = names.filter((name) => name.endsWith('.json')).sort();
    const mails = await Promise.all(whole.map((name) => readFile(join(folder, name), 'utf8')));
    return mails.map((text) => JSON.parse(text) as LeftMail).filter(({ to }) => to === address);
  }

  /** Waits until an address has got that many mails, and returns the newest. Call it within a test. */
  async newest(address: string, count = 1): Promise<LeftMail> {
    await expect.poll(async () => (await this.mailsTo(address)).length, WAITING).toBe(count);
    const mail = (await this.mailsTo(address)).at(-1);
    if (!mail) throw new Error(`nothing was sent to ${address}`);
    return mail;
  }

  async close(): Promise<void> {
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** The secret of the link in a mail. */
export function tokenIn({ text }: LeftMail): string {
  const token = /#token=([\w-]+)/.exec(text)?.[1];
  if (token === undefined) throw new Error(`there is no link in: ${text}`);
  return token;
}

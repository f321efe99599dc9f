import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SetClock } from '../../../testing/api.js';
import { FolderMailer } from './folder-mailer.js';

const mail = { to: 'ada@example.org', text: 'Hello', html: '<p>Hello</p>', locale: 'en' } as const;

let parent: string;
let folder: string;
let clock: SetClock;
let mailer: FolderMailer;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'guildhall-mail-'));
  folder = join(parent, 'mail');
  clock = new SetClock();
  mailer = new FolderMailer(folder, clock, 3);
});
afterEach(() => rm(parent, { recursive: true, force: true }));

async function mails(): Promise<Record<string, unknown>[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

describe('FolderMailer', () => {
  it('writes a mail as one file, for its own account only', async () => {
    await mailer.send({ ...mail, subject: 'First' });
    const [name] = await readdir(folder);
    expect(await mails()).toEqual([
      {
        id: name?.replace('.json', ''),
        to: 'ada@example.org',
        subject: 'First',
        text: 'Hello',
        html: '<p>Hello</p>',
        sentAt: clock.now().toISOString(),
      },
    ]);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    expect((await stat(join(folder, name!))).mode & 0o077).toBe(0);
  });

  it('keeps the newest', async () => {
    for (const subject of ['1', '2', '3', '4', '5']) await mailer.send({ ...mail, subject });
    expect((await mails()).map(({ subject }) => subject)).toEqual(['3', '4', '5']);
  });

  it('refuses what a mail server would have to refuse', async () => {
    await expect(mailer.send({ ...mail, subject: 'Hello\r\nBcc: eve@example.org' })).rejects.toMatchObject({
      code: 'validation-failed',
    });
    await expect(mailer.send({ ...mail, subject: 'Hello', to: 'a@b\n' })).rejects.toMatchObject({
      code: 'validation-failed',
    });
  });

  it('can send many at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => mailer.send({ ...mail, subject: `${index}` })));
    expect(await mails()).toHaveLength(3);
  });
});

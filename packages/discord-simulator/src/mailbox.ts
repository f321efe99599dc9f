import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireLoopback } from './loopback.js';

/** Mails that are shown; whoever writes them keeps more. */
const MAX_SHOWN = 100;
/** Names that sort by time, like UUIDv7. Whatever else lies in the folder is not for us. */
const MAIL_FILE = /^[0-9a-f-]{36}\.json$/;

const mailSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  sentAt: z.iso.datetime(),
});

type ShownMail = z.infer<typeof mailSchema>;

/** The page `/mailbox.html` asks for what was sent: mails that somebody writes into a folder, one JSON file each. */
export async function serveMailbox(app: FastifyInstance, folder: string | undefined): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireLoopback);
    scope.get('/client/mails', async (_request, reply) => {
      void reply.header('cache-control', 'no-store');
      return folder === undefined ? [] : newestMails(folder);
    });
  });
}

/** The newest mails first; without their HTML, which the page does not show. */
async function newestMails(folder: string): Promise<ShownMail[]> {
  const names = await readdir(folder).catch(unlessAbsent<string[]>([]));
  const newest = names
    .filter((name) => MAIL_FILE.test(name))
    .sort()
    .reverse()
    .slice(0, MAX_SHOWN);
  const mails = await Promise.all(newest.map((name) => readMail(join(folder, name))));
  return mails.filter((mail) => mail !== null);
}

/** Null for what was removed in the meantime, or is no mail. */
async function readMail(path: string): Promise<ShownMail | null> {
  const content = await readFile(path, 'utf8').catch(unlessAbsent(null));
  if (content === null) return null;
  try {
    return mailSchema.parse(JSON.parse(content));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

function unlessAbsent<T>(instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
}

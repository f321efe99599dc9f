import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body, encoded as they were sent. */
  source: string;
}

/** A mail server of a spec's own. */
export interface MailServer {
  url: string;
  mails: ReceivedMail[];
  /** Refuses recipients from now on, with what such servers say; null takes them again. */
  refuse(answer: { code: number; text: string } | null): void;
  close(): Promise<void>;
}

/** Starts a mail server on a free port that wants the name `guildhall` and the password `secret`. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  let refusal: { code: number; text: string } | null = null;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'guildhall' && password === 'secret') done(null, { user: username });
      else done(new Error('wrong'));
    },
    onRcptTo: ({ address }, _session, done) => {
      if (!refusal) return done();
      done(Object.assign(new Error(`<${address}> ${refusal.text}`), { responseCode: refusal.code }));
    },
    onData: (stream, { envelope }, done) => {
      void text(stream).then((source) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    url: `smtp://guildhall:secret@127.0.0.1:${address.port}`,
    mails,
    refuse: (answer) => {
      refusal = answer;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../../../testing/mail-server.js';
import { DomainError } from '../problems/domain-error.js';
import { SmtpMailer } from './smtp-mailer.js';

const mail = {
  to: 'ada@example.org',
  subject: 'Été',
  text: 'Read this: https://guildhall.example/verify?token=one-time',
  html: '<p>Read this</p>',
  locale: 'fr',
} as const;

let server: MailServer;
let mailer: SmtpMailer;

beforeEach(async () => {
  server = await startMailServer();
  mailer = new SmtpMailer(server.url, 'Guildhall <guildhall@example.org>');
});
afterEach(async () => {
  mailer.close();
  await server.close();
});

const failureOf = (sending: Promise<void>) =>
  sending.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('SmtpMailer', () => {
  it('hands a mail over with text and HTML, in the language of its reader', async () => {
    await mailer.send(mail);
    const [received] = server.mails;
    expect(received).toMatchObject({ from: 'guildhall@example.org', to: ['ada@example.org'] });
    expect(received?.source).toMatch(/^From: Guildhall <guildhall@example.org>\r$/m);
    expect(received?.source).toMatch(/^To: ada@example.org\r$/m);
    expect(received?.source).toMatch(/^Subject: =\?UTF-8\?B\?w4l0w6k=\?=\r$/m);
    expect(received?.source).toMatch(/^Content-Language: fr\r$/m);
    expect(received?.source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(received?.source).toContain('Content-Type: text/plain');
    expect(received?.source).toContain('Content-Type: text/html');
  });

  it.each([
    ['two addresses', { to: 'ada@example.org, eve@example.org' }, 'to'],
    ['an address with another header', { to: 'ada@example.org\r\nBcc: eve@example.org' }, 'to'],
    ['an address with a name', { to: 'Ada <ada@example.org>' }, 'to'],
    ['an address that is none', { to: 'ada' }, 'to'],
    ['a subject with another header', { subject: 'Hello\r\nBcc: eve@example.org' }, 'subject'],
    ['a subject with a bare line feed', { subject: 'Hello\nBcc: eve@example.org' }, 'subject'],
    ['a subject with a NUL', { subject: 'Hello\0' }, 'subject'],
    ['no subject', { subject: '' }, 'subject'],
  ])('refuses %s', async (_what, change, path) => {
    const error = await failureOf(mailer.send({ ...mail, ...change }));
    expect(error).toMatchObject({ code: 'validation-failed', errors: [{ path }] });
    expect(server.mails).toEqual([]);
  });

  it.each([
    ['refuses the recipient', () => server.refuse({ code: 550, text: 'unknown here' }), /EENVELOPE 550/],
    ['is gone', () => server.close(), /ECONN|ESOCKET/],
  ])('says that nobody took the mail when the server %s, without its address and link', async (_what, act, codes) => {
    await act();
    const error = await failureOf(mailer.send(mail));
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'unavailable', cause: { message: expect.stringMatching(codes) } });
    expect(inspect(error, { depth: 10 })).not.toMatch(/ada@|one-time|secret/);
  });

  it('does not tell its password when it is wrong', async () => {
    const wrong = new SmtpMailer(server.url.replace('secret', 'wrong-password'), 'guildhall@example.org');
    const error = await failureOf(wrong.send(mail));
    expect(error).toMatchObject({ code: 'unavailable', cause: { message: expect.stringContaining('EAUTH') } });
    expect(inspect(error, { depth: 10 })).not.toContain('wrong-password');
  });
});

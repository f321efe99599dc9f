import { LOCALES } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderMail } from './render-mail.js';
import { type MailTemplate, mailTemplates } from './templates/index.js';

const link = 'https://guildhall.example/do?token=abc&next=%2F';
const values: { [T in MailTemplate]: z.input<(typeof mailTemplates)[T]['values']> } = {
  'verify-email': { link, expiresInHours: 24 },
  'reset-password': { link, expiresInMinutes: 1 },
  'password-changed': { link },
  'account-exists': { link },
  'lock-out-notice': { link, lockedForMinutes: 15 },
  invitation: { link, guildName: 'Pixel & Tavern', inviterName: 'Zoë', expiresInDays: 7 },
};
const names = Object.keys(mailTemplates) as MailTemplate[];

describe.each(names)('the mail %s', (template) => {
  it.each(LOCALES)('says the same in text and HTML, with one link, in %s', (locale) => {
    const { subject, text, html } = renderMail({ template, locale, values: values[template] });
    expect(subject).toMatch(/^\P{Cc}{5,100}$/u);
    expect(text.split(link)).toHaveLength(2);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([link.replaceAll('&', '&amp;')]);
    expect(html).toContain(`<html lang="${locale}">`);
    const words = html.replaceAll(/<(head|style)[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]*>/g, ' ');
    for (const line of text.split('\n').filter((each) => each !== '' && !/^(-- |Guildhall|.*:)$/.test(each))) {
      expect(words).toContain(line.replaceAll('&', '&amp;').replaceAll("'", '&#39;'));
    }
  });

  it('is another in French', () => {
    const [english, french] = LOCALES.map((locale) => renderMail({ template, locale, values: values[template] }));
    expect(french?.subject).not.toBe(english?.subject);
    expect(french?.text).not.toBe(english?.text);
  });

  it('does not take values of another', () => {
    const render = (wrong: object) => () => renderMail({ template, locale: 'en', values: wrong });
    expect(render({})).toThrow(z.ZodError);
    expect(render({ ...(values[template] as object), link: 'javascript:alert(1)' })).toThrow(z.ZodError);
  });
});

describe('what people wrote', () => {
  const invite = (change: object) =>
    renderMail({ template: 'invitation', locale: 'en', values: { ...values.invitation, ...change } });

  it('cannot become HTML', () => {
    const { html } = invite({ guildName: '<img src=x onerror=alert(1)>', inviterName: `"><a href='https://evil'>` });
    expect(html).not.toMatch(/<img|<a href='/);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('stays on one line, and short', () => {
    const { subject, text } = invite({
      guildName: `Guild\r\nBcc: eve@example.org\u2028x`,
      inviterName: 'x'.repeat(5_000),
    });
    expect(subject).toBe('Invitation to Guild Bcc: eve@example.org x');
    expect(text.length).toBeLessThan(1_000);
  });
});

describe('a number', () => {
  it('has its noun in the singular where it is one', () => {
    const { text } = renderMail({ template: 'reset-password', locale: 'en', values: values['reset-password'] });
    expect(text).toContain('for 1 minute.');
  });
});

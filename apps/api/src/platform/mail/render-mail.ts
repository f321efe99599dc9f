import type { Locale } from '@guildhall/contracts';
import { z } from 'zod';
import { type MailTemplate, mailTemplates } from './templates/index.js';
import type { MailWords, Template } from './templates/template.js';

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** A mail as it was ordered, before its values are known to be right. */
export interface MailOrder {
  template: MailTemplate;
  locale: Locale;
  values: unknown;
}

const withLink = z.object({ link: z.string() });

/** @throws ZodError when the values are not those of the template */
export function renderMail({ template: name, locale, values }: MailOrder): MailContent {
  // Safe: each template takes what its own schema gives, which the type of the table cannot say.
  const template = mailTemplates[name] as unknown as Template;
  const known = template.values.parse(values);
  const words = template[locale](known);
  const { link } = withLink.parse(known);
  return { subject: words.subject, text: textOf(words, link), html: htmlOf(words, { link, locale }) };
}

/** @throws ZodError when the values are not those of the template */
export function checkMailValues({ template, values }: Omit<MailOrder, 'locale'>): void {
  mailTemplates[template].values.parse(values);
}

function textOf({ paragraphs, button, footnote }: MailWords, link: string): string {
  return `${[...paragraphs, `${button}:\n${link}`, footnote].join('\n\n')}\n\n-- \nGuildhall\n`;
}

/** One column, one button, system fonts, colours with enough contrast: every client and screen reader copes with it. */
function htmlOf(
  { subject, paragraphs, button, footnote }: MailWords,
  { link, locale }: { link: string; locale: Locale },
) {
  const href = escape(link);
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(subject)}</title>
</head>
<body style="margin:0;padding:24px;background:#f4f4f6;color:#1c1d22;font:16px/1.5 system-ui,sans-serif">
<main style="max-width:520px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
<h1 style="margin:0 0 16px;font-size:20px">${escape(subject)}</h1>
${paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}
<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#4752c4;color:#ffffff;font-weight:600;text-decoration:none">${escape(button)}</a></p>
<p style="font-size:14px;color:#4d4f59;overflow-wrap:anywhere">${href}</p>
<p style="font-size:14px;color:#4d4f59">${escape(footnote)}</p>
</main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

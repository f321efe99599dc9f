import { z } from 'zod';
import { formError, parseForm } from './errors.js';

const text = z.string().nullish();

const attachment = z.looseObject({
  title: text,
  title_link: text,
  text,
  pretext: text,
  color: z
    .string()
    .regex(/^#(?:[0-9a-fA-F]{3}){1,2}$/)
    .nullish(),
  ts: z.number().int().nullish(),
  footer: text,
  footer_icon: text,
  author_name: text,
  author_link: text,
  author_icon: text,
  image_url: text,
  thumb_url: text,
  fields: z.array(z.looseObject({ name: text, value: text, title: text, inline: z.boolean().nullish() })).nullish(),
});

const slackBody = z.looseObject({
  text: z.string().max(2_000).nullish(),
  username: text,
  icon_url: text,
  attachments: z.array(attachment).nullish(),
});

/** A message in Slack's form as one in Discord's; a form field `payload` may hold it as JSON. @see https://docs.discord.com/developers/resources/webhook#execute-slackcompatible-webhook */
export function slackMessage(body: unknown): object {
  const slack = parseForm(slackBody, unwrap(body));
  return {
    ...(slack.text ? { content: slack.text } : {}),
    ...(slack.username ? { username: slack.username } : {}),
    ...(slack.icon_url ? { avatar_url: slack.icon_url } : {}),
    embeds: (slack.attachments ?? []).map(embedOf),
  };
}

function unwrap(body: unknown): unknown {
  const { payload } = (body ?? {}) as { payload?: unknown };
  if (typeof payload !== 'string') return body;
  try {
    return JSON.parse(payload);
  } catch {
    throw formError(['payload'], 'BASE_TYPE_BAD_TYPE', 'Could not interpret value as JSON.');
  }
}

function embedOf(it: z.infer<typeof attachment>): object {
  const lines = [it.pretext, it.text].filter(Boolean);
  return given({
    title: it.title,
    url: it.title_link,
    description: lines.length > 0 ? lines.join('\n') : null,
    color: it.color ? colorOf(it.color) : null,
    timestamp: typeof it.ts === 'number' ? new Date(it.ts * 1_000).toISOString() : null,
    footer: it.footer ? given({ text: it.footer, icon_url: it.footer_icon }) : null,
    author: it.author_name ? given({ name: it.author_name, url: it.author_link, icon_url: it.author_icon }) : null,
    image: it.image_url ? { url: it.image_url } : null,
    thumbnail: it.thumb_url ? { url: it.thumb_url } : null,
    fields: (it.fields ?? []).map((field) => ({
      name: field.name ?? field.title ?? '',
      value: field.value ?? '',
      inline: field.inline ?? false,
    })),
  });
}

function colorOf(hex: string): number {
  const digits = hex.slice(1);
  const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return Number.parseInt(full, 16);
}

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

import { z } from 'zod';
import { issue, required } from './form-fields.js';

const text = (maximum: number) => z.string().max(maximum).nullish();
const MAX_EMBED_CHARACTERS = 6_000;

/** An address, of one of the schemes Discord opens there. */
function address(schemes: readonly string[]) {
  return z
    .string()
    .max(2_048)
    .superRefine((value, context) => {
      const scheme = /^([a-z][a-z\d+.-]*):\/\/./i.exec(value)?.[1]?.toLowerCase();
      if (scheme === undefined) {
        context.addIssue(issue([], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.'));
      } else if (!schemes.includes(scheme)) {
        const known = schemes.map((it) => `'${it}'`).join(', ');
        const message = `Scheme "${scheme}" is not supported. Scheme must be one of (${known}).`;
        context.addIssue(issue([], 'URL_TYPE_INVALID_SCHEME', message));
      }
    })
    .nullish();
}

const link = address(['http', 'https']);
const image = address(['http', 'https', 'attachment']);
const media = z.looseObject({ url: image }).nullish();

/** @see https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const embed = z
  .looseObject({
    title: text(256),
    description: text(4_096),
    url: link,
    color: z.number().int().min(0).max(0xffffff).nullish(),
    timestamp: z.iso.datetime({ offset: true, local: true }).nullish(),
    footer: z.looseObject({ text: text(2_048), icon_url: image }).nullish(),
    author: z.looseObject({ name: text(256), url: link, icon_url: image }).nullish(),
    image: media,
    thumbnail: media,
    fields: z
      .array(
        z.looseObject({
          name: z.string().min(1).max(256),
          value: z.string().min(1).max(1_024),
          inline: z.boolean().nullish(),
        }),
      )
      .max(25)
      .nullish(),
  })
  .superRefine((it, context) => {
    const says = [
      it.title,
      it.description,
      it.fields?.length,
      it.image,
      it.thumbnail,
      it.author?.name,
      it.footer?.text,
    ];
    if (!says.some(Boolean)) context.addIssue(required('description'));
  });

type Embed = z.infer<typeof embed>;

function charactersOf({ title, description, footer, author, fields }: Embed): number {
  const parts = [
    title,
    description,
    footer?.text,
    author?.name,
    ...(fields ?? []).flatMap((it) => [it.name, it.value]),
  ];
  return parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
}

/** The embeds of a message. */
export const embedsBody = z
  .array(embed)
  .max(10)
  .refine((embeds) => embeds.reduce((sum, it) => sum + charactersOf(it), 0) <= MAX_EMBED_CHARACTERS, {
    message: `Embed size exceeds maximum size of ${MAX_EMBED_CHARACTERS}`,
    params: { code: 'MAX_EMBED_SIZE_EXCEEDED' },
  });

const OWN_FIELDS = ['title', 'description', 'url', 'color', 'timestamp'] as const;

/** An embed as Discord keeps it: always `rich`, without what was given as null and what only Discord itself may set. */
export function keptEmbed(given: Embed): Record<string, unknown> {
  const { footer, author, image: picture, thumbnail, fields } = given;
  return {
    type: 'rich',
    ...present(Object.fromEntries(OWN_FIELDS.map((key) => [key, given[key]]))),
    ...(footer?.text ? { footer: present({ text: footer.text, icon_url: footer.icon_url }) } : {}),
    ...(author?.name ? { author: present({ name: author.name, url: author.url, icon_url: author.icon_url }) } : {}),
    ...(picture?.url ? { image: { url: picture.url } } : {}),
    ...(thumbnail?.url ? { thumbnail: { url: thumbnail.url } } : {}),
    ...(fields?.length
      ? { fields: fields.map(({ name, value, inline }) => ({ name, value, inline: inline ?? false })) }
      : {}),
  };
}

function present(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

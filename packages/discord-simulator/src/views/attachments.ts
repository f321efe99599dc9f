import { MessageFlags } from 'discord-api-types/v10';
import { attachmentPath, safeFilename } from '../media/filenames.js';
import type { AttachmentRecord, MessageRecord } from '../state/model.js';
import type { World } from '../state/world.js';

const IS_SPOILER = 1 << 3;
const REFERENCE = 'attachment://';

type Files = Pick<MessageRecord, 'channelId' | 'attachments' | 'embeds' | 'flags'> &
  Partial<Pick<MessageRecord, 'components'>>;

/** The files of a message beside those that its embeds and components show. @see https://docs.discord.com/developers/resources/message#attachment-object */
export function renderAttachments(world: World, message: Files): object[] {
  if (message.attachments.length === 0) return [];
  const shown = new Set([...referencesIn([...message.embeds, ...(message.components ?? [])])]);
  return message.attachments
    .filter(({ filename }) => !shown.has(filename))
    .map((attachment) => renderAttachment(world, message, attachment));
}

function renderAttachment(world: World, message: Files, attachment: AttachmentRecord): object {
  const { id, filename, title, description, contentType, size, width, height, durationSeconds, waveform } = attachment;
  const url = world.files.urlOf(attachmentPath(message.channelId, attachment));
  return {
    id,
    filename,
    size,
    url,
    proxy_url: url,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(contentType === undefined ? {} : { content_type: contentType }),
    ...(width === undefined || height === undefined ? {} : { width, height }),
    ...(durationSeconds === undefined ? {} : { duration_secs: durationSeconds }),
    ...(waveform === undefined ? {} : { waveform }),
    ...(attachment.isSpoiler ? { flags: IS_SPOILER } : {}),
    ...(message.flags & MessageFlags.Ephemeral ? { ephemeral: true } : {}),
  };
}

/** The embeds of a message: `attachment://` becomes the address of the file; none while they are suppressed. */
export function renderEmbeds(world: World, message: Files): Record<string, unknown>[] {
  if (message.flags & MessageFlags.SuppressEmbeds) return [];
  if (message.attachments.length === 0) return message.embeds;
  return message.embeds.map((embed) => resolved(world, message, embed));
}

function* referencesIn(part: object): Generator<string> {
  for (const value of Object.values(part)) {
    if (typeof value === 'string' && value.startsWith(REFERENCE)) yield nameIn(value);
    else if (typeof value === 'object' && value !== null) yield* referencesIn(value as object);
  }
}

/** Names in references are changed as the names of files are. */
function nameIn(reference: string): string {
  return safeFilename(reference.slice(REFERENCE.length));
}

function resolved(world: World, message: Files, part: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(part).flatMap(([key, value]): [string, unknown][] => {
    if (isPart(value)) return [[key, resolved(world, message, value)]];
    if (typeof value !== 'string' || !value.startsWith(REFERENCE)) return [[key, value]];
    const file = message.attachments.find(({ filename }) => filename === nameIn(value));
    if (!file) return [[key, value]];
    const url = world.files.urlOf(attachmentPath(message.channelId, file));
    const size = key === 'url' && file.width !== undefined ? { width: file.width, height: file.height } : {};
    return [[key, url], [`proxy_${key}`, url], ...Object.entries(size)];
  });
  return Object.fromEntries(entries);
}

function isPart(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

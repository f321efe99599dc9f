import { MessageFlags, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { z } from 'zod';
import { contentTypeOf } from '../media/content-types.js';
import { refused } from './errors.js';
import type { messageCreateBody } from './schemas.js';
import type { Upload } from './uploads.js';

/**
 * A message with the flag for voice messages is one audio file with its metadata and nothing else.
 * @param held the permissions of who sends it
 * @throws DiscordError 50159, 50160, 50161, 50173
 * @see https://docs.discord.com/developers/resources/message#voice-messages
 */
export function requireVoiceMessage(
  body: z.infer<typeof messageCreateBody>,
  uploads: readonly Upload[],
  held: bigint,
): void {
  if (!((body.flags ?? 0) & MessageFlags.IsVoiceMessage)) return;
  if (!(held & Permission.SendVoiceMessages)) throw refused.voiceMessage();
  const parts = [body.content, body.embeds, body.components, body.sticker_ids];
  if (parts.some((part) => (part ?? '').length > 0) || body.poll) throw refused.voiceMessageContent();
  const [file] = uploads;
  const metadata = body.attachments?.find(({ id }) => id === String(file?.index));
  const type = contentTypeOf(metadata?.filename ?? file?.filename ?? '') ?? '';
  if (uploads.length !== 1 || !type.startsWith('audio/')) throw refused.voiceMessageFile();
  if (typeof metadata?.duration_secs !== 'number' || !metadata.waveform) throw refused.voiceMessageMetadata();
}

import { contentTypeOf } from '../media/content-types.js';
import { attachmentPath, safeFilename } from '../media/filenames.js';
import { imageSizeOf } from '../media/image-size.js';
import type { AttachmentRecord, ChannelRecord, MessageRecord } from '../state/model.js';
import { allChannels } from '../state/snapshot.js';
import type { World } from '../state/world.js';

/** A file somebody sends, with what they say about it. */
export interface FileDraft {
  filename: string;
  bytes: Buffer;
  title?: string | undefined;
  description?: string | undefined;
  isSpoiler?: boolean | undefined;
  durationSeconds?: number | undefined;
  waveform?: string | undefined;
}

/** Keeps a file for a message of a channel, under the name Discord makes of it. */
export function storeFile(world: World, channel: ChannelRecord, draft: FileDraft): AttachmentRecord {
  const filename = safeFilename(draft.filename);
  const stem = draft.filename.replace(/\.[^.]*$/, '');
  const size = imageSizeOf(draft.bytes);
  const contentType = contentTypeOf(filename);
  const attachment: AttachmentRecord = {
    id: world.snowflakes.next(),
    filename,
    size: draft.bytes.length,
    isSpoiler: draft.isSpoiler ?? false,
    ...(filename === draft.filename ? {} : { title: stem }),
    ...(draft.title ? { title: draft.title } : {}),
    ...(draft.description ? { description: draft.description } : {}),
    ...(contentType ? { contentType } : {}),
    ...size,
    ...(draft.durationSeconds === undefined ? {} : { durationSeconds: draft.durationSeconds }),
    ...(draft.waveform === undefined ? {} : { waveform: draft.waveform }),
  };
  world.files.put(attachmentPath(channel.id, attachment), draft.bytes);
  return attachment;
}

/** Removes the files of messages that are gone, or of attachments that were taken off a message. */
export function removeFiles(
  world: World,
  message: MessageRecord,
  attachments: readonly AttachmentRecord[] = message.attachments,
): void {
  for (const { id } of attachments) world.files.remove(`attachments/${message.channelId}/${id}`);
}

/** Files whose message never came to be, or was forgotten with the oldest of its channel. */
export function forgetOrphanedFiles(world: World): void {
  const known = new Set<string>();
  for (const channel of allChannels(world)) {
    for (const { attachments } of world.history(channel.id).all())
      for (const attachment of attachments) known.add(attachmentPath(channel.id, attachment));
  }
  world.files.retain('attachments', known);
}

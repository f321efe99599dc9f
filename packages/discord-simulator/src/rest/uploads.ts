import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FileDraft, storeFile } from '../actions/attachments.js';
import { type AttachmentRecord, type ChannelRecord, snowflake } from '../state/model.js';
import type { World } from '../state/world.js';
import { DiscordError, formError, refused } from './errors.js';

/** Discord's limits for uploads, in bytes where they are sizes. @see https://docs.discord.com/developers/reference#uploading-files */
export const uploadLimits = { fileSize: 10 * 1_048_576, requestSize: 25 * 1_048_576, files: 10 } as const;

/** A file of a multipart body. */
export interface Upload {
  field: string;
  /** The `n` of `files[n]`; for a field of another name, its place among the files. */
  index: number;
  filename: string;
  bytes: Buffer;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The files of a multipart body; empty for any other. */
    uploads: readonly Upload[];
  }
}

/** What a body may say about its files, and which of a message it keeps. @see https://docs.discord.com/developers/resources/message#attachment-object-attachment-request-structure */
export const attachmentsBody = z
  .array(
    z.looseObject({
      id: z.union([snowflake, z.number().int().nonnegative().transform(String)]),
      filename: z.string().min(1).max(1_024).nullish(),
      title: z.string().max(1_024).nullish(),
      description: z.string().max(1_024).nullish(),
      is_spoiler: z.boolean().nullish(),
      duration_secs: z.number().min(0).nullish(),
      waveform: z.string().max(400).nullish(),
    }),
  )
  .max(uploadLimits.files)
  .nullish();

type Declared = NonNullable<z.infer<typeof attachmentsBody>>[number];

/**
 * Reads a multipart body: `payload_json`, or the other fields, become the body; the files `request.uploads`.
 * @throws DiscordError 40005 for files that are too large, 50109 for JSON that is none
 */
export async function readMultipart(request: FastifyRequest): Promise<void> {
  const uploads: Upload[] = [];
  const fields: Record<string, unknown> = {};
  let size = 0;
  let isTooLarge = false;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value;
      continue;
    }
    const bytes = await part.toBuffer();
    size += bytes.length;
    // What follows is read to its end, or the client would see a broken connection in place of the answer.
    isTooLarge ||= part.file.truncated || size > uploadLimits.requestSize;
    const index = /^files\[(\d{1,9})\]$/.exec(part.fieldname)?.[1];
    const upload = { field: part.fieldname, index: Number(index ?? uploads.length), filename: part.filename, bytes };
    if (!isTooLarge) uploads.push(upload);
  }
  if (isTooLarge) throw refused.entityTooLarge();
  request.uploads = uploads;
  const { payload_json: payload, ...rest } = fields;
  request.body = payload === undefined ? rest : typeof payload === 'string' ? parsePayload(payload) : payload;
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new DiscordError(400, 50109, `The request body contains invalid JSON: ${reason}`);
  }
}

interface AttachmentRequest {
  uploads: readonly Upload[];
  /** The `attachments` of the body: absent, all old ones stay; null is none. */
  declared?: readonly Declared[] | null | undefined;
  /** What the message had, on an edit. */
  present?: readonly AttachmentRecord[] | undefined;
}

/**
 * The attachments of a message that is about to be written: those it keeps and those that came with the request, which are stored. Call
 * it last, when nothing else can refuse the request any more.
 * @throws DiscordError 30015 for more than ten, 50035 for a reference to what is not there
 */
export function receiveAttachments(
  world: World,
  channel: ChannelRecord,
  request: AttachmentRequest,
): AttachmentRecord[] {
  const { uploads, present = [] } = request;
  const declared =
    request.declared === undefined ? present.map(({ id }): Declared => ({ id })) : (request.declared ?? []);
  const listed = new Map(declared.map((entry) => [entry.id, entry]));
  const kept = present.flatMap((attachment) => retained(attachment, listed.get(attachment.id)));
  for (const [position, { id }] of declared.entries()) {
    const isKnown = kept.some((it) => it.id === id) || uploads.some((it) => String(it.index) === id);
    if (!isKnown) throw formError(['attachments', position], 'ATTACHMENT_NOT_FOUND', 'Attachment data not found');
  }
  if (kept.length + uploads.length > uploadLimits.files) throw refused.tooManyAttachments();
  const drafts = uploads.map((upload) => draftOf(upload, listed.get(String(upload.index))));
  return [...kept, ...drafts.map((draft) => storeFile(world, channel, draft))];
}

function retained(attachment: AttachmentRecord, entry: Declared | undefined): AttachmentRecord[] {
  if (!entry) return [];
  const { description, is_spoiler } = entry;
  return [
    {
      ...attachment,
      ...(typeof description === 'string' ? { description } : {}),
      ...(typeof is_spoiler === 'boolean' ? { isSpoiler: is_spoiler } : {}),
    },
  ];
}

function draftOf({ filename, bytes }: Upload, entry: Declared | undefined): FileDraft {
  return {
    filename: entry?.filename ?? filename,
    bytes,
    title: entry?.title ?? undefined,
    description: entry?.description ?? undefined,
    isSpoiler: entry?.is_spoiler ?? undefined,
    durationSeconds: entry?.duration_secs ?? undefined,
    waveform: entry?.waveform ?? undefined,
  };
}

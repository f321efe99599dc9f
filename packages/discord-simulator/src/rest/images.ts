import { createHash } from 'node:crypto';
import { isAnimated, mediaTypeOf } from '../state/media-type.js';
import { type DiscordError, formError, refused } from './errors.js';

/** An uploaded image. */
export interface Image {
  content: Buffer;
  /** Names it in the paths of the CDN: begins with `a_` where it moves. @see https://docs.discord.com/developers/reference#image-formatting */
  hash: string;
  isAnimated: boolean;
}

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const KIBIBYTE = 1_024;
/** Largest avatar, icon or banner. */
const MAX_IMAGE_BYTES = 10_240 * KIBIBYTE;
/** What Discord takes at all of an image that it makes smaller. */
const MAX_RESIZED_BYTES = 2_048 * KIBIBYTE;
/** @see https://docs.discord.com/developers/resources/emoji#create-guild-emoji */
const MAX_EMOJI_BYTES = 256 * KIBIBYTE;

/** `bodyLimit` of routes that take images: base64 is longer than what it stands for. */
export const IMAGE_BODY_BYTES = MAX_IMAGE_BYTES * 2;

/** Reads the data URI of an avatar, icon or banner. @throws DiscordError 50035 for what is no image, or too large */
export function parseImage(field: string, dataUri: string): Image {
  return readImage(field, dataUri, MAX_IMAGE_BYTES);
}

/** As `parseImage`, where null removes an image and undefined leaves it as it is. */
export function parseImageChange(field: string, dataUri: string | null | undefined): Image | null | undefined {
  return typeof dataUri === 'string' ? parseImage(field, dataUri) : dataUri;
}

/** Reads the data URI of an emoji or role icon. @throws DiscordError 50138 beyond 256 KiB */
export function parseSmallImage(field: string, dataUri: string): Image {
  const image = readImage(field, dataUri, MAX_RESIZED_BYTES);
  if (image.content.length > MAX_EMOJI_BYTES) throw refused.unresizable(MAX_EMOJI_BYTES);
  return image;
}

function readImage(field: string, dataUri: string, maxBytes: number): Image {
  const content = parseDataUri(field, dataUri, maxBytes);
  // The content counts: the type it claims is ignored, as Discord does.
  if (!content || !IMAGE_TYPES.includes(mediaTypeOf(content) ?? ''))
    throw formError([field], 'IMAGE_INVALID', 'Invalid image data');
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 32);
  return { content, hash: isAnimated(content) ? `a_${digest}` : digest, isAnimated: isAnimated(content) };
}

/**
 * Reads `data:<type>;base64,<content>`; null for what is none.
 * @throws DiscordError 50035 for more than `maxBytes`
 * @see https://docs.discord.com/developers/reference#image-data
 */
export function parseDataUri(field: string, dataUri: string, maxBytes: number): Buffer | null {
  const [, encoded] = /^data:[\w.+-]+\/[\w.+-]+;base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUri) ?? [];
  if (encoded === undefined) return null;
  const content = Buffer.from(encoded, 'base64');
  if (content.length > maxBytes) throw tooLarge(field, maxBytes);
  return content;
}

function tooLarge(field: string, maxBytes: number): DiscordError {
  const message = `File cannot be larger than ${(maxBytes / KIBIBYTE).toFixed(1)} kb.`;
  return formError([field], 'BINARY_TYPE_MAX_SIZE', message);
}

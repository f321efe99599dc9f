import { AVATAR_MEDIA_TYPES } from '@guildhall/contracts';

type AvatarMediaType = (typeof AVATAR_MEDIA_TYPES)[number];

/** Begins the `avatar` of an account with a picture of its own; what Discord gives is a bare hash. */
const UPLOADED = 'upload:';

/**
 * What a file is by its first bytes, whatever it is called; null for anything but the accepted kinds.
 * @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
 */
export function avatarMediaType(bytes: Buffer): AvatarMediaType | null {
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'image/jpeg';
  const isRiff = bytes.subarray(0, 4).toString('latin1') === 'RIFF';
  return isRiff && bytes.subarray(8, 14).toString('latin1') === 'WEBPVP' ? 'image/webp' : null;
}

/** The account's `avatar` for a picture with this hash. */
export function uploadedAvatar(hash: string): string {
  return `${UPLOADED}${hash}`;
}

/** The hash of an uploaded picture; null where the avatar is Discord's or there is none. */
export function uploadedHash(avatar: string | null): string | null {
  return avatar?.startsWith(UPLOADED) ? avatar.slice(UPLOADED.length) : null;
}

/** Where an uploaded picture is in the file store; null where there is none. */
export function avatarKey(accountId: string, avatar: string | null): string | null {
  const hash = uploadedHash(avatar);
  return hash === null ? null : `avatars/${accountId}/${hash}`;
}

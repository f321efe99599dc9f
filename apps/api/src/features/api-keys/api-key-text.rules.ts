import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { API_KEY_PREFIX } from '../../platform/identity/live-api-keys.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = ALPHABET.length;
/** 238 bits that nobody can guess. */
const SECRET_LENGTH = 40;
const CHECKSUM_LENGTH = 6;
/** What of a key is shown again. */
const SHOWN_SECRET_LENGTH = 8;

/** The largest multiple of the base that a byte can hold: bytes from here on would favour the first letters. */
const FAIR_BYTES = 256 - (256 % BASE);

/**
 * A new key: `gh_`, 40 random characters and a checksum, by which scanners of source code know a leaked one from a similar
 * text without asking us.
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function newApiKey(): string {
  let secret = '';
  while (secret.length < SECRET_LENGTH) {
    for (const byte of randomBytes(SECRET_LENGTH)) {
      if (byte < FAIR_BYTES && secret.length < SECRET_LENGTH) secret += ALPHABET.charAt(byte % BASE);
    }
  }
  return `${API_KEY_PREFIX}${secret}${checksumOf(secret)}`;
}

/** The CRC-32 of a secret in base 62. */
export function checksumOf(secret: string): string {
  let rest = crc32(secret);
  let text = '';
  for (let digit = 0; digit < CHECKSUM_LENGTH; digit += 1) {
    text = ALPHABET.charAt(rest % BASE) + text;
    rest = Math.floor(rest / BASE);
  }
  return text;
}

/** The part of a key by which people recognise it. */
export function shownPrefix(key: string): string {
  return key.slice(0, API_KEY_PREFIX.length + SHOWN_SECRET_LENGTH);
}

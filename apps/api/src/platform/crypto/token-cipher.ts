import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';

const ALGORITHM = 'aes-256-gcm';
/** @see https://csrc.nist.gov/pubs/sp/800/38/d/final section 8.2 */
const IV_BYTES = 12;
const FIRST_KEY_ID = 'k1';

/**
 * Encrypts Discord's tokens, and whatever else may hold a secret, for the database, as `keyId:iv:authTag:ciphertext`. Each
 * text is bound to its owner, so that a row cannot be given to somebody else.
 */
@Injectable()
export class TokenCipher {
  private readonly keys: ReadonlyMap<string, Buffer>;
  private readonly currentKeyId: string;

  constructor(@Inject(API_CONFIG) config: Pick<ApiConfig, 'ENCRYPTION_KEY'>) {
    const keys = config.ENCRYPTION_KEY.split(',').map(parseKey);
    this.keys = new Map(keys);
    this.currentKeyId = keys[0]?.[0] ?? FIRST_KEY_ID;
  }

  encrypt(plaintext: string, ownerId: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.keyOf(this.currentKeyId), iv).setAAD(Buffer.from(ownerId));
    const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return [this.currentKeyId, ...[iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'))].join(
      ':',
    );
  }

  /** @throws Error when the key is gone, the text was changed, or it belongs to somebody else */
  decrypt(encrypted: string, ownerId: string): string {
    const [keyId = '', ...parts] = encrypted.split(':');
    const [iv, authTag, ciphertext] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (!iv || !authTag || !ciphertext) throw new Error('this is not an encrypted token');
    const decipher = createDecipheriv(ALGORITHM, this.keyOf(keyId), iv, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(ownerId)).setAuthTag(authTag);
    return decipher.update(ciphertext, undefined, 'utf8') + decipher.final('utf8');
  }

  private keyOf(keyId: string): Buffer {
    const key = this.keys.get(keyId);
    if (!key) throw new Error(`ENCRYPTION_KEY has no key ${keyId}`);
    return key;
  }
}

/** A lone key needs no id until a second one joins it. */
function parseKey(text: string): [id: string, key: Buffer] {
  const [first = '', second] = text.split(':');
  return second === undefined ? [FIRST_KEY_ID, Buffer.from(first, 'hex')] : [first, Buffer.from(second, 'hex')];
}

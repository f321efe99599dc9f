import { describe, expect, it } from 'vitest';
import { TokenCipher } from './token-cipher.js';

const oldKey = 'a'.repeat(64);
const newKey = 'b'.repeat(64);

describe('TokenCipher', () => {
  const cipher = new TokenCipher({ ENCRYPTION_KEY: oldKey });

  it('writes keyId:iv:authTag:ciphertext, never the same twice', () => {
    const first = cipher.encrypt('secret', 'owner');
    expect(first).toMatch(/^k1:[\w-]{16}:[\w-]{22}:[\w-]+$/);
    expect(cipher.encrypt('secret', 'owner')).not.toBe(first);
    expect(cipher.decrypt(first, 'owner')).toBe('secret');
  });

  it('refuses what was changed', () => {
    const [keyId, iv, tag, text] = cipher.encrypt('secret', 'owner').split(':');
    const changed = Buffer.from(text!, 'base64url');
    changed[0]! ^= 1;
    expect(() => cipher.decrypt([keyId, iv, tag, changed.toString('base64url')].join(':'), 'owner')).toThrow();
  });

  it('refuses what belongs to somebody else', () => {
    expect(() => cipher.decrypt(cipher.encrypt('secret', 'owner'), 'thief')).toThrow();
  });

  it('reads with an older key what it encrypts with a newer one', () => {
    const rotated = new TokenCipher({ ENCRYPTION_KEY: `k2:${newKey},k1:${oldKey}` });
    expect(rotated.decrypt(cipher.encrypt('secret', 'owner'), 'owner')).toBe('secret');
    const renewed = rotated.encrypt('secret', 'owner');
    expect(renewed).toMatch(/^k2:/);
    expect(() => cipher.decrypt(renewed, 'owner')).toThrow('ENCRYPTION_KEY has no key k2');
  });
});

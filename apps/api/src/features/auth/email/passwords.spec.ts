import { beforeAll, describe, expect, it } from 'vitest';
import { generatePassword, hashPassword } from './password-hash.js';
import { Passwords } from './passwords.js';

const passwords = new Passwords();
let hash: string;

beforeAll(async () => {
  await passwords.onModuleInit();
  hash = await hashPassword('four brass lanterns swing');
});

describe('a password hash', () => {
  it('is argon2id with the parameters of OWASP and a salt of its own', async () => {
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await hashPassword('four brass lanterns swing')).not.toBe(hash);
  });

  it('knows its password, whole and as it was', async () => {
    expect(await passwords.matches(hash, 'four brass lanterns swing')).toBe(true);
    expect(await passwords.matches(hash, 'four brass lanterns swings')).toBe(false);
    const long = 'x'.repeat(127);
    expect(await passwords.matches(await hashPassword(`${long}a`), `${long}b`)).toBe(false);
  });
});

describe('without a hash', () => {
  it('nothing matches', async () => {
    expect(await passwords.matches(null, 'four brass lanterns swing')).toBe(false);
  });
});

describe('a flood of sign-ins', () => {
  it('waits in a line of limited length; who finds it full is told to come again', async () => {
    const flood = await Promise.allSettled(Array.from({ length: 100 }, () => passwords.matches(null, 'guess')));
    const refused = flood.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(100 - 2 - 64);
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable', retryAfterSeconds: 2 } });
    expect(await passwords.matches(hash, 'four brass lanterns swing')).toBe(true);
  });
});

describe('a generated password', () => {
  it('is long, random and easy to read out', () => {
    const generated = Array.from({ length: 50 }, generatePassword);
    for (const password of generated) expect(password).toMatch(/^(?:[a-km-np-z2-9]{5}-){4}[a-km-np-z2-9]{5}$/);
    expect(new Set(generated).size).toBe(50);
  });
});

import { describe, expect, it } from 'vitest';
import { commonPasswords } from './common-passwords.js';
import { weaknessOf } from './password-strength.rules.js';

const common = await commonPasswords();
const person = { email: 'josephine@acme-works.example', displayName: 'José Baker' };
const judge = (password: string) => weaknessOf(password, person, common);

describe('a new password', () => {
  it('is held against the three thousand most common ones that are long enough, and more', () => {
    const longEnough = [...common].filter((password) => password.length >= 8);
    expect(longEnough.length).toBeGreaterThan(3_000);
    for (const password of longEnough) expect(judge(password), password).not.toBeNull();
  });

  it.each(['PASSWORD', 'Sunshine99!', '2024motdepasse', '!!qwertyuiop!!'])(
    '%s is a common one with little added',
    (password) => {
      expect(judge(password)).toContain('common');
    },
  );

  it.each(['abababababab', 'xyzxyzxyzxyz', '          '])('%j repeats itself', (password) => {
    expect(judge(password)).toContain('repeats');
  });

  it.each(['MyGuildHall-77', 'vocal-josephine-walrus', 'walrus acme-works', 'josé baker walrus'])(
    '%s is about what is known',
    (password) => {
      expect(judge(password)).not.toBeNull();
    },
  );

  it.each(['four brass lanterns swing', 'f7Kq-pW2x-Zr9', '東京の静かな朝に鳴く鳥', 'é è à ù passés par là'])(
    '%s is fine',
    (password) => {
      expect(judge(password)).toBeNull();
    },
  );

  it('may hold a short part of the address, which any password may hold by chance', () => {
    expect(weaknessOf('toaster kneads violins', { email: 'al@to.example' }, common)).toBeNull();
  });
});

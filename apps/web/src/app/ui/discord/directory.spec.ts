import { describe, expect, it } from 'vitest';
import type { Member, Role } from '@guildhall/contracts';
import { cssColor, displayName, nameColor, type Directory } from './directory';

// The casts leave out what names and colours do not depend on.
const roles = [
  { id: '1', color: 0x00ff00, position: 1 },
  { id: '2', color: 0x0000ff, position: 3 },
  { id: '3', color: 0, position: 9 },
] as unknown as Role[];
const directory: Directory = {
  member: () => undefined,
  role: (id) => roles.find((role) => role.id === id),
  channel: () => undefined,
};
const memberWith = (roleIds: string[]) => ({ roleIds }) as unknown as Member;

describe('nameColor', () => {
  it('is that of the highest role that has a colour', () => {
    expect(nameColor(memberWith(['1', '2', '3']), directory)).toBe('#0000ff');
    expect(nameColor(memberWith(['2', '1']), directory)).toBe('#0000ff');
  });

  it('is none without a coloured role, for a role that is gone, and for a stranger', () => {
    expect(nameColor(memberWith(['3', '99']), directory)).toBeNull();
    expect(nameColor(undefined, directory)).toBeNull();
  });
});

it('writes dark colours with all their digits', () => {
  expect(cssColor(0x00000a)).toBe('#00000a');
});

it('prefers the nickname, then the global name, then the user name', () => {
  const user = { username: 'nora', globalName: 'Nora Quill' } as Member['user'];
  expect(displayName(user, { nickname: 'Chief' } as Member)).toBe('Chief');
  expect(displayName(user, { nickname: null } as Member)).toBe('Nora Quill');
  expect(displayName({ ...user, globalName: null })).toBe('nora');
});

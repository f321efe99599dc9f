import { CAPABILITIES } from '@guildhall/contracts';
import { describe, expect, it } from 'vitest';
import { capabilitiesFor, type Standing } from './capabilities.rules.js';

const member: Standing = { isGuildActive: true, isPresent: true, isOwner: false, rolePermissions: ['104324673'] };
const administrator: Standing = { ...member, rolePermissions: ['104324673', '8'] };
const owner: Standing = { ...member, isOwner: true };

describe('capabilitiesFor', () => {
  it('gives all to the owner and to administrators', () => {
    expect([...capabilitiesFor(owner)]).toEqual([...CAPABILITIES]);
    expect([...capabilitiesFor(administrator)]).toEqual([...CAPABILITIES]);
  });

  it('finds ADMINISTRATOR among other bits, and beyond 53 of them', () => {
    expect(capabilitiesFor({ ...member, rolePermissions: ['9007199254740993', '1125899906842632'] }).size).toBe(
      CAPABILITIES.length,
    );
    expect(capabilitiesFor({ ...member, rolePermissions: ['1125899906842624', '7'] }).size).toBe(0);
  });

  it('gives nothing to an ordinary member', () => {
    expect(capabilitiesFor(member).size).toBe(0);
  });

  it('gives nothing to those who left, whatever they were', () => {
    expect(capabilitiesFor({ ...administrator, isPresent: false }).size).toBe(0);
    expect(capabilitiesFor({ ...owner, isPresent: false }).size).toBe(0);
  });

  it('gives nothing in a guild that the bot has left', () => {
    expect(capabilitiesFor({ ...owner, isGuildActive: false }).size).toBe(0);
  });
});

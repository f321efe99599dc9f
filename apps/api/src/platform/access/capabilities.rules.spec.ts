import { CAPABILITIES, type Capability, capabilitySets, type Snowflake } from '@guildhall/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { id } from '../../../testing/bot-events.js';
import type { ApiKeyIdentity } from '../identity/identity.js';
import {
  capabilitiesFor,
  capabilitiesOfCaller,
  effectiveOf,
  type HeldRole,
  type Standing,
} from './capabilities.rules.js';

const guildId = id(1_000);
const ordinary = '104324673';

function role(facts: Partial<HeldRole> = {}): HeldRole {
  return { id: id(1_001), position: 1, permissions: ordinary, set: null, granted: [], removed: [], ...facts };
}

const member: Standing = {
  guildId,
  isGuildActive: true,
  isPresent: true,
  isOwner: false,
  roles: [role({ id: guildId, position: 0 })],
  invitedWith: null,
  isAccountDisabled: false,
};
const administrator: Standing = { ...member, roles: [...member.roles, role({ permissions: '8' })] };
const owner: Standing = { ...member, isOwner: true };
const holding = (...roles: HeldRole[]): Standing => ({ ...member, roles: [...member.roles, ...roles] });

const cases: [name: string, standing: Standing, expected: readonly Capability[]][] = [
  ['all to the owner', owner, CAPABILITIES],
  ['all to administrators', administrator, CAPABILITIES],
  ['nothing to an ordinary member', member, []],
  ['a set to the members of its role', holding(role({ set: 'member' })), capabilitySets.member],
  [
    'single capabilities beside a set',
    holding(role({ set: 'member', granted: ['bans.read'] })),
    [...capabilitySets.member, 'bans.read'],
  ],
  [
    'a set without what was removed',
    holding(role({ set: 'member', removed: ['members.read'] })),
    ['guild.view', 'channels.read', 'roles.read'],
  ],
  [
    'what one role removes and another one gives',
    holding(role({ set: 'member', removed: ['members.read'] }), role({ id: id(1_002), granted: ['members.read'] })),
    capabilitySets.member,
  ],
  [
    'what the role of everybody gives',
    { ...member, roles: [role({ id: guildId, set: 'member' })] },
    capabilitySets.member,
  ],
  [
    'sight of the guild to who may do anything there',
    holding(role({ granted: ['bans.read'] })),
    ['guild.view', 'bans.read'],
  ],
  ['nothing when all was removed', holding(role({ set: 'member', removed: [...capabilitySets.member] })), []],
  [
    'administrators what a role removes',
    { ...administrator, roles: [role({ permissions: '8', removed: [...CAPABILITIES] })] },
    CAPABILITIES,
  ],
  ['nothing to a member who left', { ...administrator, isPresent: false }, []],
  ['nothing to an owner who left', { ...owner, isPresent: false }, []],
  [
    'the invited what they were invited with',
    { ...member, isPresent: false, roles: [], invitedWith: ['members.read'] },
    ['guild.view', 'members.read'],
  ],
  [
    'a member who was invited both',
    { ...holding(role({ granted: ['bans.read'] })), invitedWith: ['members.read'] },
    ['guild.view', 'members.read', 'bans.read'],
  ],
  [
    'a member who left and was invited the latter',
    { ...administrator, isPresent: false, invitedWith: ['members.read'] },
    ['guild.view', 'members.read'],
  ],
  [
    'nothing by invitation to a disabled account',
    { ...member, invitedWith: ['members.read'], isAccountDisabled: true },
    [],
  ],
  ['nothing in a guild that the bot has left', { ...owner, isGuildActive: false, invitedWith: ['members.read'] }, []],
  // A database that an older version wrote may name what is no more.
  ['nothing for what no longer exists', holding(role({ granted: ['games.cheat' as Capability] })), []],
];

const capabilities = fc.subarray([...CAPABILITIES]);
const mapping = fc.record({
  set: fc.constantFrom(null, 'manager' as const, 'moderator' as const, 'member' as const),
  granted: capabilities,
  removed: capabilities,
});
const held: fc.Arbitrary<HeldRole> = fc
  .tuple(mapping, fc.constantFrom(ordinary, '0', '8', '1125899906842632'), fc.integer({ min: 1, max: 9 }))
  .map(([given, permissions, position]) => role({ ...given, permissions, position }));
const standings: fc.Arbitrary<Standing> = fc
  .record({
    isGuildActive: fc.boolean(),
    isPresent: fc.boolean(),
    isOwner: fc.boolean(),
    roles: fc.array(held, { maxLength: 4 }),
    invitedWith: fc.option(capabilities),
    isAccountDisabled: fc.boolean(),
  })
  .map((facts) => ({ guildId, ...facts }));

function isWithin(smaller: ReadonlySet<Capability>, larger: ReadonlySet<Capability>): boolean {
  return [...smaller].every((capability) => larger.has(capability));
}

describe('capabilitiesFor', () => {
  it.each(cases)('gives %s', (_, standing, expected) => {
    expect([...capabilitiesFor(standing)]).toEqual(CAPABILITIES.filter((capability) => expected.includes(capability)));
  });

  it('finds ADMINISTRATOR among other bits, and beyond 53 of them', () => {
    const withBits = (...bits: string[]) => holding(...bits.map((permissions) => role({ permissions })));
    expect(capabilitiesFor(withBits('9007199254740993', '1125899906842632')).size).toBe(CAPABILITIES.length);
    expect(capabilitiesFor(withBits('1125899906842624', '7')).size).toBe(0);
  });

  it('never gives more for a removal', () => {
    fc.assert(
      fc.property(standings, capabilities, fc.nat(3), (standing, removal, index) => {
        const roles = standing.roles.map((one, at) =>
          at === index ? { ...one, removed: [...one.removed, ...removal] } : one,
        );
        expect(isWithin(capabilitiesFor({ ...standing, roles }), capabilitiesFor(standing))).toBe(true);
      }),
    );
  });

  it('never gives less for one role more', () => {
    fc.assert(
      fc.property(standings, held, (standing, one) => {
        const roles = [...standing.roles, one];
        expect(isWithin(capabilitiesFor(standing), capabilitiesFor({ ...standing, roles }))).toBe(true);
      }),
    );
  });

  it('gives everything to an owner who is there, whatever the roles say', () => {
    fc.assert(
      fc.property(standings, (standing) => {
        const all = capabilitiesFor({ ...standing, isGuildActive: true, isPresent: true, isOwner: true });
        expect(all.size).toBe(CAPABILITIES.length);
      }),
    );
  });

  it('gives nothing without sight of the guild', () => {
    fc.assert(
      fc.property(standings, (standing) => {
        const given = capabilitiesFor(standing);
        expect(given.size === 0 || given.has('guild.view')).toBe(true);
      }),
    );
  });
});

describe('effectiveOf', () => {
  it('tells what a role alone gives to a member', () => {
    fc.assert(
      fc.property(held, (one) => {
        expect(effectiveOf(one)).toEqual([...capabilitiesFor({ ...member, roles: [one] })]);
      }),
    );
  });
});

describe('capabilitiesOfCaller', () => {
  function key(given: readonly Capability[], isBootstrap = false): ApiKeyIdentity {
    const createdBy = isBootstrap
      ? null
      : { accountId: '0198c2f0-0000-7000-8000-000000000000', discordId: id(9) as Snowflake };
    return {
      kind: 'apiKey',
      apiKeyId: '0198c2f0-0000-7000-8000-000000000001',
      guildId,
      capabilities: given,
      createdBy,
    };
  }

  it('gives an API key what it was given and its creator still holds', () => {
    const caller = key(['guild.view', 'bans.write', 'members.read']);
    expect([...capabilitiesOfCaller(caller, holding(role({ set: 'member' })))]).toEqual(['guild.view', 'members.read']);
    expect([...capabilitiesOfCaller(caller, owner)]).toEqual(['guild.view', 'members.read', 'bans.write']);
    expect(capabilitiesOfCaller(caller, { ...owner, isPresent: false }).size).toBe(0);
    expect(capabilitiesOfCaller(caller, { ...owner, isAccountDisabled: true }).size).toBe(0);
  });

  it('never lets an API key exceed its creator or what it was given', () => {
    fc.assert(
      fc.property(standings, capabilities, (standing, given) => {
        const caller = capabilitiesOfCaller(key(given), standing);
        expect(isWithin(caller, capabilitiesFor(standing))).toBe(true);
        expect(isWithin(caller, new Set(given))).toBe(true);
      }),
    );
  });

  it('gives the bootstrap key what it was given while the bot is there', () => {
    const nobody: Standing = { ...member, isPresent: false, roles: [] };
    const caller = key(['guild.view', 'bans.write'], true);
    expect([...capabilitiesOfCaller(caller, nobody)]).toEqual(['guild.view', 'bans.write']);
    expect(capabilitiesOfCaller(caller, { ...nobody, isGuildActive: false }).size).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { id } from '../../../testing/bot-events.js';
import type { HeldRole, Standing } from './capabilities.rules.js';
import { operatorRank, outranks, type Rank, rankOf, rankOfRole } from './hierarchy.rules.js';

const guildId = id(1_000);

function standing(positions: readonly [roleId: number, position: number][], facts: Partial<Standing> = {}): Standing {
  const everyone: [number, number] = [1_000, 0];
  const roles = [everyone, ...positions].map(([roleId, position]): HeldRole => ({
    id: id(roleId),
    position,
    permissions: '0',
    set: null,
    granted: [],
    removed: [],
  }));
  return {
    ...{
      guildId,
      isGuildActive: true,
      isPresent: true,
      isOwner: false,
      roles,
      invitedWith: null,
      isAccountDisabled: false,
    },
    ...facts,
  };
}

const gone = { isPresent: false, roles: [] };
const people = {
  owner: standing([], { isOwner: true }),
  captain: standing([[1_005, 5]]),
  captainWithMore: standing([
    [1_001, 1],
    [1_005, 5],
  ]),
  olderCaptain: standing([[1_004, 5]]),
  sergeant: standing([[1_002, 2]]),
  member: standing([]),
  invited: standing([], { ...gone, invitedWith: ['members.read'] }),
  invitedMember: standing([], { invitedWith: ['members.read'] }),
  stranger: standing([], gone),
};
type Name = keyof typeof people;

const rank = (name: Name): Rank => {
  const found = rankOf(people[name]);
  if (!found) throw new Error(`${name} has no rank`);
  return found;
};

describe('the hierarchy of a guild', () => {
  it.each<[Name, Name]>([
    ['owner', 'captain'],
    ['olderCaptain', 'captain'],
    ['captain', 'sergeant'],
    ['captainWithMore', 'sergeant'],
    ['sergeant', 'invited'],
    ['sergeant', 'invitedMember'],
    ['invited', 'member'],
    ['invitedMember', 'member'],
    ['sergeant', 'member'],
  ])('puts %s above %s, and not the other way round', (superior, inferior) => {
    expect(outranks(rank(superior), rank(inferior))).toBe(true);
    expect(outranks(rank(inferior), rank(superior))).toBe(false);
  });

  it.each<[Name, Name]>([
    ['captain', 'captainWithMore'],
    ['invited', 'invitedMember'],
    ['member', 'member'],
    ['owner', 'owner'],
  ])('puts neither %s nor %s above the other', (one, other) => {
    expect(outranks(rank(one), rank(other))).toBe(false);
    expect(outranks(rank(other), rank(one))).toBe(false);
  });

  it('has no place for who has no part in the guild', () => {
    expect(rankOf(people.stranger)).toBeNull();
  });

  it('puts the operator above every role and below the owner', () => {
    expect(outranks(operatorRank(guildId), rank('olderCaptain'))).toBe(true);
    expect(outranks(rank('owner'), operatorRank(guildId))).toBe(true);
  });

  it('puts everybody who has a role above the role of everybody', () => {
    const everyone = rankOfRole({ id: guildId, position: 0 }, guildId);
    expect(outranks(rank('sergeant'), everyone)).toBe(true);
    expect(outranks(rank('invited'), everyone)).toBe(true);
    expect(outranks(rank('member'), everyone)).toBe(false);
  });

  it('is an order: nobody stands above themselves, and who stands above a superior stands above their inferior', () => {
    const ranks = fc
      .tuple(
        fc.constantFrom('everyone', 'invited', 'role', 'operator', 'owner'),
        fc.nat(3),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([tier, position, roleId]): Rank => ({ tier: tier as Rank['tier'], position, roleId: id(roleId) }));
    fc.assert(
      fc.property(ranks, ranks, ranks, (a, b, c) => {
        expect(outranks(a, a)).toBe(false);
        if (outranks(a, b)) expect(outranks(b, a)).toBe(false);
        if (outranks(a, b) && outranks(b, c)) expect(outranks(a, c)).toBe(true);
      }),
    );
  });
});

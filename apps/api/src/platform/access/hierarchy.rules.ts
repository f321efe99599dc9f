import type { Snowflake } from '@guildhall/contracts';
import type { Standing } from './capabilities.rules.js';

/** Kinds of rank, from the lowest: within `role`, Discord's order of roles decides. */
const TIERS = ['everyone', 'invited', 'role', 'operator', 'owner'] as const;

export interface RolePosition {
  id: Snowflake;
  position: number;
}

/** Where somebody, or a role, stands in a guild. */
export interface Rank {
  tier: (typeof TIERS)[number];
  position: number;
  roleId: Snowflake;
}

/**
 * The rank of a person: the owner stands above all, others where their highest role stands; those without a role of their
 * own stand just above everybody when they were invited. Null for who has no part in the guild.
 */
export function rankOf({ guildId, isPresent, isOwner, roles, invitedWith }: Standing): Rank | null {
  if (!isPresent && invitedWith === null) return null;
  if (isPresent && isOwner) return { tier: 'owner', position: 0, roleId: guildId };
  const ranks = isPresent ? roles.map((role) => rankOfRole(role, guildId)) : [];
  const lowest: Rank = { tier: invitedWith === null ? 'everyone' : 'invited', position: 0, roleId: guildId };
  return ranks.reduce((highest, rank) => (outranks(rank, highest) ? rank : highest), lowest);
}

export function rankOfRole({ id, position }: RolePosition, guildId: Snowflake): Rank {
  return { tier: id === guildId ? 'everyone' : 'role', position, roleId: id };
}

/** Of the operator of the instance, for whom the bootstrap key acts: above every role, and below the owner. */
export function operatorRank(guildId: Snowflake): Rank {
  return { tier: 'operator', position: 0, roleId: guildId };
}

/**
 * Whether one stands above the other; equals do not. Of two roles with one position, that with the lower id is higher.
 * @see https://docs.discord.com/developers/topics/permissions#permission-hierarchy
 */
export function outranks(one: Rank, other: Rank): boolean {
  const tiers = TIERS.indexOf(one.tier) - TIERS.indexOf(other.tier);
  if (tiers !== 0) return tiers > 0;
  if (one.tier !== 'role') return false;
  if (one.position !== other.position) return one.position > other.position;
  return BigInt(one.roleId) < BigInt(other.roleId);
}

import {
  CAPABILITIES,
  type Capability,
  type CapabilitySet,
  capabilitySets,
  type Snowflake,
} from '@guildhall/contracts';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Identity } from '../identity/identity.js';

/** What an administrator gave to the members of a Discord role, and took from them. */
export interface RoleMapping {
  set: CapabilitySet | null;
  /** In addition to the set. */
  granted: readonly Capability[];
  /** Not through this role; another one may still give it. */
  removed: readonly Capability[];
}

/** A role as it counts for its members. */
export interface HeldRole extends RoleMapping {
  id: Snowflake;
  position: number;
  /** Discord's permission bits, as a decimal string. */
  permissions: string;
}

/** What decides what someone may do in a guild, and above whom they stand. */
export interface Standing {
  guildId: Snowflake;
  /** False after the bot was removed. */
  isGuildActive: boolean;
  /** False for who never was in the guild on Discord, and for who has left it. */
  isPresent: boolean;
  isOwner: boolean;
  /** The member's roles, that of everybody included, whose id is the guild's. */
  roles: readonly HeldRole[];
  /** What the person was invited with, without Discord or beside it; null for who was not. */
  invitedWith: readonly Capability[] | null;
  /** Whether an administrator of the instance shut the account out. What Discord roles give by the bot stays. */
  isAccountDisabled: boolean;
}

export const NO_CAPABILITIES: ReadonlySet<Capability> = new Set();
const ALL_CAPABILITIES: ReadonlySet<Capability> = new Set(CAPABILITIES);

/**
 * The owner and administrators hold every capability. Others hold what their roles give and what they were invited with;
 * whoever may do anything may see the guild.
 * @see https://docs.discord.com/developers/topics/permissions
 */
export function capabilitiesFor(standing: Standing): ReadonlySet<Capability> {
  const { isGuildActive, isPresent, isOwner, roles } = standing;
  if (!isGuildActive) return NO_CAPABILITIES;
  if (isPresent && (isOwner || roles.some(isAdministrator))) return ALL_CAPABILITIES;
  return seeing([...(isPresent ? roles.flatMap(givenBy) : []), ...givenByInvitation(standing)]);
}

function givenByInvitation({ invitedWith, isAccountDisabled }: Standing): readonly Capability[] {
  return isAccountDisabled ? [] : (invitedWith ?? []);
}

/** What a role gives to its members, in the order of `CAPABILITIES`. */
export function effectiveOf(role: RoleMapping & { permissions: string }): Capability[] {
  return [...(isAdministrator(role) ? ALL_CAPABILITIES : seeing(givenBy(role)))];
}

/**
 * What a caller may do by a standing: an API key does what it was given and its creator still holds, and the bootstrap key,
 * which nobody created, what it was given.
 */
export function capabilitiesOfCaller(identity: Identity, standing: Standing): ReadonlySet<Capability> {
  if (identity.kind !== 'apiKey') return capabilitiesFor(standing);
  if (!standing.isGuildActive) return NO_CAPABILITIES;
  const given = inOrder(new Set(identity.capabilities));
  if (identity.createdBy === null) return given;
  if (standing.isAccountDisabled) return NO_CAPABILITIES;
  const held = capabilitiesFor(standing);
  return new Set([...given].filter((capability) => held.has(capability)));
}

/** The same for every order in which capabilities were given; one that no longer exists is left out. */
function inOrder(held: ReadonlySet<Capability>): Set<Capability> {
  return new Set(CAPABILITIES.filter((capability) => held.has(capability)));
}

function seeing(given: readonly Capability[]): ReadonlySet<Capability> {
  const held = inOrder(new Set(given));
  return held.size === 0 ? NO_CAPABILITIES : inOrder(held.add('guild.view'));
}

function givenBy({ set, granted, removed }: RoleMapping): Capability[] {
  const given: Capability[] = [...(set === null ? [] : capabilitySets[set]), ...granted];
  return given.filter((capability) => !removed.includes(capability));
}

/** Whether Discord's ADMINISTRATOR is among permission bits. */
export function isAdministrator({ permissions }: { permissions: string }): boolean {
  return (BigInt(permissions) & PermissionFlagsBits.Administrator) !== 0n;
}

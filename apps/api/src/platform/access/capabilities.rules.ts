import { CAPABILITIES, type Capability } from '@guildhall/contracts';
import { PermissionFlagsBits } from 'discord-api-types/v10';

/** What decides what someone may do in a guild; all of it comes from Discord. */
export interface Standing {
  /** False after the bot was removed. */
  isGuildActive: boolean;
  /** False for who never was in the guild, and for who has left. */
  isPresent: boolean;
  isOwner: boolean;
  /** Permission bits of each of the member's roles, that of everybody included, as decimal strings. */
  rolePermissions: readonly string[];
}

export const NO_CAPABILITIES: ReadonlySet<Capability> = new Set();
const ALL_CAPABILITIES: ReadonlySet<Capability> = new Set(CAPABILITIES);

/**
 * The owner and administrators hold every capability, others none.
 * @see https://docs.discord.com/developers/topics/permissions
 */
export function capabilitiesFor({
  isGuildActive,
  isPresent,
  isOwner,
  rolePermissions,
}: Standing): ReadonlySet<Capability> {
  if (!isGuildActive || !isPresent) return NO_CAPABILITIES;
  return isOwner || rolePermissions.some(isAdministrator) ? ALL_CAPABILITIES : NO_CAPABILITIES;
}

function isAdministrator(permissions: string): boolean {
  return (BigInt(permissions) & PermissionFlagsBits.Administrator) !== 0n;
}

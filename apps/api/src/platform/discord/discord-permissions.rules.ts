import { PermissionFlagsBits } from 'discord-api-types/v10';

/** What decides what Discord itself lets somebody do in a whole guild. */
export interface DiscordPermissions {
  isOwner: boolean;
  /** The permission bits of each of their roles, as decimal strings. */
  roleBits: readonly string[];
}

/** Whether a set of permission bits holds all others. */
export function isAdministrator(bits: string): boolean {
  return (BigInt(bits) & PermissionFlagsBits.Administrator) !== 0n;
}

/**
 * Whether Discord itself would let somebody do this.
 * @see https://discord.com/developers/docs/topics/permissions
 */
export function holdsOnDiscord({ isOwner, roleBits }: DiscordPermissions, permission: bigint): boolean {
  return isOwner || roleBits.some((bits) => isAdministrator(bits) || (BigInt(bits) & permission) !== 0n);
}

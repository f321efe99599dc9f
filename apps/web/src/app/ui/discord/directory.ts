import type { Channel, Member, Role } from '@guildhall/contracts';

/** What is known about a guild's people, roles and channels, for whatever shows its messages. */
export interface Directory {
  member(userId: string): Member | undefined;
  role(roleId: string): Role | undefined;
  channel(channelId: string): Channel | undefined;
}

/** The name a member goes by in their guild. */
export function displayName(user: Member['user'], member?: Member): string {
  return member?.nickname ?? user.globalName ?? user.username;
}

/** A 24-bit colour as CSS, null for Discord's "no colour". */
export function cssColor(color: number): string | null {
  return color === 0 ? null : `#${color.toString(16).padStart(6, '0')}`;
}

/**
 * The colour of a member's name: that of the highest of their roles which has one.
 * @see https://discord.com/developers/docs/topics/permissions#role-object
 */
export function nameColor(member: Member | undefined, directory: Directory): string | null {
  const colored = (member?.roleIds ?? []).flatMap((id) => directory.role(id) ?? []).filter((role) => role.color !== 0);
  const highest = colored.reduce<Role | null>(
    (best, role) => (best && best.position >= role.position ? best : role),
    null,
  );
  return highest && cssColor(highest.color);
}

import type { GuildRow } from './guilds.repository.js';

/** Until the member list was read as a whole, Discord's own count is nearer to the truth than our rows. */
export function memberCountOf({ membersSyncedAt, presentMembers, announcedMemberCount }: GuildRow): number {
  return membersSyncedAt ? presentMembers : announcedMemberCount;
}

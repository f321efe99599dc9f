import type { Member } from '@guildhall/contracts';
import type { schema } from '@guildhall/database';

export interface MemberRow {
  member: typeof schema.members.$inferSelect;
  user: typeof schema.discordUsers.$inferSelect;
}

/** A member as the API tells it, from its row and its account's. */
export function memberOf({ member, user: { updatedAt: _, ...user } }: MemberRow): Member {
  return {
    user,
    nickname: member.nickname,
    avatar: member.avatar,
    roleIds: member.roleIds,
    joinedAt: member.joinedAt?.toISOString() ?? null,
    timeoutUntil: member.timeoutUntil?.toISOString() ?? null,
  };
}

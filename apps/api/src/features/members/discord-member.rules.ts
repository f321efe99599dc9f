import { type Member, snowflakeSchema } from '@guildhall/contracts';
import type { APIGuildMember } from 'discord-api-types/v10';
import { discordUserOf } from '../../platform/discord/discord-users.rules.js';

/** A member as the API tells it, from Discord's answer. */
export function memberOfDiscord(answer: APIGuildMember): Member {
  const { user, nick, avatar, roles, joined_at: joinedAt, communication_disabled_until: timeoutUntil } = answer;
  return {
    user: discordUserOf(user),
    nickname: nick ?? null,
    avatar: avatar ?? null,
    roleIds: roles.map((id) => snowflakeSchema.parse(id)),
    joinedAt: joinedAt === null ? null : new Date(joinedAt).toISOString(),
    timeoutUntil: timeoutUntil ? new Date(timeoutUntil).toISOString() : null,
  };
}

import type { GatewayGuildBanAddDispatchData } from 'discord.js';
import { snowflake } from './snowflakes.js';
import type { Translation } from './translation.js';
import { translateUser } from './users.js';

function banEvent(type: 'ban_add' | 'ban_remove', { guild_id, user }: GatewayGuildBanAddDispatchData): Translation {
  return { type, guildId: guild_id, userId: snowflake(user.id), data: { user: translateUser(user) } };
}

/** @see https://discord.com/developers/docs/events/gateway-events#guild-ban-add */
export function banAdd(ban: GatewayGuildBanAddDispatchData): Translation {
  return banEvent('ban_add', ban);
}

export function banRemove(ban: GatewayGuildBanAddDispatchData): Translation {
  return banEvent('ban_remove', ban);
}

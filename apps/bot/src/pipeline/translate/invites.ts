import type { GatewayInviteCreateDispatchData, GatewayInviteDeleteDispatchData } from 'discord.js';
import { snowflake, snowflakeOrNull } from './snowflakes.js';
import type { Translation } from './translation.js';

/** @see https://discord.com/developers/docs/events/gateway-events#invite-create */
export function inviteCreate(invite: GatewayInviteCreateDispatchData): Translation | undefined {
  if (invite.guild_id === undefined) return undefined;
  const channelId = snowflake(invite.channel_id);
  const data = {
    code: invite.code,
    channelId,
    inviterId: snowflakeOrNull(invite.inviter?.id),
    maxUses: invite.max_uses,
    maxAgeSeconds: invite.max_age,
    isTemporary: invite.temporary,
    createdAt: invite.created_at,
  };
  return { type: 'invite_create', guildId: invite.guild_id, channelId, data };
}

export function inviteDelete({ guild_id, channel_id, code }: GatewayInviteDeleteDispatchData): Translation | undefined {
  if (guild_id === undefined) return undefined;
  const channelId = snowflake(channel_id);
  return { type: 'invite_delete', guildId: guild_id, channelId, data: { code, channelId } };
}

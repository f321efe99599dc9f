import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { z } from 'zod';
import { joinVoiceAs, leaveVoice } from '../actions/voice.js';
import { channelPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';
import type { voiceStatePayload } from './payloads.js';
import type { Session } from './session.js';

const VOICE_TYPES: readonly number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

/**
 * The bot joins, moves or hangs up. Everybody sees it; a voice server is not announced, as there is none. What the bot may not do is
 * ignored.
 * @see https://docs.discord.com/developers/events/gateway-events#update-voice-state
 */
export function changeOwnVoiceState(world: World, session: Session, wanted: z.infer<typeof voiceStatePayload>): void {
  const { botId: userId } = session;
  const guild = world.guilds.get(wanted.guild_id);
  if (!guild?.members.has(userId)) return;
  if (wanted.channel_id === null) return leaveVoice(world, guild, userId);
  const channel = guild.channels.get(wanted.channel_id);
  if (!channel || !VOICE_TYPES.includes(channel.type)) return;
  if (!(channelPermissions(world, channel, userId) & Permission.Connect)) return;
  joinVoiceAs(world, guild, channel, { userId, isSelfMuted: wanted.self_mute, isSelfDeafened: wanted.self_deaf });
}

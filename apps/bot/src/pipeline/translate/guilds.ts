import type { GuildFacts, GuildSnapshot } from '@guildhall/contracts';
import type { APIRole, GatewayGuildDeleteDispatchData } from 'discord.js';
import { translateChannel, type ChannelPayload } from './channels.js';
import { presenceChunks, type PresencePayload } from './presences.js';
import { translateRole } from './roles.js';
import { scheduledEventList, type ScheduledEventPayload } from './scheduled-events.js';
import { snowflake } from './snowflakes.js';
import type { Translation, TranslationContext } from './translation.js';
import { voiceStateList, type VoiceStatePayload } from './voice.js';

interface GuildPayload {
  id: string;
  name: string;
  icon: string | null;
  owner_id: string;
  preferred_locale: string;
}

/** A guild with its parts, as GUILD_CREATE has it and as a reader over REST puts it together. */
export interface WholeGuildPayload extends GuildPayload {
  unavailable?: boolean;
  member_count: number;
  roles: APIRole[];
  channels: ChannelPayload[];
  threads: ChannelPayload[];
}

/** The same with what only GUILD_CREATE has: who is there right now, and what is to come. */
interface GuildCreatePayload extends WholeGuildPayload {
  presences: PresencePayload[];
  voice_states: VoiceStatePayload[];
  guild_scheduled_events: ScheduledEventPayload[];
}

/** @see https://discord.com/developers/docs/resources/guild#guild-object */
export function translateGuild(guild: GuildPayload): GuildFacts {
  return {
    id: snowflake(guild.id),
    name: guild.name,
    icon: guild.icon ?? null,
    ownerId: snowflake(guild.owner_id),
    preferredLocale: guild.preferred_locale,
  };
}

export function translateWholeGuild(guild: WholeGuildPayload): GuildSnapshot {
  return {
    guild: translateGuild(guild),
    memberCount: guild.member_count,
    roles: guild.roles.map(translateRole),
    channels: [...guild.channels, ...guild.threads].map(translateChannel),
  };
}

/** @see https://discord.com/developers/docs/events/gateway-events#guild-create */
export function guildCreate(guild: GuildCreatePayload, context: TranslationContext): Translation[] {
  if (guild.unavailable) return [];
  const type = context.isInitialGuild(guild.id) ? 'guild_sync' : 'guild_create';
  return [
    { type, guildId: guild.id, data: translateWholeGuild(guild) },
    voiceStateList(guild.id, guild.voice_states),
    scheduledEventList(guild.id, guild.guild_scheduled_events),
    ...presenceChunks(guild.id, guild.presences),
  ];
}

export function guildUpdate(guild: GuildPayload): Translation {
  return { type: 'guild_update', guildId: guild.id, data: translateGuild(guild) };
}

/** An outage of Discord looks like a deletion with `unavailable` set; the bot is still a member. */
export function guildDelete(guild: GatewayGuildDeleteDispatchData): Translation | undefined {
  if (guild.unavailable) return undefined;
  return { type: 'guild_delete', guildId: guild.id, data: { id: snowflake(guild.id) } };
}

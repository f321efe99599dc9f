import type { Guild, MemberRecord } from '../state/model.js';
import { canView } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { renderSound } from './expressions.js';
import { renderChannel, renderGuild } from './guilds.js';
import { renderScheduledEvent } from './scheduled-events.js';
import { renderStageInstance } from './stages.js';
import { isThread, renderThread, renderThreadMember } from './threads.js';
import { renderMember } from './users.js';
import { renderVoiceState } from './voice.js';

export interface GuildCreateView {
  /** Whether the session holds the presences intent: without it only the bot's own member and who is in voice are sent. */
  includesPresences: boolean;
  includesVoiceStates: boolean;
  includesScheduledEvents: boolean;
  /** Guilds with more members than this send only those who are online. */
  largeThreshold: number;
  botId: string;
}

/** The `d` of GUILD_CREATE. @see https://docs.discord.com/developers/events/gateway-events#guild-create */
export function renderGuildCreate(world: World, guild: Guild, view: GuildCreateView): object {
  const own = guild.members.get(view.botId);
  const voiceStates = view.includesVoiceStates ? [...guild.voiceStates.values()] : [];
  const events = view.includesScheduledEvents ? [...guild.scheduledEvents.values()] : [];
  return {
    ...renderGuild(guild),
    joined_at: own?.joinedAt ?? world.clock.iso(),
    large: guild.members.size > view.largeThreshold,
    unavailable: false,
    member_count: guild.members.size,
    members: membersFor(world, guild, view).map((member) => renderMember(world, member)),
    channels: [...guild.channels.values()].map((channel) => renderChannel(world, channel)),
    threads: threadsFor(world, guild, view.botId),
    presences: view.includesPresences ? renderPresences(world, guild) : [],
    voice_states: voiceStates.map(renderVoiceState),
    stage_instances: [...guild.stageInstances.values()].map((stage) => renderStageInstance(guild, stage)),
    guild_scheduled_events: events.map((event) => renderScheduledEvent(guild, event)),
    soundboard_sounds: guild.sounds.map((sound) => renderSound(guild, sound)),
  };
}

/** Active threads the bot can view, with its own membership. */
function threadsFor(world: World, guild: Guild, botId: string): object[] {
  return [...guild.threads.values()].filter(isThread).flatMap((thread) => {
    if (thread.thread.isArchived || !canView(world, thread, botId)) return [];
    const member = renderThreadMember(thread, botId);
    return [{ ...renderThread(thread), ...(member ? { member } : {}) }];
  });
}

function membersFor(world: World, guild: Guild, view: GuildCreateView): MemberRecord[] {
  const isLarge = guild.members.size > view.largeThreshold;
  return [...guild.members.values()].filter(({ userId }) => {
    if (userId === view.botId || (view.includesVoiceStates && guild.voiceStates.has(userId))) return true;
    return view.includesPresences && (!isLarge || world.presence(userId).status !== 'offline');
  });
}

function renderPresences(world: World, guild: Guild): object[] {
  return [...guild.members.keys()]
    .filter((userId) => world.presence(userId).status !== 'offline')
    .map((userId) => renderPresence(world, userId, guild.id));
}

/** @see https://docs.discord.com/developers/events/gateway-events#presence-update */
export function renderPresence(world: World, userId: string, guildId: string): object {
  const { status, activities } = world.presence(userId);
  const client_status = status === 'offline' ? {} : { desktop: status };
  return { user: { id: userId }, guild_id: guildId, status, activities, client_status };
}

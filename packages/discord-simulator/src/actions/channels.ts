import { AuditLogEvent, ChannelType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, ForumRecord, Guild, OverwriteRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderChannel } from '../views/guilds.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { forgetChannelSettings } from './guilds.js';
import { deleteInvite } from './invites.js';
import { deleteStageInstance } from './stages.js';
import { withThreadSync } from './thread-sync.js';
import { deleteThread } from './threads.js';
import { leaveVoice } from './voice.js';
import { forgetWebhooks } from './webhooks.js';

/** What may be chosen about a channel. */
type ChannelSettings = Pick<
  ChannelRecord,
  | 'type'
  | 'topic'
  | 'position'
  | 'parentId'
  | 'slowmodeSeconds'
  | 'overwrites'
  | 'isNsfw'
  | 'bitrate'
  | 'userLimit'
  | 'rtcRegion'
  | 'videoQualityMode'
  | 'flags'
  | 'defaultAutoArchiveMinutes'
  | 'threadSlowmodeSeconds'
  | 'forum'
>;

export type ChannelDraft = { id?: string | undefined; name: string } & {
  [Key in keyof ChannelSettings]?: ChannelSettings[Key] | undefined;
};

/** What a forum is that nobody has set up. */
const BLANK_FORUM: ForumRecord = {
  tags: [],
  defaultReaction: null,
  sortOrder: null,
  layout: 0,
  tagSetting: 'match_some',
};

export function isForum({ type }: Pick<ChannelRecord, 'type'>): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

export function createChannel(world: World, guild: Guild, draft: ChannelDraft, by?: Actor): ChannelRecord {
  const { id = world.snowflakes.next(), ...chosen } = draft;
  const type = draft.type ?? ChannelType.GuildText;
  const channel: ChannelRecord = {
    type,
    guildId: guild.id,
    topic: null,
    position: guild.channels.size,
    parentId: null,
    isNsfw: false,
    slowmodeSeconds: 0,
    overwrites: [],
    lastMessageId: null,
    recipientIds: [],
    ...(isForum({ type }) ? { forum: { ...BLANK_FORUM } } : {}),
    ...given(chosen),
    id,
    name: draft.name,
  };
  world.addChannel(channel);
  publishChannel(world, 'CHANNEL_CREATE', channel);
  if (by) {
    const changes = differences({}, renderChannel(world, channel));
    writeAuditLog(world, guild, { actionType: AuditLogEvent.ChannelCreate, targetId: channel.id, changes, by });
  }
  return channel;
}

/** The fields that are there: an absent one leaves the default. */
function given(chosen: Partial<Record<keyof ChannelSettings, unknown>>): Partial<ChannelSettings> {
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
}

export type ChannelChanges = Partial<ChannelSettings & Pick<ChannelRecord, 'name'>>;

export function updateChannel(world: World, channel: ChannelRecord, changes: ChannelChanges, by?: Actor): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const before = renderChannel(world, channel);
  if (guild) withThreadSync(world, guild, () => Object.assign(channel, changes));
  publishChannel(world, 'CHANNEL_UPDATE', channel);
  if (!guild || !by) return;
  const entry = { targetId: channel.id, changes: differences(before, renderChannel(world, channel)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.ChannelUpdate, ...entry });
}

/** Adds or replaces the overwrite of a role or member. */
export function setOverwrite(world: World, channel: ChannelRecord, overwrite: OverwriteRecord, by: Actor): void {
  const old = channel.overwrites.find((it) => it.id === overwrite.id);
  updateChannel(world, channel, {
    overwrites: [...channel.overwrites.filter((it) => it.id !== overwrite.id), overwrite],
  });
  const actionType = old ? AuditLogEvent.ChannelOverwriteUpdate : AuditLogEvent.ChannelOverwriteCreate;
  auditOverwrite(world, channel, { actionType, overwrite, changes: differences(old ?? {}, overwrite), by });
}

export function removeOverwrite(world: World, channel: ChannelRecord, overwrite: OverwriteRecord, by: Actor): void {
  updateChannel(world, channel, { overwrites: channel.overwrites.filter((it) => it.id !== overwrite.id) });
  const changes = differences(overwrite, {});
  auditOverwrite(world, channel, { actionType: AuditLogEvent.ChannelOverwriteDelete, overwrite, changes, by });
}

interface OverwriteChange {
  actionType: AuditLogEvent;
  overwrite: OverwriteRecord;
  changes: Record<string, unknown>[];
  by: Actor;
}

function auditOverwrite(world: World, channel: ChannelRecord, change: OverwriteChange): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (!guild) return;
  const { overwrite, ...entry } = change;
  const role = overwrite.type === 0 ? guild.roles.get(overwrite.id) : undefined;
  const options = { id: overwrite.id, type: String(overwrite.type), ...(role ? { role_name: role.name } : {}) };
  writeAuditLog(world, guild, { ...entry, targetId: channel.id, options });
}

/** What those in a voice channel say they do there; null says nothing. */
export function setVoiceStatus(world: World, channel: ChannelRecord, status: string | null, by: Actor): void {
  const guild = world.guilds.get(channel.guildId ?? '');
  if (!guild) return;
  channel.voiceStatus = status;
  world.touch();
  world.publish({
    name: 'VOICE_CHANNEL_STATUS_UPDATE',
    data: { id: channel.id, guild_id: guild.id, status },
    guildId: guild.id,
    channelId: channel.id,
    intents: intents.guilds,
  });
  const actionType = status === null ? AuditLogEvent.VoiceChannelStatusDelete : AuditLogEvent.VoiceChannelStatusCreate;
  const options = status === null ? {} : { options: { status } };
  writeAuditLog(world, guild, { actionType, targetId: channel.id, ...options, by });
}

/** Deletes a channel with its messages, threads and invites; who was in it to talk is disconnected. */
export function deleteChannel(world: World, channel: ChannelRecord, by?: Actor): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (guild) emptyChannel(world, guild, channel);
  for (const { id } of world.history(channel.id).all()) {
    world.emit('messageRemoved', { channelId: channel.id, messageId: id });
  }
  publishChannel(world, 'CHANNEL_DELETE', channel);
  world.forgetChannel(channel);
  if (guild) forgetChannelSettings(world, guild, channel.id);
  if (guild) forgetWebhooks(guild, channel.id);
  if (!guild || !by) return;
  const changes = differences(renderChannel(world, channel), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.ChannelDelete, targetId: channel.id, changes, by });
}

function emptyChannel(world: World, guild: Guild, channel: ChannelRecord): void {
  for (const thread of guild.threads.values()) if (thread.parentId === channel.id) deleteThread(world, guild, thread);
  for (const invite of guild.invites.values()) if (invite.channelId === channel.id) deleteInvite(world, guild, invite);
  for (const state of guild.voiceStates.values())
    if (state.channelId === channel.id) leaveVoice(world, guild, state.userId);
  const stage = guild.stageInstances.get(channel.id);
  if (stage) deleteStageInstance(world, guild, stage);
  for (const child of guild.channels.values())
    if (child.parentId === channel.id) updateChannel(world, child, { parentId: null });
}

function publishChannel(
  world: World,
  name: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE',
  channel: ChannelRecord,
): void {
  world.touch();
  // Bots hear of channels they cannot view too: only their messages are hidden.
  world.publish({ name, data: renderChannel(world, channel), guildId: channel.guildId, intents: intents.guilds });
}

/** The direct message channel between two users, made when they speak for the first time. */
export function directChannel(world: World, userId: string, otherId: string): ChannelRecord {
  for (const channel of world.directChannels.values()) {
    if (channel.recipientIds.includes(userId) && channel.recipientIds.includes(otherId)) return channel;
  }
  const channel: ChannelRecord = {
    id: world.snowflakes.next(),
    type: ChannelType.DM,
    guildId: null,
    name: '',
    topic: null,
    position: 0,
    parentId: null,
    isNsfw: false,
    slowmodeSeconds: 0,
    overwrites: [],
    lastMessageId: null,
    recipientIds: [userId, otherId],
  };
  world.addChannel(channel);
  world.touch();
  return channel;
}

import { AuditLogEvent, ChannelType } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, Guild, OverwriteRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderChannel } from '../views/guilds.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { deleteInvite } from './invites.js';
import { withThreadSync } from './thread-sync.js';
import { deleteThread } from './threads.js';
import { leaveVoice } from './voice.js';

export interface ChannelDraft {
  id?: string | undefined;
  name: string;
  type?: ChannelType | undefined;
  topic?: string | null | undefined;
  parentId?: string | null | undefined;
  overwrites?: OverwriteRecord[] | undefined;
  position?: number | undefined;
  isNsfw?: boolean | undefined;
  slowmodeSeconds?: number | undefined;
  bitrate?: number | undefined;
  userLimit?: number | undefined;
}

export function createChannel(world: World, guild: Guild, draft: ChannelDraft, by?: Actor): ChannelRecord {
  const channel: ChannelRecord = {
    id: draft.id ?? world.snowflakes.next(),
    type: draft.type ?? ChannelType.GuildText,
    guildId: guild.id,
    name: draft.name,
    topic: draft.topic ?? null,
    position: draft.position ?? guild.channels.size,
    parentId: draft.parentId ?? null,
    isNsfw: draft.isNsfw ?? false,
    slowmodeSeconds: draft.slowmodeSeconds ?? 0,
    overwrites: draft.overwrites ?? [],
    lastMessageId: null,
    recipientIds: [],
    ...(draft.bitrate === undefined ? {} : { bitrate: draft.bitrate }),
    ...(draft.userLimit === undefined ? {} : { userLimit: draft.userLimit }),
  };
  world.addChannel(channel);
  publishChannel(world, 'CHANNEL_CREATE', channel);
  if (by) {
    const changes = differences({}, renderChannel(world, channel));
    writeAuditLog(world, guild, { actionType: AuditLogEvent.ChannelCreate, targetId: channel.id, changes, by });
  }
  return channel;
}

export type ChannelChanges = Partial<
  Pick<
    ChannelRecord,
    | 'name'
    | 'topic'
    | 'position'
    | 'parentId'
    | 'slowmodeSeconds'
    | 'overwrites'
    | 'isNsfw'
    | 'bitrate'
    | 'userLimit'
    | 'type'
  >
>;

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

/** Deletes a channel with its messages, threads and invites; who was in it to talk is disconnected. */
export function deleteChannel(world: World, channel: ChannelRecord, by?: Actor): void {
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  if (guild) emptyChannel(world, guild, channel);
  for (const { id } of world.history(channel.id).all()) {
    world.emit('messageRemoved', { channelId: channel.id, messageId: id });
  }
  publishChannel(world, 'CHANNEL_DELETE', channel);
  world.forgetChannel(channel);
  if (!guild || !by) return;
  const changes = differences(renderChannel(world, channel), {});
  writeAuditLog(world, guild, { actionType: AuditLogEvent.ChannelDelete, targetId: channel.id, changes, by });
}

function emptyChannel(world: World, guild: Guild, channel: ChannelRecord): void {
  for (const thread of guild.threads.values()) if (thread.parentId === channel.id) deleteThread(world, guild, thread);
  for (const invite of guild.invites.values()) if (invite.channelId === channel.id) deleteInvite(world, guild, invite);
  for (const state of guild.voiceStates.values())
    if (state.channelId === channel.id) leaveVoice(world, guild, state.userId);
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

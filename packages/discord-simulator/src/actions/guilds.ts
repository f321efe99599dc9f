import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { ChannelRecord, Guild, OverwriteRecord, RoleRecord } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderChannel, renderGuild, renderRole } from '../views/guilds.js';

/** What `@everyone` may do in a new guild. */
const EVERYONE_PERMISSIONS =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.ReadMessageHistory |
  Permission.AddReactions |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.UseApplicationCommands |
  Permission.ChangeNickname |
  Permission.Connect |
  Permission.Speak;

export interface GuildDraft {
  id?: string | undefined;
  name: string;
  ownerId: string;
  icon?: string | null | undefined;
  description?: string | null | undefined;
  preferredLocale?: string | undefined;
}

/** Makes a guild with its `@everyone` role; the owner still has to be added as a member. */
export function createGuild(world: World, draft: GuildDraft): Guild {
  const id = draft.id ?? world.snowflakes.next();
  const guild: Guild = {
    id,
    name: draft.name,
    icon: draft.icon ?? null,
    description: draft.description ?? null,
    ownerId: draft.ownerId,
    preferredLocale: draft.preferredLocale ?? 'en-US',
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
    bans: new Map(),
    auditLog: [],
  };
  guild.roles.set(id, {
    ...roleFrom(world, { name: '@everyone', permissions: EVERYONE_PERMISSIONS, id }),
    position: 0,
  });
  world.guilds.set(id, guild);
  world.touch();
  return guild;
}

/** Tells a bot that it has just been added; the hub renders the guild as far as each session's intents allow. */
export function announceGuildTo(world: World, guild: Guild, botId: string): void {
  world.publish({
    name: 'GUILD_CREATE',
    data: { id: guild.id },
    guildId: guild.id,
    intents: intents.guilds,
    userIds: [botId],
  });
}

export interface GuildChanges {
  name?: string | undefined;
  ownerId?: string | undefined;
  preferredLocale?: string | undefined;
}

export function updateGuild(world: World, guild: Guild, changes: GuildChanges): void {
  Object.assign(guild, Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
  world.touch();
  world.publish({ name: 'GUILD_UPDATE', data: renderGuild(guild), guildId: guild.id, intents: intents.guilds });
}

export interface RoleDraft {
  id?: string | undefined;
  name: string;
  permissions?: bigint | undefined;
  color?: number | undefined;
  isHoisted?: boolean | undefined;
  isMentionable?: boolean | undefined;
  position?: number | undefined;
  botId?: string | undefined;
}

function roleFrom(world: World, draft: RoleDraft): RoleRecord {
  return {
    id: draft.id ?? world.snowflakes.next(),
    name: draft.name,
    color: draft.color ?? 0,
    isHoisted: draft.isHoisted ?? false,
    isMentionable: draft.isMentionable ?? false,
    position: draft.position ?? 1,
    permissions: (draft.permissions ?? 0n).toString(),
    botId: draft.botId ?? null,
  };
}

/** A new role above all existing ones, unless the draft says where. */
export function createRole(world: World, guild: Guild, draft: RoleDraft): RoleRecord {
  const role = roleFrom(world, { position: guild.roles.size, ...draft });
  guild.roles.set(role.id, role);
  publishRole(world, 'GUILD_ROLE_CREATE', guild, role);
  return role;
}

export type RoleChanges = Partial<
  Pick<RoleRecord, 'name' | 'color' | 'permissions' | 'position' | 'isHoisted' | 'isMentionable'>
>;

export function updateRole(world: World, guild: Guild, role: RoleRecord, changes: RoleChanges): void {
  Object.assign(role, changes);
  publishRole(world, 'GUILD_ROLE_UPDATE', guild, role);
}

function publishRole(world: World, name: string, guild: Guild, role: RoleRecord): void {
  world.touch();
  const data = { guild_id: guild.id, role: renderRole(role) };
  world.publish({ name, data, guildId: guild.id, intents: intents.guilds });
}

export function deleteRole(world: World, guild: Guild, roleId: string): void {
  guild.roles.delete(roleId);
  for (const member of guild.members.values()) member.roleIds = member.roleIds.filter((id) => id !== roleId);
  world.touch();
  const data = { guild_id: guild.id, role_id: roleId };
  world.publish({ name: 'GUILD_ROLE_DELETE', data, guildId: guild.id, intents: intents.guilds });
}

export interface ChannelDraft {
  id?: string | undefined;
  name: string;
  type?: ChannelType | undefined;
  topic?: string | null | undefined;
  parentId?: string | null | undefined;
  overwrites?: OverwriteRecord[] | undefined;
  position?: number | undefined;
}

export function createChannel(world: World, guild: Guild, draft: ChannelDraft): ChannelRecord {
  const channel: ChannelRecord = {
    id: draft.id ?? world.snowflakes.next(),
    type: draft.type ?? ChannelType.GuildText,
    guildId: guild.id,
    name: draft.name,
    topic: draft.topic ?? null,
    position: draft.position ?? guild.channels.size,
    parentId: draft.parentId ?? null,
    isNsfw: false,
    slowmodeSeconds: 0,
    overwrites: draft.overwrites ?? [],
    lastMessageId: null,
    recipientIds: [],
  };
  world.addChannel(channel);
  publishChannel(world, 'CHANNEL_CREATE', channel);
  return channel;
}

export type ChannelChanges = Partial<
  Pick<ChannelRecord, 'name' | 'topic' | 'position' | 'parentId' | 'slowmodeSeconds' | 'overwrites'>
>;

export function updateChannel(world: World, channel: ChannelRecord, changes: ChannelChanges): void {
  Object.assign(channel, changes);
  publishChannel(world, 'CHANNEL_UPDATE', channel);
}

/** Deletes a channel and all its messages. */
export function deleteChannel(world: World, channel: ChannelRecord): void {
  for (const { id } of world.history(channel.id).all()) {
    world.emit('messageRemoved', { channelId: channel.id, messageId: id });
  }
  publishChannel(world, 'CHANNEL_DELETE', channel);
  world.forgetChannel(channel);
}

function publishChannel(world: World, name: string, channel: ChannelRecord): void {
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

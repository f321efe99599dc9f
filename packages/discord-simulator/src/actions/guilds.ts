import { AuditLogEvent, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import { type GuildSettings, noPossessions } from '../state/guild-records.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderLoggedGuild } from '../views/guild-settings.js';
import { renderGuild } from '../views/guilds.js';
import { type Actor, differences, writeAuditLog } from './audit-log.js';
import { roleFrom } from './roles.js';

/** What `@everyone` may do in a new guild. */
const EVERYONE_PERMISSIONS =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.SendMessagesInThreads |
  Permission.CreatePublicThreads |
  Permission.CreatePrivateThreads |
  Permission.CreateInstantInvite |
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
    clock: world.clock,
    name: draft.name,
    icon: draft.icon ?? null,
    description: draft.description ?? null,
    ownerId: draft.ownerId,
    preferredLocale: draft.preferredLocale ?? 'en-US',
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
    threads: new Map(),
    bans: new Map(),
    voiceStates: new Map(),
    invites: new Map(),
    scheduledEvents: new Map(),
    autoModerationRules: new Map(),
    stageInstances: new Map(),
    auditLog: [],
    ...noPossessions(),
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
  icon?: string | null | undefined;
  description?: string | null | undefined;
  settings?: { [Key in keyof GuildSettings]?: GuildSettings[Key] | undefined } | undefined;
}

/** Changes what is given; the audit log tells of it when `by` says who did it. */
export function updateGuild(world: World, guild: Guild, { settings = {}, ...changes }: GuildChanges, by?: Actor): void {
  const before = renderLoggedGuild(guild);
  const given = (values: object) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  Object.assign(guild, given(changes));
  Object.assign(guild.settings, given(settings));
  announceGuildUpdate(world, guild);
  if (!by) return;
  const entry = { targetId: guild.id, changes: differences(before, renderLoggedGuild(guild)), by };
  writeAuditLog(world, guild, { actionType: AuditLogEvent.GuildUpdate, ...entry });
}

/** Something that the guild's own object shows has changed. */
export function announceGuildUpdate(world: World, guild: Guild): void {
  world.touch();
  world.publish({ name: 'GUILD_UPDATE', data: renderGuild(guild), guildId: guild.id, intents: intents.guilds });
}

/** By the feature, or as an incident action that has not ended. */
export function areInvitesPaused({ settings, clock }: Guild): boolean {
  const { features, invitesDisabledUntil } = settings;
  return features.includes('INVITES_DISABLED') || Date.parse(invitesDisabledUntil ?? '') > clock.now();
}

/** A channel is gone: what pointed to it points nowhere. */
export function forgetChannelSettings(world: World, guild: Guild, channelId: string): void {
  const gone = Object.entries(guild.settings).filter(([, value]) => value === channelId);
  if (gone.length === 0) return;
  updateGuild(world, guild, { settings: Object.fromEntries(gone.map(([key]) => [key, null])) });
}

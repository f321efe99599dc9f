import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { intents } from '../state/dispatch.js';
import type { Guild } from '../state/model.js';
import type { World } from '../state/world.js';
import { renderGuild } from '../views/guilds.js';
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

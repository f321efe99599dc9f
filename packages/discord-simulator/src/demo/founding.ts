import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { createChannel } from '../actions/channels.js';
import { createGuild } from '../actions/guilds.js';
import { createRole } from '../actions/roles.js';
import { addMember, createUser, setPresence } from '../actions/members.js';
import type { ApplicationRecord, Guild, OverwriteRecord } from '../state/model.js';
import { timestampOf } from '../state/snowflake.js';
import type { World } from '../state/world.js';
import type { ChannelSpec, Community, PersonSpec } from './community.js';
import { Random } from './random.js';

const DAY_MS = 86_400_000;

/** What the invitation of the bot asks for: enough to moderate, not the keys of the house. */
const BOT_PERMISSIONS =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.AddReactions |
  Permission.ReadMessageHistory |
  Permission.ManageMessages |
  Permission.ManageRoles |
  Permission.ManageChannels |
  Permission.ManageGuild |
  Permission.ManageNicknames |
  Permission.KickMembers |
  Permission.BanMembers |
  Permission.ModerateMembers |
  Permission.ViewAuditLog;

/** Index of the bot's role among the ids of a guild's roles, beyond all roles a community writes down. */
const BOT_ROLE_INDEX = 500;

export interface Founding {
  community: Community;
  /** Fixed ids for the roles of this guild. */
  roleId: (index: number) => string;
  nowMs: number;
}

/** Makes the guild of a community with its people, roles and channels, as yet without a word spoken. */
export function foundCommunity(world: World, { community, roleId, nowMs }: Founding): Guild {
  const random = new Random(community.name.length * 7_919);
  const [owner] = community.people;
  if (!owner) throw new Error(`${community.name} has no people`);
  for (const person of [...community.people, ...community.visitors]) addAccount(world, person, random);
  const guild = createGuild(world, {
    id: community.guildId,
    name: community.name,
    description: community.description,
    ownerId: owner.id,
    icon: imageHash(random),
    preferredLocale: community.locale,
  });
  const botRoles = createRoles(world, guild, { community, roleId, nowMs });
  community.people.forEach((person, index) => {
    addMember(world, guild, person.id, {
      roleIds: roleIdsOf(guild, person),
      joinedAt: joinedAt(person, { index, community, nowMs }),
    });
  });
  for (const [application, botRoleId] of botRoles) {
    addMember(world, guild, application.id, {
      roleIds: [botRoleId],
      joinedAt: new Date(nowMs - 60 * DAY_MS).toISOString(),
    });
  }
  createChannels(world, guild, community);
  for (const { id } of community.people) setPresence(world, id, usualPresence(community, random));
  return guild;
}

/** Makes the account unless another guild of the demo brought the same person. */
export function addAccount(world: World, person: PersonSpec, random: Random): void {
  if (world.users.has(person.id)) return;
  const { id, username, globalName, locale } = person;
  createUser(world, { id, username, globalName, locale, avatar: random.chance(0.85) ? imageHash(random) : null });
}

/** The bot is a user too. */
function addBotAccount(world: World, application: ApplicationRecord): void {
  if (world.users.has(application.id)) return;
  const username = application.name.toLowerCase().replaceAll(/[^a-z0-9._]/g, '_');
  createUser(world, { id: application.id, username, globalName: null, isBot: true, avatar: imageHash(new Random(1)) });
}

/** Discord names images by a hash of 32 hexadecimal digits. */
function imageHash(random: Random): string {
  return Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('');
}

/** Creates the roles from the lowest up; the bots' roles come right below the administrators. Returns the role of each bot. */
function createRoles(world: World, guild: Guild, { community, roleId }: Founding): Map<ApplicationRecord, string> {
  const botRoles = new Map<ApplicationRecord, string>();
  const lowestFirst = community.roles.map((role, index) => ({ role, index })).reverse();
  const createBotRoles = () => {
    for (const application of world.applications.values()) {
      addBotAccount(world, application);
      const id = roleId(BOT_ROLE_INDEX + botRoles.size);
      createRole(world, guild, { id, name: application.name, permissions: BOT_PERMISSIONS, botId: application.id });
      botRoles.set(application, id);
    }
  };
  let haveBots = false;
  for (const { role, index } of lowestFirst) {
    if (!haveBots && role.permissions === Permission.Administrator) {
      createBotRoles();
      haveBots = true;
    }
    createRole(world, guild, { id: roleId(index), isMentionable: true, ...role });
  }
  return botRoles;
}

function roleIdsOf(guild: Guild, person: PersonSpec): string[] {
  return person.roles.map((name) => {
    const role = [...guild.roles.values()].find((it) => it.name === name);
    if (!role) throw new Error(`${person.username} holds a role that does not exist: ${name}`);
    return role.id;
  });
}

/** The first people came with the guild, the last ones within the past days, so that there are always recent joins to show. */
function joinedAt(person: PersonSpec, when: { index: number; community: Community; nowMs: number }): string {
  const { index, community, nowMs } = when;
  const foundedMs = Math.max(timestampOf(community.guildId), timestampOf(person.id));
  const newcomerRank = community.people.length - index;
  if (newcomerRank <= 6 && community.visitors.length > 0) {
    return new Date(nowMs - newcomerRank * 2 * DAY_MS + 3 * 3_600_000).toISOString();
  }
  const age = nowMs - 20 * DAY_MS - foundedMs;
  return new Date(foundedMs + Math.floor(age * (index / community.people.length) ** 1.6)).toISOString();
}

function createChannels(world: World, guild: Guild, community: Community): void {
  community.categories.forEach((category, categoryIndex) => {
    createChannel(world, guild, {
      id: category.id,
      name: category.name,
      type: ChannelType.GuildCategory,
      position: categoryIndex,
    });
    category.channels.forEach((channel, position) => {
      createChannel(world, guild, {
        id: channel.id,
        name: channel.name,
        type: channel.isVoice ? ChannelType.GuildVoice : ChannelType.GuildText,
        topic: channel.topic,
        parentId: category.id,
        position: categoryIndex * 10 + position,
        overwrites: overwritesOf(guild, channel),
      });
    });
  });
}

function overwritesOf(guild: Guild, { visibleTo, writableBy }: ChannelSpec): OverwriteRecord[] {
  const allowed = visibleTo ?? writableBy;
  if (!allowed) return [];
  const permission = visibleTo ? Permission.ViewChannel : Permission.SendMessages;
  const roles = [...guild.roles.values()].filter((role) => allowed.includes(role.name) || role.botId !== null);
  return [
    { id: guild.id, type: 0, allow: '0', deny: permission.toString() },
    ...roles.map((role): OverwriteRecord => ({ id: role.id, type: 0, allow: permission.toString(), deny: '0' })),
  ];
}

/** What somebody is doing right now: about a third of the people are away. */
export function usualPresence({ pastimes }: Community, random: Random) {
  const status = random.pickWeighted(
    ['online', 'idle', 'dnd', 'offline'] as const,
    (it) => ({ online: 45, idle: 14, dnd: 8, offline: 33 })[it],
  );
  const isBusy = status !== 'offline' && pastimes.length > 0 && random.chance(0.3);
  return { status, activities: isBusy ? [{ ...random.pick(pastimes), created_at: 0 }] : [] };
}

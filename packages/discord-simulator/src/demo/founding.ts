import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { createChannel } from '../actions/channels.js';
import { createGuild } from '../actions/guilds.js';
import { createRole } from '../actions/roles.js';
import { addMember, createUser } from '../actions/members.js';
import type { ApplicationRecord, ForumRecord, Guild, OverwriteRecord } from '../state/model.js';
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

/** Makes the guild of a community with its people, roles and channels, as yet without a word spoken. */
export function foundCommunity(world: World, community: Community, nowMs: number): Guild {
  const random = new Random(community.name.length * 7_919);
  const [owner] = community.people;
  if (!owner) throw new Error(`${community.name} has no people`);
  const { people, visitors, crowd, bots, formerPeople } = community;
  for (const person of [...people, ...visitors, ...crowd, ...formerPeople]) addAccount(world, person, random);
  for (const bot of bots) addAccount(world, bot, random, true);
  const guild = createGuild(world, {
    id: community.guildId,
    name: community.name,
    description: community.description,
    ownerId: owner.id,
    icon: imageHash(random),
    preferredLocale: community.locale,
  });
  const botRoles = createRoles(world, guild, community);
  for (const [application, botRoleId] of botRoles) {
    const joinedAt = new Date(nowMs - 60 * DAY_MS).toISOString();
    addMember(world, guild, application.id, { roleIds: [botRoleId], joinedAt });
  }
  createChannels(world, guild, community);
  return guild;
}

/** Makes the account unless another guild of the demo brought the same person. */
export function addAccount(world: World, person: PersonSpec, random: Random, isBot = false): void {
  if (world.users.has(person.id)) return;
  const { id, username, globalName, locale } = person;
  createUser(world, {
    id,
    username,
    globalName,
    locale,
    isBot,
    avatar: random.chance(0.85) ? imageHash(random) : null,
  });
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
function createRoles(world: World, guild: Guild, { roles, roleId }: Community): Map<ApplicationRecord, string> {
  const botRoles = new Map<ApplicationRecord, string>();
  const lowestFirst = roles.map((role, index) => ({ role, index })).reverse();
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

export function roleIdsOf(guild: Guild, person: PersonSpec): string[] {
  return person.roles.map((name) => {
    const role = [...guild.roles.values()].find((it) => it.name === name);
    if (!role) throw new Error(`${person.username} holds a role that does not exist: ${name}`);
    return role.id;
  });
}

/**
 * When somebody of a community joined, in epoch milliseconds: the first people with the guild, the last ones within the past days, so
 * that there are always recent joins to show.
 */
export function joinedAtMs(person: PersonSpec, { index, community, nowMs }: Joining): number {
  const foundedMs = Math.max(timestampOf(community.guildId), timestampOf(person.id));
  const newcomerRank = community.people.length - index;
  if (newcomerRank <= 6 && community.crowd.length > 0) return nowMs - newcomerRank * 2 * DAY_MS + 3 * 3_600_000;
  const age = nowMs - 20 * DAY_MS - foundedMs;
  return foundedMs + Math.floor(age * (index / community.people.length) ** 1.6);
}

interface Joining {
  /** Of the person among the people of the community. */
  index: number;
  community: Community;
  nowMs: number;
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
        type: channel.type ?? ChannelType.GuildText,
        slowmodeSeconds: channel.slowmodeSeconds ?? 0,
        topic: channel.topic,
        parentId: category.id,
        position: categoryIndex * 20 + position,
        overwrites: overwritesOf(guild, channel),
        ...(channel.tags ? { forum: forumOf(world, channel.tags) } : {}),
      });
    });
  });
}

/** A forum with its tags, none of which only moderators may set. */
function forumOf(world: World, tags: NonNullable<ChannelSpec['tags']>): ForumRecord {
  return {
    tags: tags.map(({ name, emoji }) => ({
      id: world.snowflakes.next(),
      name,
      isModerated: false,
      emojiId: null,
      emojiName: emoji,
    })),
    defaultReaction: { emojiId: null, emojiName: '👍' },
    sortOrder: null,
    layout: 0,
    tagSetting: 'match_some',
  };
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

/** What somebody is doing right now: about a third of the people who talk are away, and most of those who only read. */
export function usualPresence({ pastimes }: Community, random: Random, isReader = false) {
  const status = random.pickWeighted(
    ['online', 'idle', 'dnd', 'offline'] as const,
    (it) =>
      (isReader ? { online: 12, idle: 7, dnd: 3, offline: 78 } : { online: 45, idle: 14, dnd: 8, offline: 33 })[it],
  );
  const isBusy = status !== 'offline' && pastimes.length > 0 && random.chance(0.3);
  return { status, activities: isBusy ? [{ ...random.pick(pastimes), created_at: 0 }] : [] };
}

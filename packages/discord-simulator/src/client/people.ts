import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { demoIds } from '../demo/index.js';
import type { Guild, MemberRecord, RoleRecord, UserRecord } from '../state/model.js';
import { guildPermissions, rolesOf } from '../state/permissions.js';
import type { World } from '../state/world.js';
import { userOf } from '../views/users.js';

interface PeopleQuery {
  /** Part of a name; accents and capitals do not matter. */
  query: string;
  guildId?: string | undefined;
  roleId?: string | undefined;
  offset: number;
  limit: number;
}

/** Everybody one can be, a page at a time. */
export function findPeople(world: World, { query, guildId, roleId, offset, limit }: PeopleQuery): object {
  const wanted = searchable(query.trim());
  const found = [...world.users.values()].filter((user) => {
    if (user.isBot || (guildId !== undefined && !world.member(guildId, user.id))) return false;
    if (roleId !== undefined && !holds(world, user.id, { guildId, roleId })) return false;
    return wanted === '' || searchable(textOf(world, user)).includes(wanted);
  });
  return {
    total: found.length,
    people: found.slice(offset, offset + limit).map((user) => renderPerson(world, user)),
  };
}

function holds(world: World, userId: string, where: { guildId: string | undefined; roleId: string }): boolean {
  const guilds = where.guildId === undefined ? world.guildsOf(userId) : [world.guilds.get(where.guildId)];
  return guilds.some((guild) => guild?.members.get(userId)?.roleIds.includes(where.roleId));
}

function textOf(world: World, user: UserRecord): string {
  const nicks = world.guildsOf(user.id).map((guild) => `${guild.members.get(user.id)?.nick ?? ''} ${guild.name}`);
  return [user.globalName ?? '', user.username, ...nicks].join(' ');
}

/** Without accents and capitals: "helene" finds "Hélène". */
export function searchable(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Those of `ids` that exist, in that order; whom to begin as, when nobody is remembered, is the demo's administrator. */
export function firstPeople(world: World, ids: readonly string[]): object[] {
  const known = ids.flatMap((id) => world.users.get(id) ?? []).filter((user) => !user.isBot);
  if (known.length > 0) return known.map((user) => renderPerson(world, user));
  const anybody = world.users.get(demoIds.administrator) ?? [...world.users.values()].find((user) => !user.isBot);
  return anybody ? [renderPerson(world, anybody)] : [];
}

function renderPerson(world: World, user: UserRecord): object {
  return {
    ...renderAccount(world, user),
    guilds: world.guildsOf(user.id).map((guild) => ({ id: guild.id, name: guild.name, rank: rankIn(guild, user.id) })),
  };
}

/** Who somebody is, whatever the guild. */
export function renderAccount(world: World, user: UserRecord) {
  return {
    id: user.id,
    name: user.globalName ?? user.username,
    username: user.username,
    isBot: user.isBot,
    locale: user.locale,
    avatarUrl: avatarUrl(world, user.id),
    ...presenceOf(world, user.id),
  };
}

function rankIn(guild: Guild, userId: string): 'owner' | 'administrator' | 'member' {
  if (guild.ownerId === userId) return 'owner';
  return guildPermissions(guild, userId) & Permission.Administrator ? 'administrator' : 'member';
}

/** A member with the name, colour and group the list shows. */
export function renderClientMember(world: World, guild: Guild, member: MemberRecord) {
  const roles = rolesFromTop(guild, member);
  const account = renderAccount(world, userOf(world, member.userId));
  return {
    ...account,
    name: member.nick ?? account.name,
    color: roles.find((role) => role.color !== 0)?.color ?? 0,
    groupId: roles.find((role) => role.isHoisted)?.id ?? null,
    isTimedOut: member.timeoutUntil !== null && Date.parse(member.timeoutUntil) > world.clock.now(),
  };
}

export function rolesFromTop(guild: Guild, member: MemberRecord): RoleRecord[] {
  return rolesOf(guild, member).sort((left, right) => right.position - left.position);
}

/** Somebody as the people of a guild see them, whether or not they are still a member. */
export function renderSomebody(world: World, guild: Guild | undefined, userId: string): object {
  const member = guild?.members.get(userId);
  return guild && member ? renderClientMember(world, guild, member) : renderAccount(world, userOf(world, userId));
}

function presenceOf(world: World, userId: string) {
  const { status, activities } = world.presence(userId);
  const [activity] = activities;
  return {
    status,
    activity: activity ? { type: activity['type'], name: activity['name'], state: activity['state'] } : null,
  };
}

/** Who chose no avatar has one of six by their id. @see https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints */
function avatarUrl(world: World, userId: string): string {
  const { avatar } = userOf(world, userId);
  return avatar ? `/avatars/${userId}/${avatar}.png` : `/embed/avatars/${(BigInt(userId) >> 22n) % 6n}.png`;
}

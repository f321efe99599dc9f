import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { demoIds } from '../demo/index.js';
import type { Guild, UserRecord } from '../state/model.js';
import { guildPermissions } from '../state/permissions.js';
import type { World } from '../state/world.js';

export interface PersonChoice {
  id: string;
  name: string;
  username: string;
  avatarUrl: string;
  badge: 'owner' | 'administrator' | 'moderator' | null;
}

export interface PersonGroup {
  /** The guild; null for people in none. */
  name: string | null;
  people: PersonChoice[];
  /** How many there are beside those who are listed. */
  hiddenCount: number;
}

export interface PeopleList {
  groups: PersonGroup[];
  /** How many can be chosen from in all pages, each counted once per guild. */
  total: number;
  /** From 1. */
  page: number;
  pageCount: number;
  /** Whether these are only the first people of each guild. */
  isShort: boolean;
}

export interface PeopleWanted {
  /** Part of a name; empty for all. */
  query: string;
  /** All of them, page by page, in place of the first ones of each guild. */
  everybody: boolean;
  page: number;
  /** Always among the listed: whoever this browser was last. */
  currentId: string | null;
}

/** Guilds up to this size are listed whole at once. */
const SMALL_GUILD = 40;
/** Plain members of a large guild who are listed at once, and people in no guild. */
const FIRST_MEMBERS = 4;
const FIRST_LONERS = 6;
const PAGE_SIZE = 100;

const MODERATION = Permission.KickMembers | Permission.BanMembers | Permission.ModerateMembers;
const wellKnown = new Set<string>(Object.values(demoIds));

type RankedChoice = PersonChoice & { rank: number };

interface RankedGroup {
  name: string | null;
  people: RankedChoice[];
}

/**
 * Whom one can be: the people who matter in each guild (all of a small one), or on demand everybody, or those of a name. Everyone is
 * listed once per guild; those in no guild come last.
 */
export function listPeople(world: World, wanted: PeopleWanted): PeopleList {
  const groups = rankedGroups(world);
  if (wanted.everybody || wanted.query !== '') return pageOf(groups, wanted);
  const short = groups.map((group) => shorten(group, wanted.currentId));
  const total = groups.reduce((sum, { people }) => sum + people.length, 0);
  return { groups: short, total, page: 1, pageCount: 1, isShort: short.some(({ hiddenCount }) => hiddenCount > 0) };
}

function shorten({ name, people }: RankedGroup, currentId: string | null): PersonGroup {
  if (name !== null && people.length <= SMALL_GUILD) return { name, people, hiddenCount: 0 };
  let others = name === null ? FIRST_LONERS : FIRST_MEMBERS;
  const listed = people.filter(
    (person) => person.badge !== null || wellKnown.has(person.id) || person.id === currentId || others-- > 0,
  );
  return { name, people: listed, hiddenCount: people.length - listed.length };
}

function pageOf(groups: readonly RankedGroup[], { query, page }: PeopleWanted): PeopleList {
  const sought = plain(query);
  const isSought = (person: PersonChoice) => plain(`${person.name} ${person.username} ${person.id}`).includes(sought);
  const found = groups.flatMap(({ name, people }) => people.filter(isSought).map((person) => ({ name, person })));
  const pageCount = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const shownPage = Math.min(Math.max(1, page), pageCount);
  const shown = found.slice((shownPage - 1) * PAGE_SIZE, shownPage * PAGE_SIZE);
  const byGuild = groups
    .map(({ name }) => ({
      name,
      people: shown.filter((it) => it.name === name).map(({ person }) => person),
      hiddenCount: 0,
    }))
    .filter(({ people }) => people.length > 0);
  return { groups: byGuild, total: found.length, page: shownPage, pageCount, isShort: false };
}

/** Without accents and capitals: `helene` finds Hélène. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();
}

function rankedGroups(world: World): RankedGroup[] {
  const isInGuild = new Set<string>();
  const groups: RankedGroup[] = [...world.guilds.values()].map((guild) => {
    const users = [...guild.members.keys()].flatMap((id) => world.users.get(id) ?? []).filter(({ isBot }) => !isBot);
    for (const { id } of users) isInGuild.add(id);
    return { name: guild.name, people: ranked(users.map((user) => choice(user, guild))) };
  });
  const loners = [...world.users.values()].filter(({ id, isBot }) => !isBot && !isInGuild.has(id));
  // Whoever the demo put in no guild on purpose comes before those who left one.
  const unguilded = ranked(loners.map((user) => choice(user, null)));
  return [...groups, { name: null, people: unguilded }].filter(({ people }) => people.length > 0);
}

function ranked(people: RankedChoice[]): RankedChoice[] {
  return people.sort((left, right) => right.rank - left.rank);
}

function choice(user: UserRecord, guild: Guild | null): RankedChoice {
  const badge = guild && badgeOf(guild, user.id);
  return {
    id: user.id,
    name: user.globalName ?? user.username,
    username: user.username,
    avatarUrl: user.avatar
      ? `/avatars/${user.id}/${user.avatar}.png`
      : `/embed/avatars/${(BigInt(user.id) >> 22n) % 6n}.png`,
    badge,
    rank: badge === null ? Number(wellKnown.has(user.id)) : RANKS[badge],
  };
}

/** An administrator who does not own the guild is the first choice: they show what rights do without being above them. */
const RANKS = { administrator: 4, owner: 3, moderator: 2 } as const;

function badgeOf(guild: Guild, userId: string): PersonChoice['badge'] {
  if (guild.ownerId === userId) return 'owner';
  const permissions = guildPermissions(guild, userId);
  if (permissions & Permission.Administrator) return 'administrator';
  return permissions & MODERATION ? 'moderator' : null;
}

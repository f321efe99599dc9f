import type { ChannelType } from 'discord-api-types/v10';
import type { Dialogue } from './dialogue.js';

/** A demo guild as it is written down: people, roles, channels, what they talk about, and what happened among them. */
export interface Community {
  guildId: string;
  name: string;
  description: string;
  locale: string;
  /** Fixed ids for the roles of this guild. */
  roleId: (index: number) => string;
  /** Highest first, without `@everyone`. */
  roles: readonly RoleSpec[];
  /** The first one owns the guild; the order is also how much they talk. */
  people: readonly PersonSpec[];
  /** Members nobody wrote down, who came within the last three months. The first ones talk, the others read. */
  crowd: readonly CrowdMember[];
  /** Accounts of other applications, who only say what is written for their role. */
  bots: readonly PersonSpec[];
  /** People who join and leave while the demo runs. */
  visitors: readonly PersonSpec[];
  /** People who were here and were shown the door, or went. */
  formerPeople: readonly PersonSpec[];
  categories: readonly CategorySpec[];
  /** What `{name}` in a conversation may become. */
  lexicon: Readonly<Record<string, readonly string[]>>;
  /** What people do besides chatting, shown under their names. */
  pastimes: readonly { name: string; type: number }[];
  /** What somebody writes by mistake and takes back. */
  slips: readonly string[];
  /** When people write, in hours of the day, UTC. */
  hours: Hours;
  /** When somebody is in the voice channels. */
  voiceHours: Hours;
  isClosedOnWeekends: boolean;
  conversationsPerDay: number;
  invites: readonly InviteSpec[];
  rules: readonly RuleSpec[];
  incidents: readonly Incident[];
  occasions: readonly Occasion[];
}

/** Of the day, UTC; the end is not included. */
export interface Hours {
  from: number;
  to: number;
}

export interface RoleSpec {
  name: string;
  color: number;
  isHoisted: boolean;
  permissions: bigint;
}

export interface PersonSpec {
  id: string;
  username: string;
  globalName: string | null;
  locale: string;
  /** Names of roles. */
  roles: readonly string[];
}

export interface CrowdMember extends PersonSpec {
  /** How long ago they joined, in whole days. */
  joinedDaysAgo: number;
}

export interface CategorySpec {
  id: string;
  name: string;
  channels: readonly ChannelSpec[];
}

export interface ChannelSpec {
  id: string;
  name: string;
  topic: string | null;
  /** A text channel when absent. */
  type?: ChannelType.GuildVoice | ChannelType.GuildAnnouncement | ChannelType.GuildForum | undefined;
  /** Of posts in a forum: a name and its emoji. */
  tags?: readonly { name: string; emoji: string }[];
  /** Only these roles (and administrators) see it. */
  visibleTo?: readonly string[];
  /** Everybody reads it, only these roles write. */
  writableBy?: readonly string[];
  slowmodeSeconds?: number;
  /** Says everything once, every now and then: nobody announces the same twice. */
  isChronicle?: boolean;
  /** The more there are, the busier the channel; none for a silent one. */
  dialogues: readonly Dialogue[];
  /** Written once when the channel was made, by the first person of the guild, and pinned. */
  firstMessage?: string;
}

/** People below are named by their usernames, channels by their names. */
export interface InviteSpec {
  channel: string;
  by: string;
  daysAgo: number;
  /** 0 never ends. */
  maxAgeSeconds: number;
  /** 0 is without limit. */
  maxUses: number;
}

/** A rule of AutoMod. */
export interface RuleSpec {
  name: string;
  by: string;
  keywords?: readonly string[];
  /** Blocks messages that mention more people than this. */
  mentionLimit?: number;
  customMessage: string;
  /** Where it is reported. */
  alertChannel: string;
  timeoutSeconds?: number;
  exemptRoles: readonly string[];
}

/** Something a moderator had to do. Who is not a member joins shortly before. */
export interface Incident {
  daysAgo: number;
  /** Of the day, UTC. */
  hour: number;
  kind: 'ban' | 'unban' | 'kick' | 'timeout' | 'warning' | 'rename' | 'promotion' | 'blocked' | 'departure';
  by: string;
  target: string;
  reason: string;
  /** What they wrote a few minutes before; it is deleted. AutoMod stops it when the incident is a `blocked` one. */
  said?: { channel: string; text: string };
  minutes?: number;
  nick?: string;
  role?: string;
}

/** Something in the calendar around the present. */
export interface Occasion {
  name: string;
  description: string;
  by: string;
  inDays: number;
  /** Of the day, UTC. */
  hour: number;
  minutes: number;
  /** A voice channel; elsewhere when absent. */
  channel?: string;
  location?: string;
  interested: number;
}

interface Census {
  /** Of people who name none. */
  locale: string;
  /** Makes the fixed id of the person on the given line. */
  idOf: (username: string, line: number) => string;
}

/**
 * Reads a table of people, one per line: `username | Global Name | Role, Role | locale`. A missing global name is an account that
 * never chose one; a missing locale is the guild's.
 */
export function parsePeople(table: string, { locale, idOf }: Census): PersonSpec[] {
  return table
    .trim()
    .split('\n')
    .map((line, index) => {
      const [username = '', globalName = '', roles = '', ownLocale = ''] = line.split('|').map((cell) => cell.trim());
      return {
        id: idOf(username, index),
        username,
        globalName: globalName || null,
        locale: ownLocale || locale,
        roles: roles ? roles.split(',').map((role) => role.trim()) : [],
      };
    });
}

/** Everybody who has an account before anything happens. */
export function everybodyOf(community: Community): readonly PersonSpec[] {
  const { people, crowd, bots, visitors, formerPeople } = community;
  return [...people, ...crowd, ...bots, ...visitors, ...formerPeople];
}

export function channelsOf({ categories }: Community): readonly ChannelSpec[] {
  return categories.flatMap((category) => category.channels);
}

/** @throws Error for a name that is not written down */
export function channelNamed(community: Community, name: string): ChannelSpec {
  const channel = channelsOf(community).find((it) => it.name === name);
  if (!channel) throw new Error(`${community.name} has no channel ${name}`);
  return channel;
}

/** @throws Error for a name that is not written down */
export function personNamed(community: Community, username: string): PersonSpec {
  const person = everybodyOf(community).find((it) => it.username === username);
  if (!person) throw new Error(`${community.name} has nobody called ${username}`);
  return person;
}

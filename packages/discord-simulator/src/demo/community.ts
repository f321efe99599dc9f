import type { Dialogue } from './dialogue.js';

/** A demo guild as it is written down: people, roles, channels, and what they talk about. */
export interface Community {
  guildId: string;
  name: string;
  description: string;
  locale: string;
  /** Highest first, without `@everyone`. */
  roles: readonly RoleSpec[];
  /** The first one owns the guild; the order is also how much they talk. */
  people: readonly PersonSpec[];
  /** People who join and leave while the demo runs. */
  visitors: readonly PersonSpec[];
  categories: readonly CategorySpec[];
  /** What `{name}` in a conversation may become. */
  lexicon: Readonly<Record<string, readonly string[]>>;
  /** What people do besides chatting, shown under their names. */
  pastimes: readonly { name: string; type: number }[];
  /** What somebody writes by mistake and takes back. */
  slips: readonly string[];
  /** When people write, in hours of the day, UTC. */
  hours: { from: number; to: number };
  isClosedOnWeekends: boolean;
  conversationsPerDay: number;
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

export interface CategorySpec {
  id: string;
  name: string;
  channels: readonly ChannelSpec[];
}

export interface ChannelSpec {
  id: string;
  name: string;
  topic: string | null;
  isVoice?: boolean;
  /** Only these roles (and administrators) see it. */
  visibleTo?: readonly string[];
  /** Everybody reads it, only these roles write. */
  writableBy?: readonly string[];
  /** The more there are, the busier the channel; none for a silent one. */
  dialogues: readonly Dialogue[];
  /** Written once when the channel was made, by the first person of the guild. */
  firstMessage?: string;
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

import { MAX_LISTED_PEOPLE, type Presence } from '@guildhall/contracts';
import { snowflake } from './snowflakes.js';
import type { Translation } from './translation.js';

/**
 * What is read of a presence: never what somebody plays or listens to.
 * @see https://discord.com/developers/docs/events/gateway-events#presence-update
 */
export interface PresencePayload {
  user: { id: string };
  status?: string | undefined;
}

export function translatePresence({ user, status }: PresencePayload): Presence {
  // Invisible people are shown as offline by Discord; an unknown word is none of the others.
  const known = status === 'online' || status === 'idle' || status === 'dnd' ? status : 'offline';
  return { userId: snowflake(user.id), status: known };
}

/** The whole list of who is not offline, in parts that each stand for themselves. */
export function presenceChunks(guildId: string, presences: readonly PresencePayload[]): Translation[] {
  const online = presences
    .map(translatePresence)
    .filter(({ status }) => status !== 'offline')
    .sort((a, b) => compareIds(a.userId, b.userId));
  const partCount = Math.max(1, Math.ceil(online.length / MAX_LISTED_PEOPLE));
  return Array.from({ length: partCount }, (_, index) => {
    const from = index * MAX_LISTED_PEOPLE;
    const part = online.slice(from, from + MAX_LISTED_PEOPLE);
    const after = snowflake(online[from - 1]?.userId ?? '0');
    const through = index === partCount - 1 ? null : (part.at(-1)?.userId ?? null);
    return { type: 'presence_chunk', guildId, data: { after, through, presences: part } };
  });
}

/** Decimal numbers of equal length compare as text. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

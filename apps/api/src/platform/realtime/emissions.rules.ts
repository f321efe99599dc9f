import {
  type DiscordUser,
  MAX_REALTIME_ITEMS,
  type Message,
  realtimeEvents,
  type RealtimeEventName,
  type RealtimePayload,
  type Topic,
} from '@guildhall/contracts';
import type { RealtimeChange } from './realtime-change.js';

/** One message to a room: the changes of one name that one commit made. */
export interface Emission {
  name: RealtimeEventName;
  payload: RealtimePayload & { previousVersion: number };
}

/** The changes of one commit to one topic of a guild under one name, before they have a version. */
export interface ChangeGroup {
  guildId: string;
  topic: Topic;
  name: RealtimeEventName;
  items: RealtimePayload['items'];
}

/**
 * Sorts the changes of one commit into what will be emitted, in an order that can be applied. Of several changes to one
 * thing only the last counts.
 */
export function groupChanges(changes: readonly RealtimeChange[]): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  const last = lastChanges(changes);
  const people = new Map(
    last.flatMap((change) => (isOfMember(change) ? [[change.item.user.id, change.item.user]] : [])),
  );
  for (const { guildId, name, item } of last) {
    const key = `${guildId} ${name}`;
    const group = groups.get(key) ?? { guildId, topic: realtimeEvents[name].topic, name, items: [] };
    group.items.push('author' in item ? withLastNameOf(item, people) : item);
    groups.set(key, group);
  }
  // Who left stays gone, whatever else is told of them.
  return [...groups.values()].sort((a, b) => Number(a.name === 'member.left') - Number(b.name === 'member.left'));
}

/** Whoever wrote a message and was renamed in the same commit has the new name in it. */
function withLastNameOf(message: Message, people: ReadonlyMap<string, DiscordUser>): Message {
  return { ...message, author: people.get(message.author.id) ?? message.author };
}

/** The last change to each thing; what was created and then updated is still new to those who look. */
function lastChanges(changes: readonly RealtimeChange[]): RealtimeChange[] {
  const latest = new Map<string, RealtimeChange>();
  for (const change of changes) {
    const key = thingOf(change);
    const earlier = latest.get(key);
    latest.delete(key);
    if (isOfMember(change)) latest.delete(departureOf(change.guildId, change.item.user.id));
    latest.set(key, earlier && isUpdateOfNew(earlier, change) ? renamed(earlier, change) : change);
  }
  return [...latest.values()];
}

type MemberChange = Extract<RealtimeChange, { name: 'member.joined' | 'member.updated' }>;

/** Somebody is there; of who is banned that cannot be said. */
function isOfMember(change: RealtimeChange): change is MemberChange {
  return change.name === 'member.joined' || change.name === 'member.updated';
}

function thingOf({ guildId, name, item }: RealtimeChange): string {
  const { topic } = realtimeEvents[name];
  // A guild's events tell different things about the one guild, and none replaces another.
  if (topic === 'guild') return `${guildId} ${name}`;
  // A departure does not replace what was told before: the last name of who left is still shown with their messages.
  if (name === 'member.left') return departureOf(guildId, item.id);
  // Somebody's status and their place in a voice channel are two things.
  if (name === 'presence.updated' || name === 'voice.updated') return `${guildId} ${name} ${item.id}`;
  return `${guildId} ${topic} ${'user' in item ? item.user.id : item.id}`;
}

function departureOf(guildId: string, userId: string): string {
  return `${guildId} departure ${userId}`;
}

const CREATIONS: Partial<Record<RealtimeEventName, RealtimeEventName>> = {
  'member.updated': 'member.joined',
  'channel.updated': 'channel.created',
  'role.updated': 'role.created',
  'message.updated': 'message.created',
  'apiKey.updated': 'apiKey.created',
};

function isUpdateOfNew(earlier: RealtimeChange, later: RealtimeChange): boolean {
  return CREATIONS[later.name] === earlier.name;
}

function renamed(earlier: RealtimeChange, later: RealtimeChange): RealtimeChange {
  // Safe: `isUpdateOfNew` holds, and the creation and the update of a thing carry the same kind of item.
  return { ...later, name: earlier.name } as RealtimeChange;
}

/** Gives a group the version that its topic reached with it. */
export function emissionOf({ guildId, topic, name, items }: ChangeGroup, version: number): Emission {
  const payload = { guildId, topic, version, previousVersion: version - 1, items, skipped: 0 };
  return { name, payload: bounded(payload) };
}

/**
 * Joins neighbours of one name into one emission. Others stay in their order: each emission must cover an unbroken run of
 * versions, by which a client knows whether its last fetch has seen it.
 */
export function mergeNeighbours(emissions: readonly Emission[]): Emission[] {
  const merged: Emission[] = [];
  for (const emission of emissions) {
    const previous = merged.at(-1);
    if (previous && isContinuedBy(previous, emission)) merged[merged.length - 1] = joined(previous, emission);
    else merged.push(emission);
  }
  return merged;
}

function isContinuedBy(previous: Emission, next: Emission): boolean {
  return previous.name === next.name && previous.payload.version === next.payload.previousVersion;
}

function joined(previous: Emission, next: Emission): Emission {
  return {
    name: next.name,
    payload: bounded({
      ...next.payload,
      previousVersion: previous.payload.previousVersion,
      items: [...previous.payload.items, ...next.payload.items],
      skipped: previous.payload.skipped + next.payload.skipped,
    }),
  };
}

/** Keeps the newest items of a flood; `skipped` tells the client that it has to fetch. */
function bounded(payload: Emission['payload']): Emission['payload'] {
  const excess = payload.items.length - MAX_REALTIME_ITEMS;
  if (excess <= 0) return payload;
  return { ...payload, items: payload.items.slice(excess), skipped: payload.skipped + excess };
}

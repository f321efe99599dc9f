import { z } from 'zod';
import { guildFactsSchema } from '../gateway/bot-events.js';
import { memberSchema } from '../members/index.js';
import { messageSchema } from '../messages/index.js';
import { channelSchema } from '../channels/index.js';
import { roleSchema } from '../roles/index.js';
import type { Capability } from '../platform/capabilities.js';
import { snowflakeSchema } from '../platform/snowflake.js';

export const REALTIME_NAMESPACE = '/realtime';

/** The rooms of a guild and the capability each one asks for. */
export const topics = {
  guild: 'guild.view',
  members: 'members.read',
  channels: 'channels.read',
  roles: 'roles.read',
  messages: 'messages.read',
} as const satisfies Record<string, Capability>;

export type Topic = keyof typeof topics;

export const topicSchema = z.enum(Object.keys(topics) as [Topic, ...Topic[]]);

const removalSchema = z.object({ id: snowflakeSchema });

/** Every realtime event: its topic and the shape of each of its items. */
export const realtimeEvents = {
  'guild.updated': { topic: 'guild', item: guildFactsSchema },
  /** The whole guild was read again: fetch what you show. */
  'guild.synced': { topic: 'guild', item: removalSchema },
  'member.joined': { topic: 'members', item: memberSchema },
  'member.updated': { topic: 'members', item: memberSchema },
  'member.left': { topic: 'members', item: removalSchema },
  'channel.created': { topic: 'channels', item: channelSchema },
  'channel.updated': { topic: 'channels', item: channelSchema },
  'channel.deleted': { topic: 'channels', item: removalSchema },
  'role.created': { topic: 'roles', item: roleSchema },
  'role.updated': { topic: 'roles', item: roleSchema },
  'role.deleted': { topic: 'roles', item: removalSchema },
  'message.created': { topic: 'messages', item: messageSchema },
  'message.updated': { topic: 'messages', item: messageSchema },
  'message.deleted': { topic: 'messages', item: removalSchema.extend({ channelId: snowflakeSchema }) },
} as const satisfies Record<string, { topic: Topic; item: z.ZodType }>;

export type RealtimeEventName = keyof typeof realtimeEvents;
export type RealtimeItem<N extends RealtimeEventName> = z.infer<(typeof realtimeEvents)[N]['item']>;

/** The most items of one emission; a flood beyond it is cut, and `skipped` tells the client to fetch again. */
export const MAX_REALTIME_ITEMS = 100;

/**
 * The payload of every realtime event. Versions count the emissions of one topic of one guild: a client that sees a gap
 * fetches again.
 */
export interface RealtimePayload<N extends RealtimeEventName = RealtimeEventName> {
  guildId: string;
  topic: Topic;
  version: number;
  /**
   * Where the topic stood before, when several emissions were sent as one; absent, it is `version - 1`. There is a gap when
   * the client stands before it.
   */
  previousVersion?: number;
  items: RealtimeItem<N>[];
  /** How many items of a flood were left out. */
  skipped: number;
}

/** Client → API: join the rooms of these topics of a guild; replaces what was joined for that guild before. */
export const subscribeSchema = z.strictObject({
  guildId: snowflakeSchema,
  topics: z.array(topicSchema).max(20),
});
export type Subscribe = z.infer<typeof subscribeSchema>;

/** The acknowledgement of `subscribe`: the version each topic stands at, or the problem's code. */
export type SubscribeResult =
  | { ok: true; versions: Partial<Record<Topic, number>> }
  | { ok: false; code: 'not-found' | 'missing-capability' | 'bad-request' | 'unauthenticated' };

/** API → client: access to a guild was lost, and its rooms were left. */
export const REALTIME_REVOKED_EVENT = 'revoked';
export interface RealtimeRevoked {
  guildId: string;
}

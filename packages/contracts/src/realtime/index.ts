import { z } from 'zod';
import { accessChangeSchema, invitationSchema } from '../access/index.js';
import { apiKeySchema } from '../api-keys/index.js';
import { auditEntrySchema } from '../audit/index.js';
import { banSchema } from '../bans/index.js';
import { failedActionSchema } from '../failures/index.js';
import { guildFactsSchema } from '../gateway/bot-events.js';
import { memberSchema } from '../members/index.js';
import { syncProgressSchema } from '../guilds/index.js';
import { messageSchema } from '../messages/index.js';
import { channelSchema } from '../channels/index.js';
import { presenceStatusSchema } from '../presences/index.js';
import { roleSchema } from '../roles/index.js';
import type { Capability } from '../platform/capabilities.js';
import { snowflakeSchema } from '../platform/snowflake.js';
import { guildSettingsSchema } from '../settings/index.js';
import { voiceStateSchema } from '../voice/index.js';

export const REALTIME_NAMESPACE = '/realtime';

/** The rooms of a guild and the capability each one asks for. */
export const topics = {
  guild: 'guild.view',
  members: 'members.read',
  channels: 'channels.read',
  roles: 'roles.read',
  messages: 'messages.read',
  bans: 'bans.read',
  presence: 'members.read',
  settings: 'guild.view',
  access: 'access.manage',
  apiKeys: 'apiKeys.manage',
  audit: 'audit.read',
  failures: 'failures.manage',
} as const satisfies Record<string, Capability>;

export type Topic = keyof typeof topics;

export const topicSchema = z.enum(Object.keys(topics) as [Topic, ...Topic[]]);

const removalSchema = z.object({ id: snowflakeSchema });

/** Every realtime event: its topic and the shape of each of its items. */
export const realtimeEvents = {
  'guild.updated': { topic: 'guild', item: guildFactsSchema },
  /** The whole guild was read again: fetch what you show. */
  'guild.synced': { topic: 'guild', item: removalSchema },
  /** How far the reading of the member list is; at most once a second. */
  'sync.progressed': { topic: 'guild', item: syncProgressSchema.extend({ id: snowflakeSchema }) },
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
  'ban.created': { topic: 'bans', item: banSchema },
  'ban.lifted': { topic: 'bans', item: removalSchema },
  'presence.updated': { topic: 'presence', item: removalSchema.extend({ status: presenceStatusSchema }) },
  'voice.updated': {
    topic: 'presence',
    item: voiceStateSchema.omit({ userId: true }).extend({ id: snowflakeSchema }),
  },
  'settings.updated': { topic: 'settings', item: guildSettingsSchema.extend({ id: snowflakeSchema }) },
  'access.updated': { topic: 'access', item: accessChangeSchema },
  'invitation.created': { topic: 'access', item: invitationSchema },
  'invitation.updated': { topic: 'access', item: invitationSchema },
  'audit.appended': { topic: 'audit', item: auditEntrySchema },
  'failure.created': { topic: 'failures', item: failedActionSchema },
  'failure.updated': { topic: 'failures', item: failedActionSchema },
  'apiKey.created': { topic: 'apiKeys', item: apiKeySchema },
  /** Rotated, or revoked: `revokedAt` tells. */
  'apiKey.updated': { topic: 'apiKeys', item: apiKeySchema },
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

import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { z } from 'zod';
import { snowflake } from '../state/model.js';

/** @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
export const closeCodes = {
  unknownError: [4000, "We're not sure what went wrong. Try reconnecting?"],
  unknownOpcode: [4001, 'Unknown opcode.'],
  decodeError: [4002, 'Error while decoding payload.'],
  notAuthenticated: [4003, 'Not authenticated.'],
  authenticationFailed: [4004, 'Authentication failed.'],
  alreadyAuthenticated: [4005, 'Already authenticated.'],
  invalidSequence: [4007, 'Invalid seq.'],
  rateLimited: [4008, 'Rate limited.'],
  sessionTimedOut: [4009, 'Session timed out.'],
  invalidShard: [4010, 'Invalid shard.'],
  shardingRequired: [4011, 'Sharding required.'],
  invalidVersion: [4012, 'Invalid API version.'],
  invalidIntents: [4013, 'Invalid intent(s).'],
  disallowedIntents: [4014, 'Disallowed intent(s).'],
} as const;

/** Every intent Discord documents; any other bit is refused with 4013. */
export const KNOWN_INTENTS = Object.values(Intent)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** Most users a request for members may name, and most members a search gives. */
export const MAX_MEMBERS_BY_REQUEST = 100;

export const envelope = z.object({ op: z.number().int(), d: z.unknown() });

/** `since` and `afk` say nothing that other clients are shown. */
export const presencePayload = z.object({
  status: z.enum(['online', 'idle', 'dnd', 'invisible', 'offline']),
  activities: z
    .array(z.record(z.string(), z.unknown()))
    .nullish()
    .transform((activities) => activities ?? []),
});

export const identifyPayload = z.object({
  token: z.string(),
  // A negative number or one of more than 32 bits is an invalid intent, not an invalid payload.
  intents: z.number().int(),
  shard: z.tuple([z.number().int(), z.number().int()]).optional(),
  large_threshold: z.number().int().min(50).max(250).default(50),
  presence: presencePayload.optional(),
});

export const resumePayload = z.object({
  token: z.string(),
  session_id: z.string(),
  seq: z.number().int().nonnegative(),
});

export const requestMembersPayload = z
  .object({
    guild_id: z.union([snowflake, z.array(snowflake).length(1)]),
    query: z.string().optional(),
    limit: z.number().int().nonnegative().default(0),
    presences: z.boolean().default(false),
    user_ids: z.union([snowflake, z.array(snowflake)]).optional(),
    // One that is not valid is ignored.
    nonce: z.string().max(32).optional().catch(undefined),
  })
  .refine(({ query, user_ids }) => query !== undefined || user_ids !== undefined);

export const requestSoundsPayload = z.object({ guild_ids: z.array(snowflake) });

export const voiceStatePayload = z.object({
  guild_id: snowflake,
  channel_id: snowflake.nullable(),
  self_mute: z.boolean().default(false),
  self_deaf: z.boolean().default(false),
});

import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { z } from 'zod';
import { snowflake } from '../state/model.js';

/** @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
export const closeCodes = {
  unknownOpcode: [4001, 'Unknown opcode.'],
  decodeError: [4002, 'Error while decoding payload.'],
  notAuthenticated: [4003, 'Not authenticated.'],
  authenticationFailed: [4004, 'Authentication failed.'],
  alreadyAuthenticated: [4005, 'Already authenticated.'],
  sessionTimedOut: [4009, 'Session timed out.'],
  invalidShard: [4010, 'Invalid shard.'],
  invalidVersion: [4012, 'Invalid API version.'],
  invalidIntents: [4013, 'Invalid intent(s).'],
  disallowedIntents: [4014, 'Disallowed intent(s).'],
} as const;

/** Every intent Discord documents; any other bit is refused with 4013. */
export const KNOWN_INTENTS = Object.values(Intent)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

export const envelope = z.object({ op: z.number().int(), d: z.unknown() });

export const identifyPayload = z.object({
  token: z.string(),
  intents: z.number().int().nonnegative(),
  shard: z.tuple([z.number().int().nonnegative(), z.number().int().positive()]).default([0, 1]),
  large_threshold: z.number().int().min(50).max(250).default(50),
  presence: z.unknown().optional(),
});

export const resumePayload = z.object({
  token: z.string(),
  session_id: z.string(),
  seq: z.number().int().nonnegative(),
});

export const requestMembersPayload = z.object({
  guild_id: z.union([snowflake, z.array(snowflake).length(1)]),
  query: z.string().optional(),
  limit: z.number().int().nonnegative().default(0),
  presences: z.boolean().default(false),
  user_ids: z.union([snowflake, z.array(snowflake).max(100)]).optional(),
  nonce: z.string().max(32).optional(),
});

export const presencePayload = z.object({
  status: z.enum(['online', 'idle', 'dnd', 'invisible', 'offline']),
  activities: z.array(z.record(z.string(), z.unknown())).default([]),
});

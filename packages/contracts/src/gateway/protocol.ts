import { z } from 'zod';

/** Events of a guild always fall into the same of this many lanes. Changing it needs an empty outbox. */
export const LANE_COUNT = 16;

/** The most events of one batch; a larger one is refused by the gateway. */
export const MAX_BATCH_EVENTS = 500;

/** The largest Socket.IO message between bot, gateway and API, in bytes. */
export const MAX_GATEWAY_MESSAGE_BYTES = 8 * 1024 * 1024;

/** How long a bot may take to answer a command, in milliseconds. */
export const BOT_COMMAND_TIMEOUT_MS = 10_000;

const botIdSchema = z.string().regex(/^[\w.-]{1,64}$/);

export const registerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('bot'),
    botId: botIdSchema,
    name: z.string().max(100).optional(),
    shards: z.array(z.int().min(0)).max(1000).optional(),
    token: z.string().max(200),
  }),
  z.object({ type: z.literal('backend'), name: z.string().max(100).optional(), token: z.string().max(200) }),
]);
export type Register = z.infer<typeof registerSchema>;

export const registeredSchema = z.object({
  success: z.boolean(),
  botId: botIdSchema.optional(),
  /** Why it was refused, for the log of the peer. */
  reason: z.string().optional(),
});
export type Registered = z.infer<typeof registeredSchema>;

/**
 * A run `first..last` of one lane's sequence. Sequences belong to an outbox, not to a bot: a bot whose outbox file was
 * lost starts again at 1 under a new `outboxId`.
 */
export const batchSchema = z
  .object({
    batchId: z.uuid(),
    outboxId: z.uuid(),
    lane: z
      .int()
      .min(0)
      .max(LANE_COUNT - 1),
    first: z.int().min(1),
    last: z.int().min(1),
    events: z.array(z.unknown()).min(1).max(MAX_BATCH_EVENTS),
  })
  .refine((batch) => batch.last - batch.first + 1 === batch.events.length, 'events do not match first..last');
export type Batch = z.infer<typeof batchSchema>;

/** A batch as the gateway passes it on: it adds the bot that registered, which a bot cannot claim for itself. */
export const routedBatchSchema = batchSchema.and(z.object({ botId: botIdSchema }));
export type RoutedBatch = z.infer<typeof routedBatchSchema>;

/** Sent after the commit; `last` is where the lane stands now, which a bot resumes from if it differs from its own. */
export const backendAckSchema = z.object({
  batchId: z.uuid(),
  lane: z.int(),
  last: z.int().min(0),
  received: z.int().min(0),
  timestamp: z.iso.datetime(),
});
export type BackendAck = z.infer<typeof backendAckSchema>;

/** What the API can ask of a bot. */
export const botCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ping') }),
  /** Read a guild again from Discord and send it as `guild_sync`. */
  z.object({ type: z.literal('resync-guild'), guildId: z.string() }),
  /** The settings of a guild are not what the bot remembers: read them again. */
  z.object({ type: z.literal('configuration-changed'), guildId: z.string() }),
]);
export type BotCommand = z.infer<typeof botCommandSchema>;

/** One process as seen by its neighbour in the chain API → gateway → bot → Discord. */
export const botPongSchema = z.object({
  botId: botIdSchema,
  /** Last heartbeat round trip per shard in milliseconds; -1 before the first one. */
  shards: z.array(z.object({ id: z.int(), latencyMs: z.number() })),
  outboxDepth: z.int(),
});
export type BotPong = z.infer<typeof botPongSchema>;

/** The bot's Socket.IO acknowledgement of `from-backend`; the gateway makes a `BotResult` of it. */
export const botAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.enum(['refused', 'failed']), detail: z.string().max(2000) }),
]);
export type BotAnswer = z.infer<typeof botAnswerSchema>;

/** The gateway's Socket.IO acknowledgement of `to-backend`: whether it passed the batch on, not whether it was stored. */
export const routingResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.enum(['no-backend', 'malformed', 'unregistered', 'not-allowed']) }),
]);
export type RoutingResult = z.infer<typeof routingResultSchema>;

/** The Socket.IO acknowledgement of `to-bot`. */
export const botResultSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    result: z.unknown(),
    /** Time between gateway and bot, measured by the gateway. */
    gatewayToBotMs: z.number(),
  }),
  z.object({
    ok: z.literal(false),
    code: z.enum(['bot-unreachable', 'timeout', 'refused', 'failed']),
    detail: z.string(),
  }),
]);
export type BotResult = z.infer<typeof botResultSchema>;

/** How often bots and gateways say how they are, in milliseconds. */
export const STATUS_INTERVAL_MS = 10_000;

export const shardStatusSchema = z
  .object({
    id: z.int(),
    status: z.enum(['ready', 'connecting', 'disconnected']),
    /** Last heartbeat round trip in milliseconds; -1 before the first one. */
    latencyMs: z.number(),
    /** Since the connection was made; 0 while there is none. */
    uptimeSeconds: z.int(),
    guildCount: z.int(),
  })
  .meta({ id: 'ShardStatus' });
export type ShardStatus = z.infer<typeof shardStatusSchema>;

/** What a bot says of itself every 10 s. */
export const botStatusSchema = z
  .object({
    shards: z.array(shardStatusSchema).max(1000),
    uptimeSeconds: z.int(),
    /** Events that the API has not confirmed yet. */
    outboxDepth: z.int(),
    /** The lanes in which events wait. */
    lanes: z.array(z.object({ lane: z.int(), waiting: z.int() })).max(LANE_COUNT),
    reportedAt: z.iso.datetime(),
  })
  .meta({ id: 'BotStatus' });
export type BotStatus = z.infer<typeof botStatusSchema>;

/** A bot that a gateway holds right now. */
export const connectedBotSchema = z.object({
  botId: botIdSchema,
  name: z.string().optional(),
  shards: z.array(z.int()),
  connectedAt: z.iso.datetime(),
  /** Absent until the bot has said how it is. */
  status: botStatusSchema.optional(),
});
export type ConnectedBot = z.infer<typeof connectedBotSchema>;

/** What a gateway says of itself every 10 s. */
export const gatewayStatusSchema = z.object({
  uptimeSeconds: z.int(),
  /** Batches passed on to an API whose commit was not confirmed yet. */
  batchesInFlight: z.int(),
  bots: z.int(),
  backends: z.int(),
});
export type GatewayStatus = z.infer<typeof gatewayStatusSchema>;

/** The names of the protocol's Socket.IO events. */
export const gatewayEvents = {
  register: 'register',
  registered: 'registered',
  toBackend: 'to-backend',
  backendAck: 'backend-ack',
  toBot: 'to-bot',
  broadcastToBots: 'broadcast-to-bots',
  fromBackend: 'from-backend',
  /** Gateway → API: the bots it holds, sent at registration and at every change. */
  bots: 'bots',
  /** Bot → gateway: how the bot is, every 10 s; the gateway tells its APIs with `bots`. */
  botStatus: 'bot-status',
  /** Gateway → API: how the gateway is, at registration and every 10 s. */
  gatewayStatus: 'gateway-status',
} as const;

export const toBotSchema = z.object({ botId: botIdSchema, data: botCommandSchema });
export type ToBot = z.infer<typeof toBotSchema>;

export const pingQuerySchema = z.strictObject({
  /** Which bot to ping; without it the one of the guild where the command was given, or any that is connected. */
  botId: botIdSchema.optional(),
});
export type PingQuery = z.infer<typeof pingQuerySchema>;

/** The answer of `GET /api/gateway/ping`. */
export const pingSchema = z
  .object({
    botId: z.string(),
    hops: z.array(
      z.object({
        from: z.enum(['api', 'gateway', 'bot']),
        to: z.enum(['database', 'gateway', 'bot', 'discord']),
        /** Round trip in milliseconds. */
        latencyMs: z.number(),
      }),
    ),
    outboxDepth: z.int(),
  })
  .meta({ id: 'Ping' });
export type Ping = z.infer<typeof pingSchema>;

/** The answer of `GET /api/gateway/status`. */
export const pipelineStatusSchema = z
  .object({
    bots: z.array(
      z.object({
        botId: z.string(),
        name: z.string().nullable(),
        connectedAt: z.iso.datetime(),
        /** Null until the bot has said how it is. */
        status: botStatusSchema.nullable(),
        /** When an event of this bot was last stored. */
        lastStoredAt: z.iso.datetime().nullable(),
      }),
    ),
    gateways: z.array(
      z.object({
        /** Null for everybody but the instance's administrators. */
        url: z.string().nullable(),
        isConnected: z.boolean(),
        /** Null while it is not connected. */
        status: gatewayStatusSchema.nullable(),
      }),
    ),
    /** Events that could not be stored and wait for an operator; null for everybody but the instance's administrators. */
    setAsideEvents: z.int().nullable(),
  })
  .meta({ id: 'PipelineStatus' });
export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;

import type { BotPong, Ping } from '@guildhall/contracts';

/** What was measured on the way to a bot and back, in milliseconds. */
export interface PingMeasurements {
  databaseMs: number;
  apiToGatewayMs: number;
  gatewayToBotMs: number;
  pong: BotPong;
  /** The guild the question comes from; null when it comes from none. */
  guildId: string | null;
}

/** The latency of each hop. The last one is left out while the bot has not measured it yet. */
export function pingOf({ databaseMs, apiToGatewayMs, gatewayToBotMs, pong, guildId }: PingMeasurements): Ping {
  const discordMs = discordLatencyMs(pong.shards, guildId);
  const hops: Ping['hops'] = [
    { from: 'api', to: 'database', latencyMs: rounded(databaseMs) },
    { from: 'api', to: 'gateway', latencyMs: rounded(apiToGatewayMs) },
    { from: 'gateway', to: 'bot', latencyMs: rounded(gatewayToBotMs) },
  ];
  if (discordMs !== null) hops.push({ from: 'bot', to: 'discord', latencyMs: rounded(discordMs) });
  return { botId: pong.botId, hops, outboxDepth: pong.outboxDepth };
}

/** Of the shard that serves the guild, or of the slowest where no guild is meant; null before the first heartbeat. */
function discordLatencyMs(shards: BotPong['shards'], guildId: string | null): number | null {
  const measured = shards.filter(({ latencyMs }) => latencyMs >= 0);
  if (measured.length === 0) return null;
  const slowestMs = Math.max(...measured.map(({ latencyMs }) => latencyMs));
  if (guildId === null) return slowestMs;
  const serving = measured.find(({ id }) => id === shardOf(guildId, shards.length));
  return serving?.latencyMs ?? slowestMs;
}

/**
 * The shard that receives a guild's events.
 * @see https://discord.com/developers/docs/events/gateway#sharding
 */
function shardOf(guildId: string, shardCount: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
}

/** Tenths of a millisecond are enough for anybody. */
function rounded(latencyMs: number): number {
  return Math.round(latencyMs * 10) / 10;
}

import { LANE_COUNT, type BotStatus, type Health, type ShardStatus } from '@guildhall/contracts';
import { VERSION } from '@guildhall/process';
import { Events, Status, type Client } from 'discord.js';
import type { GatewayClient } from './gateway-client.js';
import type { Outbox } from './pipeline/outbox.js';

/** The bot is healthy with Discord; without a gateway it is degraded, as events wait safely in the outbox. */
export function healthOf(parts: { client: Client; gateway: GatewayClient; outbox: Outbox }): Health {
  const isOnDiscord = parts.client.isReady();
  const isOnGateway = parts.gateway.isConnected;
  const status = !isOnDiscord ? 'unhealthy' : isOnGateway ? 'healthy' : 'degraded';
  return {
    status,
    version: VERSION,
    uptimeSeconds: Math.round(process.uptime()),
    dependencies: {
      discord: { status: isOnDiscord ? 'up' : 'down', detail: `${parts.client.guilds.cache.size} guilds` },
      gateway: { status: isOnGateway ? 'up' : 'down' },
      outbox: { status: 'up', detail: `${parts.outbox.depth} events wait` },
    },
  };
}

/** Knows since when each shard is connected, and tells how the bot is. */
export class StatusReport {
  readonly #connectedAtMs = new Map<number, number>();

  constructor(
    private readonly client: Client,
    private readonly outbox: Outbox,
  ) {
    const connected = (shard: number): void => void this.#connectedAtMs.set(shard, Date.now());
    const lost = (shard: number): void => void this.#connectedAtMs.delete(shard);
    client.on(Events.ShardReady, connected);
    client.on(Events.ShardResume, connected);
    client.on(Events.ShardReconnecting, lost);
    client.on(Events.ShardDisconnect, (_event, shard) => lost(shard));
  }

  /** How the bot is right now. */
  current(): BotStatus {
    const { outbox } = this;
    const lanes = Array.from({ length: LANE_COUNT }, (_, lane) => {
      const { last, acknowledged } = outbox.lane(lane);
      return { lane, waiting: last - acknowledged };
    });
    return {
      shards: this.#shards(),
      uptimeSeconds: Math.round(process.uptime()),
      outboxDepth: outbox.depth,
      lanes: lanes.filter(({ waiting }) => waiting > 0),
      reportedAt: new Date().toISOString(),
    };
  }

  #shards(): ShardStatus[] {
    const guilds = [...this.client.guilds.cache.values()];
    return this.client.ws.shards.map(({ id, ping, status }) => ({
      id,
      status: wordFor(status),
      latencyMs: ping,
      uptimeSeconds: Math.round((Date.now() - (this.#connectedAtMs.get(id) ?? Date.now())) / 1000),
      guildCount: guilds.filter(({ shardId }) => shardId === id).length,
    }));
  }
}

function wordFor(status: Status): ShardStatus['status'] {
  if (status === Status.Ready) return 'ready';
  return status === Status.Disconnected || status === Status.Idle ? 'disconnected' : 'connecting';
}

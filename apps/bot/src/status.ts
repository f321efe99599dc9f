import type { Health } from '@guildhall/contracts';
import { VERSION } from '@guildhall/process';
import type { Client } from 'discord.js';
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

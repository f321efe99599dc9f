import { botPongSchema, type Ping, type PingQuery, type PipelineStatus, type Snowflake } from '@guildhall/contracts';
import { Injectable } from '@nestjs/common';
import { GatewayLink } from '../../platform/gateway-link/gateway-link.js';
import type { Identity } from '../../platform/identity/identity.js';
import { DomainError } from '../../platform/problems/domain-error.js';
import { GatewayRepository } from './gateway.repository.js';
import { pingOf } from './ping.rules.js';

@Injectable()
export class GatewayService {
  constructor(
    private readonly link: GatewayLink,
    private readonly repository: GatewayRepository,
  ) {}

  /**
   * Pings a bot through the whole chain.
   * @throws DomainError `bot-unreachable` when no such bot is connected, or it gives no answer
   */
  async ping(identity: Identity, query: PingQuery): Promise<Ping> {
    const guildId = identity.kind === 'interaction' ? identity.guildId : null;
    const botId = query.botId ?? (await this.defaultBot(guildId));
    const [databaseMs, { result, apiToGatewayMs }] = await Promise.all([
      this.repository.measureLatencyMs(),
      this.link.sendTimed(botId, { type: 'ping' }),
    ]);
    if (!result.ok) throw unreachable(result.detail);
    const pong = botPongSchema.safeParse(result.result);
    if (!pong.success) throw unreachable(`${botId} gave an answer that is not understood`);
    return pingOf({ databaseMs, apiToGatewayMs, gatewayToBotMs: result.gatewayToBotMs, pong: pong.data, guildId });
  }

  /** How the way from Discord to the database is; where the gateways are and what was set aside is for administrators. */
  async status(identity: Identity): Promise<PipelineStatus> {
    const isAdmin = identity.kind === 'account' && identity.role === 'ADMIN';
    const { bots, gateways } = this.link;
    const [lastStoredAt, setAsideEvents] = await Promise.all([
      this.repository.lastStoredAt(bots.map(({ botId }) => botId)),
      isAdmin ? this.repository.countSetAside() : null,
    ]);
    return {
      bots: bots.map(({ botId, name, connectedAt, status }) => ({
        botId,
        name: name ?? null,
        connectedAt,
        status: status ?? null,
        lastStoredAt: lastStoredAt.get(botId)?.toISOString() ?? null,
      })),
      gateways: gateways.map((gateway) => ({ ...gateway, url: isAdmin ? gateway.url : null })),
      setAsideEvents,
    };
  }

  private async defaultBot(guildId: Snowflake | null): Promise<string> {
    const own = guildId === null ? null : await this.repository.botOf(guildId);
    if (own !== null && this.link.isBotConnected(own)) return own;
    const [any] = this.link.bots;
    if (!any) throw unreachable('No bot is connected to any gateway. Check that the bot runs and reaches its gateway.');
    return any.botId;
  }
}

function unreachable(detail: string): DomainError {
  return new DomainError('bot-unreachable', { detail, logLevel: 'warn' });
}

import type { BotCommand, BotResult, ConnectedBot, GatewayStatus } from '@guildhall/contracts';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { type DependencyState, HealthIndicators } from '../health/health-indicators.js';
import { LOGGER } from '../logging/logging.module.js';
import { BatchIntake } from './batch-intake.js';
import { GatewayConnection } from './gateway-connection.js';

/** A bot's answer, with the time that passed between this process and the gateway. */
export interface TimedBotResult {
  result: BotResult;
  apiToGatewayMs: number;
}

/** This API's place among the gateways: it is connected to each of them, and reaches every bot through one. */
@Injectable()
export class GatewayLink implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly connections: readonly GatewayConnection[];

  constructor(
    @Inject(API_CONFIG) config: ApiConfig,
    @Inject(LOGGER) logger: Logger,
    private readonly intake: BatchIntake,
    health: HealthIndicators,
  ) {
    health.register('gateway', () => this.health());
    const urls = config.GATEWAY_URL.split(',').map((url) => url.trim());
    this.connections = urls
      .filter((url) => url !== '')
      .map((url) => new GatewayConnection({ url, secret: config.GATEWAY_SECRET, intake, logger }));
  }

  onApplicationBootstrap(): void {
    for (const connection of this.connections) connection.open();
  }

  /** Stores what was begun while the connections still carry its acknowledgements, then leaves. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.intake.close();
    for (const connection of this.connections) connection.close();
  }

  /** All bots that are connected to any gateway. */
  get bots(): ConnectedBot[] {
    return this.connections.flatMap(({ bots }) => bots);
  }

  /** All gateways that this API knows, and how they are. */
  get gateways(): { url: string; isConnected: boolean; status: GatewayStatus | null }[] {
    return this.connections.map(({ url, isRegistered, status }) => ({ url, isConnected: isRegistered, status }));
  }

  private health(): DependencyState {
    const registered = this.connections.filter(({ isRegistered }) => isRegistered).length;
    return {
      status: registered > 0 ? 'up' : 'down',
      detail: `${registered} of ${this.connections.length} gateways, ${this.bots.length} bots`,
    };
  }

  isBotConnected(botId: string): boolean {
    return this.bots.some((bot) => bot.botId === botId);
  }

  /** Asks a bot for something and waits up to 11 s. Never throws: failures are results. */
  async sendToBot(botId: string, command: BotCommand): Promise<BotResult> {
    const { result } = await this.sendTimed(botId, command);
    return result;
  }

  /** The same, and measures how far the gateway is. */
  async sendTimed(botId: string, command: BotCommand): Promise<TimedBotResult> {
    const connection = this.connections.find(({ bots }) => bots.some((bot) => bot.botId === botId));
    if (!connection) {
      const detail = `${botId} is not connected to any gateway`;
      return { result: { ok: false, code: 'bot-unreachable', detail }, apiToGatewayMs: 0 };
    }
    const startedAtMs = performance.now();
    const result = await connection.send({ botId, data: command });
    const totalMs = performance.now() - startedAtMs;
    // The gateway says how much of it was spent between itself and the bot.
    return { result, apiToGatewayMs: Math.max(0, totalMs - (result.ok ? result.gatewayToBotMs : 0)) };
  }
}

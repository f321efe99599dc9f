import {
  BOT_COMMAND_TIMEOUT_MS,
  botResultSchema,
  type BotResult,
  type ConnectedBot,
  connectedBotSchema,
  gatewayEvents,
  type GatewayStatus,
  gatewayStatusSchema,
  registeredSchema,
  type ToBot,
} from '@guildhall/contracts';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import type { BatchIntake } from './batch-intake.js';

/** The gateway itself waits for the bot; its answer about that has to arrive too. */
const ANSWER_TIMEOUT_MS = BOT_COMMAND_TIMEOUT_MS + 1_000;
const MAX_RECONNECTION_DELAY_MS = 5_000;

export interface GatewayConnectionOptions {
  url: string;
  secret: string;
  intake: BatchIntake;
  logger: Logger;
}

/** The connection to one gateway; it registers and comes back by itself for as long as the process lives. */
export class GatewayConnection {
  private readonly socket: Socket;
  private connectedBots: readonly ConnectedBot[] = [];
  private gatewayStatus: GatewayStatus | null = null;
  private registered = false;
  private isClosed = false;

  constructor(private readonly options: GatewayConnectionOptions) {
    this.socket = io(options.url, {
      transports: ['websocket'],
      reconnectionDelayMax: MAX_RECONNECTION_DELAY_MS,
      autoConnect: false,
    });
    this.listen();
  }

  get url(): string {
    return this.options.url;
  }

  get isRegistered(): boolean {
    return this.registered;
  }

  /** The bots that this gateway holds right now. */
  get bots(): readonly ConnectedBot[] {
    return this.connectedBots;
  }

  /** What the gateway last said of itself; null while it is not connected. */
  get status(): GatewayStatus | null {
    return this.gatewayStatus;
  }

  open(): void {
    this.socket.connect();
  }

  close(): void {
    this.isClosed = true;
    this.forget();
    this.socket.disconnect();
  }

  /** Sends a command to a bot of this gateway. Never throws: failures are results. */
  async send(command: ToBot): Promise<BotResult> {
    try {
      const answer: unknown = await this.socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(gatewayEvents.toBot, command);
      return botResultSchema.parse(answer);
    } catch (error) {
      this.options.logger.warn({ err: error, gateway: this.url, botId: command.botId }, 'a bot command had no answer');
      return { ok: false, code: 'timeout', detail: 'the gateway gave no answer that is understood' };
    }
  }

  private listen(): void {
    const { intake, logger, secret } = this.options;
    const { socket, url } = this;
    socket.on('connect', () => socket.emit(gatewayEvents.register, { type: 'backend', name: 'api', token: secret }));
    socket.on(gatewayEvents.registered, (answer: unknown) => this.onRegistered(answer));
    socket.on(gatewayEvents.bots, (bots: unknown) => this.onBots(bots));
    socket.on(gatewayEvents.gatewayStatus, (status: unknown) => {
      this.gatewayStatus = gatewayStatusSchema.safeParse(status).data ?? null;
    });
    socket.on(gatewayEvents.toBackend, (batch: unknown) =>
      intake.accept(batch, (ack) => void socket.emit(gatewayEvents.backendAck, ack)),
    );
    socket.on('connect_error', (error) => logger.debug({ err: error, gateway: url }, 'the gateway is out of reach'));
    socket.on('disconnect', (reason) => this.onDisconnected(reason));
  }

  private onRegistered(answer: unknown): void {
    const parsed = registeredSchema.safeParse(answer);
    this.registered = parsed.success && parsed.data.success;
    const details = { gateway: this.url, reason: parsed.data?.reason };
    if (this.registered) this.options.logger.info(details, 'registered at the gateway');
    else this.options.logger.error(details, 'the gateway refused this API');
  }

  private onBots(bots: unknown): void {
    const parsed = z.array(connectedBotSchema).safeParse(bots);
    if (parsed.success) this.connectedBots = parsed.data;
    else this.options.logger.error({ gateway: this.url }, 'the gateway sent a list of bots that is not understood');
  }

  private onDisconnected(reason: string): void {
    this.forget();
    if (this.isClosed) return;
    this.options.logger.warn({ gateway: this.url, reason }, 'the connection to the gateway was lost');
    // Socket.IO comes back from lost connections, but not from those that the gateway closed on purpose.
    if (reason === 'io server disconnect') setTimeout(() => this.reopen(), MAX_RECONNECTION_DELAY_MS).unref();
  }

  private reopen(): void {
    if (!this.isClosed) this.socket.connect();
  }

  private forget(): void {
    this.registered = false;
    this.connectedBots = [];
    this.gatewayStatus = null;
  }
}

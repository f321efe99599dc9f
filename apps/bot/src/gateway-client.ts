import {
  botCommandSchema,
  gatewayEvents,
  registeredSchema,
  routingResultSchema,
  STATUS_INTERVAL_MS,
  type Batch,
  type BotAnswer,
  type BotCommand,
  type BotStatus,
  type Register,
  type RoutingResult,
} from '@guildhall/contracts';
import type { Logger } from 'pino';
import { io, type Socket } from 'socket.io-client';

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;
/** After a refusal somebody has to correct something first. */
const REFUSED_DELAY_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const SEND_TIMEOUT_MS = 5_000;

export interface GatewayClientOptions {
  /** Tried one after the other. */
  urls: readonly string[];
  secret: string;
  botId: string;
  logger: Logger;
  onConnected: (send: (batch: Batch) => Promise<RoutingResult>) => void;
  onDisconnected: () => void;
  onAcknowledged: (payload: unknown) => void;
  answer: (command: BotCommand) => Promise<BotAnswer>;
  /** How the bot is; told at the registration and every 10 s. */
  status: () => BotStatus;
}

/** The bot's connection to one of the gateways; a lost one is made again, to the next of them. */
export class GatewayClient {
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #statusTimer: NodeJS.Timeout | undefined;
  #next = 0;
  #failures = 0;
  #isRegistered = false;
  #isStopped = false;

  constructor(private readonly options: GatewayClientOptions) {}

  get isConnected(): boolean {
    return this.#isRegistered;
  }

  /** Starts connecting, and never gives up. */
  start(): void {
    const url = this.options.urls[this.#next++ % this.options.urls.length];
    if (url === undefined || this.#isStopped) return;
    const socket = io(url, {
      reconnection: false,
      transports: ['websocket'],
      timeout: CONNECT_TIMEOUT_MS,
      forceNew: true,
    });
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lost(socket, 'no answer to the registration'), 2 * CONNECT_TIMEOUT_MS);
    socket.on('connect', () => socket.emit(gatewayEvents.register, this.#registration()));
    socket.on('connect_error', (error) => this.#lost(socket, error.message));
    socket.on('disconnect', (reason) => this.#lost(socket, reason));
    socket.on(gatewayEvents.registered, (answer: unknown) => this.#registered(socket, url, answer));
    socket.on(gatewayEvents.backendAck, (ack: unknown) => this.options.onAcknowledged(ack));
    socket.on(gatewayEvents.fromBackend, (data: unknown, acknowledge?: (answer: BotAnswer) => void) => {
      void this.#answer(data).then((answer) => acknowledge?.(answer));
    });
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#socket) this.#lost(this.#socket, 'the bot stops');
  }

  #registration(): Register {
    return { type: 'bot', botId: this.options.botId, token: this.options.secret };
  }

  #registered(socket: Socket, url: string, answer: unknown): void {
    const parsed = registeredSchema.safeParse(answer);
    if (!parsed.success || !parsed.data.success) {
      const reason = parsed.data?.reason ?? 'its answer was not understood';
      this.options.logger.error({ url, reason }, 'the gateway refused this bot');
      this.#lost(socket, 'refused', REFUSED_DELAY_MS);
      return;
    }
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#isRegistered = true;
    this.options.logger.info({ url }, 'registered at the gateway');
    const report = (): void => void socket.emit(gatewayEvents.botStatus, this.options.status());
    this.#statusTimer = setInterval(report, STATUS_INTERVAL_MS);
    report();
    this.options.onConnected((batch) => this.#send(socket, batch));
  }

  async #send(socket: Socket, batch: Batch): Promise<RoutingResult> {
    const answer: unknown = await socket.timeout(SEND_TIMEOUT_MS).emitWithAck(gatewayEvents.toBackend, batch);
    return routingResultSchema.parse(answer);
  }

  async #answer(data: unknown): Promise<BotAnswer> {
    const command = botCommandSchema.safeParse(data);
    if (!command.success) return { ok: false, code: 'refused', detail: 'this bot does not know the command' };
    try {
      return await this.options.answer(command.data);
    } catch (error) {
      this.options.logger.error({ err: error, command: command.data.type }, 'a command of the API failed');
      return { ok: false, code: 'failed', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  #lost(socket: Socket, reason: string, delayMs = this.#backoffMs()): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    clearTimeout(this.#timer);
    clearInterval(this.#statusTimer);
    socket.removeAllListeners();
    socket.disconnect();
    if (this.#isRegistered) this.options.onDisconnected();
    this.#isRegistered = false;
    if (this.#isStopped) return;
    this.#failures++;
    this.options.logger.warn({ reason, retryInMs: delayMs }, 'not connected to a gateway');
    this.#timer = setTimeout(() => this.start(), delayMs);
  }

  /** Doubles with each failure; the random part keeps many bots from returning at the same instant. */
  #backoffMs(): number {
    return Math.round(Math.min(FIRST_DELAY_MS * 2 ** this.#failures, MAX_DELAY_MS) * (0.5 + Math.random() / 2));
  }
}

import {
  gatewayEvents,
  type BackendAck,
  type BotEventEnvelope,
  type BotResult,
  type RoutedBatch,
} from '@guildhall/contracts';
import { io, type Socket } from 'socket.io-client';

/**
 * A peer that registers as an API and keeps what it is sent, by the same rule by which the real one moves a lane: only
 * the run that follows the last one is taken.
 */
export class BackendPeer {
  readonly events: BotEventEnvelope[] = [];
  readonly #lanes = new Map<string, number>();
  readonly #socket: Socket;

  constructor(url: string, secret: string) {
    this.#socket = io(url, { transports: ['websocket'], reconnectionDelay: 20, reconnectionDelayMax: 100 });
    this.#socket.on('connect', () => this.#socket.emit(gatewayEvents.register, { type: 'backend', token: secret }));
    this.#socket.on(gatewayEvents.toBackend, (batch: RoutedBatch) => this.#store(batch));
  }

  ofType(type: string): BotEventEnvelope[] {
    return this.events.filter((event) => event.type === type);
  }

  /** The contents of the messages received, in their order. */
  get contents(): unknown[] {
    return this.ofType('message_create').map(({ data }) => (data as { content: unknown }).content);
  }

  async ask(botId: string, data: object): Promise<BotResult> {
    return (await this.#socket.timeout(12_000).emitWithAck(gatewayEvents.toBot, { botId, data })) as BotResult;
  }

  close(): void {
    this.#socket.disconnect();
  }

  #store({ batchId, botId, outboxId, lane, first, last, events }: RoutedBatch): void {
    const key = `${botId}:${outboxId}:${lane}`;
    const standsAt = this.#lanes.get(key) ?? 0;
    if (first === standsAt + 1) {
      // Safe enough for a test: the expectations look at every field that matters.
      this.events.push(...(events as BotEventEnvelope[]));
      this.#lanes.set(key, last);
    }
    const ack: BackendAck = {
      batchId,
      lane,
      last: this.#lanes.get(key) ?? 0,
      received: events.length,
      timestamp: new Date().toISOString(),
    };
    this.#socket.emit(gatewayEvents.backendAck, ack);
  }
}

import {
  backendAckSchema,
  batchSchema,
  gatewayEvents,
  type RoutedBatch,
  type RoutingResult,
} from '@guildhall/contracts';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.js';
import type { BotPeer, Peers } from './peers.js';

/** More than all lanes of many bots have in flight; beyond it the oldest are forgotten and their bots send again. */
const MAX_BATCHES_IN_FLIGHT = 10_000;

interface BatchInFlight {
  botId: string;
  routedAtMs: number;
}

/** Passes batches from bots to APIs and the acknowledgements of their commits back. */
export class Batches {
  readonly #inFlight = new Map<string, BatchInFlight>();

  constructor(
    private readonly peers: Peers,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** Batches whose commit was not confirmed yet. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Passes a bot's batch on to one API. `ok` says that it was passed on; the commit is told by `backend-ack`. */
  route(bot: BotPeer, payload: unknown): RoutingResult {
    const parsed = batchSchema.safeParse(payload);
    if (!parsed.success) {
      const problems = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      this.metrics.refused.inc({ reason: 'malformed' });
      this.logger.warn({ botId: bot.botId, problems }, 'refused a malformed batch');
      return { ok: false, code: 'malformed' };
    }
    const batch = parsed.data;
    const backend = this.peers.backendFor(bot.botId, batch.lane);
    if (!backend) return { ok: false, code: 'no-backend' };
    this.#remember(batch.batchId, bot.botId);
    backend.socket.emit(gatewayEvents.toBackend, { ...batch, botId: bot.botId } satisfies RoutedBatch);
    this.metrics.batches.inc();
    this.metrics.events.inc(batch.events.length);
    return { ok: true };
  }

  /** Passes an API's acknowledgement on to the bot that sent the batch, on whichever connection the bot is now. */
  acknowledge(payload: unknown): void {
    const parsed = backendAckSchema.safeParse(payload);
    if (!parsed.success) {
      this.metrics.refused.inc({ reason: 'malformed' });
      this.logger.warn('refused a malformed acknowledgement');
      return;
    }
    const batch = this.#inFlight.get(parsed.data.batchId);
    if (!batch) {
      this.logger.debug({ batchId: parsed.data.batchId }, 'acknowledgement of a batch that is no longer known');
      return;
    }
    this.#inFlight.delete(parsed.data.batchId);
    this.metrics.ackSeconds.observe((performance.now() - batch.routedAtMs) / 1000);
    this.peers.bot(batch.botId)?.socket.emit(gatewayEvents.backendAck, parsed.data);
  }

  #remember(batchId: string, botId: string): void {
    this.#inFlight.delete(batchId);
    this.#inFlight.set(batchId, { botId, routedAtMs: performance.now() });
    if (this.#inFlight.size <= MAX_BATCHES_IN_FLIGHT) return;
    const [oldest] = this.#inFlight.keys();
    if (oldest !== undefined) this.#inFlight.delete(oldest);
  }
}

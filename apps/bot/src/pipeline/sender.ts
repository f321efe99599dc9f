import { randomUUID } from 'node:crypto';
import { backendAckSchema, LANE_COUNT, type BackendAck, type Batch, type RoutingResult } from '@guildhall/contracts';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics.js';
import type { Outbox } from './outbox.js';

export const senderDefaults = {
  /** Lanes that may have a batch in flight at once. */
  lanesInFlight: 4,
  eventsPerBatch: 200,
  /** Half of what the gateway takes, as JSON grows a little on its way. */
  bytesPerBatch: 4 * 1024 * 1024,
  /** A batch without an acknowledgement is sent again after this time. */
  ackTimeoutMs: 5_000,
  /** How long a lane rests after a refusal, or when the API could not move it. */
  retryDelayMs: 1_000,
} as const;

export type SenderSettings = { [K in keyof typeof senderDefaults]: number };

/** Sends a batch to the gateway; resolves with what the gateway did, rejects when the connection was lost. */
export type SendBatch = (batch: Batch) => Promise<RoutingResult>;

/** A run that was sent and not acknowledged; sent again, it is the same run. */
interface RunInFlight {
  batchId: string;
  first: number;
  last: number;
  attempts: number;
}

interface LaneState {
  run: RunInFlight | undefined;
  /** Ends the wait for an acknowledgement, or a rest. */
  timer: NodeJS.Timeout | undefined;
}

/**
 * Brings the outbox to the API: one run per lane in flight, a few lanes at once, and nothing leaves the outbox before
 * the API says that it is committed. What waits, waits in the outbox, never in memory.
 */
export class Sender {
  readonly #lanes: LaneState[] = Array.from({ length: LANE_COUNT }, () => ({ run: undefined, timer: undefined }));
  readonly #settings: SenderSettings;
  #send: SendBatch | undefined;
  /** Where the next look for work starts, so that a busy lane cannot starve the others. */
  #nextLane = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    settings: Partial<SenderSettings> = {},
  ) {
    this.#settings = { ...senderDefaults, ...settings };
    outbox.onEvents(() => this.#pump());
  }

  /** A gateway is there: everything unacknowledged is sent, that which was in flight first. */
  connected(send: SendBatch): void {
    this.#send = send;
    this.#lanes.forEach((state, lane) => {
      this.#clearTimer(state);
      if (state.run) this.#transmit(lane, state);
    });
    this.#pump();
  }

  /** The gateway is gone: nothing is sent until the next one. */
  disconnected(): void {
    this.#send = undefined;
    for (const state of this.#lanes) this.#clearTimer(state);
  }

  /** Takes a `backend-ack`; what is not one, or is about a batch no longer in flight, changes nothing. */
  acknowledged(payload: unknown): void {
    const parsed = backendAckSchema.safeParse(payload);
    if (!parsed.success) {
      this.logger.warn('an acknowledgement was not understood');
      return;
    }
    const ack = parsed.data;
    const state = this.#lanes[ack.lane];
    if (state?.run?.batchId !== ack.batchId) return;
    this.#settle(ack, state, state.run);
    this.metrics.outboxDepth.set(this.outbox.depth);
    this.#pump();
  }

  #settle(ack: BackendAck, state: LaneState, run: RunInFlight): void {
    const { last, acknowledged } = this.outbox.lane(ack.lane);
    this.#clearTimer(state);
    state.run = undefined;
    if (ack.last > last || ack.last < acknowledged) return this.#startAnew(ack);
    this.outbox.acknowledge(ack.lane, ack.last);
    if (ack.last >= run.first) return;
    this.logger.warn(
      { lane: ack.lane, first: run.first, last: ack.last },
      'the API did not take a batch; trying again',
    );
    this.#rest(state);
  }

  /**
   * The API stands beyond what this outbox ever gave, or before what it still has: one of the two was restored from an
   * older copy. No run could ever continue the lane, so everything left is sent under a new outbox id.
   */
  #startAnew(ack: BackendAck): void {
    const { last, acknowledged } = this.outbox.lane(ack.lane);
    this.metrics.disagreements.inc();
    this.logger.error(
      { lane: ack.lane, apiLast: ack.last, outboxFrom: acknowledged + 1, outboxLast: last },
      'the API and the outbox disagree: events may be missing; going on under a new outbox id',
    );
    for (const state of this.#lanes) {
      this.#clearTimer(state);
      state.run = undefined;
    }
    this.outbox.startAnew();
  }

  #pump(): void {
    this.metrics.outboxDepth.set(this.outbox.depth);
    if (!this.#send) return;
    let inFlight = this.#lanes.filter(({ run }) => run).length;
    for (let step = 0; step < LANE_COUNT && inFlight < this.#settings.lanesInFlight; step++) {
      const lane = (this.#nextLane + step) % LANE_COUNT;
      const state = this.#lanes[lane];
      const { last, acknowledged } = this.outbox.lane(lane);
      if (!state || state.run || state.timer || last === acknowledged) continue;
      const run = { batchId: randomUUID(), first: acknowledged + 1, last, attempts: 0 };
      state.run = { ...run, last: Math.min(last, acknowledged + this.#settings.eventsPerBatch) };
      this.#transmit(lane, state);
      inFlight++;
    }
    this.#nextLane = (this.#nextLane + 1) % LANE_COUNT;
  }

  #transmit(lane: number, state: LaneState): void {
    const { run } = state;
    if (!run || !this.#send) return;
    const limits = { limit: run.last - run.first + 1, maxBytes: this.#settings.bytesPerBatch };
    const found = this.outbox.read(lane, run.first, limits);
    if (!found) throw new Error(`the outbox lost events ${run.first}..${run.last} of lane ${lane}`);
    run.last = found.last;
    this.metrics.batchesSent.inc({ attempt: run.attempts === 0 ? 'first' : 'again' });
    run.attempts++;
    state.timer = setTimeout(() => this.#again(lane, state), this.#settings.ackTimeoutMs);
    const batch = { batchId: run.batchId, outboxId: this.outbox.id, lane, ...found };
    this.#send(batch).then(
      (result) => {
        if (!result.ok && state.run === run) this.#refused(lane, state, result.code);
      },
      (error: unknown) => this.logger.debug({ err: error, lane }, 'a batch was not taken over; it will be sent again'),
    );
  }

  /** The run stays in flight, so that others cannot overtake it, and is sent again after a rest. */
  #refused(lane: number, state: LaneState, code: string): void {
    if (code === 'no-backend') this.logger.debug({ lane }, 'no API is connected; the batch waits in the outbox');
    else this.logger.error({ lane, code }, 'the gateway refused a batch');
    this.#clearTimer(state);
    state.timer = setTimeout(() => this.#again(lane, state), this.#settings.retryDelayMs);
  }

  #again(lane: number, state: LaneState): void {
    state.timer = undefined;
    this.#transmit(lane, state);
  }

  #rest(state: LaneState): void {
    state.timer = setTimeout(() => {
      state.timer = undefined;
      this.#pump();
    }, this.#settings.retryDelayMs);
  }

  #clearTimer(state: LaneState): void {
    clearTimeout(state.timer);
    state.timer = undefined;
  }
}

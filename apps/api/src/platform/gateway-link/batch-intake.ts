import { type BackendAck, type RoutedBatch, routedBatchSchema } from '@guildhall/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { IngestService } from '../ingest/ingest.service.js';
import { LOGGER } from '../logging/logging.module.js';

/** Batches stored at once; each one holds a database connection. */
const MAX_CONCURRENT = 8;

/** Beyond this many waiting batches new ones are left to their bots, which send them again. */
const MAX_WAITING = 64;

type Acknowledge = (ack: BackendAck) => void;

interface WaitingBatch {
  batch: RoutedBatch;
  acknowledge: Acknowledge;
}

/** Takes batches as gateways deliver them and stores a few at a time; what is not acknowledged comes again. */
@Injectable()
export class BatchIntake {
  private readonly waiting: WaitingBatch[] = [];
  private underway = 0;
  private idle = Promise.withResolvers<undefined>();
  private isClosed = false;

  constructor(
    private readonly ingest: IngestService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Takes anything that came as `to-backend`; `acknowledge` is called after the commit, or never. */
  accept(payload: unknown, acknowledge: Acknowledge): void {
    const parsed = routedBatchSchema.safeParse(payload);
    if (!parsed.success) {
      const problems = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
      this.logger.warn({ problems }, 'refused a malformed batch');
      return;
    }
    if (this.isClosed) return;
    if (this.waiting.length >= MAX_WAITING) {
      this.logger.warn(
        { botId: parsed.data.botId, lane: parsed.data.lane },
        'too busy for a batch; its bot sends it again',
      );
      return;
    }
    this.waiting.push({ batch: parsed.data, acknowledge });
    this.startNext();
  }

  /** Whether everything that came was stored, or given up. */
  get isIdle(): boolean {
    return this.underway === 0 && this.waiting.length === 0;
  }

  /** Takes nothing more and resolves when what was begun is stored. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.waiting.length = 0;
    if (this.underway > 0) await this.idle.promise;
  }

  private startNext(): void {
    while (this.underway < MAX_CONCURRENT) {
      const next = this.waiting.shift();
      if (!next) return;
      this.underway++;
      void this.store(next).finally(() => {
        this.underway--;
        if (this.isClosed && this.underway === 0) this.idle.resolve(undefined);
        this.startNext();
      });
    }
  }

  private async store({ batch, acknowledge }: WaitingBatch): Promise<void> {
    const { botId, lane, first, last } = batch;
    try {
      acknowledge(await this.ingest.store(batch, botId));
    } catch (error) {
      const err = rootCauseOf(error);
      this.logger.error({ err, botId, lane, first, last }, 'a batch could not be stored; its bot sends it again');
    }
  }
}

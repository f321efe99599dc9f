import { setTimeout as delay } from 'node:timers/promises';
import type { BackendAck, Batch } from '@guildhall/contracts';
import type { Database } from '@guildhall/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DATABASE } from '../database/database.module.js';
import { LOGGER } from '../logging/logging.module.js';
import { type Emission } from '../realtime/emissions.rules.js';
import { RealtimePublisher } from '../realtime/realtime-publisher.js';
import { BatchWriter } from './batch-writer.js';
import { isCollision, rootCauseOf } from '../database/database-errors.rules.js';
import { LanesRepository } from './lanes.repository.js';

/** How often a batch is tried when other transactions stand in its way, before its bot has to send it again. */
const MAX_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 50;

/** Stores the bots' batches: each one wholly, once and in the order of its lane. */
@Injectable()
export class IngestService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly lanes: LanesRepository,
    private readonly writer: BatchWriter,
    private readonly publisher: RealtimePublisher,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Stores a batch and tells where its lane stands then: at the batch's end when it was stored now or before, elsewhere
   * when the batch does not continue the lane, and the bot goes on from there.
   * @throws when the database fails; the batch must not be acknowledged then
   */
  async store(batch: Batch, botId: string): Promise<BackendAck> {
    const { last, emissions } = await this.storeDespiteCollisions(batch, botId);
    this.publisher.publish(emissions);
    return {
      batchId: batch.batchId,
      lane: batch.lane,
      last,
      received: batch.events.length,
      timestamp: new Date().toISOString(),
    };
  }

  private async storeDespiteCollisions(batch: Batch, botId: string): Promise<StoredBatch> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.database.transaction((transaction) => this.storeWithin(transaction, batch, botId));
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isCollision(error)) throw error;
        this.logger.debug({ err: rootCauseOf(error), lane: batch.lane, attempt }, 'a batch collided; trying again');
        await delay(Math.random() * LONGEST_PAUSE_MS * attempt);
      }
    }
  }

  private async storeWithin(
    transaction: Parameters<BatchWriter['write']>[0],
    batch: Batch,
    botId: string,
  ): Promise<StoredBatch> {
    if (!(await this.lanes.advance(transaction, batch, botId))) {
      const last = await this.lanes.position(transaction, batch);
      this.logger.debug({ lane: batch.lane, first: batch.first, last }, 'a batch does not continue its lane');
      return { last, emissions: [] };
    }
    const changes = await this.writer.write(transaction, batch, botId);
    return { last: batch.last, emissions: await this.publisher.number(transaction, changes) };
  }
}

interface StoredBatch {
  /** Where the lane stands. */
  last: number;
  emissions: Emission[];
}

import type { Transaction } from '@guildhall/database';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type QueueOptions, type SendOptions } from 'pg-boss';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { LOGGER } from '../logging/logging.module.js';
import type { Queue } from './queue.js';

/** A failed job is tried again after 5 s, then ever later up to an hour, for about half a day. */
const RETRIES = {
  retryLimit: 16,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 3_600,
} as const satisfies QueueOptions;

const POOL_SIZE = 4;
const POLLING_INTERVAL_SECONDS = 1;
const START_RETRY_MS = 5_000;
/** How long a stop waits for jobs under way; an interrupted one is tried again by another process. */
const STOP_TIMEOUT_MS = 5_000;

interface Worker {
  queue: Queue;
  handle: (data: unknown) => Promise<void>;
}

interface ScheduledJob {
  queue: Queue;
  cron: string;
  data: object;
}

/**
 * Work that happens later, by pg-boss in our own database: a job sent in a transaction exists exactly when that transaction
 * was committed, and runs until it succeeds, so that every job has to be idempotent.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly boss: PgBoss;
  private readonly workers = new Map<string, Worker>();
  private readonly schedules: ScheduledJob[] = [];
  private startRetry: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    @Inject(API_CONFIG) config: ApiConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.boss = new PgBoss({
      connectionString: config.DATABASE_URL,
      application_name: 'guildhall-jobs',
      max: POOL_SIZE,
    });
    this.boss.on('error', (error) => this.logger.warn({ err: error }, 'the job queue met an error; it goes on'));
  }

  /** Says who does a queue's work. Call it in `onModuleInit`. */
  work<T extends z.ZodObject>(queue: Queue<T>, handler: (payload: z.infer<T>) => Promise<void>): void {
    if (this.workers.has(queue.name)) throw new Error(`queue ${queue.name} has two workers`);
    const handle = async (data: unknown): Promise<void> => handler(queue.payload.parse(data));
    this.workers.set(queue.name, { queue, handle });
  }

  /** Repeats a job by a cron expression in UTC, once for all processes. Call it in `onModuleInit`. */
  schedule<T extends z.ZodObject>(queue: Queue<T>, cron: string, payload: z.input<T>): void {
    this.schedules.push({ queue, cron, data: queue.payload.parse(payload) });
  }

  /**
   * Sends a job in a transaction: it exists when the transaction commits, and never did when it rolls back.
   * @throws ZodError when the payload is not what the queue needs
   */
  async send<T extends z.ZodObject>(
    transaction: Transaction,
    queue: Queue<T>,
    payload: z.input<T>,
    options: Pick<SendOptions, 'startAfter' | 'singletonKey'> = {},
  ): Promise<void> {
    const data = queue.payload.parse(payload);
    await this.boss.send(queue.name, data, { ...options, db: fromDrizzle(transaction, sql) });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.startRetry);
    await this.boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
  }

  /** Without a database the process serves what it can, and the jobs begin when the database is back. */
  private async start(): Promise<void> {
    try {
      await this.boss.start();
      for (const worker of this.workers.values()) await this.startWorker(worker);
      for (const { queue, cron, data } of this.schedules)
        await this.boss.schedule(queue.name, cron, data, { tz: 'UTC' });
    } catch (error) {
      if (this.isStopped) return;
      this.logger.error({ err: error }, 'the job queue could not start; trying again');
      this.startRetry = setTimeout(() => void this.start(), START_RETRY_MS);
    }
  }

  private async startWorker({ queue, handle }: Worker): Promise<void> {
    await this.boss.createQueue(queue.name, RETRIES);
    await this.boss.updateQueue(queue.name, RETRIES);
    await this.boss.offWork(queue.name);
    await this.boss.work(queue.name, { pollingIntervalSeconds: POLLING_INTERVAL_SECONDS }, async (jobs) => {
      for (const job of jobs) await this.run(queue.name, job.id, () => handle(job.data));
    });
  }

  private async run(name: string, jobId: string, handle: () => Promise<void>): Promise<void> {
    try {
      await handle();
    } catch (error) {
      this.logger.error(
        { err: rootCauseOf(error), queue: name, jobId },
        'a job failed; it is tried again while retries are left',
      );
      throw error;
    }
  }
}

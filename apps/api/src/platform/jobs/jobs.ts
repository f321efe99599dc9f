import type { Snowflake } from '@guildhall/contracts';
import type { Transaction } from '@guildhall/database';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import {
  fromDrizzle,
  type JobResult,
  type JobWithMetadata,
  PgBoss,
  type QueueOptions,
  type SendOptions,
} from 'pg-boss';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { rootCauseOf } from '../database/database-errors.rules.js';
import { LOGGER } from '../logging/logging.module.js';
import { DomainError } from '../problems/domain-error.js';
import { guildOf, isPermanent, type JobOutput, outputOf, readOutput } from './job-failure.rules.js';
import type { Queue } from './queue.js';

const POOL_SIZE = 4;
const POLLING_INTERVAL_SECONDS = 1;
const START_RETRY_MS = 5_000;
/** How long a stop waits for jobs under way; an interrupted one is tried again by another process. */
const STOP_TIMEOUT_MS = 5_000;

/** Jobs that failed for good, moved here in the statement that fails them. */
const FAILED = 'jobs.failed';
/** Nothing of it is ever given up: until it is noted, it is tried again. */
const FAILED_OPTIONS = {
  retryLimit: 10_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 600,
  retentionSeconds: 31_536_000,
} as const satisfies QueueOptions;

/** A job that used up its retries, or that no retry can help. */
export interface FailedJob extends JobOutput {
  queue: string;
  jobId: string;
  payload: object;
  guildId: Snowflake | null;
  attempts: number;
  failedAt: Date;
}

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
  private noteFailure: ((failure: FailedJob) => Promise<void>) | undefined;
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
    const handle = async (data: unknown): Promise<void> => handler(payloadOf(queue, data));
    this.workers.set(queue.name, { queue, handle });
  }

  /** Says who notes jobs that failed for good; idempotent by `jobId` and `failedAt`. Call it in `onModuleInit`. */
  onFailure(handler: (failure: FailedJob) => Promise<void>): void {
    if (this.noteFailure) throw new Error('failed jobs are noted twice');
    this.noteFailure = handler;
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

  /**
   * Sends the work of a failed job again.
   * @throws DomainError `conflict` when this version does not know the queue any more
   */
  async sendAgain(transaction: Transaction, name: string, payload: unknown): Promise<void> {
    const worker = this.workers.get(name);
    if (!worker) throw new DomainError('conflict', { detail: `Nothing here does "${name}" any more.` });
    await this.send(transaction, worker.queue, payloadOf(worker.queue, payload));
  }

  /** The fields of a job's payload that people may see. */
  summaryOf(name: string, payload: unknown): Record<string, unknown> {
    const shown = this.workers.get(name)?.queue.shown ?? [];
    return Object.fromEntries(Object.entries(payload ?? {}).filter(([field]) => shown.includes(field)));
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
      await this.startNoting();
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
    const options = { ...queue.retries, deadLetter: FAILED };
    await this.boss.createQueue(queue.name, options);
    await this.boss.updateQueue(queue.name, options);
    await this.boss.offWork(queue.name);
    const how = { pollingIntervalSeconds: POLLING_INTERVAL_SECONDS, perJobResults: true } as const;
    await this.boss.work(queue.name, how, async (jobs) => {
      const results: JobResult[] = [];
      for (const { id, data } of jobs) results.push(await this.run(queue, id, () => handle(data)));
      return results;
    });
  }

  private async run({ name, isForgottenWhenDone }: Queue, id: string, handle: () => Promise<void>): Promise<JobResult> {
    try {
      await handle();
    } catch (error) {
      const isHopeless = isPermanent(error);
      this.logger.error(
        { err: rootCauseOf(error), queue: name, jobId: id },
        isHopeless ? 'a job failed for good' : 'a job failed; it is tried again while retries are left',
      );
      return { id, status: isHopeless ? 'deadletter' : 'failed', output: outputOf(error) };
    }
    // Marking it as done then finds nothing to mark, which is fine.
    if (isForgottenWhenDone) await this.boss.deleteJob(name, id);
    return { id, status: 'completed' };
  }

  private async startNoting(): Promise<void> {
    const { noteFailure } = this;
    await this.boss.createQueue(FAILED, FAILED_OPTIONS);
    await this.boss.updateQueue(FAILED, FAILED_OPTIONS);
    if (!noteFailure) return;
    await this.boss.offWork(FAILED);
    const how = { pollingIntervalSeconds: POLLING_INTERVAL_SECONDS, includeMetadata: true } as const;
    await this.boss.work<object, unknown, typeof how>(FAILED, how, async (jobs) => {
      for (const job of jobs) {
        await noteFailure(failedJobOf(job));
        await this.boss.deleteJob(FAILED, job.id);
      }
    });
  }
}

function failedJobOf(job: JobWithMetadata): FailedJob {
  const { sourceName, sourceId, sourceRetryCount, sourceOutput, data: payload, createdOn: failedAt } = job;
  return {
    queue: sourceName ?? FAILED,
    jobId: sourceId ?? job.id,
    payload,
    guildId: guildOf(payload),
    attempts: (sourceRetryCount ?? 0) + 1,
    failedAt,
    ...readOutput(sourceOutput),
  };
}

/** @throws DomainError `validation-failed`: what does not fit now never will */
function payloadOf<T extends z.ZodObject>(queue: Queue<T>, data: unknown): z.infer<T> {
  const payload = queue.payload.safeParse(data);
  if (payload.success) return payload.data;
  throw new DomainError('validation-failed', { detail: `The payload of a ${queue.name} job is damaged.` });
}

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { MessagePartitionsRepository } from './message-partitions.repository.js';
import { partitionsAround } from './message-partitions.rules.js';

/** Creates the monthly partitions of messages that are missing. */
export const createPartitions = queue('messages.partitions', z.object({}));

const EVERY_NIGHT = '17 3 * * *';

@Injectable()
export class MessagesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly partitions: MessagePartitionsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.jobs.work(createPartitions, () => this.createMissing(new Date()));
    this.jobs.schedule(createPartitions, EVERY_NIGHT, {});
    await this.createBeforeTheFirstMessage();
  }

  /** Once the default partition holds a month's messages, that month stays there; it serves them as well. */
  private async createBeforeTheFirstMessage(): Promise<void> {
    try {
      await this.createMissing(new Date());
    } catch (error) {
      this.logger.warn({ err: error }, 'no partitions were created at the start; the nightly job tries again');
    }
  }

  /** Creates the partitions around `now` that are missing. */
  async createMissing(now: Date): Promise<void> {
    for (const partition of partitionsAround(now)) {
      if (await this.partitions.create(partition))
        this.logger.info({ partition: partition.name }, 'created a partition');
    }
  }
}

import { snowflakeAt } from '@guildhall/contracts';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { SettingsService } from '../settings/index.js';
import { MessagePartitionsRepository } from './message-partitions.repository.js';
import { MessagesIngestRepository } from './messages-ingest.repository.js';
import { partitionsAround } from './message-partitions.rules.js';

/** Deletes the messages that are older than their guilds keep them. */
export const expireMessages = queue('messages.expire', z.object({}));

/** Creates the monthly partitions of messages that are missing. */
export const createPartitions = queue('messages.partitions', z.object({}));

const EVERY_NIGHT = '17 3 * * *';
const LATER_EVERY_NIGHT = '47 3 * * *';
const DAY_MS = 86_400_000;

@Injectable()
export class MessagesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly partitions: MessagePartitionsRepository,
    private readonly messages: MessagesIngestRepository,
    private readonly settings: SettingsService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    this.jobs.work(createPartitions, () => this.createMissing(new Date()));
    this.jobs.schedule(createPartitions, EVERY_NIGHT, {});
    this.jobs.work(expireMessages, () => this.expire(new Date()));
    this.jobs.schedule(expireMessages, LATER_EVERY_NIGHT, {});
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

  /** Deletes what guilds do not keep any longer at `now`; interrupted, it goes on with what is left. */
  async expire(now: Date): Promise<void> {
    for (const { guildId, days } of await this.settings.messageRetentions()) {
      const before = snowflakeAt(new Date(now.getTime() - days * DAY_MS));
      const count = await this.messages.deleteBefore(guildId, before);
      if (count > 0)
        this.logger.info({ guildId, days, count }, 'deleted messages that were older than the guild keeps them');
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

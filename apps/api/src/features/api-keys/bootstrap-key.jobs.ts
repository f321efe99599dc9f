import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { LOGGER } from '../../platform/logging/logging.module.js';
import { BootstrapKey } from './bootstrap-key.js';

const settleBootstrapKey = queue('api-keys.bootstrap', z.object({}), { isForgottenWhenDone: true });

const EVERY_MINUTE = '* * * * *';

/** Looks after the key of the environment: at the start, and until its guild is known. */
@Injectable()
export class BootstrapKeyJobs implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly jobs: Jobs,
    private readonly key: BootstrapKey,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.work(settleBootstrapKey, () => this.key.settle());
    this.jobs.schedule(settleBootstrapKey, EVERY_MINUTE, {});
  }

  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.key.settle();
    } catch (error) {
      this.logger.warn({ err: error }, 'API_KEY could not be settled at the start; it is tried again in a minute');
    }
  }
}

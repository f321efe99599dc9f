import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock.js';
import { Jobs } from '../jobs/jobs.js';
import { queue } from '../jobs/queue.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

const purgeKeys = queue('idempotency.purge', z.object({}));

const EVERY_NIGHT = '41 3 * * *';

/** Deletes kept answers whose time is up. */
@Injectable()
export class IdempotencyJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly keys: IdempotencyKeysRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.work(purgeKeys, () => this.keys.purge(this.clock.now()));
    this.jobs.schedule(purgeKeys, EVERY_NIGHT, {});
  }
}

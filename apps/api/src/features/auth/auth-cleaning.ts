import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../../platform/clock.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { queue } from '../../platform/jobs/queue.js';
import { AuthCleaningRepository } from './auth-cleaning.repository.js';

const authCleaning = queue('auth.clean', z.object({}));

/** Every night, when few people sign in. */
const NIGHTLY = '17 3 * * *';

/** Removes what nobody can sign in with any more. */
@Injectable()
export class AuthCleaning implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly repository: AuthCleaningRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.work(authCleaning, () => this.repository.removeExpired(this.clock.now()));
    this.jobs.schedule(authCleaning, NIGHTLY, {});
  }
}

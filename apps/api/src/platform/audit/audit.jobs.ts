import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock.js';
import { Jobs } from '../jobs/jobs.js';
import { queue } from '../jobs/queue.js';
import { AuditHeads } from './audit-heads.js';

const writeHeads = queue('audit.heads', z.object({}));

const EVERY_NIGHT = '41 2 * * *';

/** Writes the ends of the audit log's chains outside the database, day by day. */
@Injectable()
export class AuditJobs implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly heads: AuditHeads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.work(writeHeads, () => this.heads.write(this.clock.now()));
    this.jobs.schedule(writeHeads, EVERY_NIGHT, {});
  }
}

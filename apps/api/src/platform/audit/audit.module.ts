import type { Database } from '@guildhall/database';
import { Global, Module } from '@nestjs/common';
import type { ApiConfig } from '../../config.js';
import { API_CONFIG } from '../config/config.module.js';
import { DATABASE } from '../database/database.module.js';
import { FileStore } from '../files/file-store.js';
import { AuditErasure } from './audit-erasure.js';
import { AuditErasureRepository } from './audit-erasure.repository.js';
import { AuditHeads } from './audit-heads.js';
import { AuditKeys } from './audit-keys.rules.js';
import { AuditLog } from './audit-log.js';
import { AuditLogRepository } from './audit-log.repository.js';
import { AuditVerificationRepository } from './audit-verification.repository.js';
import { AuditJobs } from './audit.jobs.js';

/** The audit log; the parts that the command line uses too are plain classes, made here. */
@Global()
@Module({
  providers: [
    AuditLog,
    AuditLogRepository,
    AuditErasure,
    AuditErasureRepository,
    AuditJobs,
    {
      provide: AuditKeys,
      inject: [API_CONFIG],
      useFactory: ({ AUDIT_KEY }: ApiConfig) => new AuditKeys(AUDIT_KEY),
    },
    {
      provide: AuditVerificationRepository,
      inject: [DATABASE],
      useFactory: (database: Database) => new AuditVerificationRepository(database),
    },
    {
      provide: AuditHeads,
      inject: [FileStore, AuditVerificationRepository, AuditKeys],
      useFactory: (files: FileStore, entries: AuditVerificationRepository, keys: AuditKeys) =>
        new AuditHeads(files, entries, keys),
    },
  ],
  exports: [AuditErasure, AuditKeys, AuditLog],
})
export class AuditModule {}

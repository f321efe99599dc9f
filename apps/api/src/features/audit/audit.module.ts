import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { InstanceAuditController } from './instance-audit.controller.js';

/** What people read of the audit log; it is written by the platform. */
@Module({
  controllers: [AuditController, InstanceAuditController],
  providers: [AuditRepository, AuditService],
})
export class AuditLogModule {}

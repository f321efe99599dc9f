import { type AuditEntry, auditPageSchema, type AuditQuery, auditQuerySchema, type Page } from '@guildhall/contracts';
import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequireRole } from '../../platform/access/require-role.js';
import { Answers } from '../../platform/http/answers.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { AuditService } from './audit.service.js';

@ApiTags('audit')
@ForAccounts()
@Controller('api/admin/audit')
export class InstanceAuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @RequireRole('ADMIN')
  @ApiOperation({ summary: 'Every change made to the instance itself, newest first' })
  @Answers(auditPageSchema)
  async list(
    @Query({ schema: auditQuerySchema }) query: AuditQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<AuditEntry>> {
    return pageOf(await this.audit.list(null, query), query, request.url);
  }
}

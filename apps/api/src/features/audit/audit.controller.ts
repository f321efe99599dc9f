import { Readable } from 'node:stream';
import {
  type AuditEntry,
  type AuditExportQuery,
  auditExportQuerySchema,
  auditPageSchema,
  type AuditQuery,
  auditQuerySchema,
  type Page,
  type Snowflake,
  snowflakeSchema,
} from '@guildhall/contracts';
import { Controller, Get, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireCapability } from '../../platform/access/require-capability.js';
import { Answers } from '../../platform/http/answers.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { Rate } from '../../platform/rate-limits/rate-class.js';
import { AuditService } from './audit.service.js';

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json' } as const;

@ApiTags('audit')
@ForAccounts()
@Controller('api/guilds/:guildId/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @RequireCapability('audit.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'Every change made to a guild through Guildhall, newest first' })
  @Answers(auditPageSchema)
  async list(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: auditQuerySchema }) query: AuditQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<AuditEntry>> {
    return pageOf(await this.audit.list(guildId, query), query, request.url);
  }

  @Get('export')
  @Rate('expensive')
  @RequireCapability('audit.read', { guild: 'guildId' })
  @ApiOperation({ summary: 'The same as a file' })
  @ApiProduces('text/csv', 'application/json')
  @Answers(z.string())
  async export(
    @Param('guildId', { schema: snowflakeSchema }) guildId: Snowflake,
    @Query({ schema: auditExportQuerySchema }) query: AuditExportQuery,
  ): Promise<StreamableFile> {
    return new StreamableFile(Readable.from(await this.audit.export(guildId, query)), {
      type: MEDIA_TYPES[query.format],
      disposition: `attachment; filename="audit-${guildId}.${query.format}"`,
    });
  }
}

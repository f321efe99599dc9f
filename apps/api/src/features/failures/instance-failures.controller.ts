import {
  type FailedAction,
  failedActionPageSchema,
  type FailedActionQuery,
  failedActionQuerySchema,
  failedActionSchema,
  type Page,
} from '@guildhall/contracts';
import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RequireRole } from '../../platform/access/require-role.js';
import { Answers } from '../../platform/http/answers.js';
import { Fails } from '../../platform/http/fails.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { type Actor, CurrentActor } from '../../platform/identity/actor.js';
import { ForAccounts } from '../../platform/identity/public.js';
import { pageOf } from '../../platform/lists/page.rules.js';
import { FailuresService } from './failures.service.js';

/** Failed work that belongs to no guild, for administrators of the instance. */
@ApiTags('failures')
@ForAccounts()
@Controller('api/admin/failures')
export class InstanceFailuresController {
  constructor(private readonly failures: FailuresService) {}

  @Get()
  @RequireRole('ADMIN')
  @ApiOperation({ summary: 'Background work of no guild that used up its retries, newest first' })
  @Answers(failedActionPageSchema)
  async list(
    @Query({ schema: failedActionQuerySchema }) query: FailedActionQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<FailedAction>> {
    return pageOf(await this.failures.list(null, query), query, request.url);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @RequireRole('ADMIN')
  @ApiOperation({ summary: 'Does the work again' })
  @Answers(failedActionSchema)
  @Fails('conflict', 'request-in-flight')
  async retry(
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Actor,
  ): Promise<FailedAction> {
    return this.failures.retry({ guildId: null, id, expectedVersion }, actor);
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @RequireRole('ADMIN')
  @ApiOperation({ summary: 'Marks the work as not needed any more' })
  @Answers(failedActionSchema)
  @Fails('conflict', 'request-in-flight')
  async dismiss(
    @Param('id', { schema: z.uuid() }) id: string,
    @IfMatch() expectedVersion: number | null,
    @CurrentActor() actor: Actor,
  ): Promise<FailedAction> {
    return this.failures.dismiss({ guildId: null, id, expectedVersion }, actor);
  }
}
